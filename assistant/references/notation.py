"""Owns the notation of a number after its letter or name: the `-1-5` of `D-1-5`, `D1の⑤`, `D.1.5` and `D-3-1–4`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from assistant.references.numerals import (
    AFTER_LOOSE,
    AFTER_SPACED_LETTER,
    AFTER_TIGHT,
    NUMBER,
    NUMBER_WORD,
    ROMAN,
    number_value,
)

_COMPONENT = re.compile(
    r"(?P<separator> ?[-–] ?|ー|一(?=[0-9])| ?の ?|[._/・]| ?(?=\()| (?=[0-9])|(?=[0-9])|(?=[一二三四五六七八九十])"
    rf"| (?={NUMBER_WORD}))(?P<number>{NUMBER}|(?<=[-– ]){NUMBER_WORD}|(?<=[-–]){ROMAN})"
)
_AFTER_TIGHT = re.compile(AFTER_TIGHT)
_AFTER_LOOSE = re.compile(AFTER_LOOSE, re.IGNORECASE)
_AFTER_SPACED_LETTER = re.compile(AFTER_SPACED_LETTER)
_KANJI_GOES_ON = re.compile(r"(?!番)[一-龯つ]")
_COUNTER = re.compile(r"(?:番[目め]?|号)(?![一-龯ァ-ヶ目め])")
_DASHES = frozenset("-–ー一")
_LIST_SIGNS = frozenset("/・")  # joints of a number in `D・1・5`, but of a list in `D-3-1・2`


class Lead(Enum):
    """What stands before the numbers; the less certain it is, the tighter the notation has to be."""

    CAPITAL = auto()
    SMALL = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True)
class NumberPath:
    """The numbers after a letter or name, where they end, and the last number of a range as in `D-3-1–4`."""

    numbers: tuple[int, ...]
    end: int
    range_end: int | None = None


def read_numbers(text: str, at: int, lead: Lead, *, given: int, depth: int) -> NumberPath | None:
    """Read up to `depth` numbers, less the `given` ones that the name already stands for.

    One number more is read after a dash: `D-3-1–4` and `A1-3` are ranges, `A-1-3` is a number that does not exist.
    """
    components: list[re.Match[str]] = []
    end = at
    while len(components) <= depth - given and (match := _COMPONENT.match(text, end)):
        if match["separator"] in _LIST_SIGNS and components and components[0]["separator"] != match["separator"]:
            break
        components.append(match)
        end = match.end()
    while components and not _acceptable(text, components, lead, extra=given + len(components) > depth):
        components.pop()
    if not components:
        return None
    numbers = [number_value(component["number"]) for component in components]
    counter = _COUNTER.match(text, components[-1].end())
    end = counter.end() if counter else components[-1].end()
    if given + len(components) > depth and _is_range(components, numbers, depth):
        return NumberPath(tuple(numbers[:-1]), end, numbers[-1])
    return NumberPath(tuple(numbers), end)


def _acceptable(text: str, components: list[re.Match[str]], lead: Lead, *, extra: bool) -> bool:
    """Whether the last component may be part of the number, judged by how it is joined and by what follows."""
    separator, end = components[-1]["separator"], components[-1].end()
    first = components[0]["separator"]
    dash = separator.strip() in _DASHES
    spaced = any(" " in component["separator"] for component in components)
    if extra and not dash:
        return False
    if lead is Lead.SMALL and (first in {".", "_"} or text[components[0].start("number")] == "(" or spaced):
        return False
    kanji = components[-1]["number"][0] in "一二三四五六七八九十"
    if kanji and (_KANJI_GOES_ON.match(text, end) or (not separator and lead is not Lead.CAPITAL)):
        return False
    if lead is Lead.CAPITAL and first.startswith(" "):
        return _AFTER_SPACED_LETTER.match(text, end) is not None
    if " " in separator or "の" in separator or (lead is Lead.NAME and not dash):
        return _AFTER_LOOSE.match(text, end) is not None
    return _AFTER_TIGHT.match(text, end) is not None


def _is_range(components: list[re.Match[str]], numbers: list[int], depth: int) -> bool:
    """Whether the number beyond the depth ends a range; an en dash after another joint says so, as does `A1-3`."""
    if numbers[-1] <= numbers[-2]:
        return False
    before, last = components[-2]["separator"], components[-1]["separator"]
    return depth > 1 or not before or ("–" in last and "–" not in before)
