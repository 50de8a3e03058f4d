"""Measures, intervals and the retrieval measures, checked by hand on toy scores and rankings."""

from __future__ import annotations

import pytest

from assistant.domain import Outcome
from assistant.testing import PointCheck
from evals.answers import GivenAnswer
from evals.intervals import bootstrap_mean, wilson
from evals.measures import MEASURES, Pooling, Scored, summarise
from evals.retrieval import RETRIEVAL_NAMES, retrieval_scores
from evals.scorers import share, unscored, verdict
from evals.scoring import Scoring
from evals.testing import a_case, an_answer


def rows(scorer, *scores):
    """Scored rows with these scores by one scorer, each case a group of its own."""
    return [Scored(f"case {n}", f"group {n}", {scorer: score}) for n, score in enumerate(scores)]


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        pytest.param(8, 10, 0.4902, 0.9433, id="8 of 10"),
        pytest.param(0, 10, 0.0, 0.2775, id="none"),
        pytest.param(10, 10, 0.7225, 1.0, id="all"),
        pytest.param(130, 260, 0.4397, 0.5603, id="half of 260"),
    ],
)
def test_wilson(hits, n, low, high):
    """Wilson's interval as in the textbooks."""
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


def test_the_bootstrap_is_the_same_every_time_and_sane():
    """The same values give the same interval; it holds the mean, and constants have no spread."""
    values, groups = [0.0, 0.2, 0.4, 1.0] * 20, [str(n) for n in range(80)]
    interval = bootstrap_mean(values, groups)
    assert interval == bootstrap_mean(values, groups)
    assert 0.3 < interval.low < 0.4 < interval.high < 0.5
    assert bootstrap_mean([0.7] * 5, list("abcde")) == pytest.approx((0.7, 0.7))


def test_versions_of_one_question_are_drawn_together():
    """Two copies of every value are no more evidence than one: the interval stays as wide."""
    values = [0.0, 0.5, 1.0] * 10
    once = bootstrap_mean(values, [str(n) for n in range(30)])
    twice = bootstrap_mean(values * 2, [str(n) for n in range(30)] * 2)
    assert twice == pytest.approx(once)


def test_a_share_of_answers_has_wilsons_interval():
    """Three of four, with one answer outside the denominator, which is counted."""
    scored = rows("exact_match", *(verdict(right, "") for right in (True, True, True, False)), unscored("-"))
    found = summarise(MEASURES["exact_match"], scored)
    assert (found.value, found.n, found.unscored) == (0.75, 4, 1)
    assert (found.low, found.high) == pytest.approx(wilson(3, 4))


def test_macro_means_answers_and_micro_pools_them():
    """One of one and one of four: macro 5/8, micro 2/5."""
    scored = rows("citation_precision", share(1, 1, ""), share(1, 4, ""))
    macro = summarise(MEASURES["citation_precision"], scored)
    micro = summarise(MEASURES["citation_precision_micro"], scored)
    assert (macro.value, macro.n) == (0.625, 2)
    assert (micro.value, micro.n) == (0.4, 5)


def test_micro_f1_is_the_harmonic_mean_of_the_pooled_two():
    """Precision 3/4 and recall 3/6 pooled: 0.6."""
    scored = [
        Scored("a", "a", {"citation_precision": share(1, 1, ""), "citation_recall": share(1, 4, "")}),
        Scored("b", "b", {"citation_precision": share(2, 3, ""), "citation_recall": share(2, 2, "")}),
    ]
    found = summarise(MEASURES["citation_f1_micro"], scored)
    assert (found.value, found.n) == (pytest.approx(0.6), 2)
    assert found.low <= 0.6 <= found.high


@pytest.mark.parametrize("name", MEASURES)
def test_without_a_denominator_there_is_a_reason_and_no_number(name):
    """Nothing to divide by is said in words; there is no NaN."""
    scorers = {MEASURES[name].scorer, "citation_recall"}
    found = summarise(MEASURES[name], [Scored("a", "a", dict.fromkeys(scorers, unscored("nothing to score")))])
    assert (found.value, found.low, found.high, found.n) == (None, None, None, 0)
    assert (found.unscored, found.reason) == (1, "nothing to score")


def test_every_measure_has_a_scorer_and_every_scorer_a_measure(proposal):
    """The list of measures and the scorers cover each other, and intervals hold their values."""
    case = a_case()
    scoring = Scoring(proposal, lambda: PointCheck(proposal))
    scored = scoring([case], {"toy": an_answer("A-1", text="Guam has two.")})
    assert {measure.scorer for measure in MEASURES.values()} == set(scored[0].scores)
    for measure in MEASURES.values():
        found = summarise(measure, scored)
        assert found.value is None or found.low <= found.value <= found.high, measure.name
    assert {measure.name for measure in MEASURES.values() if measure.lower_is_better} == {
        "false_refusal_rate",
        "invalid_citation_rate",
    }
    assert MEASURES["quote_verbatim_rate"].pooling is Pooling.MICRO


@pytest.mark.parametrize(
    ("gold", "answer", "expected"),
    [
        pytest.param("A-1", an_answer("A-1"), (1, 1, 1, 1, 1), id="first"),
        pytest.param("A-1", an_answer("A-2", related="A-3 A-1"), (0, 1, 1, 1 / 3, 0.5), id="third, among related"),
        pytest.param("A-1 A-2", an_answer("A-1 A-3 A-2"), (0.5, 1, 1, 1, 0.9197), id="two of three"),
        pytest.param("A-1", an_answer("A-2 A-3"), (0, 0, 0, 0, 0), id="not found"),
        pytest.param("A-1", GivenAnswer("toy"), (0, 0, 0, 0, 0), id="nothing shown"),
    ],
)
def test_retrieval_measures_are_those_of_ir_measures(gold, answer, expected):
    """R@1, R@3, R@5, RR@10 and nDCG@10 of what is shown: cited first, then related."""
    scores = retrieval_scores([a_case(gold)], {"toy": answer})["toy"]
    assert [scores[name].value for name in RETRIEVAL_NAMES] == pytest.approx(expected, abs=5e-5)
    assert RETRIEVAL_NAMES == ("R@1", "R@3", "R@5", "RR@10", "nDCG@10")


def test_a_case_without_gold_has_no_ranking_to_judge():
    """Unanswerable cases are unscored, with the reason."""
    scores = retrieval_scores([a_case("", outcome=Outcome.NOT_IN_PROPOSAL)], {"toy": an_answer("A-1")})["toy"]
    assert all(score.value is None and score.explanation for score in scores.values())
