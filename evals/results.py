"""Owns a result: what was measured of every system, saved as small JSON and read back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from assistant.domain import Language
from evals.answers import GivenAnswer
from evals.cases import Case, CaseType, Split
from evals.errors import ResultError
from evals.measures import MEASURES, Measured, Scored, summarise

RESULTS = Path(__file__).parent / "results"
ALL_TYPES = "all"
CORE = ("first_right", "exact_match", "citation_f1", "abstention_recall", "false_refusal_rate", "fact_coverage")
"""What tables show first, and what is summarised for each type too."""
KEPT = (*CORE, "citation_precision", "citation_recall", "alce_citation_recall", "nDCG@10")
"""The scores kept of every case, so that two results can be compared question by question."""
_EXPANDED = 5
"""The depth to which saved JSON is broken into lines."""

Slice = tuple[Split, Language, str]
"""A split, a language, and a type or `all`."""
Table = Mapping[Slice, Mapping[str, Measured]]
"""Every measure of one system, by slice and name."""


@dataclass(frozen=True, slots=True)
class CaseKey:
    """What a result keeps of a case."""

    id: str
    split: Split
    type: CaseType
    language: Language
    group: str

    @classmethod
    def of(cls, case: Case) -> CaseKey:
        """The key of a case."""
        return cls(case.id, case.split, case.type, case.language, case.group)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """How a system did on one case; `scores` holds None where a scorer leaves the case out."""

    outcome: str
    cited: tuple[str, ...]
    scores: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class SystemResult:
    """All that is measured of one system; `rows` stand in the order of the result's cases."""

    title: str
    description: str
    table: Table
    rows: tuple[CaseRow, ...]
    failures: Mapping[str, str]
    length: Mapping[str, int] = field(default_factory=dict)
    """How many characters half of the answers exceed, by language: to recite everything covers every fact."""
    latency_ms: Mapping[str, float] = field(default_factory=dict, compare=False)
    """Of answers given one by one: median, 95th percentile, most; empty where answers came in batches."""


@dataclass(frozen=True, slots=True)
class Result:
    """One run: what it was measured on, its cases, and the systems."""

    suite: str
    commit: str
    changed: bool
    date: str
    hashes: Mapping[str, str]
    cases: tuple[CaseKey, ...]
    systems: tuple[SystemResult, ...]

    @property
    def name(self) -> str:
        """The name of its files: suite and commit."""
        return f"{self.suite}-{self.commit}"


def measure_system(
    title: str,
    description: str,
    cases: Sequence[Case],
    answers: Mapping[str, GivenAnswer],
    scored: Sequence[Scored],
) -> SystemResult:
    """Summarise a system's scores over every split, language and type."""
    by_slice: dict[Slice, list[Scored]] = {}
    for case, row in zip(cases, scored, strict=True):
        for kind in (ALL_TYPES, case.type.value):
            by_slice.setdefault((case.split, case.language, kind), []).append(row)
    table = {
        key: {name: summarise(MEASURES[name], rows) for name in (MEASURES if key[2] == ALL_TYPES else CORE)}
        for key, rows in sorted(by_slice.items())
    }
    rows = tuple(
        CaseRow(
            (answer.outcome or "error"),
            tuple(source.printed for source in answer.citations),
            {name: row.scores[name].value for name in KEPT},
        )
        for answer, row in ((answers[row.case_id], row) for row in scored)
    )
    failures = {case.id: answers[case.id].error for case in cases if answers[case.id].error}
    lengths = {
        language.value: round(median(len(answers[case.id].text) for case in cases if case.language is language))
        for language in dict.fromkeys(case.language for case in cases)
    }
    return SystemResult(title, description, table, rows, failures, lengths, _latency(list(answers.values())))


