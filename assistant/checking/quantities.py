"""Owns the quantities of a sentence: figures with their unit, in any notation of either language."""

# ruff: noqa: E501 - the patterns are word lists: broken up, they would be harder to compare
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from assistant.figures import figures

_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The year before the first of each era."""
_ERA_YEAR = re.compile(rf"({'|'.join(_ERAS)})\s*(元|[0-9]+|[一二三四五六七八九十]+)\s*年")
_LATIN_ERA = {"heisei": 1988, "showa": 1925, "reiwa": 2018}
_LATIN_ERA_YEAR = re.compile(rf"\b({'|'.join(_LATIN_ERA)})\s+([0-9]+)\b")
_PART_OF_A_NAME = re.compile(
    r"(?<![a-z0-9])(?!(?:fiscal|fy|track|article|radar|no|us|y|gdp)[ -]?[0-9])[a-z]+-?[0-9]+[a-z0-9+]*(?:\s*[+プラス]+\s*1)?"
    r"|(?<![a-z0-9])[0-9]+[a-z]+-?[0-9]+[a-z]*"
)
"""G7, G7+1, F-35B, CO2: the figures in them name a thing; names are another's business."""
_NUMBER = (
    r"(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|[〇一二三四五六七八九十百千]+)\s*(?:hundred |千)?"
    r"(?:\s*(?:万|億|兆|thousand|million|billion|trillion))*"
)
_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "dozen": 12,
}  # fmt: skip
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "twentieth": 20, "twenty-first": 21, "quarter": 4, "half": 2,
}  # fmt: skip
_SPELLED = re.compile(rf"\b(?:{'|'.join(sorted(_SMALL, key=len, reverse=True))})(?:[- ](?:{'|'.join(_SMALL)}))*\b")
_FRACTION_WORD = r"half|halves|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|hundredth"
_ENGLISH_FRACTION = re.compile(
    rf"\b(?:(a|one|two|three|four|five|[0-9]+)[- ])({_FRACTION_WORD})s?\b(?!\s+(?:of\s+)?(?:century|offset|country|world|war))"
)
_JAPANESE_FRACTION = re.compile(r"([0-9]+|[一二三四五六七八九十百]+)\s*分の\s*([0-9]+|[一二三四五六七八九十百]+)")
_HALF = re.compile(r"\bhalf (?:a|the|as|of|its)\b|\bhalf\b(?=\s)|半分|半数|(?<!前)(?<!後)半減|\bhalv(?:e|ed|ing)\b")
_TIMES = {
    2: r"\bdoubl(?:e|ed|es|ing)\b|\btwofold\b|\btwice\b|倍増|二倍", 3: r"\btripl(?:e|ed|es|ing)\b|\bthreefold\b|三倍",
    4: r"\bquadrupl(?:e|ed|es|ing)\b|\bfourfold\b|四倍", 10: r"\btenfold\b|十倍",
}  # fmt: skip
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = re.compile(
    rf"\b({'|'.join(_MONTHS)})\b(?=\s*[0-9])|(?<=[0-9] )({'|'.join(_MONTHS)})\b|(?<=in )({'|'.join(_MONTHS)})\b"
)
_IDIOM = re.compile(
    r"\bone (?:another|hand|side|of|by one|step|thing|stroke|or (?:the|another)|country)\b|\b(?:no|any|every|some)[ -]one\b"
    r"|\bthe (?:first|second) (?:thing|step|place)\b|\bfirst and foremost\b|\bat (?:first|one)\b|\b(?:on|in) one\b"
    r"|\bfirst of all\b|\bsecond to none\b|\bthe one\b|\bone that\b|\bor two\b|\bone-sided\b|\bsecond(?:ly|ed|ment)\b|\bat a single\b"
    r"|一つ(?:として|に)|一方|一層|一体|一帯|一般|一致|一気|一時|一部|一段|一連|一旦|一定|一度に|第一に|統一|唯一|単一|万全|万一|千島|四半期"
    r"|(?:三国|三カ国|三者|二国|二者|両)間|一歩"
)
_TURN = re.compile(r"\bturn of the (?:century|millennium)\b")
_UNITS = {
    "%": "%", "パーセント": "%", "percent": "%", "per cent": "%", "割": "%", "倍": "times", "月": "month",
    "年間": "years", "カ年": "years", "か年": "years",
}  # fmt: skip
_COUNTERS = "つ|次|番|カ国|か国|ヶ国|人|者|段階|回|度|基|本|件|機|隻|点|項|条|代|国"
MOSTLY_NO_COUNT = 2
EARLIEST_YEAR, LATEST_YEAR = 1800, 2100


class Quantity(NamedTuple):
    """A value with its unit: `%`, `year`, `month`, `times`, `part`, `century`, or empty for a plain number."""

    value: Fraction
    unit: str


def quantities(text: str) -> frozenset[Quantity]:
    """Every quantity that a text states, whatever the notation; 1 and 2 spelled out as words are left out."""
    return frozenset(_found(text))


def _found(text: str) -> Iterator[Quantity]:
    """What every reader finds in what the readers before it have left."""
    text = _unfold(text)
    for pattern, read in _READERS:
        yield from (quantity for match in pattern.finditer(text) if (quantity := read(match)))
        text = pattern.sub(" ", text)


