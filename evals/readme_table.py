"""Owns the table of the README: written from a saved result, and checked against it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from assistant.domain import Language
from evals.cases import Split
from evals.errors import ResultError
from evals.measures import MEASURES, Measured
from evals.results import ALL_TYPES, CORE, Result, SystemResult

START, END = "<!-- evals:start -->", "<!-- evals:end -->"
_BETWEEN = re.compile(re.escape(START) + r"(.*?)" + re.escape(END), re.DOTALL)
_NAMED = re.compile(r"\(evals/results/([^)\s]+\.json)\)")
_LANGUAGES = {Language.JAPANESE: "Japanese questions", Language.ENGLISH: "English questions"}


def table_text(result: Result) -> str:
    """The tables of a result, one a language, over the test split where the result has it."""
    splits = [split for split in reversed(Split) if any(key.split is split for key in result.cases)]
    origin = "test questions, which are only ever scored" if splits[0] is Split.TEST else "development questions"
    introduction = (
        f"Measured on {origin} ({result.date[:10]}, commit `{result.commit}`). In brackets the 95% interval; n is the "
        f"number of questions. All numbers are in [{result.name}.json](evals/results/{result.name}.json); what they "
        "mean and what they do not show is in [evals/README.md](evals/README.md)."
    )
    tables = ["\n".join(_language_table(result, splits[0], language)) for language in Language]
    return "\n\n".join([introduction, *tables])


def _language_table(result: Result, split: Split, language: Language) -> Iterable[str]:
    sized = result.systems[-1].table[split, language, ALL_TYPES]
    heads = [f"{name}{' ↓' if MEASURES[name].lower_is_better else ''} (n {sized[name].n})" for name in CORE]
    yield f"| {_LANGUAGES[language]} | " + " | ".join(heads) + " | characters (median) |"
    yield "| --- |" + " --- |" * (len(CORE) + 1)
    for system in result.systems:
        cells = [*_cells(system, split, language), f"{system.length[language]:,}"]
        yield f"| {_name(system)} | " + " | ".join(cells) + " |"


def _name(system: SystemResult) -> str:
    return f"**{system.description}**" if system.title == "assistant" else system.description


def _cells(system: SystemResult, split: Split, language: Language) -> Iterable[str]:
    return (cell(system.table[split, language, ALL_TYPES][name]) for name in CORE)


def cell(measured: Measured) -> str:
    """`.87 (.83–.91)`, or a dash where there is no value."""
    if measured.value is None or measured.low is None or measured.high is None:
        return "–"
    return f"{_short(measured.value)} ({_short(measured.low)}–{_short(measured.high)})"


def _short(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")


def write_table(readme: Path, result: Result) -> None:
    """Put the table between the markers of a README; raises ResultError where it has none."""
    text = readme.read_text(encoding="utf-8")
    if not _BETWEEN.search(text):
        raise ResultError(f"{readme}: found no {START} … {END}; put these two lines where the table belongs")
    text = _BETWEEN.sub(lambda _: f"{START}\n{table_text(result)}\n{END}", text, count=1)
    readme.write_text(text, encoding="utf-8")


def written_table(readme: Path) -> str | None:
    """What stands between the markers of a README, or None where there are no markers."""
    found = _BETWEEN.search(readme.read_text(encoding="utf-8"))
    return found[1].strip() if found else None


def named_result(table: str) -> str | None:
    """The file name of the result that a table was written from."""
    found = _NAMED.search(table)
    return found[1] if found else None
