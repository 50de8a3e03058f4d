"""Owns whether a statement is supported by what it cites, decided by the fixed spans of the corpus.

A statement that is one of the corpus' points rests on that point's source sentences; one that stands verbatim in a
passage (in the source or in the translation) rests on the sentences in which it stands. Cited sentences support it
fully when they hold all that it rests on, partly when they hold some of it. Any other sentence is judged by `FreeRule`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

import numpy as np

from assistant.domain import Language, Passage, PassageId, Proposal
from assistant.embedding import Embedding
from assistant.figures import figures
from assistant.language import fold
from assistant.words import content_words
from evals.answers import Source
from evals.polarity import turned, unknown_names

Place = tuple[PassageId, int]
"""A sentence of the proposal: passage and sentence number, 0 for the heading."""
Basis = Literal["point", "verbatim", "free"]

SHORTEST_VERBATIM = 8
"""Folded characters from which a stretch of the text counts as taken from it; below, it may be a mere name."""


@dataclass(frozen=True, slots=True)
class FreeRule:
    """When a free sentence counts as supported by cited sentences; the README says how often readers agree.

    Every figure and every proper name in it must stand in the cited sentences, and its sense must not be turned round
    (see `evals.polarity`). Its content words must stand there, or in the points that restate them, in either language,
    to the share `words`; or to the share `fewer_words`, when the cosine of its vector and that of the nearest cited
    sentence or point reaches `meaning`. Half the share `words` is partial support.
    """

    words: float = 0.65
    fewer_words: float = 0.3
    meaning: float = 0.6


class Support:
    """Judges statements against the proposal; `embedding` is opened only when a free sentence needs it."""

    def __init__(
        self, proposal: Proposal, embedding: Callable[[], Embedding] | None = None, rule: FreeRule = FreeRule()
    ) -> None:
        self._proposal = proposal
        self._open_embedding = embedding
        self._rule = rule
        self._points: dict[str, list[frozenset[Place]]] = defaultdict(list)
        for passage in proposal.passages.values():
            for point in passage.points:
                for language in Language:
                    places = frozenset((passage.id, number) for number in point.sentences)
                    self._points[fold(point.text[language])].append(places)
        self._texts = [_Folded(p, language) for p in proposal.passages.values() for language in Language]
        self._rests_on = cache(lambda text: self._find(fold(text)))
        self._encoder: Embedding | None = None
        self._vector_of = cache(self._encode)
        self._free = cache(self._judge_free)
        self._covered = cache(self._cover)

    def basis(self, text: str) -> Basis:
        """On what ground a statement is judged."""
        return self._rests_on(text)[0]

    def fully(self, text: str, sources: Sequence[Source]) -> bool:
        """Whether all the sources together say the whole statement."""
        covered = self._covered(tuple(sources))
        basis, ways = self._rests_on(text)
        return self._free(text, covered)[0] if basis == "free" else any(way <= covered for way in ways)

    def partly(self, text: str, source: Source) -> bool:
        """Whether one source says some of the statement, or all of it."""
        covered = self._covered((source,))
        basis, ways = self._rests_on(text)
        return self._free(text, covered)[1] if basis == "free" else any(way & covered for way in ways)

    def _cover(self, sources: tuple[Source, ...]) -> frozenset[Place]:
        return frozenset(place for source in sources for place in self._places(source))

    def _places(self, source: Source) -> Iterator[Place]:
        passage = self._proposal.passages.get(source.passage_id) if source.passage_id else None
        if passage is None:
            return
        numbers = range(len(passage.sentences) + 1)
        if source.sentence is None:
            yield from ((passage.id, number) for number in numbers)
        elif source.sentence in numbers:
            yield passage.id, source.sentence

    def _find(self, folded: str) -> tuple[Basis, tuple[frozenset[Place], ...]]:
        points = tuple(self._points.get(folded, ()))
        long_enough = len(folded) >= SHORTEST_VERBATIM
        printed = tuple(places for text in self._texts for places in text.stretches(folded)) if long_enough else ()
        basis: Basis = "point" if points else "verbatim" if printed else "free"
        return basis, points + printed

    def _judge_free(self, text: str, covered: frozenset[Place]) -> tuple[bool, bool]:
        """Whether the places support a free sentence fully, and whether at least partly."""
        wanted = set(content_words(text))
        if not covered or not wanted:
            return False, False
        said = [wording for place in covered for wording in self._wordings(place)]
        words = {word for wording in said for word in _words_of(wording)}
        share = len(wanted & words) / len(wanted)
        partly = share >= self._rule.words / 2
        if figures(text) - {figure for wording in said for figure in _figures_of(wording)}:
            return False, partly
        if unknown_names(text, words, said) or turned(text) != turned(_nearest(wanted, said)):
            return False, partly
        if share >= self._rule.words:
            return True, True
        if share < self._rule.fewer_words or self._open_embedding is None:
            return False, partly
        nearest = max(float(self._vector_of(text) @ self._vector_of(wording)) for wording in said)
        return nearest >= self._rule.meaning, partly

    def _wordings(self, place: Place) -> Iterator[str]:
        """A sentence in both languages, and the points that restate it."""
        passage, number = self._proposal.passages[place[0]], place[1]
        for language in Language:
            yield passage.verbatim(number, language)
            yield from (point.text[language] for point in passage.points if number in point.sentences)

    def _encode(self, text: str) -> np.ndarray:
        self._encoder = self._encoder or self._open_embedding()
        return self._encoder.encode_passages([text])[0]


class _Folded:
    """A passage's text in one language, folded, with the sentence to which every character belongs."""

    def __init__(self, passage: Passage, language: Language) -> None:
        self._id = passage.id
        self._sentences = [fold(passage.verbatim(n, language)) for n in range(len(passage.sentences) + 1)]
        self._text = "".join(self._sentences)
        self._owners = [number for number, sentence in enumerate(self._sentences) for _ in sentence]

    def stretches(self, folded: str) -> Iterator[frozenset[Place]]:
        """The sentences of every place in which the stretch stands."""
        start = self._text.find(folded)
        while start >= 0:
            yield frozenset((self._id, number) for number in self._owners[start : start + len(folded)])
            start = self._text.find(folded, start + 1)


@cache
def _words_of(wording: str) -> frozenset[str]:
    return frozenset(content_words(wording))


@cache
def _figures_of(wording: str) -> frozenset[Fraction]:
    return figures(wording)


def _nearest(wanted: set[str], wordings: Sequence[str]) -> str:
    """The wording that shares most content words with a sentence, the shortest of several."""
    return max(wordings, key=lambda wording: (len(wanted & _words_of(wording)), -len(wording)))
