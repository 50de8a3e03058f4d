"""Owns the vocabulary: every domain type of the assistant, with the standard library only.

The words are those of the proposal and of its answer contract (see CONTRIBUTING.md). No other module
defines a domain type, and no dict crosses a module boundary.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Language(StrEnum):
    """A language that the assistant reads and writes."""

    JAPANESE = "ja"
    ENGLISH = "en"


class Actor(StrEnum):
    """Who is asked to act."""

    JAPAN = "japan"
    UNITED_STATES = "us"
    BOTH = "both"
    OTHER = "other"


class Aspect(StrEnum):
    """What a point says about its passage's subject."""

    DEMAND = "demand"
    HOW = "how"
    WHY = "why"
    FACT = "fact"
    WHEN = "when"
    EXAMPLE = "example"
    CONDITION = "condition"
    RISK = "risk"
    OUTLOOK = "outlook"


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    NOT_IN_PROPOSAL = "not_in_proposal"
    NO_SUCH_RECOMMENDATION = "no_such_recommendation"
    GREETING = "greeting"
    INVALID_QUESTION = "invalid_question"


class StatementKind(StrEnum):
    """`claim`: what the proposal says, cited. `notice`: the assistant about the proposal or the question."""

    CLAIM = "claim"
    NOTICE = "notice"


class ViewKind(StrEnum):
    """The ways in which the index shows one passage."""

    TEXT = "text"
    SENTENCE = "sentence"
    HEADING = "heading"
    BRIEF = "brief"
    POINT = "point"
    WORDS = "words"
    QUESTION = "question"


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
class Bilingual:
    """The same thing said in both languages."""

    ja: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.ja if language is Language.JAPANESE else self.en


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the source: `source[start:end]` in characters, with its lines and pages (both counted from 1)."""

    start: int
    end: int
    first_line: int
    last_line: int
    page: int
    last_page: int

    def to(self, other: Span) -> Span:
        """The stretch from the start of this one to the end of `other`."""
        return Span(self.start, other.end, self.first_line, other.last_line, self.page, other.last_page)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One Japanese sentence of a passage's body, lines joined; `number` counts from 1, 0 is the heading."""

    number: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """One sentence of the unofficial translation and the number of the Japanese sentence that it renders."""

    text: str
    renders: int


