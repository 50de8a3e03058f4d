"""Owns finding all references of a question: phrases for sections and places, combined, listed and in ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from assistant.domain import MissingNumber, References, SectionId
from assistant.references.numbering import Numbering, merged
from assistant.references.numerals import AFTER_LOOSE, NUMBER, fold, number_value
from assistant.references.places import ITEM, ITEM_JA, PLACE_START, Place, PlacePhrase, place_among, read_places
from assistant.references.remainder import remainder
from assistant.references.sections import LETTER_START, SECTION_START, Certainty, SectionNames, SectionPhrase

_THE = re.compile(r"the ", re.IGNORECASE)
_JOINT = re.compile(
    r"(?P<possessive>'s (?:the )?)|(?P<no> ?の(?:提言の|項目の)?(?:中の|中で|うち、?)? ?|における|内の)"
    r"|(?P<pause> ?[,:、] ?(?:the )?| [-–] (?:the )?|について、?|では?、?)|(?P<blank> (?:the )?)|(?P<touching>)",
    re.IGNORECASE,
)
_OF = re.compile(
    r"(?P<part> parts?)? (?:of|in|on|from|under|about|for|regarding|within|concerning) (?:the )?(?:proposal's )?"
    r"|(?P<pause>, )",
    re.IGNORECASE,
)
_NAME_ENDS = re.compile(
    r"[\"')\]」』]?(?:$|[\n,;:!?、。]|\.(?![0-9])|[ぁ-ん]| (?:says?|said|means?|is|are|was|and|or|do|does|did|calls?"
    r"|recommends?|proposes?|covers?|mentions?|address(?:es)?|suggests?|asks?|demands?|states?|deals?|urges?|requires?|concerns?"
    r"|please|about|want|would|should|in|to|with)(?![A-Za-z]))",
    re.IGNORECASE,
)
_FURTHER = re.compile(r" ?[,、・/&] ?(?:and |or )?| ?(?:と|や|及び|および|または) ?| (?:and|or) ", re.IGNORECASE)
_RANGE = re.compile(r" ?(?P<sign>[-–~→]|\.{2,3}) ?| ?から ?| (?:to|through|thru) ", re.IGNORECASE)
_RANGE_CLOSES = re.compile(r"まで")
_COMPARES = re.compile(r"compar|relat|similar|link|connect|differ", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(rf"({NUMBER})(?:番[目め]?)?{AFTER_LOOSE}", re.IGNORECASE)
_NAMED_ITEM = re.compile(rf"の?{ITEM_JA}| {ITEM}", re.IGNORECASE)
_LIST_LIMIT = 20  # a longer list is no question; the bound keeps hostile text linear
_START_LIMIT = 1_000  # 20,000 characters of prose hold a few hundred letters, names and ordinals that may begin one
_MENTION_LIMIT = 100  # the proposal has 58 passages
_REACH = 60  # how far back "compare" is looked for


@dataclass(frozen=True, slots=True)
class _Mention:
    """A stretch of the folded question and what it names; `places` are in a section that is named elsewhere."""

    start: int
    end: int
    named: References
    places: tuple[Place, ...] = ()


@dataclass(frozen=True)
class ReferenceReader:
    """Reads the numbers that a question names; the same text always gives the same references.

    `outline`: how many recommendations each innermost section holds, in printed order. `names`: all names of each
    section in both languages; a name counts only together with a place, a number or a word like "section".
    """

    outline: Mapping[SectionId, int]
    names: Mapping[SectionId, tuple[str, ...]]

    def read(self, text: str) -> References:
        """Find all passages, sections and missing numbers that `text` names, and the words left over."""
        folded = fold(text)
        mentions = self._paired(list(islice(self._mentions(folded.text), _MENTION_LIMIT)))
        spans = [(folded.starts[m.start], folded.ends[m.end - 1]) for m in mentions]
        return merged((mention.named for mention in mentions), remainder(text, spans))

    @staticmethod
    def place_in(text: str, count: int) -> int | None:
        """The index, from 0, of the item that `text` picks from a list of `count` ("the second of these"), or None."""
        return place_among(fold(text).text, count)

    @cached_property
    def _numbering(self) -> Numbering:
        return Numbering(self.outline)

    @cached_property
    def _sections(self) -> SectionNames:
        return SectionNames(self._numbering, self.names)

    @cached_property
    def _start(self) -> re.Pattern[str]:
        alternatives = f"{LETTER_START}|{SECTION_START}|{PLACE_START}|{self._sections.pattern}"
        return re.compile(rf"(?:(?<![A-Za-z])the )?(?:{alternatives})", re.IGNORECASE)

    def _mentions(self, text: str) -> Iterator[_Mention]:
        at = 0
        for _ in range(_START_LIMIT):
            start = self._start.search(text, at)
            if start is None:
                break
            mention = self._mention(text, start.start())
            if mention:
                yield mention
            at = mention.end if mention else start.end()

    def _mention(self, text: str, start: int) -> _Mention | None:
        """The reference that begins at `start`: a section or number first, or a place first."""
        the = _THE.match(text, start)
        at = the.end() if the else start
        section = self._sections.read(text, at)
        if section:
            placed = self._place_in(text, start, section)
            if placed or section.certainty is Certainty.EXPLICIT:
                return placed or self._listed(text, start, section)
        places = read_places(text, at)
        return self._section_of(text, start, places) if places else None

    def _place_in(self, text: str, start: int, section: SectionPhrase) -> _Mention | None:
        """A section with a place in it: "section D-1, item 5", 「サイバーの3番目」, "E's last item"."""
        joint = _JOINT.match(text, section.end) if section.section else None
        places = joint and read_places(text, joint.end())
        if not joint or not places or not section.section or not _joined(text, section, joint, places):
            return None
        return _Mention(start, places.end, self._numbering.places(section.section, places.places))

    def _section_of(self, text: str, start: int, places: PlacePhrase) -> _Mention | None:
        """A place before its section: "the third item in section A", "the third cyber item"; or one without."""
        of = _OF.match(text, places.end)
        section = self._sections.read(text, of.end()) if of else None
        if of and section and section.section and _is_section_of(text, of, section, places):
            return _Mention(start, section.end, self._numbering.places(section.section, places.places))
        gap = text[places.end : places.end + 1]
        if not places.item and gap in {" ", "の"}:
            named = self._sections.read(text, places.end + 1)
            item = named and named.certainty is Certainty.NAME and _NAMED_ITEM.match(text, named.end)
            if named and item and named.section:
                return _Mention(start, item.end(), self._numbering.places(named.section, places.places))
        if not places.item:
            return None
        longest = max(self.outline.values(), default=0)
        running = tuple(
            MissingNumber(str(number))
            for place in places.places
            for number in dict.fromkeys((place.first, place.last))
            if places.recommendation and number > (0 if places.numbered else longest)
        )
        return _Mention(start, places.end, References(missing=running), places.places)

    def _listed(self, text: str, start: int, section: SectionPhrase) -> _Mention:
        """The numbers that follow the first in a list or range: `D-3-1・2・5`, `A-1〜A-3`, `E-8からE-10まで`."""
        parts = [section.named]
        current, end = section, section.end
        compared = _COMPARES.search(text, max(0, start - _REACH), start) is not None
        for _ in range(_LIST_LIMIT):
            joint = _RANGE.match(text, end)
            further = joint and self._range_end(text, joint, current, compared=compared)
            if further:
                parts[-1] = self._numbering.between(current.named, further.named)
                closes = _RANGE_CLOSES.match(text, further.end)
                further = replace(further, end=closes.end()) if closes else further
            else:
                joint = _FURTHER.match(text, end)
                further = joint and self._sibling(text, joint.end(), current)
                if further:
                    parts.append(further.named)
            if not further:
                break
            current, end = further, further.end
        return _Mention(start, end, merged(parts))

    def _range_end(
        self, text: str, joint: re.Match[str], first: SectionPhrase, *, compared: bool
    ) -> SectionPhrase | None:
        """What a range runs to; a word joins only numbers of one section, a dash needs a letter after it."""
        if joint["sign"] not in {"-", "–"}:
            sibling = self._sibling(text, joint.end(), first)
            if sibling:
                return sibling
        last = self._sections.read(text, joint.end())
        if last is None or last.certainty is not Certainty.EXPLICIT or not last.numbers:
            return None
        alike = (last.letter, last.numbers[:-1]) == (first.letter, first.numbers[:-1])
        return last if joint["sign"] or (alike and not compared) else None

    def _sibling(self, text: str, at: int, first: SectionPhrase) -> SectionPhrase | None:
        """The `2` of `D-3-1・2`, the `C` of "sections A and C"."""
        if not first.numbers:
            return self._sections.sibling_letter(text, at)
        number = _PLAIN_NUMBER.match(text, at)
        if number is None:
            return None
        numbers = (*first.numbers[:-1], number_value(number[1]))
        named = self._numbering.at(first.letter, numbers)
        if first.section and not named.sections:
            return None
        return SectionPhrase(number.end(), named, Certainty.EXPLICIT, first.letter, numbers)

    def _paired(self, mentions: list[_Mention]) -> list[_Mention]:
        """Put places without a section into the only section named ("In section E, what does item 3 say?")."""
        sections = {section for mention in mentions for section in mention.named.sections}
        if len(sections) != 1 or not any(mention.places for mention in mentions):
            return [mention for mention in mentions if mention.named != References()]
        (section,) = sections
        return [
            replace(mention, named=self._numbering.places(section, mention.places) if mention.places else References())
            if mention.places or mention.named == References(sections=(section,))
            else mention
            for mention in mentions
        ]


def _joined(text: str, section: SectionPhrase, joint: re.Match[str], places: PlacePhrase) -> bool:
    """Whether a place that follows a section so belongs to it; the less explicit the section, the closer the joint."""
    kind = joint.lastgroup
    certain = places.numbered or places.item
    last_word = kind == "possessive" and _NAME_ENDS.match(text, places.end)  # "E's last", not "E's last year"
    if not certain and not (places.alone if places.japanese else last_word):
        return False
    if section.certainty is Certainty.EXPLICIT:
        return kind != "touching" or places.japanese
    named = section.certainty is Certainty.NAME and section.letter != "intro"
    if kind == "pause":
        return places.item
    if kind == "blank":
        first = places.places[0].first  # "China number 1" is a boast, "China number 3" a reference
        return places.japanese or (places.numbered and (places.item or first > 1 or not named))
    return kind != "touching" or (named and places.japanese)


def _is_section_of(text: str, of: re.Match[str], section: SectionPhrase, places: PlacePhrase) -> bool:
    """Whether the section after "of", "in" or a comma is the one that the places are in."""
    if of["part"]:
        return section.letter == "intro"  # only the introduction's passages are parts
    if section.certainty is Certainty.EXPLICIT:
        return places.item or places.numbered or not of["pause"]
    if of["pause"]:
        return False
    return section.certainty is Certainty.LONE_LETTER or (
        places.item and _NAME_ENDS.match(text, section.end) is not None
    )
