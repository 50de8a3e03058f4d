"""Owns what is asked, what is found for it, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.domain.document import Label, Passage, Span
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
    labels: tuple[Label, ...] = ()
    """Labels that the passage must have."""
    without: tuple[SectionId, ...] = ()
    """Sections left out."""
    anywhere: bool = False
    """Whether a demand in the body is enough for an actor, not only one in the heading."""
    by_section: bool = False
    """Whether the numbers of each section are asked for, not the recommendations."""


@dataclass(frozen=True, slots=True)
class Thread:
    """What of the conversation a question may lean on."""

    asked: str
    """The last question that stands alone."""
    just_cited: tuple[PassageId, ...] = ()
    """The numbers cited in the last answer that cites."""
    cited_before: tuple[PassageId, ...] = ()
    """Those of the answers before it."""
    first_cited: tuple[PassageId, ...] = ()
    """Those of the first answer that cites."""
    depends: bool = False
    """Whether the question cannot stand alone."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, as understood: the form of the answer, its language, and what it is about."""

    kind: RequestKind
    language: Language
    text: str
    """The question to search for, with what a follow-up leaves unsaid filled in from the conversation."""
    references: References = field(default_factory=References)
    scope: Scope = field(default_factory=Scope)
    thread: Thread | None = None
    """What of the conversation a question in words may lean on."""
    among: tuple[PassageId, ...] = ()
    """The only passages that may answer, where a follow-up says so."""
    excluded: tuple[PassageId, ...] = ()
    """Passages that are not meant: others like them are asked for."""
    leaving_out: str = ""
    """The reader's words for what a list or section is to be told without."""
    broad: bool = False
    """Whether all that the proposal says on a subject is asked for, not one thing."""
    fault: str = ""
    """Why the question is invalid: the name of a notice."""
    asked: Question | None = field(default=None, compare=False)
    """The question itself, for a chat model that reads it whole with its conversation."""


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
    absent: str = ""
    """The subject recognised, by its key, that the proposal does not treat."""
    detail: str = ""
    """The kind of detail asked for, by the name of its notice, that the passages found do not give."""
    confidence: float | None = None
    """The calibrated probability that the first passage answers; None where nothing was searched or found."""


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
class Verdict:
    """What the check says of a freely written sentence and the passages that it cites."""

    faults: tuple[str, ...]
    """What is wrong, each in a few words that name it (an altered figure, an unknown name …); empty: passed."""
    sentences: tuple[tuple[PassageId, int], ...] = ()
    """The sentences of the cited passages that support it, by passage and number (0 is the heading)."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a chat model took and gave for one answer; tokens are None where its provider does not count them."""

    model: str
    input_tokens: int | None = None
    output_tokens: int | None = None
    repaired: int = 0
    """Statements that passed the check after the model had written them anew."""
    dropped: int = 0
    """Statements that never passed, and are not in the answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What comes back; `related` are nearby passages that are offered, not cited."""

    outcome: Outcome
    language: Language
    statements: tuple[Statement, ...]
    related: tuple[PassageId, ...] = ()
    confidence: float | None = None
    """The calibrated probability that the first passage cited answers; None where nothing was searched or found."""
    elapsed_ms: float = field(default=0.0, compare=False)
    usage: Usage | None = None
    """What the chat model took, where one was asked."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations of all statements, each once, in order."""
        return tuple(dict.fromkeys(c for statement in self.statements for c in statement.citations))

    @property
    def passage_ids(self) -> tuple[PassageId, ...]:
        """The passages cited, each once, in order."""
        return tuple(dict.fromkeys(citation.passage_id for citation in self.citations))