@dataclass(frozen=True, slots=True)
class Section:
    """A section or numbered subsection with its name; `span` covers the printed title.

    `names` are all the names, in both languages, by which a reader may mean it.
    """

    id: SectionId
    title: Bilingual
    span: Span
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Point:
    """One atomic thing that a passage says, in our own words, tied to the source sentences that it restates.

    `number` counts from 1 within the passage; `sentences` are sentence numbers, 0 standing for the heading.
    """

    passage_id: PassageId
    number: int
    text: Bilingual
    sentences: tuple[int, ...]
    aspect: Aspect
    actor: Actor | None = None


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question that a passage answers, with the numbers of the points that answer it, best first."""

    text: str
    language: Language
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Enrichment:
    """Our own aids to finding one passage; never shown or quoted as the proposal's text."""

    brief: Bilingual
    words: Mapping[Language, tuple[str, ...]]
    questions: tuple[BankQuestion, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One way of showing a passage to the index; `number` tells views of the same kind and language apart."""

    passage_id: PassageId
    kind: ViewKind
    language: Language
    number: int
    text: str

    @property
    def id(self) -> str:
        """The entry's id in the index: `D-1-5/point/en/3`."""
        return f"{self.passage_id}/{self.kind}/{self.language}/{self.number}"


@dataclass(frozen=True, slots=True)
class NearView:
    """A view that the index found near a question; `similarity` is the cosine."""

    passage_id: PassageId
    kind: ViewKind
    number: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Passage:
    """One citable unit: a recommendation (heading and body) or one of the two introduction parts."""

    id: PassageId
    section: Section
    subsection: Section | None
    mark: Span
    """The printed number, such as ①, or the opening bracket of an introduction part."""
    heading: Sentence
    sentences: tuple[Sentence, ...]
    heading_en: str
    sentences_en: tuple[TranslatedSentence, ...]
    translator_notes: tuple[str, ...]
    points: tuple[Point, ...]

    @property
    def span(self) -> Span:
        """The stretch of the source from the printed number to the last sentence."""
        return self.mark.to(self.sentences[-1].span)

    @property
    def page(self) -> int:
        """The page on which the passage begins."""
        return self.heading.span.page

    @property
    def title(self) -> Bilingual:
        """The heading in both languages."""
        return Bilingual(self.heading.text, self.heading_en)

    @property
    def body(self) -> Bilingual:
        """The body in both languages."""
        return Bilingual("".join(s.text for s in self.sentences), " ".join(s.text for s in self.sentences_en))

    @property
    def actors(self) -> frozenset[Actor]:
        """Who the recommendation asks to act: the actors of its heading's demands."""
        return frozenset(
            point.actor
            for point in self.points
            if point.aspect is Aspect.DEMAND and 0 in point.sentences and point.actor is not None
        )

    def sentence(self, number: int) -> Sentence:
        """The Japanese sentence of that number; 0 is the heading."""
        return self.heading if number == 0 else self.sentences[number - 1]

    def verbatim(self, number: int, language: Language) -> str:
        """Sentence `number` in Japanese, or all that renders it in the translation."""
        if language is Language.JAPANESE:
            return self.sentence(number).text
        if number == 0:
            return self.heading_en
        return " ".join(s.text for s in self.sentences_en if s.renders == number)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The whole document: its source text as received, its title lines, sections and passages in printed order."""

    source: str
    title_spans: tuple[Span, ...]
    sections: Mapping[SectionId, Section]
    passages: Mapping[PassageId, Passage]

    @property
    def recommendations(self) -> tuple[Passage, ...]:
        """The numbered recommendations, without the introduction."""
        return tuple(passage for passage in self.passages.values() if passage.id.section != INTRODUCTION)

    def within(self, section: SectionId) -> tuple[Passage, ...]:
        """The passages of a section or subsection, in printed order."""
        return tuple(passage for passage in self.passages.values() if passage.id in section)

    def outline(self) -> dict[SectionId, int]:
        """How many passages each innermost section or subsection holds."""
        return dict(Counter(passage_id.section_id for passage_id in self.passages))


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


class RequestKind(StrEnum):
    """What form of answer a question asks for."""

    INVALID = "invalid"
    GREETING = "greeting"
    MISSING_NUMBER = "missing_number"
    LOOKUP = "lookup"
    SECTION = "section"
    LIST = "list"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which passages a list is about; every condition that is set must hold."""

    sections: tuple[SectionId, ...] = ()
    actors: frozenset[Actor] = frozenset()
    only: bool = False
    """Whether the actors are asked alone: nobody else may be asked to act."""
    words: tuple[str, ...] = ()
    """Words that the passage's own text must contain, as typed."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, as understood: the form of the answer, its language, and what it is about."""

    kind: RequestKind
    language: Language
    text: str
    """The question to search for, with what a follow-up leaves unsaid filled in from the conversation."""
    references: References = References()
    scope: Scope = Scope()
    fault: str = ""
    """Why the question is invalid: the name of a notice."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, its score (higher is better), and which search found it."""

    passage_id: PassageId
    score: float
    found_by: str


@dataclass(frozen=True, slots=True)
class Found:
    """The passages that answer a request, and nearby ones to offer; `outcome` says whether there are any."""

    outcome: Outcome
    passages: tuple[Passage, ...] = ()
    related: tuple[PassageId, ...] = ()
    unknown: tuple[str, ...] = ()
    """Names in the question that stand nowhere in the proposal nor in anything written about it."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage id with page and the exact span of the source that supports a statement.

    `sentence` is 0 for the heading; `quote` is verbatim in the answer's language (for English from the
    unofficial translation), `original` the same in Japanese.
    """

    passage_id: PassageId
    sentence: int
    span: Span
    quote: str
    original: str

    @property
    def page(self) -> int:
        """The page on which the cited sentence begins."""
        return self.span.page


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer; a claim carries the citations that support it, a notice none."""

    kind: StatementKind
    text: str
    citations: tuple[Citation, ...] = ()

    @property
    def passage_ids(self) -> tuple[PassageId, ...]:
        """The passages cited, each once, in order."""
        return tuple(dict.fromkeys(citation.passage_id for citation in self.citations))


@dataclass(frozen=True, slots=True)
class Message:
    """One earlier message of the conversation; `role` is `user` or `assistant`."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader asks: the text, the conversation so far, and the language wanted if not the question's own."""

    text: str
    history: tuple[Message, ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back; `related` are nearby passages that are offered, not cited."""

    outcome: Outcome
    language: Language
    statements: tuple[Statement, ...]
    related: tuple[PassageId, ...] = ()
    elapsed_ms: float = field(default=0.0, compare=False)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of all statements, each once, in order."""
        return tuple(dict.fromkeys(c for statement in self.statements for c in statement.citations))

    @property
    def passage_ids(self) -> tuple[PassageId, ...]:
        """The passages cited, each once, in order."""
        return tuple(dict.fromkeys(citation.passage_id for citation in self.citations))
