"""Owns which wordings of the cited passages each clause of a statement rests on: by shared words and by meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.checking.actors import Roles, roles
from assistant.checking.clauses import clauses
from assistant.checking.modality import modes
from assistant.checking.polarity import negations
from assistant.checking.quantities import Quantity, quantities
from assistant.checking.wordings import Wording, Wordings
from assistant.domain import Language, PassageId
from assistant.words import content_words

Encode = Callable[[Sequence[str]], np.ndarray]
"""From texts to unit vectors of shape (texts, dimension)."""

OWN_WORDS = 0.3
"""How much the share of a wording that a clause takes up counts, beside the share of the clause that it covers."""
NEARLY_BEST = 0.85
"""Of the best wording's score: what a wording must reach for a clause to rest on it as well."""
MOST_WORDINGS = 3


@dataclass(frozen=True)
class Clause:
    """One clause with the wordings nearest to it, best first, and the scores of all wordings of its passages."""

    text: str
    words: tuple[str, ...]
    quantities: frozenset[Quantity]
    roles: Roles
    modes: frozenset[str]
    negations: int
    points: tuple[Wording, ...]
    sentence: Wording
    scores: tuple[tuple[float, Wording], ...]

    @property
    def point(self) -> Wording:
        """The nearest point."""
        return self.points[0]


@dataclass(frozen=True)
class Alignment:
    """A statement, clause by clause, and how near it is to every wording of the proposal.

    `similar` has the shape (wordings, 1 + clauses): cosines of the whole statement, then of each clause.
    """

    text: str
    language: Language
    cited: tuple[PassageId, ...]
    words: tuple[str, ...]
    clauses: tuple[Clause, ...]
    similar: np.ndarray
    vectors: np.ndarray
    """Of the clauses, of shape (clauses, dimension)."""

    @property
    def rests_on(self) -> tuple[Wording, ...]:
        """The nearest point and sentence of every clause, each once."""
        return tuple(dict.fromkeys(w for clause in self.clauses for w in (clause.point, clause.sentence)))


_REPORTING = frozenset(
    "述べる 指摘 警告 批判 分析 論ずる 位置付ける 挙げる 説く 言う 呼び掛ける 提案 提唱 主張 強調 纏める 訴える する "
    "describ call urg argu propos author regard judg said accord seen singl identifi not consider view warn told "
    "ask recommend stat think put forward according".split()
)
"""Words with which a sentence tells that the proposal says something: these are the writer's own."""


def own_words(text: str) -> tuple[str, ...]:
    """The content words of a text, without those with which its writer tells that the proposal says something."""
    return tuple(word for word in content_words(text) if word not in _REPORTING)


class Aligner:
    """Aligns statements; `vectors` are those of all wordings, of shape (wordings, dimension)."""

    def __init__(self, wordings: Wordings, vectors: np.ndarray, encode: Encode) -> None:
        self._wordings = wordings
        self._vectors = vectors
        self._encode = encode

    def __call__(self, text: str, cited: Sequence[PassageId], language: Language) -> Alignment:
        """The clauses of a statement with the wordings of the cited passages nearest to each."""
        parts = clauses(text, language)
        vectors = self._encode([text, *parts] if len(parts) > 1 else [text])
        if len(parts) == 1:
            vectors = np.repeat(vectors, 2, axis=0)
        similar = self._vectors @ vectors.T
        own = [
            (self._wordings.rows[wording.view], wording)
            for key in cited
            for wording in self._wordings.by_passage[key]
            if wording.language is language
        ]
        aligned = tuple(
            self._clause(part, own, similar[:, column], language) for column, part in enumerate(parts, start=1)
        )
        return Alignment(text, language, tuple(cited), own_words(text), aligned, similar, vectors[1:])

    def _clause(self, text: str, own: list[tuple[int, Wording]], similar: np.ndarray, language: Language) -> Clause:
        words = own_words(text)
        scores = sorted(
            ((self._score(frozenset(words), wording, similar[row]), wording) for row, wording in own),
            key=lambda pair: -pair[0],
        )
        points = [(score, wording) for score, wording in scores if wording.is_point]
        best = points[0][0]
        return Clause(
            text, words, quantities(text), roles(text, language, self._wordings.entities), modes(text),
            negations(text),
            tuple(wording for score, wording in points[:MOST_WORDINGS] if score >= min(NEARLY_BEST * best, best)),
            next(wording for _, wording in scores if not wording.is_point),
            tuple(scores),
        )  # fmt: skip

    def _score(self, words: frozenset[str], wording: Wording, cosine: float) -> float:
        rarity = self._wordings.rarity
        common = sum(map(rarity, words & wording.words))
        return float(
            common / (sum(map(rarity, words)) or 1.0)
            + OWN_WORDS * common / (sum(map(rarity, wording.words)) or 1.0)
            + cosine
        )
