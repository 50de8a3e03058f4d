"""Owns the HTML report: one self-contained page with tables, plots and, per development miss, all there is to see.

Misses of the test split are counted, never shown: who reads them would tune to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.domain import Language
from evals.answers import GivenAnswer
from evals.cases import Case, Split
from evals.measures import MEASURES, Measured, Scored
from evals.plots import PlotRow, Series, histogram, interval_plot, reliability_diagram
from evals.readme_table import cell
from evals.results import ALL_TYPES, CORE, Result, SystemResult, Table

LANGUAGES = (Series("Japanese", "first"), Series("English", "second"))
SECTIONS = ("intro", "A", "B", "C", "D", "E", "F")
NOTHING = "none"
BINS = 10
LONGEST_LABEL = 18
_TEMPLATE = "report.html.jinja"


@dataclass(frozen=True, slots=True)
class Details:
    """What the report shows of one system beyond its saved result."""

    system: SystemResult
    cases: Sequence[Case]
    answers: Mapping[str, GivenAnswer]
    scored: Sequence[Scored]


def write_report(result: Result, details: Details, path: Path) -> None:
    """Write the page; `details` are of the system whose misses are shown, mostly this assistant."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    splits = [split for split in Split if any(key.split is split for key in result.cases)]
    page = environment.get_template(_TEMPLATE).render(
        result=result,
        system=details.system,
        measures=MEASURES,
        core=CORE,
        languages=list(zip(Language, LANGUAGES, strict=True)),
        all_types=ALL_TYPES,
        splits=splits,
        cell=cell,
        side_by_side={split: _side_by_side(result, split) for split in splits},
        per_type={split: _per_type(details.system, split) for split in splits},
        reliability=_reliability(details),
        latency=_latency(details),
        confusion=_confusion(details),
        sections=(*SECTIONS, NOTHING),
        misses=_misses(details),
        hidden=_count_hidden(details),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _side_by_side(result: Result, split: Split) -> list[tuple[str, Markup]]:
    plots = []
    for name in CORE:
        rows = [_row(system.title[:LONGEST_LABEL], system.table, name, split, ALL_TYPES) for system in result.systems]
        plots.append((name, _plot(f"{name} of all systems, {split}", rows)))
    return plots


def _per_type(system: SystemResult, split: Split) -> list[tuple[str, Markup]]:
    types = dict.fromkeys(kind for part, _, kind in system.table if part is split and kind != ALL_TYPES)
    plots = []
    for name in ("exact_match", "first_right", "fact_coverage"):
        rows = [_row(kind, system.table, name, split, kind) for kind in types]
        scored = [row for row in rows if any(found.value is not None for found in row.values)]
        plots.append((name, _plot(f"{name} of {system.title} by type, {split}", scored)))
    return plots


def _row(label: str, table: Table, name: str, split: Split, kind: str) -> PlotRow:
    slices = (table.get((split, language, kind), {}) for language in Language)
    return PlotRow(label, tuple(found.get(name) or Measured(None, 0, reason="no such case") for found in slices))


def _plot(title: str, rows: Sequence[PlotRow]) -> Markup:
    return Markup(interval_plot(title, LANGUAGES, rows))  # noqa: S704 - plots escape what they draw


def _reliability(details: Details) -> Markup | None:
    """The reliability diagram over the cases with gold, or None where no answer carries a confidence."""
    bins: dict[int, list[tuple[float, float]]] = {}
    for row in details.scored:
        confidence, right = details.answers[row.case_id].confidence, row.scores["first_right"].value
        if confidence is not None and right is not None:
            bins.setdefault(min(BINS - 1, int(BINS * confidence)), []).append((confidence, right))
    if not bins:
        return None
    means = [
        (sum(c for c, _ in pairs) / len(pairs), sum(r for _, r in pairs) / len(pairs), len(pairs))
        for _, pairs in sorted(bins.items())
    ]
    return Markup(reliability_diagram("reliability of the confidence", means))  # noqa: S704 - as above


def _latency(details: Details) -> Markup | None:
    times = [answer.elapsed_ms for answer in details.answers.values() if answer.elapsed_ms is not None]
    return Markup(histogram("time an answer takes", times, "ms")) if times else None  # noqa: S704 - as above


def _confusion(details: Details) -> list[tuple[str, list[int]]]:
    """For cases with one gold passage: its section, against the section of the passage cited first."""
    counts: Counter[tuple[str, str]] = Counter()
    for case in details.cases:
        if len(case.gold) == 1:
            cited = details.answers[case.id].cited
            counts[case.gold[0].section, cited[0].section if cited else NOTHING] += 1
    return [(gold, [counts[gold, cited] for cited in (*SECTIONS, NOTHING)]) for gold in SECTIONS]


def _misses(details: Details) -> list[dict[str, Any]]:
    return [
        {
            "case": case,
            "answer": details.answers[case.id],
            "why": row.scores["exact_match"].explanation,
            "facts": row.scores["fact_coverage"].explanation if case.facts else "",
        }
        for case, row in zip(details.cases, details.scored, strict=True)
        if case.split is Split.DEVELOPMENT and not row.scores["exact_match"].value
    ]


def _count_hidden(details: Details) -> int:
    return sum(
        case.split is Split.TEST and not row.scores["exact_match"].value
        for case, row in zip(details.cases, details.scored, strict=True)
    )
