"""Owns whether a statement is supported by what it cites, decided by the fixed spans of the corpus.

A statement that is one of the corpus' points rests on that point's source sentences; one that stands verbatim in a
passage (in the source or in the translation) rests on the sentences in which it stands. Cited sentences support it
fully when they hold all that it rests on, partly when they hold some of it. Any other sentence is free, and judged by
the assistant's check of written sentences; README says how far that can be trusted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from typing import Literal

from assistant.checking.verbatim import Place, Verbatim
from assistant.citations import SentenceCheck
from assistant.domain import Language, Proposal, Verdict
from assistant.language import detect_language
from evals.answers import Source

Basis = Literal["point", "verbatim", "free"]


class Support:
    """Judges statements against the proposal; `check` is opened only when a free sentence needs it."""

    def __init__(self, proposal: Proposal, check: Callable[[], SentenceCheck]) -> None:
        self._proposal = proposal
        self._open_check = check
        self._verbatim = Verbatim(proposal)
        self._rests_on = cache(self._find)
        self._free = cache(self._judge_free)
        self._covered = cache(self._cover)

    def basis(self, text: str) -> Basis:
        """On what ground a statement is judged."""
        return self._rests_on(text)[0]

    def fully(self, text: str, sources: Sequence[Source]) -> bool:
        """Whether all the sources together say the whole statement."""
        covered = self._covered(tuple(sources))
        basis, ways = self._rests_on(text)
        if basis == "free":
            verdict = self._free(text, covered)
            return not verdict.faults and bool(covered & frozenset(verdict.sentences))
        return any(way <= covered for way in ways)

    def partly(self, text: str, source: Source) -> bool:
        """Whether one source says some of the statement, or all of it."""
        covered = self._covered((source,))
        basis, ways = self._rests_on(text)
        return self.fully(text, (source,)) if basis == "free" else any(way & covered for way in ways)

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

    def _find(self, text: str) -> tuple[Basis, tuple[frozenset[Place], ...]]:
        points = [way for language in Language for way in self._verbatim.of_points(text, language)]
        printed = [way for language in Language for way in self._verbatim.stretches(text, language)]
        basis: Basis = "point" if points else "verbatim" if printed else "free"
        return basis, (*points, *printed)

    def _judge_free(self, text: str, covered: frozenset[Place]) -> Verdict:
        cited = tuple(sorted({key for key, _ in covered}, key=str))
        return self._check(text, cited, detect_language(text) or Language.ENGLISH)

    @cached_property
    def _check(self) -> SentenceCheck:
        return self._open_check()