def _unfold(text: str) -> str:
    """Fold width, case and spacing; take out names that hold figures; years of an era and centuries in digits."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    text = re.sub(r"(?<=[0-9])・(?=[0-9])", ".", text)
    text = re.sub(r"(?<=[0-9])\s+(?=[万億兆年月日基%倍分])", "", text)
    text = _PART_OF_A_NAME.sub(" ", text)
    text = _ERA_YEAR.sub(lambda m: f"{_ERAS[m[1]] + (1 if m[2] == '元' else _integer(m[2]))}年", text)
    text = _LATIN_ERA_YEAR.sub(lambda m: str(_LATIN_ERA[m[1]] + int(m[2])), text)
    text = re.sub(r"第([一二三四五六七八九十]+)", lambda m: f"第{_integer(m[1])}", text)
    text = _TURN.sub("21世紀", text).replace("twenty-first", "21st").replace("twentieth", "20th")
    return re.sub(r"half[ -](?:a )?million", "500000", re.sub("(?<!四)半世紀", "50年間", text))


def _japanese_fraction(match: re.Match[str]) -> Quantity | None:
    lower, upper = _integer(match[1]), _integer(match[2])
    return Quantity(Fraction(upper, lower), "part") if lower else None


def _english_fraction(match: re.Match[str]) -> Quantity:
    below = {"third": 3, "hundredth": 100, "halves": 2}.get(match[2]) or _ORDINALS[match[2]]
    above = 1 if match[1] == "a" else _SMALL.get(match[1]) or int(match[1])
    return Quantity(Fraction(above, below), "part")


def _spelled_number(match: re.Match[str]) -> Quantity | None:
    """A number in English words; “one” and “two” mostly count nothing: one another, the two countries."""
    value = _spelled(match[1])
    if match[3]:
        return Quantity(Fraction(value), "%")
    return Quantity(Fraction(value), "years" if match[2] else "") if value > MOSTLY_NO_COUNT else None


def _ordinal_word(match: re.Match[str]) -> Quantity:
    return Quantity(Fraction(_ORDINALS[match[0]]), "th")


def _number(match: re.Match[str]) -> Quantity | None:
    number, unit, counter, years = match[1].strip(), match[2] or "", match[3], match[4]
    digits = number[0].isdecimal()
    if not digits and not (unit or counter or re.search(r"[万億兆]", number)):
        return None
    value = next(iter(figures(number if digits else number + (counter or unit or "つ"))), None)
    if value is None or not (digits or value > MOSTLY_NO_COUNT):
        return None
    if unit in _UNITS:
        return Quantity(value * (10 if unit == "割" else 1), _UNITS[unit])
    if years:
        return Quantity(value, "years")
    is_year = EARLIEST_YEAR <= value < LATEST_YEAR and "," not in number
    return Quantity(value, "year" if is_year else "")


def _integer(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    return int(next(iter(figures(numeral + "つ")), Fraction(0)))


def _spelled(words: str) -> int:
    total = part = 0
    for word in re.split(r"[- ]", words):
        value = _SMALL[word]
        if value == 1000:  # noqa: PLR2004
            total, part = total + (part or 1) * value, 0
        elif value == 100:  # noqa: PLR2004
            part = (part or 1) * value
        else:
            part += value
    return total + part


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Quantity | None]], ...] = (
    (re.compile(r"\b(?:a |the )?quarter[- ](?:of a )?century\b|四半世紀"), lambda _: Quantity(Fraction(25), "years")),
    (_IDIOM, lambda _: None),
    (_JAPANESE_FRACTION, _japanese_fraction),
    (re.compile(r"([0-9]+)\s*(?:st|nd|rd|th)?[ -]*(?:世紀|century)"), lambda m: Quantity(Fraction(m[1]), "century")),
    (_ENGLISH_FRACTION, _english_fraction),
    (_HALF, lambda _: Quantity(Fraction(1, 2), "part")),
    *((re.compile(words), lambda _, of=of: Quantity(Fraction(of), "times")) for of, words in _TIMES.items()),
    (_MONTH, lambda m: Quantity(Fraction(_MONTHS.index(m[1] or m[2] or m[3]) + 1), "month")),
    (
        re.compile(r"第\s*([0-9]+)(?!\s*[0-9万億])|\b([0-9]+)(?:st|nd|rd|th)\b"),
        lambda m: Quantity(Fraction(m[1] or m[2]), "th"),
    ),
    (re.compile(rf"({_SPELLED.pattern})([- ]years?\b)?(\s+per ?cent\b)?"), _spelled_number),
    (
        re.compile(rf"\b(?:{'|'.join(w for w, n in _ORDINALS.items() if n > 1 and w not in ('half', 'quarter'))})\b"),
        _ordinal_word,
    ),
    (
        re.compile(
            rf"({_NUMBER})\s*(%|パーセント|per ?cent|年代|年度|年間|年|カ年|か年|月|割|倍)?({_COUNTERS})?([- ]?years?\b)?"
        ),
        _number,
    ),
)
"""Patterns in the order in which they are read, and what a match of each is; what is read is taken out."""
