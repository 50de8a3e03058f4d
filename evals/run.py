"""Owns the command `python -m evals.run`: run and show, compare, check and raise the floors, write README's table."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as ProgressBars

from assistant.errors import AssistantError
from assistant.proposal import load_proposal
from assistant.settings import Settings
from evals import floors, tables
from evals.cases import CaseType, Split, load_cases
from evals.comparison import compare
from evals.errors import EvaluationError, FloorError
from evals.fingerprints import ROOT
from evals.readme_table import write_table
from evals.report import Details, write_report
from evals.results import RESULTS, Result, load, save
from evals.running import SCRATCH, contestants, measure, newest_whole_run
from evals.systems import ASSISTANT, SYSTEMS, Bench, Progress, System, systems_for

commands = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
FEWEST_COLUMNS = 150
"""Columns that the tables need; output that is no terminal is written that wide."""


class Part(StrEnum):
    """Which cases are run."""

    DEVELOPMENT = "development"
    TEST = "test"
    ALL = "all"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; errors meant for people are one message and exit status 1."""
    try:
        commands(arguments)
    except AssistantError as error:
        _messages().print(f"[bold red]Error:[/] {escape(str(error))}")
        sys.exit(1)


@commands.command()
def run(
    split: Annotated[Part, typer.Option(help="Which cases: those of development may be read.")] = Part.ALL,
    types: Annotated[str, typer.Option(help="Only these types of cases, with commas.")] = "",
    systems: Annotated[
        str, typer.Option(help=f"Only these systems, with commas: {', '.join(SYSTEMS)}. With --answers: also these.")
    ] = "",
    answers: Annotated[
        list[Path] | None, typer.Option(help="Score a file of answers in the batch form; may be given again.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where result and report go; by default evals/results, or scratch in it.")
    ] = None,
    compare_files: Annotated[
        tuple[Path, Path] | None, typer.Option("--compare", help="Compare two saved results.")
    ] = None,
    check_floors: Annotated[bool, typer.Option("--check-floors", help="Hold a fast part against the floors.")] = False,
    raise_floors: Annotated[bool, typer.Option("--raise-floors", help="Raise the floors to what is reached.")] = False,
    write_readme: Annotated[
        bool, typer.Option("--write-readme", help="Write README's table from the newest whole run.")
    ] = False,
) -> None:
    """Measure how often the right recommendations are cited, by this assistant and by simpler systems."""
    names = [name.strip() for name in systems.split(",") if name.strip()]
    if compare_files:
        _show_comparison(*compare_files, names)
    elif check_floors or raise_floors:
        _hold_against_floors(raise_them=raise_floors)
    elif write_readme:
        newest = newest_whole_run()
        write_table(ROOT / "README.md", newest)
        _output().print(f"README.md has the table of {newest.name}.json")
    else:
        _run(split, _types(types), _systems(names, everything=not answers), answers or [], out)


def _run(split: Part, types: Sequence[CaseType], names: Sequence[str], files: Sequence[Path], out: Path | None) -> None:
    cases = load_cases(None if split is Part.ALL else Split(split), types or None)
    settings, proposal = Settings.from_env(), load_proposal()
    systems = systems_for(names, settings)
    entered = contestants(systems, files, cases, Bench(proposal, settings))
    suite = "-".join([split, *types, *(path.stem for path in files)])
    with _progress() as progress:
        result, details = measure(suite, cases, entered, proposal, progress)
    whole = not types and not files and list(names) == list(SYSTEMS)
    path = save(result, out or (RESULTS if whole else SCRATCH))
    write_report(result, details, path.with_suffix(".html"))
    _show(result, details, path)


def _show(result: Result, details: Details, path: Path) -> None:
    output = _output()
    for table in (*tables.side_by_side(result), *tables.every_measure(details.system)):
        output.print(table)
    for system in result.systems:
        for case_id, error in system.failures.items():
            output.print(f"[red]{escape(system.title)} failed on {case_id}:[/] {escape(error)}")
    output.print(f"{path}\n{path.with_suffix('.html')}", soft_wrap=True)


def _show_comparison(before: Path, after: Path, names: Sequence[str]) -> None:
    comparison = compare(load(before), load(after), names)
    output = _output()
    output.print(tables.changes(comparison))
    output.print(tables.differences(comparison))
    if comparison.left_out:
        output.print(f"{comparison.left_out} cases are in only one of the results and were left out")


def _hold_against_floors(*, raise_them: bool) -> None:
    cases, settings, proposal = floors.fast_cases(), Settings.from_env(), load_proposal()
    entered = contestants([System(ASSISTANT)], [], cases, Bench(proposal, settings))
    with _progress() as progress:
        result, _ = measure("floors", cases, entered, proposal, progress)
    old = floors.read_floors() if floors.FLOORS.exists() or not raise_them else {}
    below = floors.regressions(result.systems[0], old)
    for regression in below:
        _messages().print(f"[red]{escape(str(regression))}[/]")
    if raise_them:
        floors.write_floors(floors.raised(result.systems[0], old))
        _output().print(f"{floors.FLOORS} is raised to what {len(cases)} development cases reached")
    elif below:
        raise FloorError(f"{len(below)} measures are below their floors; see above")
    else:
        _output().print(f"No measure is below its floor over {len(cases)} development cases")


def _types(text: str) -> list[CaseType]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in set(CaseType)]
    if unknown:
        raise EvaluationError(f"found the types {', '.join(unknown)}; known are {', '.join(CaseType)}")
    return [CaseType(name) for name in names]


def _systems(names: Sequence[str], *, everything: bool) -> list[str]:
    unknown = [name for name in names if name not in SYSTEMS]
    if unknown:
        raise EvaluationError(f"found the systems {', '.join(unknown)}; known are {', '.join(SYSTEMS)}")
    return [name for name in SYSTEMS if name in names or (everything and not names)]


@contextmanager
def _progress() -> Iterator[Progress]:
    """Progress bars on standard error, one a system."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with ProgressBars(*columns, console=_messages()) as bars:
        tasks = {}

        def advance(system: str, done: int, total: int) -> None:
            if system not in tasks:
                tasks[system] = bars.add_task(system, total=total)
            bars.update(tasks[system], completed=done)

        yield advance


def _output() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=FEWEST_COLUMNS)


def _messages() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
