"""Owns the words for a section: "section B", `B-2`, 「サイバーの章」, "the economics section"; and mere names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from assistant.domain import References, SectionId
from assistant.references.lookalikes import is_lookalike
from assistant.references.notation import Lead, NumberPath, read_numbers
from assistant.references.numbering import Numbering
from assistant.references.numerals import NUMBER, fold, number_value
from assistant.references.places import ITEM, ITEM_JA, NUMBER_SIGN

_SECTION = r"(?:(?:sub-?)?sections?|sec\.|chapters?|parts?)"
_SECTION_JA = r"(?:(?:サブ)?セクション|小節|[章節](?![一-龯])|パート)"
_PART_JA = r"の部(?![一-龯])"
_OPENING = r"[\"'「『(\[]?"
_CLOSING = r"(?!'s )[\"'」』)\]]?"

SECTION_START = (
    rf"(?<![A-Za-z])(?:{_SECTION}|{ITEM}|{NUMBER_SIGN})|(?:サブ)?セクション|章|節|パート|提言|勧告|項目|番号"
)
LETTER_START = r"(?<![0-9A-Za-z_])(?<![A-Za-z][-–+_])(?<![0-9][-–_])(?<![A-Za-z][.'&@/])[A-Za-z](?![A-Za-z])"

_PREFIX = re.compile(
    rf"(?:(?P<section>{_SECTION}(?![A-Za-z]) ?|(?:(?:サブ)?セクション|章|節|パート) ?)"
    r"|(?P<item_ja>(?:提言|勧告|項目|番号)(?:の|番号|#|No\.)? ?)"
    rf"|{ITEM} ?(?:{NUMBER_SIGN}(?![A-Za-z]) ?)?|{NUMBER_SIGN}(?![A-Za-z]) ?){_OPENING}",
    re.IGNORECASE,
)
_SECTION_CALLED = re.compile(
    rf"{_SECTION} (?:(?:on|about|covering|titled|called|named) (?:the )?{_OPENING}|(?=[\"'])[\"'])|セクション ?[「『]",
    re.IGNORECASE,
)
_SUBSECTION_OF = re.compile(rf"(?:sub-?section|part) ({NUMBER}) (?:of|in) (?:the )?", re.IGNORECASE)
_SUBSECTION = re.compile(
    rf"(?: ?[,、] ?| ?の ?| )(?:sub-?section|part|サブセクション|小節) ?({NUMBER})(?![0-9A-Za-z])", re.IGNORECASE
)
_LETTER = re.compile(r"([A-Za-z])(?![A-Za-z])")
_LETTER_ENDS = re.compile(rf"(?![0-9&%+°/]|[.'][A-Za-z0-9]|[-–] ?[0-9A-Za-z]|[一-龯ァ-ヶ])|(?='s )|(?={_SECTION_JA})")
_QUESTION_ENDS = re.compile(r"[\"')]?[?.!]?(?:$|\n)")
_LETTER_SUFFIX = re.compile(
    rf" ?の? ?{_SECTION_JA}|{_PART_JA}"
    rf"|(?= ?の(?:{ITEM_JA}|全部|すべて|全て|全項目|全提言|一覧|リスト|内容|中身|全体|要旨|要約|概要))"
)
_LETTER_SUFFIX_EN = re.compile(rf" {_SECTION}(?![A-Za-z])(?! of)", re.IGNORECASE)
_NAME_SUFFIX = re.compile(
    rf"{_CLOSING}(?: ?(?:の|分野の)? ?{_SECTION_JA}|{_PART_JA}|(?=の項目(?:一覧|リスト))"
    r"|(?: policy)? (?:(?:sub-?)?sections?|chapters?|parts?)(?![A-Za-z]))",
    re.IGNORECASE,
)
_NAME_TOPIC = re.compile(rf"{_CLOSING}(?:分野|関連|関係|編)?(?:に関する|についての)?")
_CLOSED = re.compile(_CLOSING)
_DEEPEST = 2
_NOT_LETTERS = frozenset("IVX")  # the pronoun, and Roman numerals


class Certainty(Enum):
    """How sure it is that a section is meant."""

    EXPLICIT = auto()
    LONE_LETTER = auto()
    NAME = auto()


@dataclass(frozen=True, slots=True)
class SectionPhrase:
    """What a letter or a section's name, with the numbers after it, names; only an explicit one stands by itself.

    `letter` and `numbers` are the path, to which further numbers of a list may be siblings.
    """

    end: int
    named: References
    certainty: Certainty
    letter: str
    numbers: tuple[int, ...]

    @property
    def section(self) -> SectionId | None:
        """The one section named, if it is a section and nothing else."""
        only = not self.named.passage_ids and not self.named.missing and len(self.named.sections) == 1
        return self.named.sections[0] if only else None


class SectionNames:
    """Reads the section that a text names."""

    def __init__(self, numbering: Numbering, names: Mapping[SectionId, tuple[str, ...]]) -> None:
        self._numbering = numbering
        self._ids = {str(SectionId("intro")): SectionId("intro")}
        for section, section_names in names.items():
            for name in section_names:
                folded = fold(name).text.lower().strip()
                # 「防衛政策1」 is read as the name 「防衛政策」 and a number, which may go on
                if folded and not folded[-1].isdigit():
                    self._ids.setdefault(folded, section)
        self.pattern = _names_pattern(self._ids)
        self._names = re.compile(self.pattern, re.IGNORECASE)

    def read(self, text: str, at: int) -> SectionPhrase | None:
        """Read the section phrase of the folded `text` that begins at `at`, with the numbers that follow it."""
        subsection_of = _SUBSECTION_OF.match(text, at)
        if subsection_of:
            whole = self._read(text, subsection_of.end())
            return whole and self._subsection(whole, number_value(subsection_of[1]), whole.end)
        phrase = self._read(text, at)
        subsection = phrase and phrase.section and _SUBSECTION.match(text, phrase.end)
        if phrase and subsection:
            return self._subsection(phrase, number_value(subsection[1]), subsection.end()) or phrase
        return phrase

    def sibling_letter(self, text: str, at: int) -> SectionPhrase | None:
        """Read the `C` of "sections A and C"."""
        phrase = self._letter(text, at, named_section=True, named_item=False)
        return phrase if phrase and not phrase.numbers else None

    def _read(self, text: str, at: int) -> SectionPhrase | None:
        if _LETTER.match(text, at):
            return self._letter(text, at, named_section=False, named_item=False)
        called = _SECTION_CALLED.match(text, at)
        if called:
            name = self._names.match(text, called.end())
            return name and self._explicit_name(text, name)
        prefix = _PREFIX.match(text, at)
        after = prefix.end() if prefix else at
        if _LETTER.match(text, after):
            named_section = bool(prefix and (prefix["section"] or prefix["item_ja"]))
            return self._letter(text, after, named_section=named_section, named_item=bool(prefix))
        name = self._names.match(text, after)
        return self._name(text, name, prefixed=bool(prefix)) if name else None

    def _letter(self, text: str, at: int, *, named_section: bool, named_item: bool) -> SectionPhrase | None:
        if (match := _LETTER.match(text, at)) is None:
            return None
        letter, capital = match[1].upper(), match[1].isupper()
        known = self._numbering.depth(letter) > 0
        depth = self._numbering.depth(letter) or _DEEPEST
        path = read_numbers(text, match.end(), Lead.CAPITAL if capital else Lead.SMALL, given=0, depth=depth)
        if path:
            lone_number = len(path.numbers) == 1 and path.range_end is None
            if named_item and (known or text[match.end()] in "-–ーの"):
                return self._numbered(letter, path)
            if not known or named_item or (lone_number and is_lookalike(text, at, path.end)):
                return None
            return self._numbered(letter, path)
        return self._lone_letter(text, at, letter, named_section=named_section, known=known)

    def _lone_letter(
        self, text: str, at: int, letter: str, *, named_section: bool, known: bool
    ) -> SectionPhrase | None:
        end = at + 1
        capital = text[at].isupper()
        if letter in _NOT_LETTERS or not _LETTER_ENDS.match(text, end):
            return None
        named = self._numbering.at(letter, ())
        if named_section and (capital or _QUESTION_ENDS.match(text, end)):
            return SectionPhrase(end, named, Certainty.EXPLICIT, letter, ())
        if not known or not capital or is_lookalike(text, at, end):
            return None
        suffix = _LETTER_SUFFIX.match(text, end)
        if suffix is None and (letter != "A" or text[max(0, at - 4) : at].lower() == "the "):
            suffix = _LETTER_SUFFIX_EN.match(text, end)  # not "A section of the report"
        certainty = Certainty.EXPLICIT if suffix else Certainty.LONE_LETTER
        return SectionPhrase(suffix.end() if suffix else end, named, certainty, letter, ())

    def _name(self, text: str, name: re.Match[str], *, prefixed: bool) -> SectionPhrase | None:
        section = self._section_of(name)
        given = () if section.subsection is None else (section.subsection,)
        introduction = section.letter == "intro"
        # "China 3" is too little, "economic policy 3" is not
        if introduction or not name[0].isascii() or " " in name[0]:
            closing = _CLOSED.match(text, name.end())
            start = closing.end() if closing else name.end()
            depth = self._numbering.depth(section.letter)
            lead = Lead.NAME if not (introduction and name[0].isascii()) else Lead.CAPITAL
            path = read_numbers(text, start, lead, given=len(given), depth=depth)
            if path:
                return self._numbered(section.letter, replace(path, numbers=given + path.numbers))
        if prefixed:
            return self._explicit_name(text, name) if introduction else None
        if _NAME_SUFFIX.match(text, name.end()):
            return self._explicit_name(text, name)
        topic = _NAME_TOPIC.match(text, name.end())
        end = topic.end() if topic else name.end()
        return SectionPhrase(end, References(sections=(section,)), Certainty.NAME, section.letter, given)

    def _explicit_name(self, text: str, name: re.Match[str]) -> SectionPhrase:
        section = self._section_of(name)
        given = () if section.subsection is None else (section.subsection,)
        suffix = _NAME_SUFFIX.match(text, name.end()) or _CLOSED.match(text, name.end())
        end = suffix.end() if suffix else name.end()
        return SectionPhrase(end, References(sections=(section,)), Certainty.EXPLICIT, section.letter, given)

    def _section_of(self, name: re.Match[str]) -> SectionId:
        return self._ids[name[0].lower()]

    def _numbered(self, letter: str, path: NumberPath) -> SectionPhrase:
        named = self._numbering.at(letter, path.numbers)
        if path.range_end is not None:
            last = self._numbering.at(letter, (*path.numbers[:-1], path.range_end))
            named = self._numbering.between(named, last)
        return SectionPhrase(path.end, named, Certainty.EXPLICIT, letter, path.numbers)

    def _subsection(self, whole: SectionPhrase, number: int, end: int) -> SectionPhrase | None:
        if whole.section is None or whole.numbers:
            return None
        named = self._numbering.at(whole.letter, (number,))
        known = named.sections or whole.letter == "intro"  # the introduction has parts, the others subsections
        return SectionPhrase(end, named, Certainty.EXPLICIT, whole.letter, (number,)) if known else None


def _names_pattern(names: Mapping[str, SectionId]) -> str:
    """All names, longest first, as whole words; Japanese has no spaces, so the writing before a name must change."""
    longest_first = sorted(names, key=len, reverse=True)
    latin = "|".join(re.escape(name) for name in longest_first if name.isascii())
    japanese = "|".join(re.escape(name) for name in longest_first if not name.isascii())
    initials = re.escape("".join(sorted({name[0] for name in names if not name.isascii()})))
    return rf"(?<![A-Za-z])(?<![A-Za-z]-)(?:{latin})(?![A-Za-z])|(?<![一-龯ァ-ヶー])(?=[{initials}])(?:{japanese})"
