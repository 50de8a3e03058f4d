"""Owns the comparison of two saved results: what got better or worse, question by question, with paired intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Language
from evals.cases import Split
from evals.errors import ResultError
from evals.intervals import Interval, bootstrap_mean
from evals.measures import MEASURES
from evals.results import KEPT, CaseKey, CaseRow, Result, SystemResult


@dataclass(frozen=True, slots=True)
class Difference:
    """How far a measure moved from the first result to the second, over the cases that both score."""

    split: Split
    language: Language
    measure: str
    n: int
    before: float
    after: float
    interval: Interval
    """The 95% interval of `after - before`, by paired bootstrap."""

    @property
    def verdict(self) -> str:
        """`better`, `worse`, or nothing where the interval holds 0."""
        if self.interval.low <= 0 <= self.interval.high:
            return ""
        return "better" if (self.interval.low > 0) is not MEASURES[self.measure].lower_is_better else "worse"


@dataclass(frozen=True, slots=True)
class Change:
    """A case on which `exact_match` or `first_right` changed."""

    case: CaseKey
    before: CaseRow
    after: CaseRow
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems' results on the cases that both have; `left_out` counts cases that only one has."""

    before: SystemResult
    after: SystemResult
    differences: tuple[Difference, ...]
    changes: tuple[Change, ...]
    left_out: int


def compare(before: Result, after: Result, titles: Sequence[str] = ()) -> Comparison:
    """Compare one system of each result: by title, given once or one for each; by default the last that both have.

    Raises:
        ResultError: There is no such system, or no case in common, or the cases differ under the same id.
    """
    first, second = _systems(before, after, titles)
    rows = {key.id: (key, row) for key, row in zip(before.cases, first.rows, strict=True)}
    pairs = [(key, rows[key.id][1], row) for key, row in zip(after.cases, second.rows, strict=True) if key.id in rows]
    if not pairs:
        raise ResultError(f"{before.name} and {after.name} have no case in common; compare runs of the same split")
    moved = [key.id for key, *_ in pairs if key != rows[key.id][0]]
    if moved:
        raise ResultError(f"the case {moved[0]} is another one in {before.name} than in {after.name}; run both anew")
    differences = [
        difference
        for split in Split
        for language in Language
        for measure in KEPT
        if (difference := _difference(split, language, measure, pairs))
    ]
    changes = [change for pair in pairs if (change := _change(*pair)).gained or change.lost]
    left_out = len(before.cases) + len(after.cases) - 2 * len(pairs)
    return Comparison(first, second, tuple(differences), tuple(changes), left_out)


def _systems(before: Result, after: Result, titles: Sequence[str]) -> tuple[SystemResult, SystemResult]:
    firsts = {system.title: system for system in before.systems}
    seconds = {system.title: system for system in after.systems}
    if titles:
        wanted = titles[0], titles[-1]
    elif len(firsts) == len(seconds) == 1:
        wanted = next(iter(firsts)), next(iter(seconds))
    else:
        common = [title for title in firsts if title in seconds]
        wanted = (common[-1], common[-1]) if common else ("", "")
    if wanted[0] not in firsts or wanted[1] not in seconds:
        raise ResultError(
            f"found the systems {', '.join(firsts)} and {', '.join(seconds)}; expected one to compare in each "
            "(name it with --systems)"
        )
    return firsts[wanted[0]], seconds[wanted[1]]


def _difference(
    split: Split, language: Language, measure: str, pairs: Sequence[tuple[CaseKey, CaseRow, CaseRow]]
) -> Difference | None:
    scored = [
        (key.group, old, new)
        for key, row, other in pairs
        if (key.split, key.language) == (split, language)
        and (old := row.scores.get(measure)) is not None
        and (new := other.scores.get(measure)) is not None
    ]
    if not scored:
        return None
    changes = [new - old for _, old, new in scored]
    n = len(scored)
    return Difference(
        split,
        language,
        measure,
        n,
        sum(old for _, old, _ in scored) / n,
        sum(new for *_, new in scored) / n,
        bootstrap_mean(changes, [group for group, *_ in scored]),
    )


def _change(key: CaseKey, before: CaseRow, after: CaseRow) -> Change:
    moves = {
        name: (after.scores[name] or 0) - (before.scores[name] or 0)
        for name in ("exact_match", "first_right")
        if before.scores[name] is not None and after.scores[name] is not None
    }
    gained = tuple(name for name, move in moves.items() if move > 0)
    return Change(key, before, after, gained, tuple(name for name, move in moves.items() if move < 0))
