"""Owns how well the check of written sentences does: precision and recall per kind, and the fitting of its model.

`statements/development.jsonl` holds right and wrong sentences with what they cite. `python -m evals.check_figures`
prints the cross-validated figures, `--fit` writes the model and README's table, `--score FILE` judges a file of pairs
with that model.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from assistant.checking import Wordings, WrittenCheck
from assistant.checking.verdict import FILE, altered
from assistant.corpus_files import read_enrichment
from assistant.domain import Language, PassageId, Proposal
from assistant.embedding import Embedding, load_embedding
from assistant.proposal import load_proposal
from assistant.resources import resource_folder
from evals.calibrate import fit, written
from evals.intervals import wilson

DEVELOPMENT = Path(__file__).parent / "statements" / "development.jsonl"
README = Path(__file__).with_name("README.md")
START, END = "<!-- check:start -->", "<!-- check:end -->"
KINDS = ("number", "actor", "negation", "modality", "neighbour", "invented", "generalised")
"""In what a sentence is wrong."""
FOLDS = 10
LEAST_PRECISION = 0.95
"""In cross-validation: the threshold is the lowest at which so large a share of the sentences caught is wrong."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence, what it cites, and whether that says it."""

    text: str
    cited: tuple[PassageId, ...]
    language: Language
    right: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with how wrong the check holds it to be: 1 by a hard fault, 0 where it is taken from the text."""

    pair: Pair
    wrong: float


def read_pairs(path: Path = DEVELOPMENT) -> list[Pair]:
    """The pairs of a file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Pair(
            row["text"], tuple(map(PassageId.parse, row["cited"])), Language(row["language"]), row["supported"],
            row["kind"],
        )
        for row in rows
    ]  # fmt: skip


def open_check(proposal: Proposal, embedding: Embedding) -> WrittenCheck:
    """The check without an index: the wordings are encoded when the first sentence comes, which takes some seconds."""
    return WrittenCheck(
        proposal,
        lambda: Wordings(proposal, read_enrichment(resource_folder("corpus"))),
        lambda wordings: embedding.encode_passages([wording.text for wording in wordings]),
        embedding.encode_passages,
    )


def evidence(check: WrittenCheck, pairs: Sequence[Pair]) -> tuple[list[dict[str, float]], np.ndarray]:
    """The features of every pair, and what is fixed without the model: 1, 0 or not a number."""
    features, fixed = [], np.full(len(pairs), np.nan)
    for row, pair in enumerate(pairs):
        alignment, faults = check.evidence(pair.text, pair.cited, pair.language)
        features.append(check.features(alignment))
        if taken := check.taken(pair.text, pair.cited, pair.language):
            fixed[row] = 0.0 if taken.sentences else 1.0
        elif faults or altered(features[-1]):
            fixed[row] = 1.0
    return features, fixed


def cross_validated(pairs: Sequence[Pair], features: Sequence[dict[str, float]], fixed: np.ndarray) -> list[Judged]:
    """Every pair judged by a model that was fitted without it."""
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415 - heavy, and only this command needs it

    names, rows, wrong = _matrix(pairs, features)
    kinds = [f"{pair.kind}/{pair.language}" if pair.kind != "generalised" else pair.kind for pair in pairs]
    found = np.empty(len(pairs))
    for learnt, held in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(rows, kinds):
        model = fit(names, rows[learnt], wrong[learnt], "check")
        found[held] = 1 / (1 + np.exp(-model.logits(rows[held])))
    return [Judged(pair, float(p)) for pair, p in zip(pairs, np.where(np.isnan(fixed), found, fixed), strict=True)]


def threshold_of(judged: Sequence[Judged]) -> float:
    """The lowest threshold at which the sentences caught are wrong often enough."""
    steps = [step / 200 for step in range(40, 190)]
    return next((step for step in steps if precision(judged, step) >= LEAST_PRECISION), steps[-1])


