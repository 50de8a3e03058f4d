"""Owns which numbers exist: what stands at a path of numbers or at a place in a section, or that nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from assistant.domain import MissingNumber, PassageId, References, SectionId
from assistant.references.places import Place

Id = TypeVar("Id", PassageId, SectionId)


def merged(parts: Iterable[References], remainder: str = "") -> References:
    """All that the parts name, each once, in order."""
    known = tuple(parts)
    return References(
        passage_ids=tuple(dict.fromkeys(passage_id for part in known for passage_id in part.passage_ids)),
        sections=tuple(dict.fromkeys(section for part in known for section in part.sections)),
        missing=tuple(dict.fromkeys(number for part in known for number in part.missing)),
        remainder=remainder,
    )


class Numbering:
    """The numbers of the proposal; `outline` says how many recommendations each innermost section holds."""

    def __init__(self, outline: Mapping[SectionId, int]) -> None:
        self._outline = dict(outline)
        self._depths = {section.letter: 1 if section.subsection is None else 2 for section in outline}
        self._order = tuple(
            PassageId(section.letter, section.subsection, number)
            for section, count in outline.items()
            for number in range(1, count + 1)
        )

    def depth(self, letter: str) -> int:
        """How many numbers follow a letter in a passage's number: 2 where there are subsections, 0 if it is unknown."""
        return self._depths.get(letter, 0)

    def at(self, letter: str, numbers: Sequence[int]) -> References:
        """The section, passage or missing number that stands at a path like `D`, 1, 5."""
        innermost = SectionId(letter)
        if letter not in self._depths:
            return References(missing=(MissingNumber(_printed(letter, numbers)),))
        if not numbers:
            return References(sections=(innermost,))
        path = numbers
        if SectionId(letter, numbers[0]) in self._outline:
            innermost, path = SectionId(letter, numbers[0]), numbers[1:]
            if not path:
                return References(sections=(innermost,))
        if len(path) == 1 and 1 <= path[0] <= self._outline.get(innermost, 0):
            return References(passage_ids=(PassageId(innermost.letter, innermost.subsection, path[0]),))
        return References(missing=(MissingNumber(_printed(letter, numbers), innermost),))

    def places(self, section: SectionId, places: Iterable[Place]) -> References:
        """What stands at these places of a section; one with subsections is counted through in printed order."""
        members = tuple(passage_id for passage_id in self._order if passage_id in section)
        return merged(_at_place(section, members, place) for place in places)

    def between(self, first: References, last: References) -> References:
        """Everything from `first` to `last` in printed order; a range that runs past its section ends there."""
        if first.passage_ids and last.missing:
            start = first.passage_ids[0]
            rest = tuple(p for p in self._order if p in start.section_id and p.number >= start.number)
            return merged((References(passage_ids=rest), last))
        if first.passage_ids and last.passage_ids:
            return References(passage_ids=_stretch(self._order, first.passage_ids[0], last.passage_ids[0]))
        if first.sections and last.sections:
            order = self._section_order(first.sections + last.sections)
            return References(sections=_stretch(order, first.sections[0], last.sections[0]))
        return merged((first, last))

    def _section_order(self, named: Sequence[SectionId]) -> tuple[SectionId, ...]:
        """The sections, or the subsections if any is named, in printed order."""
        if any(section.subsection for section in named):
            return tuple(dict.fromkeys((*self._outline, *named)))
        return tuple(dict.fromkeys(SectionId(section.letter) for section in self._outline))


def _printed(letter: str, numbers: Sequence[int]) -> str:
    return "-".join([letter, *map(str, numbers)])


def _stretch(order: Sequence[Id], one: Id, other: Id) -> tuple[Id, ...]:
    first, last = sorted((order.index(one), order.index(other)))
    return tuple(order[first : last + 1])


def _at_place(section: SectionId, members: Sequence[PassageId], place: Place) -> References:
    """One place; a range is cut where the section ends, a single place beyond its end is missing."""
    count = len(members)
    first, last = sorted(index if index > 0 else count + 1 + index for index in (place.first, place.last))
    if first == last and not 1 <= first <= count:
        return References(missing=(MissingNumber(f"{section}-{abs(place.first)}", section),))
    return References(passage_ids=tuple(members[max(first, 1) - 1 : max(last, 0)]))
