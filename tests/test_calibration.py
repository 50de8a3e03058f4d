"""The calibrated models: weights read by name, checked by hand; the file that is shipped is whole."""

from __future__ import annotations

import json

import numpy as np
import pytest

from assistant.errors import CorpusError
from assistant.search.calibration import (
    ANSWER_FEATURES,
    CITATION_FEATURES,
    CONVERSATION_FEATURES,
    FILE,
    POINT_FEATURES,
    LogisticModel,
    answer_row,
    conversation_rows,
    load_calibration,
    probability,
)
from assistant.search.evidence import PASSAGE_FEATURES, QUESTION_FEATURES

MODELS = {
    "passage": PASSAGE_FEATURES,
    "conversation": CONVERSATION_FEATURES,
    "answer": ANSWER_FEATURES,
    "citation": CITATION_FEATURES,
    "point": POINT_FEATURES,
}


def test_weights_are_read_by_name_and_what_has_none_counts_nothing():
    """Two features, one without a weight: 2 · 3 + 1 = 7."""
    model = LogisticModel.read({"bias": 1, "weights": {"b": 2}}, ("a", "b"))
    assert model.logits(np.array([[5.0, 3.0], [0.0, 0.0]])).tolist() == [7.0, 1.0]


def test_an_unknown_feature_is_refused():
    """A weight that nothing uses is a slip, not a remark."""
    with pytest.raises(ValueError, match="unknown features"):
        LogisticModel.read({"bias": 0, "weights": {"c": 1}}, ("a", "b"))


@pytest.mark.parametrize(("logit", "expected"), [(0.0, 0.5), (np.log(3), 0.75), (-1000.0, 0.0), (1000.0, 1.0)])
def test_the_logistic_function_by_hand(logit, expected):
    """Even odds are .5, three to one .75, and the ends do not overflow."""
    assert probability(logit) == pytest.approx(expected, abs=1e-9)


def test_an_answer_is_judged_by_its_best_passage():
    """The best logit, the second probability, the sum of five, then the question's and the best passage's features."""
    logits = np.array([0.0, np.log(3), -np.log(3)])
    question = np.arange(len(QUESTION_FEATURES), dtype=float)
    passages = np.arange(3 * len(PASSAGE_FEATURES), dtype=float).reshape(3, -1)
    row = answer_row(logits, question, passages)
    assert len(row) == len(ANSWER_FEATURES)
    assert row[:3].tolist() == pytest.approx([np.log(3), 0.5, 0.75 + 0.5 + 0.25])
    assert row[-len(PASSAGE_FEATURES) :].tolist() == passages[1].tolist()


@pytest.mark.parametrize("depends", [True, False])
def test_a_follow_up_counts_the_conversation_only_where_it_points_back(depends):
    """Without pointing back the products are nothing; with it they repeat what they are products of."""
    alone, context, just, before = (
        np.array([1.0, 2.0]),
        np.array([3.0, 4.0]),
        np.array([1.0, 0.0]),
        np.array([0.0, 1.0]),
    )
    rows = conversation_rows(alone, context, just, before, depends=depends)
    assert rows.shape == (2, len(CONVERSATION_FEATURES))
    assert rows[0].tolist() == [1, 3, 1, 0, depends, depends * 1, depends * 3, depends * 1]


def test_the_shipped_file_has_a_weight_for_every_feature():
    """`calibration.json` is written whole by its command: no feature is forgotten, none is left over."""
    written = json.loads(FILE.read_text(encoding="utf-8"))
    for name, features in MODELS.items():
        assert set(written[name]["weights"]) == set(features)
        assert all(np.isfinite(weight) for weight in written[name]["weights"].values())
    assert written["questions"] > 1000
    assert load_calibration().passage.features == PASSAGE_FEATURES


@pytest.mark.parametrize(
    "content", ["", "[]", '{"passage": {"bias": 0, "weights": {"x": 1}}}'], ids=["empty", "list", "half"]
)
def test_a_broken_file_is_named_with_its_remedy(tmp_path, content):
    """What was found, and the command that makes it anew."""
    path = tmp_path / "calibration.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=r"python -m evals\.calibrate"):
        load_calibration(path)
