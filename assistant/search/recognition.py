"""Owns the search by recognition: a linear classifier that tells from a question's vector which passage is meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.domain import Hit, PassageId
from assistant.search import QuestionVector

INVERSE_REGULARISATION = 30.0
_FILE = "recognition.npz"


class Classifier(NamedTuple):
    """A linear classifier: weights of shape (passages, dimension), a bias for each passage."""

    weights: np.ndarray
    bias: np.ndarray
    passage_ids: tuple[PassageId, ...]


def train_recognition(folder: Path, vectors: np.ndarray, labels: Sequence[PassageId]) -> None:
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
        passages=model.classes_.astype("U16"),
    )


def load_recognition(folder: Path) -> Classifier:
    """Read the classifier saved in `folder`."""
    with (folder / _FILE).open("rb") as file, np.load(file) as saved:  # numpy alone leaves a broken file open
        return Classifier(saved["weights"], saved["bias"], tuple(map(PassageId.parse, map(str, saved["passages"]))))


class RecognitionSearch:
    """The classifier's log-probability for every passage."""

    def __init__(self, classifier: Classifier, vector_of: QuestionVector) -> None:
        self._classifier = classifier
        self._vector_of = vector_of

    def __call__(self, question: str, *, limit: int) -> list[Hit]:
        """The passages most probably meant, best first; scores are log-probabilities."""
        classifier = self._classifier
        logits = classifier.weights @ self._vector_of(question) + classifier.bias
        scores = logits - np.logaddexp.reduce(logits)
        order = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(classifier.passage_ids[position], float(scores[position]), "recognition") for position in order]
