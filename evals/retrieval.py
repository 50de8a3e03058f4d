"""Owns the measures of the ranking that a reader is shown, through `ir_measures` and under its names.

The ranking is what the answer shows: the passages cited, in order, then those offered as related. Judgements are
gold = 1; optional passages count as not relevant. A case without gold has no ranking to judge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

from evals.answers import GivenAnswer
from evals.cases import Case
from evals.scorers import Score, unscored

RETRIEVAL_MEASURES = (R @ 1, R @ 3, R @ 5, RR @ 10, nDCG @ 10)
RETRIEVAL_NAMES = tuple(str(measure) for measure in RETRIEVAL_MEASURES)


def retrieval_scores(cases: Sequence[Case], answers: Mapping[str, GivenAnswer]) -> dict[str, dict[str, Score]]:
    """The scores of every case by measure name; an answer that shows nothing scores 0."""
    judged = [case for case in cases if case.gold]
    scores = {
        case.id: dict.fromkeys(RETRIEVAL_NAMES, unscored("nothing in particular is to be found")) for case in cases
    }
    qrels = [Qrel(case.id, str(key), 1) for case in judged for key in case.gold]
    run = [
        ScoredDoc(case.id, str(key), -float(rank))
        for case in judged
        for rank, key in enumerate(answers[case.id].shown, start=1)
    ]
    for found in ir_measures.iter_calc(RETRIEVAL_MEASURES, qrels, run) if judged else ():
        shown = ", ".join(map(str, answers[found.query_id].shown[:5])) or "nothing"
        scores[found.query_id][str(found.measure)] = Score(found.value, f"shown: {shown}", found.value, 1.0)
    return scores
