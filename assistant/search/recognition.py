"""Owns the search by recognition: a linear classifier that tells from a question's vector which passage is meant.

Beside the passages it knows two classes more: subjects that the proposal does not treat, and small talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.domain import DecoyKind, Hit, PassageId
from assistant.search import QuestionVector

INVERSE_REGULARISATION = 30.0
_FILE = "recognition.npz"


class Classifier(NamedTuple):
    """A linear classifier: weights of shape (classes, dimension), a bias for each; a passage or a kind of decoy."""

    weights: np.ndarray
    bias: np.ndarray
    classes: tuple[PassageId | DecoyKind, ...]


def train_recognition(folder: Path, vectors: np.ndarray, labels: Sequence[PassageId | DecoyKind]) -> None:
    """Fit the classifier on vectors of shape (n, dimension) and save it as plain matrices in `folder`."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - 1.3 s, and only training needs it
    from threadpoolctl import threadpool_limits  # noqa: PLC0415 - comes with scikit-learn

    names = np.array([str(label) for label in labels])
    with threadpool_limits(1):  # on a busy machine several threads spin and take ten times as long
        model = LogisticRegression(C=INVERSE_REGULARISATION, max_iter=300).fit(vectors, names)
    np.savez(
        folder / _FILE,
        weights=model.coef_.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
        classes=model.classes_.astype("U16"),
    )


def load_recognition(folder: Path) -> Classifier:
    """Read the classifier saved in `folder`."""
    with (folder / _FILE).open("rb") as file, np.load(file) as saved:  # numpy alone leaves a broken file open
        return Classifier(saved["weights"], saved["bias"], tuple(map(_class, map(str, saved["classes"]))))


def _class(name: str) -> PassageId | DecoyKind:
    return DecoyKind(name) if name in set(DecoyKind) else PassageId.parse(name)


class RecognitionSearch:
    """The classifier's log-probability for every passage."""

    def __init__(self, classifier: Classifier, vector_of: QuestionVector) -> None:
        self._classifier = classifier
        self._vector_of = vector_of

    def __call__(self, question: str, *, limit: int) -> list[Hit]:
        """The passages most probably meant, best first; scores are log-probabilities."""
        known = self.log_probabilities(question)
        hits = [Hit(name, score, "recognition") for name, score in known.items() if isinstance(name, PassageId)]
        return sorted(hits, key=lambda hit: -hit.score)[:limit]

    def log_probabilities(self, question: str) -> dict[PassageId | DecoyKind, float]:
        """The log-probability of every passage and every other class."""
        classifier = self._classifier
        logits = classifier.weights @ self._vector_of(question) + classifier.bias
        scores = logits - np.logaddexp.reduce(logits)
        return dict(zip(classifier.classes, scores.tolist(), strict=True))
