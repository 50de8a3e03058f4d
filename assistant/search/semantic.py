"""Owns the search by meaning: a passage scores the mean of its own views that lie nearest to the question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from assistant.domain import Hit, PassageId
from assistant.index import Index
from assistant.search import QuestionVector

NEAREST = 200
"""Views asked of the index; the lab lost nothing against all of them."""
BEST = 5
"""Views of a passage that its score is the mean of."""


class SemanticSearch:
    """Nearest views in the index, gathered by passage."""

    def __init__(self, index: Index, vector_of: QuestionVector, passage_ids: Iterable[PassageId]) -> None:
        self._index = index
        self._vector_of = vector_of
        self._ids = tuple(passage_ids)

    def __call__(self, question: str, *, limit: int) -> list[Hit]:
        """The passages nearest in meaning, best first; scores are mean cosines.

        Views that are not among the nearest count as the last of those, so that every passage has a score.
        """
        near = self._index.nearest(self._vector_of(question), limit=NEAREST)
        similarities: dict[PassageId, list[float]] = defaultdict(list)
        for view in near:
            similarities[view.passage_id].append(view.similarity)
        floor = near[-1].similarity

        def score(passage_id: PassageId) -> float:
            best = similarities[passage_id][:BEST]
            return (sum(best) + floor * (BEST - len(best))) / BEST

        hits = [Hit(passage_id, score(passage_id), "meaning") for passage_id in self._ids]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]
