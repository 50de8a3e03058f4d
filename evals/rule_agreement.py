"""Owns how often the stated rules agree with a reader: which facts an answer states, and what free sentences rest on.

The readings are in `rules/`: answers of the assistant to development questions with a verdict for every fact expected,
and sentences with a verdict whether the passages cited say it. `python -m evals.rule_agreement` prints the agreement.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule's and the reader's verdict on one sentence, and what its writer made of it."""

    kind: str
    rule: bool
    reader: bool


def support_verdicts(name: str) -> list[Verdict]:
    """The rule for free sentences beside a reader, over the sentences of a file."""
    support = Support(load_proposal(), load_embedding)
    return [
        Verdict(
            row["kind"],
            support.fully(row["text"], [Source.read(cited) for cited in row["cited"]]),
            row["supported"],
        )
        for row in _rows(name)
    ]


def lines() -> Sequence[str]:
    """The agreements, as README has them; kinds hold one verdict of the writer's only, so they have no kappa."""
    blind, seen = support_verdicts(BLIND), support_verdicts(SEEN)
    right = {kind: [v.rule is v.reader for v in blind if v.kind == kind] for kind in KINDS}
    return (
        f"facts: {fact_agreement()}",
        f"free sentences, read blind: {agreement((v.rule, v.reader) for v in blind)}",
        *(f"of these, {kind}: {sum(found)} of {len(found)}" for kind, found in right.items()),
        f"free sentences by which the rule was refined: {agreement((v.rule, v.reader) for v in seen)}",
    )


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (RULES / name).read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    print("\n".join(lines()))  # noqa: T201 - what the command is for
