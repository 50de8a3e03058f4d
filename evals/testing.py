"""Owns toy cases, answers and results for anyone's tests of the evals: small enough to check by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.domain import Language, Outcome, PassageId, Proposal
from assistant.testing import PointCheck
from evals.answers import GivenAnswer, GivenStatement, Source
from evals.cases import Case, CaseType, Fact, Split
from evals.results import CaseKey, Result, SystemResult, measure_system
from evals.scoring import Scoring

FACTS = (Fact("it is Guam", (("Guam",),)), Fact("two of ten", (("two", "2"), ("ten", "10"))))


def ids(text: str) -> tuple[PassageId, ...]:
    """Passage ids from `A-1 B-1-2`."""
    return tuple(PassageId.parse(word) for word in text.split())


def a_case(gold: str = "A-1", optional: str = "", outcome: Outcome = Outcome.ANSWERED, **changes: Any) -> Case:
    """A case that expects these passages; with gold, it expects two facts too."""
    values: dict[str, Any] = {
        "id": "toy",
        "split": Split.DEVELOPMENT,
        "type": CaseType.SINGLE,
        "kind": "who",
        "language": Language.ENGLISH,
        "question": "Who?",
        "history": (),
        "outcome": outcome,
        "gold": ids(gold),
        "optional": ids(optional),
        "facts": FACTS if gold else (),
        "group": "toy",
    }
    return Case(**{**values, **changes})


def an_answer(
    cited: str = "", outcome: Outcome = Outcome.ANSWERED, text: str = "", notice: str = "", related: str = ""
) -> GivenAnswer:
    """An answer that cites these passages, says `text` as a claim and `notice` in its own name."""
    sources = tuple(Source.read(word) for word in cited.split())
    said = [GivenStatement(notice, notice=True)] if notice else []
    said += [GivenStatement(text, sources)] if text else []
    return GivenAnswer("toy", outcome, tuple(said), sources, ids(related))


def toy_cases(split: Split = Split.DEVELOPMENT) -> tuple[Case, ...]:
    """In each language three answerable cases (`ja-0` to `ja-2`; A-1, B-1-1, C-1) and an unanswerable one (`ja-x`)."""
    return tuple(
        replace(case, language=language, id=f"{language}-{name}", split=split, group=f"{split} {name}")
        for language in Language
        for name, case in (
            ("0", a_case("A-1", "A-2")),
            ("1", a_case("B-1-1", "A-2")),
            ("2", a_case("C-1", "A-2")),
            ("x", a_case("", outcome=Outcome.NOT_IN_PROPOSAL)),
        )
    )


def toy_system(
    proposal: Proposal, cited: Mapping[str, str], title: str = "toy", cases: Sequence[Case] | None = None
) -> SystemResult:
    """A system that cites these passages in the cases named, and A-1 in all others; it states one of the two facts."""
    cases = cases or toy_cases()
    answers = {
        case.id: replace(an_answer(cited.get(case.id, "A-1"), text="Guam has two."), case_id=case.id) for case in cases
    }
    scores = Scoring(proposal, lambda: PointCheck(proposal))(cases, answers)
    return measure_system(title, f"the {title} system", cases, answers, scores)


def toy_result(*systems: SystemResult, cases: Sequence[Case] | None = None) -> Result:
    """A result of these systems over the cases that they were measured on."""
    keys = tuple(CaseKey.of(case) for case in cases or toy_cases())
    return Result("toys", "0123456789ab", False, "2026-01-01T00:00:00+00:00", {"cases": "1"}, keys, systems)
