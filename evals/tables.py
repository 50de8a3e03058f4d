"""Owns what the terminal shows: the systems side by side, every measure of one, and a comparison, as Rich tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table

from assistant.domain import Language
from evals.cases import Split
from evals.comparison import Comparison
from evals.measures import MEASURES
from evals.readme_table import cell
from evals.results import ALL_TYPES, CORE, Result, SystemResult

_NAMES = {Language.JAPANESE: "Japanese", Language.ENGLISH: "English"}
_COLOURS = {"better": "green", "worse": "red", "": ""}


def side_by_side(result: Result) -> Iterator[Table]:
    """One table a split and language: systems in rows, the core measures in columns."""
    for split in Split:
        for language in Language:
            systems = [system for system in result.systems if (split, language, ALL_TYPES) in system.table]
            if not systems:
                continue
            count = sum((key.split, key.language) == (split, language) for key in result.cases)
            table = Table(title=f"{split}, {_NAMES[language]}: {count} cases", title_justify="left")
            table.add_column("system", overflow="fold")
            for name in CORE:
                n = systems[-1].table[split, language, ALL_TYPES][name].n
                table.add_column(f"{_with_arrow(name)}\n(n {n})", justify="right")
            table.add_column("characters\n(median)", justify="right")
            for system in systems:
                found = system.table[split, language, ALL_TYPES]
                length = f"{system.length[language]:,}"
                table.add_row(system.title, *(cell(found[name]) for name in CORE), length)
            yield table


def every_measure(system: SystemResult) -> Iterator[Table]:
    """One table a split: measures in rows, languages in columns, each value with interval and n."""
    for split in Split:
        slices = [key for language in Language if (key := (split, language, ALL_TYPES)) in system.table]
        if not slices:
            continue
        table = Table(title=f"{system.title}: every measure, {split}", title_justify="left")
        table.add_column("measure")
        for _, language, _ in slices:
            table.add_column(_NAMES[language], justify="right")
        for name in MEASURES:
            found = [system.table[key][name] for key in slices]
            cells = [f"{cell(one)}  n {one.n}" if one.value is not None else one.reason for one in found]
            table.add_row(_with_arrow(name), *cells, end_section=name in ("language_match", "fact_coverage"))
        yield table


def differences(comparison: Comparison) -> Table:
    """What moved between two results, measure by measure, with paired intervals."""
    title = f"{comparison.before.title} → {comparison.after.title}"
    table = Table(title=title, title_justify="left")
    for name in ("split", "language", "measure"):
        table.add_column(name)
    for name in ("before", "after", "difference (95%)", "n"):
        table.add_column(name, justify="right")
    table.add_column("")
    for one in comparison.differences:
        moved = f"{one.after - one.before:+.3f} ({one.interval.low:+.3f} to {one.interval.high:+.3f})"
        table.add_row(
            one.split,
            one.language,
            _with_arrow(one.measure),
            f"{one.before:.3f}",
            f"{one.after:.3f}",
            moved,
            str(one.n),
            one.verdict,
            style=_COLOURS[one.verdict] or None,
        )
    return table


def changes(comparison: Comparison) -> Table:
    """The cases that were gained or lost, with what was cited before and after."""
    table = Table(title="question by question", title_justify="left")
    for name in ("case", "gained", "lost", "before", "after"):
        table.add_column(name, overflow="fold")
    for change in sorted(comparison.changes, key=lambda change: (not change.lost, change.case.id)):
        ends = (f"{row.outcome}: {' '.join(row.cited) or '–'}" for row in (change.before, change.after))
        table.add_row(change.case.id, " ".join(change.gained), " ".join(change.lost), *ends)
    return table


def _with_arrow(name: str) -> str:
    return f"{name} ↓" if MEASURES[name].lower_is_better else name
