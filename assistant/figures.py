"""Owns the figures in a text: numbers in any notation of either language, as values that can be compared."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

_MULTIPLIERS = {
    "万": 10**4, "億": 10**8, "兆": 10**12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12,
}  # fmt: skip
_CARDINALS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_MONTHS = "january february march april may june july august september october november december".split()
_WORDS = {
    **{word: value for value, word in enumerate(_CARDINALS)},
    **{word: value for value, word in enumerate(_ORDINALS)},
    **{word: value for value, word in enumerate(_MONTHS, start=1)},
    "half": Fraction(1, 2), "twice": 2, "bilateral": 2, "trilateral": 3, "ii": 2,
    "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_CIRCLED = str.maketrans({character: f" {value} " for value, character in enumerate("①②③④⑤⑥⑦⑧⑨⑩", start=1)})
_KANJI_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
_NUMERAL = r"(?:[0-9]+|[一二三四五六七八九十百千]+)"
_JAPANESE_FRACTION = re.compile(rf"({_NUMERAL})\s*分の\s*({_NUMERAL})")
_ENGLISH_FRACTION = re.compile(
    r"\b(one|two|three|[0-9]+)[- ](half|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?\b"
)
_DIGITS = re.compile(
    r"(?P<digits>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?:st|nd|rd|th)?"
    r"(?:\s*(?P<multiplier>万|億|兆|hundred|thousand|million|billion|trillion))?(?:\s*%)?"
)
_WORD = re.compile(r"[a-z]+")
_SPELLED_MULTIPLE = re.compile(rf"\b({'|'.join(_CARDINALS[1:])})[- ](hundred|thousand|million|billion)\b")
_KANJI_NUMBER = re.compile(
    r"([一二三四五六七八九十百千]+)(?P<multiplier>万|億|兆)?"
    r"(?=つ|次|国間|カ国|か国|か月|番|点|者|人|段階|大|年|回|度|基|本|倍|割|隻|機|項目|件|%|円|ドル|(?<=[万億兆]))"
)


def figures(text: str) -> frozenset[Fraction]:
    """Every number in a text, spelled out or in digits: 50万 = 500,000, 6分の1 = one-sixth, months and ordinals too."""
    text = _unfold(text)
    found: set[Fraction] = set()

    def fraction(upper: str, lower: str) -> str:
        if _value(lower):
            found.add(_value(upper) / _value(lower))
        return " "

    def multiple(match: re.Match[str]) -> str:
        found.add(Fraction(_WORDS[match[1]] * _MULTIPLIERS[match[2]]))
        return " "

    text = _JAPANESE_FRACTION.sub(lambda match: fraction(match[2], match[1]), text)
    text = _ENGLISH_FRACTION.sub(lambda match: fraction(match[1], match[2]), text)
    text = _SPELLED_MULTIPLE.sub(multiple, text)
    found |= set(typed_figures(text))
    found |= {Fraction(_WORDS[word]) for word in _WORD.findall(text) if word in _WORDS}
    return frozenset(
        found | {_kanji_value(m[1]) * _MULTIPLIERS.get(m["multiplier"], 1) for m in _KANJI_NUMBER.finditer(text)}
    )


def typed_figures(text: str) -> dict[Fraction, str]:
    """The numbers that a text writes in digits, multiplied out, each with its printed form."""
    return {
        Fraction(match["digits"].replace(",", "")) * _MULTIPLIERS.get(match["multiplier"], 1): match[0].strip()
        for match in _DIGITS.finditer(_unfold(text))
    }


def _unfold(text: str) -> str:
    """Fold width and case; 1・5 is the printed form of 1.5."""
    return re.sub(r"(?<=[0-9])・(?=[0-9])", ".", unicodedata.normalize("NFKC", text.translate(_CIRCLED)).lower())


def _value(word: str) -> Fraction:
    if word.isdigit():
        return Fraction(int(word))
    if word == "half":
        return Fraction(2)
    return Fraction(_WORDS[word]) if word in _WORDS else _kanji_value(word)


def _kanji_value(numeral: str) -> Fraction:
    """三十二 as 32."""
    total = digit = 0
    for character in numeral:
        if character in _KANJI_DIGITS:
            digit = _KANJI_DIGITS[character]
        else:
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[character]
            digit = 0
    return Fraction(total + digit)
