"""Owns the fusion of the searches into one ranking, and the raw evidence on which a question is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.domain import Hit, PassageId
from assistant.search import Search

WEIGHTS = {"recognition": 1.0, "meaning": 0.5, "words": 1.0}
"""How much each search's standardised score counts."""


class FusedSearch:
    """The sum of the standardised scores of several searches over all passages."""

    def __init__(self, searches: Sequence[Search], passage_ids: Sequence[PassageId]) -> None:
        self._searches = searches
        self._ids = tuple(passage_ids)

    def __call__(self, question: str, *, limit: int) -> list[Hit]:
        """The passages that the searches together find best; scores are sums of standard scores."""
        return fuse([search(question, limit=len(self._ids)) for search in self._searches], limit=limit)


def fuse(rankings: Sequence[Sequence[Hit]], *, limit: int) -> list[Hit]:
    """Sum weighted standard scores, each taken over the whole of one ranking; a ranking without variance counts 0."""
    totals: dict[PassageId, float] = {}
    for ranking in rankings:
        scores = np.array([hit.score for hit in ranking])
        spread = float(scores.std())
        for hit in ranking:
            standard = (hit.score - float(scores.mean())) / spread if spread else 0.0
            totals[hit.passage_id] = totals.get(hit.passage_id, 0.0) + WEIGHTS[hit.found_by] * standard
    ranked = sorted(totals.items(), key=lambda item: -item[1])
    return [Hit(passage_id, score, "fused") for passage_id, score in ranked[:limit]]


def best_raw_scores(rankings: Sequence[Sequence[Hit]]) -> Mapping[str, float]:
    """The best raw score of each search: standard scores are relative to the question and cannot tell a refusal."""
    return {ranking[0].found_by: ranking[0].score for ranking in rankings if ranking}
