"""Owns the calibrated probabilities: that a passage answers, that anything does, that an answer needs a point.

Five logistic regressions over readable features; `calibration.json` holds their weights, `python -m evals.calibrate`
makes it anew from the development questions.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant.errors import CorpusError
from assistant.search.evidence import PASSAGE_FEATURES, QUESTION_FEATURES

FILE = Path(__file__).with_name("calibration.json")

ANSWER_FEATURES = ("best_logit", "second", "best_five", *QUESTION_FEATURES, *PASSAGE_FEATURES)
"""What decides whether anything answers: the best passages' probabilities, the question, the best one's features."""

CONVERSATION_FEATURES = (
    "alone", "in_context", "just_cited", "cited_before", "depends", "depends_alone", "depends_in_context",
    "depends_just_cited",
)  # fmt: skip
"""What decides between a follow-up's passages: the logits of the question alone and with what was asked before it,
whether the passage has just been cited, or was earlier, and each together with whether the question points back."""

CITATION_FEATURES = (
    "logit", "behind_best", "best_of_parts", "best_of_a_part", "has_parts", "several", "broad", "several_logit",
    "broad_logit", "first", "log_rank", "same_section", "broad_label", "several_label",
)  # fmt: skip
"""What decides whether a passage is cited beside others: its logit alone and in the question's parts, how far it is
behind the best, whether several passages are asked for, whether it stands in the best one's section, and, where much
is asked for, whether it has a label that the question names."""

POINT_FEATURES = (
    "similarity", "similarity_margin", "rank", "shared_words", "shared_words_margin", "votes", "votes_margin",
    "aspect_fits", "heading_demand", "log_points",
)  # fmt: skip
"""What decides whether an answer needs a point: its nearness to the question, the words that they share, the points of
the bank questions like it, whether its aspect is asked for, whether it is the heading's demand."""

_BEST = 5
_WITHOUT_PARTS = 3.0
"""How far below its logit a passage's logit in the parts is taken to be where the question has none."""


@dataclass(frozen=True, slots=True)
class LogisticModel:
    """Weights by feature, and a bias, in the features' own units."""

    features: tuple[str, ...]
    weights: np.ndarray
    bias: float

    def logits(self, rows: np.ndarray) -> np.ndarray:
        """Log odds of rows of shape (n, features)."""
        return rows @ self.weights + self.bias

    @classmethod
    def read(cls, values: Mapping[str, Any], features: Sequence[str]) -> LogisticModel:
        """Read weights by name; a feature without a weight counts nothing."""
        weights = values["weights"]
        unknown = set(weights) - set(features)
        if unknown:
            raise ValueError(f"unknown features {sorted(unknown)}")
        return cls(tuple(features), np.array([weights.get(name, 0.0) for name in features]), float(values["bias"]))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The models."""

    passage: LogisticModel
    conversation: LogisticModel
    answer: LogisticModel
    citation: LogisticModel
    point: LogisticModel

    def answerable(self, passage_logits: np.ndarray, of_question: np.ndarray, passages: np.ndarray) -> float:
        """The probability that the proposal answers the question at all."""
        return float(probability(self.answer.logits(answer_row(passage_logits, of_question, passages))))


def answer_row(passage_logits: np.ndarray, of_question: np.ndarray, passages: np.ndarray) -> np.ndarray:
    """The ANSWER_FEATURES of a question, of shape (features,)."""
    descending = np.sort(probability(passage_logits))[::-1]
    best = int(passage_logits.argmax())
    return np.concatenate([
        [passage_logits[best], descending[1], descending[:_BEST].sum()], of_question, passages[best]
    ])  # fmt: skip


def citation_rows(
    logits: np.ndarray,
    parts: Sequence[np.ndarray],
    sections: Sequence[object],
    labels: np.ndarray,
    *,
    several: bool,
    broad: bool,
) -> np.ndarray:
    """The CITATION_FEATURES of every passage.

    `parts` are the logits of the question's parts, if it has such; `labels` tells which passages have a label that
    the question names.
    """
    best = int(logits.argmax())
    of_parts = np.max(parts, axis=0) if parts else logits - _WITHOUT_PARTS
    best_of_a_part = np.zeros(len(logits))
    best_of_a_part[[int(part.argmax()) for part in parts]] = 1.0
    rank = (-logits).argsort(kind="stable").argsort(kind="stable")
    count = len(logits)
    return np.column_stack([
        logits, logits - logits[best], of_parts, best_of_a_part, np.full(count, bool(parts)),
        np.full(count, several), np.full(count, broad), several * logits, broad * logits,
        rank == 0, np.log1p(rank), [section == sections[best] for section in sections],
        broad * labels, several * labels,
    ])  # fmt: skip


def conversation_rows(
    alone: np.ndarray, in_context: np.ndarray, just_cited: np.ndarray, cited_before: np.ndarray, *, depends: bool
) -> np.ndarray:
    """The CONVERSATION_FEATURES of every passage, of shape (passages, features)."""
    return np.column_stack([
        alone, in_context, just_cited, cited_before, np.full(len(alone), depends),
        depends * alone, depends * in_context, depends * just_cited,
    ])  # fmt: skip


def probability(logits: np.ndarray | float) -> np.ndarray:
    """The logistic function."""
    return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))


def blank_calibration() -> Calibration:
    """Models that know nothing: what the real ones are learnt with, so that a file that cannot be read is no bar."""
    blank = {"bias": 0.0, "weights": {}}
    return Calibration(
        LogisticModel.read(blank, PASSAGE_FEATURES),
        LogisticModel.read(blank, CONVERSATION_FEATURES),
        LogisticModel.read(blank, ANSWER_FEATURES),
        LogisticModel.read(blank, CITATION_FEATURES),
        LogisticModel.read(blank, POINT_FEATURES),
    )


@cache
def load_calibration(path: Path = FILE) -> Calibration:
    """Read the models; raises CorpusError where the file does not hold them."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        return Calibration(
            LogisticModel.read(values["passage"], PASSAGE_FEATURES),
            LogisticModel.read(values["conversation"], CONVERSATION_FEATURES),
            LogisticModel.read(values["answer"], ANSWER_FEATURES),
            LogisticModel.read(values["citation"], CITATION_FEATURES),
            LogisticModel.read(values["point"], POINT_FEATURES),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(
            f"{path.name} cannot be read ({error}); restore it, or make it anew with `python -m evals.calibrate`"
        ) from error
