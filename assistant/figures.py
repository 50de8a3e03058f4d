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
    "half": Fraction(1, 2), "twice": 2, "bilateral": 2, "trilateral": 3, "ii": 2, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
_KANJI = {character: value for value, character in enumerate("〇一二三四五六七八九十")}
_JAPANESE_FRACTION = re.compile(r"([0-9]+|[一二三四五六七八九十])\s*分の\s*([0-9]+|[一二三四五六七八九十])")
_ENGLISH_FRACTION = re.compile(
    r"\b(one|two|three|[0-9]+)[- ](half|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?\b"
)
_DIGITS = re.compile(
    r"(?P<digits>[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?:st|nd|rd|th)?"
    r"(?:\s*(?P<multiplier>万|億|兆|hundred|thousand|million|billion|trillion))?(?:\s*%)?"
)
_WORD = re.compile(r"[a-z]+")
_KANJI_NUMBER = re.compile(
    r"(?:第)?([一二三四五六七八九十])(?=つ|次|国間|カ国|か国|か月|番|点|者|人|段階|大|年|回|度|基|本|倍|割)"
)
_CIRCLED = str.maketrans({character: f" {value} " for value, character in enumerate("①②③④⑤⑥⑦⑧⑨⑩", start=1)})


def figures(text: str) -> frozenset[Fraction]:
    """Every number in a text, spelled out or in digits: 50万 = 500,000, 6分の1 = one-sixth, months and ordinals too."""
    text = _unfold(text)
    found: set[Fraction] = set()

    def fraction(upper: str, lower: str) -> str:
        found.add(_value(upper) / _value(lower))
        return " "

    text = _JAPANESE_FRACTION.sub(lambda match: fraction(match[2], match[1]), text)
    text = _ENGLISH_FRACTION.sub(lambda match: fraction(match[1], match[2]), text)
    found |= set(typed_figures(text))
    found |= {Fraction(_WORDS[word]) for word in _WORD.findall(text) if word in _WORDS}
    return frozenset(found | {Fraction(_KANJI[match[1]]) for match in _KANJI_NUMBER.finditer(text)})


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
    if word in _KANJI:
        return Fraction(_KANJI[word])
    if word == "half":
        return Fraction(2)
    return Fraction(_WORDS[word])
