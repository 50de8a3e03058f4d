"""Owns the measures: from many answers' scores to one value with its n and 95% interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evals.intervals import bootstrap, bootstrap_mean, ratio, wilson
from evals.retrieval import RETRIEVAL_NAMES
from evals.scorers import Score


class Pooling(StrEnum):
    """`macro`: the mean of the answers' scores. `micro`: all hits of all answers over all that was counted."""

    MACRO = "macro"
    MICRO = "micro"


@dataclass(frozen=True, slots=True)
class Measure:
    """A named way to summarise one scorer's scores."""

    name: str
    scorer: str
    level: str
    pooling: Pooling = Pooling.MACRO
    lower_is_better: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure's value over `n` answers (macro) or things counted (micro), or None and why."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None
    unscored: int = 0
    """Answers outside the measure's denominator, such as unanswerable questions for `first_right`."""
    reason: str = ""


_MICRO, _LOWER = Pooling.MICRO, True
MEASURES: Mapping[str, Measure] = {
    measure.name: measure
    for measure in (
        Measure("first_right", "first_right", "recommendation"),
        Measure("exact_match", "exact_match", "recommendation"),
        Measure("citation_precision", "citation_precision", "recommendation"),
        Measure("citation_recall", "citation_recall", "recommendation"),
        Measure("citation_f1", "citation_f1", "recommendation"),
        Measure("citation_precision_micro", "citation_precision", "recommendation", _MICRO),
        Measure("citation_recall_micro", "citation_recall", "recommendation", _MICRO),
        Measure("citation_f1_micro", "citation_recall", "recommendation", _MICRO),
        Measure("invalid_citation_rate", "invalid_citation_rate", "recommendation", _MICRO, _LOWER),
        Measure("abstention_precision", "abstention_precision", "recommendation"),
        Measure("abstention_recall", "abstention_recall", "recommendation"),
        Measure("false_refusal_rate", "false_refusal_rate", "recommendation", lower_is_better=_LOWER),
        Measure("language_match", "language_match", "recommendation"),
        Measure("alce_citation_recall", "alce_citation_recall", "statement"),
        Measure("alce_citation_precision", "alce_citation_precision", "statement"),
        Measure("liu_citation_recall", "liu_citation_recall", "statement", _MICRO),
        Measure("liu_citation_precision", "liu_citation_precision", "statement", _MICRO),
        Measure("quote_verbatim_rate", "quote_verbatim_rate", "statement", _MICRO),
        Measure("fact_coverage", "fact_coverage", "statement"),
        *(Measure(name, name, "retrieval") for name in RETRIEVAL_NAMES),
    )
}
"""Every measure by its printed name, in the order in which tables show them."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One case's scores by scorer, with the group that the bootstrap draws as a whole."""

    case_id: str
    group: str
    scores: Mapping[str, Score]


def summarise(measure: Measure, rows: Iterable[Scored]) -> Measured:
    """The measure's value, n and interval over some rows; rows that it leaves unscored are counted."""
    rows = list(rows)
    scored = [row for row in rows if row.scores[measure.scorer].value is not None]
    unscored = len(rows) - len(scored)
    if measure.name == "citation_f1_micro" and scored:
        return _f1_micro(scored, unscored)
    scores = [row.scores[measure.scorer] for row in scored]
    n = round(sum(score.of for score in scores)) if measure.pooling is Pooling.MICRO else len(scores)
    if not n:
        reasons = (row.scores[measure.scorer].explanation for row in rows)
        return Measured(None, 0, unscored=unscored, reason=next(reasons, "there is no answer to score"))
    if measure.pooling is Pooling.MICRO:
        hits = sum(score.hits for score in scores)
        return Measured(hits / n, n, *wilson(hits, n), unscored)
    values = [score.value for score in scores if score.value is not None]
    shares = set(values) <= {0.0, 1.0}
    interval = wilson(sum(values), n) if shares else bootstrap_mean(values, [row.group for row in scored])
    return Measured(sum(values) / n, n, *interval, unscored)


def _f1_micro(scored: Sequence[Scored], unscored: int) -> Measured:
    """The harmonic mean of citation_precision_micro and citation_recall_micro; `n` is the answers pooled."""
    pairs = [(row.scores["citation_precision"], row.scores["citation_recall"]) for row in scored]
    columns = [[value(pair) for pair in pairs] for value in _PARTS]

    def f1(right: np.ndarray, cited: np.ndarray, found: np.ndarray, gold: np.ndarray) -> np.ndarray:
        precision, recall = ratio(right, cited), ratio(found, gold)
        return ratio(2 * precision * recall, precision + recall)

    value = float(f1(*(np.array([sum(column)], dtype=float) for column in columns))[0])
    return Measured(value, len(scored), *bootstrap(columns, [row.group for row in scored], f1), unscored)


_PARTS: tuple[Callable[[tuple[Score, Score]], float], ...] = (
    lambda pair: pair[0].hits,
    lambda pair: pair[0].of,
    lambda pair: pair[1].hits,
    lambda pair: pair[1].of,
)