def recall(judged: Iterable[Judged], threshold: float) -> tuple[int, int]:
    """How many wrong sentences are caught, and how many there are."""
    wrong = [one.wrong >= threshold for one in judged if not one.pair.right]
    return sum(wrong), len(wrong)


def precision(judged: Iterable[Judged], threshold: float) -> float:
    """The share of the sentences caught that are wrong."""
    caught = [not one.pair.right for one in judged if one.wrong >= threshold]
    return sum(caught) / len(caught) if caught else 1.0


def figures(judged: Sequence[Judged], threshold: float) -> list[tuple[str, str, str, str]]:
    """Name and shares (Japanese, English, both): recall per kind and over all, precision, right sentences caught."""
    counts = [(kind, partial(_recall_of, kind)) for kind in KINDS]
    counts += [("**any kind**", recall), ("**precision**", _caught), ("right sentences caught", _alarms)]
    by_language = [[one for one in judged if one.pair.language is language] for language in Language]
    return [(name, *(_share(*count(some, threshold)) for some in (*by_language, judged))) for name, count in counts]


def table(judged: Sequence[Judged], threshold: float, title: str) -> Table:
    """The figures for the terminal."""
    found = Table("wrong in", "Japanese", "English", "both", title=title)
    for row in figures(judged, threshold):
        found.add_row(*(cell.strip("*") for cell in row))
    return found


def markdown(judged: Sequence[Judged], threshold: float) -> str:
    """The figures for README."""
    rows = ("| wrong in | Japanese | English | both |", "| --- | --- | --- | --- |")
    return "\n".join((*rows, *(f"| {' | '.join(row)} |" for row in figures(judged, threshold))))


def _recall_of(kind: str, judged: Sequence[Judged], threshold: float) -> tuple[int, int]:
    return recall((one for one in judged if one.pair.kind == kind), threshold)


def _caught(judged: Sequence[Judged], threshold: float) -> tuple[int, int]:
    caught = [one for one in judged if one.wrong >= threshold]
    return sum(not one.pair.right for one in caught), len(caught)


def _alarms(judged: Sequence[Judged], threshold: float) -> tuple[int, int]:
    right = [one for one in judged if one.pair.right]
    return sum(one.wrong >= threshold for one in right), len(right)


def _share(hits: int, of: int) -> str:
    if not of:
        return "–"
    low, high = wilson(hits, of)
    return f"{hits} of {of} ({hits / of:.2f}, {low:.2f}–{high:.2f})"


def _matrix(
    pairs: Sequence[Pair], features: Sequence[dict[str, float]]
) -> tuple[tuple[str, ...], np.ndarray, np.ndarray]:
    names = tuple(features[0])
    rows = np.array([[of[name] for name in names] for of in features])
    return names, rows, np.array([not pair.right for pair in pairs])


def main(arguments: Sequence[str]) -> int:
    """Print the figures, or write the model, or judge another file with the model as it is."""
    check = open_check(load_proposal(), load_embedding())
    if "--score" in arguments:
        pairs = read_pairs(Path(arguments[arguments.index("--score") + 1]))
        judged = [Judged(p, float(bool(check(p.text, p.cited, p.language).faults))) for p in pairs]
        Console().print(table(judged, 0.5, f"{len(pairs)} pairs, judged as the assistant does"))
        return 0
    pairs = read_pairs()
    features, fixed = evidence(check, pairs)
    judged = cross_validated(pairs, features, fixed)
    threshold = threshold_of(judged)
    Console().print(table(judged, threshold, f"{len(pairs)} pairs, cross-validated, threshold {threshold}"))
    if "--fit" in arguments:
        values = {"pairs": len(pairs), "threshold": threshold, **written(fit(*_matrix(pairs, features), "check"))}
        FILE.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
        readme = README.read_text(encoding="utf-8")
        before, after = readme.split(START)[0], readme.split(END)[1]
        README.write_text(f"{before}{START}\n{markdown(judged, threshold)}\n{END}{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
