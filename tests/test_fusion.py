"""The fusion of rankings, on rankings small enough to check by hand."""

from __future__ import annotations

import pytest

from assistant.domain import Hit, PassageId
from assistant.search.fusion import WEIGHTS, fuse

A, B, C = (PassageId.parse(text) for text in ("A-1", "B-1-1", "C-1"))


def _ranking(found_by, **scores):
    ids = {"a": A, "b": B, "c": C}
    hits = [Hit(ids[name], score, found_by) for name, score in scores.items()]
    return sorted(hits, key=lambda hit: -hit.score)


def _scores(hits):
    return {hit.passage_id: pytest.approx(hit.score) for hit in hits}


@pytest.mark.parametrize(
    ("rankings", "scores"),
    [
        pytest.param([_ranking("words", a=3.0, b=1.0)], {A: 1.0, B: -1.0}, id="one-search"),
        pytest.param([_ranking("meaning", a=0.8, b=0.4)], {A: 0.5, B: -0.5}, id="meaning-counts-less"),
        pytest.param(
            [_ranking("words", a=3.0, b=1.0), _ranking("meaning", a=0.4, b=0.8)], {A: 0.5, B: -0.5}, id="they-disagree"
        ),
        pytest.param(
            [_ranking("words", a=300.0, b=100.0), _ranking("recognition", a=-9.0, b=-8.0)],
            {A: 0.0, B: 0.0},
            id="scales-do-not-matter",
        ),
        pytest.param(
            [_ranking("words", a=0.0, b=0.0), _ranking("recognition", a=-1.0, b=-3.0)],
            {A: 1.0, B: -1.0},
            id="without-variance-counts-nothing",
        ),
        pytest.param([_ranking("words", a=3.0, b=3.0, c=0.0)], {A: 0.5**0.5, B: 0.5**0.5, C: -(2**0.5)}, id="three"),
        pytest.param([], {}, id="no-search"),
    ],
)
def test_standard_scores_are_weighted_and_summed(rankings, scores):
    """Each ranking counts by its standard scores times its weight, whatever its scale."""
    assert _scores(fuse(rankings, limit=10)) == scores


@pytest.mark.parametrize("score", [0.0, 1.0, 0.1, 0.3, 0.84])
def test_a_ranking_that_cannot_tell_passages_apart_adds_nothing(score):
    """Equal scores have no variance, so all passages get 0."""
    ids = [PassageId("E", None, number) for number in range(1, 59)]
    fused = fuse([[Hit(passage_id, score, "words") for passage_id in ids]], limit=58)
    assert {hit.score for hit in fused} == {0.0}


def test_the_best_come_first_and_no_more_than_asked_for():
    """Hits are ordered by their sums and cut at the limit, and say that they were fused."""
    hits = fuse([_ranking("words", a=1.0, b=3.0, c=2.0)], limit=2)
    assert [hit.passage_id for hit in hits] == [B, C]
    assert {hit.found_by for hit in hits} == {"fused"}


def test_equal_sums_keep_the_order_of_the_first_ranking():
    """The same rankings always give the same order."""
    ranking = [Hit(key, 1.0, "words") for key in (C, A, B)]
    assert [hit.passage_id for hit in fuse([ranking], limit=3)] == [C, A, B]


def test_a_passage_that_one_search_misses_keeps_what_the_others_give():
    """A search may return fewer passages than another."""
    fused = fuse([_ranking("words", a=3.0, b=1.0), _ranking("recognition", a=0.0, b=-2.0, c=-1.0)], limit=3)
    assert _scores(fused) == {A: 1.0 + 1.5**0.5, B: -1.0 - 1.5**0.5, C: 0.0}


def test_every_search_has_a_weight():
    """The three searches of the assistant are the ones weighed."""
    assert set(WEIGHTS) == {"words", "meaning", "recognition"}
