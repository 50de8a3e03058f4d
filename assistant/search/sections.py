"""Owns finding the section that a reader's own words mean: "the hacking chapter", 「同盟の運営の節」."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from assistant.domain import Proposal, SectionId
from assistant.search import QuestionVector

NEAR = 0.5
"""The least similarity to one of a section's names; words that name none stay below .43."""
AHEAD = 0.1
"""How far the next section must be behind."""


class SectionSearch:
    """Compares words with all names of all sections; their vectors are made at the first call."""

    def __init__(self, proposal: Proposal, vector_of: QuestionVector) -> None:
        self._proposal = proposal
        self._vector_of = vector_of

    def __call__(self, words: str) -> SectionId | None:
        """The section meant, or None where the words are near to none or to two."""
        sections, vectors = self._names
        similarities = vectors @ self._vector_of(words)
        nearest = {key: similarities[[name == key for name in sections]].max() for key in dict.fromkeys(sections)}
        first, second = sorted(nearest, key=lambda key: -nearest[key])[:2]
        sure = nearest[first] >= NEAR and nearest[first] - nearest[second] >= AHEAD
        return first if sure else None

    @cached_property
    def _names(self) -> tuple[list[SectionId], np.ndarray]:
        names = [(key, name) for key, section in self._proposal.sections.items() for name in section.names]
        return [key for key, _ in names], np.array([self._vector_of(name) for _, name in names])