def _latency(answers: Sequence[GivenAnswer]) -> dict[str, float]:
    times = [answer.elapsed_ms for answer in answers if answer.elapsed_ms is not None]
    if len(times) < 2:  # noqa: PLR2004 - one time has no distribution
        return {}
    last = quantiles(times, n=20, method="inclusive")[-1]
    return {"median": round(median(times), 1), "p95": round(last, 1), "most": round(max(times), 1), "n": len(times)}


def save(result: Result, folder: Path = RESULTS) -> Path:
    """Write the result as `<suite>-<commit12>.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{result.name}.json"
    path.write_text(_lines(_plain(result)) + "\n", encoding="utf-8")
    return path


def load(path: Path) -> Result:
    """Read a saved result; raises ResultError where it is not one."""
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
        return _read(saved)
    except OSError as error:
        raise ResultError(f"{path}: cannot be read ({error.strerror}); expected a file of evals/results") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ResultError(f"{path}: not a saved result ({type(error).__name__}: {error}); run it anew") from error


def _plain(result: Result) -> dict[str, Any]:
    return {
        "suite": result.suite,
        "commit": result.commit,
        "changed": result.changed,
        "date": result.date,
        "hashes": dict(result.hashes),
        "cells": ["value", "low", "high", "n", "unscored", "reason"],
        "columns": ["outcome", "cited", *KEPT],
        "cases": [[key.id, key.split, key.type, key.language, key.group] for key in result.cases],
        "systems": {
            system.title: {
                "description": system.description,
                "length": dict(system.length),
                "latency_ms": dict(system.latency_ms),
                "failures": dict(system.failures),
                "table": {
                    "/".join(key): {name: _cell(measured) for name, measured in measures.items()}
                    for key, measures in system.table.items()
                },
                "rows": [
                    [row.outcome, " ".join(row.cited), *(_short(row.scores[name]) for name in KEPT)]
                    for row in system.rows
                ],
            }
            for system in result.systems
        },
    }


def _cell(measured: Measured) -> list[Any]:
    ends = [_short(value) for value in (measured.value, measured.low, measured.high)]
    return [*ends, measured.n, measured.unscored, *([measured.reason] if measured.reason else [])]


def _short(value: float | None) -> float | None:
    """Four decimals at most, and 1 and 0 as whole numbers."""
    if value is None:
        return None
    return int(value) if value in (0, 1) else round(value, 4)


def _read(saved: Mapping[str, Any]) -> Result:
    names = saved["columns"][2:]
    return Result(
        saved["suite"],
        saved["commit"],
        saved["changed"],
        saved["date"],
        saved["hashes"],
        tuple(CaseKey(i, Split(split), CaseType(t), Language(la), g) for i, split, t, la, g in saved["cases"]),
        tuple(
            SystemResult(
                title,
                system["description"],
                {_slice(key): {n: _measured(cell) for n, cell in row.items()} for key, row in system["table"].items()},
                tuple(
                    CaseRow(outcome, tuple(cited.split()), dict(zip(names, values, strict=True)))
                    for outcome, cited, *values in system["rows"]
                ),
                system["failures"],
                system["length"],
                system["latency_ms"],
            )
            for title, system in saved["systems"].items()
        ),
    )


def _slice(key: str) -> Slice:
    split, language, kind = key.split("/")
    return Split(split), Language(language), kind


def _measured(cell: Sequence[Any]) -> Measured:
    value, low, high, n, unscored, *reason = cell
    return Measured(value, n, low, high, unscored, *reason)


def _lines(value: Any, depth: int = 0) -> str:
    """JSON with a line for each case, cell and row, so that two results can be read side by side."""
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if depth >= _EXPANDED or not any(isinstance(inner, dict | list) for inner in inside):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    pad = " " * (depth + 1)
    if isinstance(value, dict):
        inner = [f"{pad}{json.dumps(key)}:{_lines(item, depth + 1)}" for key, item in value.items()]
    else:
        inner = [pad + _lines(item, depth + 1) for item in value]
    first, last = "{}" if isinstance(value, dict) else "[]"
    return first + "\n" + ",\n".join(inner) + "\n" + " " * depth + last
