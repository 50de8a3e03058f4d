"""Owns how often the stated rules agree with a reader: which facts an answer states, and what free sentences rest on.

The readings are in `rules/`: answers of the assistant to development questions with a verdict for every fact expected,
and sentences with a verdict whether the passages cited say it. `python -m evals.rule_agreement` prints the agreement.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.embedding import load_embedding
from assistant.proposal import load_proposal
from evals.answers import Source
from evals.cases import Split, load_cases
from evals.intervals import wilson
from evals.readings import states
from evals.support import Support

RULES = Path(__file__).parent / "rules"
BLIND, SEEN = "support.jsonl", "support_seen.jsonl"
"""Sentences by a writer and verdicts by a reader who knew nothing of the rule; sentences by which it was refined."""

KINDS = ("supported", "number", "actor", "negation", "modality", "neighbour", "invented", "generalised")
"""What the writer made: a true sentence, or in what it is wrong."""


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


def support_agreement(name: str = BLIND, only: Callable[[dict[str, Any]], bool] = lambda _: True) -> Agreement:
    """The rule for free sentences against a reader, over some of the sentences of a file."""
    support = Support(load_proposal(), load_embedding)
    rows = [row for row in _rows(name) if only(row)]
    return agreement(
        (support.fully(row["text"], [Source.read(cited) for cited in row["cited"]]), row["supported"]) for row in rows
    )


def _right(kind: str) -> str:
    """On how many of one kind the rule decides as the reader: kinds hold one verdict only, so there is no kappa."""
    found = support_agreement(only=lambda row: row["kind"] == kind)
    return f"{found.agreed} of {found.n}"


def lines() -> Sequence[str]:
    """The agreements, as README has them."""
    return (
        f"facts: {fact_agreement()}",
        f"free sentences, read blind: {support_agreement()}",
        *(f"of these, {kind}: {_right(kind)}" for kind in KINDS),
        f"free sentences by which the rule was refined: {support_agreement(SEEN)}",
    )


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (RULES / name).read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    print("\n".join(lines()))  # noqa: T201 - what the command is for
