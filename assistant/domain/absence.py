"""Owns what the proposal does not say, and all else that competes with its passages for a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.domain.document import Bilingual
from assistant.domain.numbers import PassageId
from assistant.domain.terms import DecoyKind, Language


@dataclass(frozen=True, slots=True)
class AbsentSubject:
    """A subject that the proposal does not treat though readers ask about it; `nearest` are passages to offer.

    `key` is its short name in `absent.yaml`; `names` are proper names and set terms that mean this subject alone.
    """

    key: str
    subject: Bilingual
    names: Mapping[Language, tuple[str, ...]]
    nearest: tuple[PassageId, ...]
    questions: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class NotGiven:
    """Questions near a passage: those asking for a detail that it does not give, and look-alikes that it answers."""

    not_given: Mapping[Language, tuple[str, ...]]
    answered: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Decoy:
    """A text that competes with the passages for a question; `owner` is an absent subject, a passage or a sort of talk.

    `asked` tells a question from a description; `number` tells decoys of the same owner and language apart.
    """

    kind: DecoyKind
    owner: str
    language: Language
    number: int
    text: str
    asked: bool

    @property
    def id(self) -> str:
        """The entry's id in the index: `not_given/D-1-5/en/3`."""
        return f"{self.kind}/{self.owner}/{self.language}/{self.number}"


@dataclass(frozen=True, slots=True)
class NearDecoy:
    """A decoy that the index found near a question; `similarity` is the cosine."""

    kind: DecoyKind
    owner: str
    similarity: float
