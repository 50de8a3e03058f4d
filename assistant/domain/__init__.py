"""Owns the vocabulary: every domain type of the assistant, with the standard library only.

The words are those of the proposal and of its answer contract (see CONTRIBUTING.md). No other module
defines a domain type, and no dict crosses a module boundary.
"""

from assistant.domain.dialogue import (
    Answer,
    Citation,
    Found,
    Hit,
    Message,
    Question,
    Request,
    Scope,
    Statement,
)
from assistant.domain.document import (
    BankQuestion,
    Bilingual,
    Enrichment,
    NearView,
    Passage,
    Point,
    Proposal,
    Section,
    Sentence,
    Span,
    TranslatedSentence,
    View,
)
from assistant.domain.numbers import (
    INTRODUCTION,
    MissingNumber,
    PassageId,
    References,
    SectionId,
)
from assistant.domain.terms import (
    Actor,
    Aspect,
    Language,
    Outcome,
    RequestKind,
    StatementKind,
    ViewKind,
)

__all__ = [
    "INTRODUCTION",
    "Actor",
    "Answer",
    "Aspect",
    "BankQuestion",
    "Bilingual",
    "Citation",
    "Enrichment",
    "Found",
    "Hit",
    "Language",
    "Message",
    "MissingNumber",
    "NearView",
    "Outcome",
    "Passage",
    "PassageId",
    "Point",
    "Proposal",
    "Question",
    "References",
    "Request",
    "RequestKind",
    "Scope",
    "Section",
    "SectionId",
    "Sentence",
    "Span",
    "Statement",
    "StatementKind",
    "TranslatedSentence",
    "View",
    "ViewKind",
]
