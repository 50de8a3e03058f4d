"""Owns what is asked, what is found for it, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.domain.document import Passage, Span
from assistant.domain.numbers import PassageId, References, SectionId
from assistant.domain.terms import Actor, Language, Outcome, RequestKind, StatementKind


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
    references: References = field(default_factory=References)
    scope: Scope = field(default_factory=Scope)
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
