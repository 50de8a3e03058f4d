"""The figures of the check of written sentences: the pairs, and what is counted, checked by hand."""

from __future__ import annotations

from collections import Counter

import pytest

from assistant.domain import Language, PassageId
from evals.check_figures import KINDS, Judged, Pair, figures, precision, read_pairs, recall, threshold_of


def judged(right: bool, wrong: float, kind: str = "actor") -> Judged:
    """A pair held to be wrong with that probability."""
    return Judged(Pair("…", (PassageId.parse("A-1"),), Language.ENGLISH, right, "supported" if right else kind), wrong)


def test_the_pairs_are_as_many_as_reported(proposal):
    """640 sentences in both languages, half of them right, cite passages that exist and are wrong in a stated way."""
    pairs = read_pairs()
    assert len({pair.text for pair in pairs}) > 0.99 * len(pairs) == 0.99 * 640
    assert Counter(pair.right for pair in pairs) == {True: 309, False: 331}
    assert {pair.kind for pair in pairs if not pair.right} == set(KINDS)
    assert all(key in proposal.passages for pair in pairs for key in pair.cited)


def test_recall_and_precision_by_hand():
    """Of three wrong sentences two are caught, and one right one with them."""
    some = [judged(False, 0.9), judged(False, 0.8), judged(False, 0.1), judged(True, 0.7), judged(True, 0.2)]
    assert recall(some, 0.5) == (2, 3)
    assert precision(some, 0.5) == pytest.approx(2 / 3)
    assert precision(some, 0.95) == 1.0
    assert threshold_of(some) == pytest.approx(0.705)


def test_figures_stand_by_kind_and_language():
    """Every kind has a row, and a language without sentences of it a dash."""
    rows = {name: cells for name, *cells in figures([judged(False, 0.9), judged(True, 0.1)], 0.5)}
    assert set(KINDS) <= set(rows)
    assert rows["actor"][0] == "–"
    assert rows["actor"][1].startswith("1 of 1")
    assert rows["right sentences caught"][2].startswith("0 of 1")
