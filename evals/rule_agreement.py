"""Owns how often the rule of `fact_coverage` agrees with a reader on which facts an answer states.

The readings are in `rules/facts.jsonl`: answers of the assistant to development questions with a verdict for every fact
expected. `python -m evals.rule_agreement` prints the agreement.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.cases import Split, load_cases
from evals.intervals import wilson
from evals.readings import states

RULES = Path(__file__).parent / "rules"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How a rule and a reader decided on the same things; the first letter is the rule's yes or no."""

    both: int
    rule_alone: int
    reader_alone: int
    neither: int

    @property
    def n(self) -> int:
        """How many things were decided."""
        return self.both + self.rule_alone + self.reader_alone + self.neither

    @property
    def agreed(self) -> int:
        """On how many they agree."""
        return self.both + self.neither

    @property
    def kappa(self) -> float:
        """Cohen's kappa."""
        rule, reader = self.both + self.rule_alone, self.both + self.reader_alone
        by_chance = (rule * reader + (self.n - rule) * (self.n - reader)) / self.n**2
        return (self.agreed / self.n - by_chance) / (1 - by_chance)

    def __str__(self) -> str:
        low, high = wilson(self.agreed, self.n)
        return f"{self.agreed} of {self.n} ({self.agreed / self.n:.2f}, {low:.2f}–{high:.2f}), κ {self.kappa:.2f}"


def agreement(pairs: Iterable[tuple[bool, bool]]) -> Agreement:
    """Count pairs of the rule's and the reader's verdict."""
    found = list(pairs)
    return Agreement(*(found.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))))


def fact_agreement() -> Agreement:
    """The keys rule of `fact_coverage` against a reader."""
    facts = {case.id: case.facts for case in load_cases(Split.DEVELOPMENT)}
    return agreement((states(r["said"], facts[r["case"]][r["fact"]]), r["stated"]) for r in _rows("facts.jsonl"))


def lines() -> Sequence[str]:
    """The agreement, as README has it."""
    return (f"facts: {fact_agreement()}",)


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (RULES / name).read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    print("\n".join(lines()))  # noqa: T201 - what the command is for
