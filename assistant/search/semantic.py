"""Owns the search by meaning: a passage scores the mean of its own views that lie nearest to the question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.domain import Hit, NearView, PassageId
from assistant.index import Index
from assistant.search import REMEMBERED, QuestionVector

NEAREST = 300
"""Views asked of the index; the lab lost nothing against all of them."""
BEST = 5
"""Views of a passage that its score is the mean of."""


class SemanticSearch:
    """Nearest views in the index, gathered by passage."""

    def __init__(self, index: Index, vector_of: QuestionVector, passage_ids: Iterable[PassageId]) -> None:
        self._index = index
        self._ids = tuple(passage_ids)
        self._near = lru_cache(REMEMBERED)(lambda question: self._index.nearest(vector_of(question), limit=NEAREST))

    def __call__(self, question: str, *, limit: int) -> list[Hit]:
        """The passages nearest in meaning, best first; scores are mean cosines."""
        return self.ranked(self.near_views(question))[:limit]

    def near_views(self, question: str) -> Sequence[NearView]:
        """The views nearest to a question, nearest first."""
        return self._near(question)

    def ranked(self, near: Sequence[NearView]) -> list[Hit]:
        """The passages by the mean of their best views; views that are not near count as the last of those that are."""
        similarities: dict[PassageId, list[float]] = defaultdict(list)
        for view in near:
            similarities[view.passage_id].append(view.similarity)
        floor = near[-1].similarity

        def score(passage_id: PassageId) -> float:
            best = similarities[passage_id][:BEST]
            return (sum(best) + floor * (BEST - len(best))) / BEST

        hits = [Hit(passage_id, score(passage_id), "meaning") for passage_id in self._ids]
        return sorted(hits, key=lambda hit: -hit.score)
