"""Owns the numbers of sections and passages, each with one printed form, and those that a reader typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

INTRODUCTION = "intro"

_PASSAGE_ID = re.compile(r"(?:(?P<intro>intro)|(?P<section>[A-F]))(?:-(?P<subsection>[1-9]))?-(?P<number>[1-9][0-9]*)")
_SECTION_ID = re.compile(r"(?P<letter>[A-F]|intro)(?:-(?P<subsection>[1-9]))?")


@dataclass(frozen=True, slots=True, order=True)
class SectionId:
    """The number of a section (`A`) or of a numbered subsection (`B-2`); the introduction is `intro`."""

    letter: str
    subsection: int | None = None

    @classmethod
    def parse(cls, text: str) -> SectionId:
        """Read the one printed form back; `references` reads what people type."""
        match = _SECTION_ID.fullmatch(text)
        if match is None:
            raise ValueError(f"not a section number: {text!r}; expected a form like 'A' or 'B-2'")
        subsection = match["subsection"]
        return cls(match["letter"], int(subsection) if subsection else None)

    def __str__(self) -> str:
        return self.letter if self.subsection is None else f"{self.letter}-{self.subsection}"

    def __contains__(self, passage_id: PassageId) -> bool:
        return self.letter == passage_id.section and self.subsection in (None, passage_id.subsection)


@dataclass(frozen=True, slots=True)
class PassageId:
    """The number of a passage, with one printed form everywhere: `A-1`, `B-2-3`, `intro-1`."""

    section: str
    subsection: int | None
    number: int

    @classmethod
    def parse(cls, text: str) -> PassageId:
        """Read the one printed form back; `references` reads what people type."""
        match = _PASSAGE_ID.fullmatch(text)
        if match is None or (match["intro"] and match["subsection"]):
            raise ValueError(f"not a recommendation number: {text!r}; expected a form like 'A-1', 'B-2-3' or 'intro-1'")
        subsection = match["subsection"]
        return cls(match["intro"] or match["section"], int(subsection) if subsection else None, int(match["number"]))

    @property
    def section_id(self) -> SectionId:
        """The innermost section or subsection that holds the passage."""
        return SectionId(self.section, self.subsection)

    def __str__(self) -> str:
        return f"{self.section_id}-{self.number}"


@dataclass(frozen=True, slots=True)
class MissingNumber:
    """A number that a reader typed and that does not exist; `section` is the existing section it would be in."""

    text: str
    section: SectionId | None = None


@dataclass(frozen=True, slots=True)
class References:
    """The numbers that a question names: passages, bare sections, missing numbers, and the words left over."""

    passage_ids: tuple[PassageId, ...] = ()
    sections: tuple[SectionId, ...] = ()
    missing: tuple[MissingNumber, ...] = ()
    remainder: str = ""
