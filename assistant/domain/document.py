"""Owns what the proposal is made of, and what this project has written about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.numbers import INTRODUCTION, PassageId, SectionId
from assistant.domain.terms import Actor, Aspect, LabelKind, Language, ViewKind


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
    """A question that a passage answers, with the numbers of the points that answer it, best first.

    `also` are other passages that answer it as directly.
    """

    text: str
    language: Language
    points: tuple[int, ...]
    also: tuple[PassageId, ...] = ()


@dataclass(frozen=True, slots=True)
class Enrichment:
    """Our own aids to finding one passage; never shown or quoted as the proposal's text."""

    brief: Bilingual
    words: Mapping[Language, tuple[str, ...]]
    questions: tuple[BankQuestion, ...]
    related: tuple[PassageId, ...] = ()
    """Other passages that a reader of this one would want next."""


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
    language: Language
    number: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Label:
    """A topic, place, institution or instrument of the controlled lists; the first name in a language is its title."""

    kind: LabelKind
    key: str
    names: tuple[tuple[str, ...], tuple[str, ...]]
    """Japanese names, English names."""

    def title(self, language: Language) -> str:
        """The name under which a list shows it."""
        return self.names[list(Language).index(language)][0]


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
    labels: tuple[Label, ...] = ()

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

    @property
    def actors_anywhere(self) -> frozenset[Actor]:
        """Who is asked to act by any of its points."""
        return frozenset(point.actor for point in self.points if point.actor is not None)

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
    labels: tuple[Label, ...] = ()

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
