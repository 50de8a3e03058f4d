"""Owns the comparison of encoders alone: `python -m evals.encoders FOLDER_OR_NAME … [--pairs FILE.jsonl.gz]`.

For each encoder: how often the right passage comes first by its five nearest views, on one passage's questions of a
split; and, with `--pairs`, how often the English of a Japanese sentence is nearest to it among all of the file's
`tatoeba` pairs, which fine-tuning never sees: what it costs outside the proposal.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.corpus_files import read_enrichment, read_not_given
from assistant.domain import Language, PassageId, ViewKind
from assistant.embedding import Embedding, load_embedding
from assistant.indexing import all_views
from assistant.proposal import load_proposal
from assistant.resources import resource_folder
from assistant.search.semantic import BEST
from evals.cases import CaseType, Split, load_cases
from evals.intervals import wilson

ONE_PASSAGE = (CaseType.SINGLE, CaseType.HARD_SINGLE, CaseType.ANSWERABLE_TWIN)
MOST_PAIRS = 2_000


def right_first(encoder: Embedding, split: Split) -> dict[Language, list[bool]]:
    """Whether the right passage comes first, by the mean of its own five nearest views, for every question."""
    proposal, corpus = load_proposal(), resource_folder("corpus")
    views = all_views(proposal, read_enrichment(corpus), read_not_given(corpus))
    asked = np.array([view.kind is ViewKind.QUESTION for view in views])
    vectors = np.empty((len(views), encoder.dimension), dtype=np.float32)
    vectors[asked] = encoder.encode_queries([view.text for view in views if view.kind is ViewKind.QUESTION])
    vectors[~asked] = encoder.encode_passages([view.text for view in views if view.kind is not ViewKind.QUESTION])
    owners = np.array([str(view.passage_id) for view in views])
    cases = [case for case in load_cases(split, ONE_PASSAGE) if not case.history]
    found: dict[Language, list[bool]] = {language: [] for language in Language}
    for case, vector in zip(cases, encoder.encode_queries([case.question for case in cases]), strict=True):
        similar = vectors @ vector
        best = max(proposal.passages, key=lambda key: np.sort(similar[owners == str(key)])[-BEST:].mean())
        found[case.language].append(PassageId.parse(str(best)) in case.gold)
    return found


def pairs_found(encoder: Embedding, path: Path) -> list[bool]:
    """Whether the nearest of all English sentences is the one that renders the Japanese, for every pair."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [row for row in map(json.loads, file) if row["source"] == "tatoeba"][:MOST_PAIRS]
    japanese, english = (encoder.encode_queries([row[key] for row in rows]) for key in ("ja", "en"))
    return [int(nearest) == row for row, nearest in enumerate((japanese @ english.T).argmax(axis=1))]


def _share(right: Sequence[bool]) -> str:
    low, high = wilson(sum(right), len(right))
    return f"{sum(right) / len(right):.3f} ({low:.3f}–{high:.3f}), n {len(right)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures of each encoder."""
    parser = argparse.ArgumentParser(prog="python -m evals.encoders", description="Compare encoders alone.")
    parser.add_argument("encoders", nargs="+", help="`bundled`, a folder, or a hub name")
    parser.add_argument("--split", type=Split, default=Split.DEVELOPMENT)
    parser.add_argument("--pairs", type=Path, help="gzipped JSON Lines of {ja, en, source}")
    chosen = parser.parse_args(arguments)
    for name in chosen.encoders:
        encoder = load_embedding(name)
        lines = [f"{language}: {_share(right)}" for language, right in right_first(encoder, chosen.split).items()]
        lines += [f"pairs: {_share(pairs_found(encoder, chosen.pairs))}"] if chosen.pairs else []
        print(f"{encoder.name}\n  " + "\n  ".join(lines))  # noqa: T201 - what the command is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
