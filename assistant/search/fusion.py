"""Owns the fusion of the searches into one ranking."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.domain import Hit, PassageId

WEIGHTS = {"recognition": 1.0, "meaning": 0.5, "words": 1.0}
"""How much each search's standardised score counts."""


def fuse(rankings: Sequence[Sequence[Hit]], *, limit: int) -> list[Hit]:
    """Sum weighted standard scores, each taken over the whole of one ranking; a ranking without variance counts 0."""
    totals: dict[PassageId, float] = {}
    for ranking in rankings:
        scores = np.array([hit.score for hit in ranking])
        spread = 0.0 if np.allclose(scores, scores[:1]) else float(scores.std())
        for hit in ranking:
            standard = (hit.score - float(scores.mean())) / spread if spread else 0.0
            totals[hit.passage_id] = totals.get(hit.passage_id, 0.0) + WEIGHTS[hit.found_by] * standard
    ranked = sorted(totals.items(), key=lambda item: -item[1])
    return [Hit(passage_id, score, "fused") for passage_id, score in ranked[:limit]]
