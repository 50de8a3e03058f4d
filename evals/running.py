"""Owns a run: every contestant answers all cases, is scored and summarised, and the result gets its name and place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.domain import Proposal
from evals.answers import GivenAnswer, read_answers
from evals.cases import Case
from evals.errors import ResultError
from evals.fingerprints import content_hashes, current_commit
from evals.report import Details
from evals.results import RESULTS, CaseKey, Result, SystemResult, load, measure_system
from evals.scoring import Scoring
from evals.systems import ASSISTANT, SYSTEMS, Bench, Progress, System

SCRATCH = RESULTS / "scratch"
"""Where runs go that are not whole; git leaves it out."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """Something that answers cases: a system that is run, or a file of answers that somebody else's system gave."""

    title: str
    description: str
    answers: Callable[[Progress], Mapping[str, GivenAnswer]]


def contestants(
    systems: Sequence[System], files: Sequence[Path], cases: Sequence[Case], bench: Bench
) -> list[Contestant]:
    """The systems and the files, in this order."""
    run = [
        Contestant(
            system.title, SYSTEMS[system.name], lambda progress, system=system: bench.answers(system, cases, progress)
        )
        for system in systems
    ]
    read = [
        Contestant(path.stem, f"the answers in {path.name}", lambda _, path=path: read_answers(path, cases))
        for path in files
    ]
    return run + read


def measure(
    suite: str, cases: Sequence[Case], entered: Sequence[Contestant], proposal: Proposal, progress: Progress
) -> tuple[Result, Details]:
    """Run and score all contestants; the details are the assistant's, or those of the last contestant without it."""
    scoring = Scoring(proposal)
    measured: list[SystemResult] = []
    shown: Details | None = None
    for contestant in entered:
        answers = contestant.answers(progress)
        scored = scoring(cases, answers)
        measured.append(measure_system(contestant.title, contestant.description, cases, answers, scored))
        if shown is None or shown.system.title != ASSISTANT:
            shown = Details(measured[-1], cases, answers, scored)
    if shown is None:
        raise ResultError("found nothing to measure; name systems in --systems or a file in --answers")
    return new_result(suite, cases, measured), shown


def new_result(suite: str, cases: Sequence[Case], systems: Sequence[SystemResult]) -> Result:
    """The result of a run of now."""
    commit = current_commit()
    date = datetime.now(UTC).isoformat(timespec="seconds")
    return Result(
        suite, commit.id, commit.changed, date, content_hashes(), tuple(map(CaseKey.of, cases)), tuple(systems)
    )


def newest_whole_run(folder: Path = RESULTS) -> Result:
    """The newest saved run of all cases and systems; raises ResultError where there is none."""
    saved = [load(path) for path in folder.glob("all-*.json")]
    if not saved:
        raise ResultError(f"{folder}: found no saved run of all cases; run python -m evals.run first")
    return max(saved, key=lambda result: result.date)
