"""Owns the quantities of a sentence: figures with their unit, in any notation of either language, and what they count."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
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
_TIMES = (
    (Fraction(2), re.compile(r"\bdoubl(?:e|ed|es|ing)\b|\btwofold\b|\btwice\b|倍増|二倍|(?<![0-9.])2\s*倍")),
    (Fraction(3), re.compile(r"\btripl(?:e|ed|es|ing)\b|\bthreefold\b|三倍|(?<![0-9.])3\s*倍")),
    (Fraction(4), re.compile(r"\bquadrupl(?:e|ed|es|ing)\b|\bfourfold\b|四倍|(?<![0-9.])4\s*倍")),
    (Fraction(10), re.compile(r"\btenfold\b|十倍|(?<![0-9.])10\s*倍")),
)
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
_CENTURY = re.compile(r"([0-9]+)\s*(?:st|nd|rd|th)?[ -]*(?:世紀|century)")
_TURN = re.compile(r"\bturn of the (?:century|millennium)\b")
_QUARTER_CENTURY = re.compile(r"\b(?:a |the )?quarter[- ](?:of a )?century\b|四半世紀")


class Quantity(NamedTuple):
    """A value with its unit: `%`, `year`, `month`, `times`, `part`, `century`, or empty for a plain number."""

    value: Fraction
    unit: str


def quantities(text: str) -> frozenset[Quantity]:
    """Every quantity that a text states, whatever the notation; 1 and 2 spelled out as words are left out."""
    return frozenset(_found(text))


def _found(text: str) -> Iterator[Quantity]:
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    text = re.sub(r"(?<=[0-9])・(?=[0-9])", ".", text)
    text = re.sub(r"\s+(?=[0-9])|(?<=[0-9])\s+(?=[万億兆年月日基%倍分])", " ", text)
    text = re.sub(r"(?<=[0-9])\s+(?=[万億兆年月日基%倍分])", "", text)
    text = _PART_OF_A_NAME.sub(" ", text)
    text = _ERA_YEAR.sub(lambda m: f"{_ERAS[m[1]] + (1 if m[2] == '元' else _kanji_or_digits(m[2]))}年", text)
    text = _LATIN_ERA_YEAR.sub(lambda m: str(_LATIN_ERA[m[1]] + int(m[2])), text)
    for _ in _QUARTER_CENTURY.finditer(text):
        yield Quantity(Fraction(25), "year")
    text = _QUARTER_CENTURY.sub(" ", text)
    text = _IDIOM.sub(" ", text)
    text = re.sub(r"第([一二三四五六七八九十]+)", lambda m: f"第{_kanji_or_digits(m[1])}", text)
    for match in _JAPANESE_FRACTION.finditer(text):
        lower, upper = _kanji_or_digits(match[1]), _kanji_or_digits(match[2])
        if lower:
            yield Quantity(Fraction(upper, lower), "part")
    text = _JAPANESE_FRACTION.sub(" ", text)
    text = _TURN.sub("21世紀", text).replace("twenty-first", "21st").replace("twentieth", "20th")
    for match in _CENTURY.finditer(text):
        yield Quantity(Fraction(int(match[1])), "century")
    text = _CENTURY.sub(" ", text)
    text = text.replace("half a million", "500000").replace("half-million", "500000").replace("半世紀", "50年")
    for match in _ENGLISH_FRACTION.finditer(text):
        word = match[2].replace("halves", "half")
        below = {"third": 3, "hundredth": 100}.get(word) or _ORDINALS[word]
        above = {"a": 1}.get(match[1]) or _SMALL.get(match[1]) or int(match[1])
        yield Quantity(Fraction(above, below), "part")
    text = _ENGLISH_FRACTION.sub(" ", text)
    if _HALF.search(text):
        yield Quantity(Fraction(1, 2), "part")
    text = _HALF.sub(" ", text)
    for value, pattern in _TIMES:
        if pattern.search(text):
            yield Quantity(value, "times")
        text = pattern.sub(" ", text)
    for match in _MONTH.finditer(text):
        yield Quantity(Fraction(_MONTHS.index(match[1] or match[2] or match[3]) + 1), "month")
    text = _MONTH.sub(" ", text)
    for match in re.finditer(r"第\s*([0-9]+)|\b([0-9]+)(?:st|nd|rd|th)\b", text):
        yield Quantity(Fraction(int(match[1] or match[2])), "th")
    text = re.sub(r"第\s*[0-9]+(?!\s*[万億])|\b[0-9]+(?:st|nd|rd|th)\b", " ", text)
    text = re.sub(r"(?<=[0-9])s\b", "", text)
    for match in _SPELLED.finditer(text):
        value = _spelled(match[0])
        if value > 2:  # noqa: PLR2004 - “one” and “two” mostly count nothing: one another, the two countries
            yield Quantity(Fraction(value), "years" if re.match(r"[- ]years?\b", text[match.end() :]) else "")
    text = _SPELLED.sub(" ", text)
    for word in re.findall(r"[a-z]+", text):
        if _ORDINALS.get(word, 0) > 1 and word not in ("quarter", "half"):
            yield Quantity(Fraction(_ORDINALS[word]), "th")
    for match in re.finditer(
        rf"({_NUMBER})\s*(%|パーセント|per ?cent|年代|年度|年間|年|カ年|か年|月|割|倍)?(つ|次|番|カ国|か国|ヶ国|人|者|段階|回|度|基|本|件|機|隻|点|項|条|代|つの|国)?", text
    ):
        number, unit, counter = match[1].strip(), match[2] or "", match[3]
        if not re.match(r"[0-9]", number) and not (unit or counter or re.search(r"[万億兆]", number)):
            continue
        for figure in figures(number if re.match(r"[0-9]", number) else number + (counter or unit or "つ")):
            if unit == "割":
                yield Quantity(figure * 10, "%")
            elif unit in ("%", "パーセント", "per cent", "percent"):
                yield Quantity(figure, "%")
            elif unit == "倍":
                yield Quantity(figure, "times")
            elif unit == "月":
                yield Quantity(figure, "month")
            elif unit in ("年間", "カ年", "か年") or re.match(r"[- ]?years?\b", text[match.end() :]):
                yield Quantity(figure, "years")
            elif 1800 <= figure < 2100 and "," not in number and unit not in ("年間",):  # noqa: PLR2004
                yield Quantity(figure, "year")
            elif figure > 2 or number.isdigit():  # noqa: PLR2004
                yield Quantity(figure, "")


def _kanji_or_digits(numeral: str) -> int:
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
