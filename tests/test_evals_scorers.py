"""Every scorer of one answer, checked by hand on toy judgements."""

from __future__ import annotations

import pytest

from assistant.domain import Language, Outcome, PassageId
from evals import scorers
from evals.answers import GivenAnswer, GivenStatement, Source, failed
from evals.cases import CaseType
from evals.scoring import Scoring
from evals.testing import a_case, an_answer

ANSWERED, ABSENT, MISSING, GREETING = (
    Outcome.ANSWERED,
    Outcome.NOT_IN_PROPOSAL,
    Outcome.NO_SUCH_RECOMMENDATION,
    Outcome.GREETING,
)


@pytest.mark.parametrize(
    ("gold", "optional", "cited", "precision", "recall", "f1", "first"),
    [
        pytest.param("A-1", "", "A-1", 1, 1, 1, 1, id="right"),
        pytest.param("A-1", "", "A-2", 0, 0, 0, 0, id="wrong"),
        pytest.param("A-1", "", "", 0, 0, 0, 0, id="nothing cited"),
        pytest.param("A-1", "", "A-2 A-1", 1 / 2, 1, 2 / 3, 0, id="right one second"),
        pytest.param("A-1 A-2", "", "A-1", 1, 1 / 2, 2 / 3, 1, id="half of gold"),
        pytest.param("A-1", "A-2", "A-2 A-1", 1, 1, 1, 0, id="optional is no mistake, but not first"),
        pytest.param("A-1", "A-2", "A-2", 1, 0, 0, 0, id="optional alone"),
        pytest.param("A-1", "", "A-1 Z-9", 1 / 2, 1, 2 / 3, 1, id="a number that does not exist"),
        pytest.param("A-1 A-2 A-3 A-4", "B-1-1", "A-1 A-2 B-1-1 C-1", 3 / 4, 1 / 2, 3 / 5, 1, id="some of each"),
    ],
)
def test_citations_are_scored_as_sets(gold, optional, cited, precision, recall, f1, first):
    """Precision allows optional passages, recall counts gold, F1 is their harmonic mean, the first must be gold."""
    case, answer = a_case(gold, optional), an_answer(cited)
    found = [
        score(case, answer).value
        for score in (scorers.citation_precision, scorers.citation_recall, scorers.citation_f1, scorers.first_right)
    ]
    assert found == pytest.approx([precision, recall, f1, first])


NOT_GIVEN = "The proposal does not give a figure."


@pytest.mark.parametrize(
    ("case", "answer", "right"),
    [
        pytest.param(a_case("A-1"), an_answer("A-1"), True, id="all of gold"),
        pytest.param(a_case("A-1", "A-2"), an_answer("A-2 A-1"), True, id="with optional"),
        pytest.param(a_case("A-1", "A-2"), an_answer("A-1 A-3"), False, id="beyond optional"),
        pytest.param(a_case("A-1 A-2"), an_answer("A-1"), False, id="one gold missing"),
        pytest.param(a_case("A-1"), an_answer("A-1", ABSENT), False, id="right citation, wrong outcome"),
        pytest.param(a_case("", "A-1", ABSENT), an_answer("", ABSENT), True, id="refused"),
        pytest.param(a_case("", "A-1", ABSENT), an_answer("A-1", ABSENT), True, id="refused, citing optional"),
        pytest.param(a_case("", "A-1", ABSENT), an_answer("A-2", ABSENT), False, id="refused, citing beyond"),
        pytest.param(a_case("", "A-1", ABSENT), an_answer("A-1", notice=NOT_GIVEN), True, id="detail not given"),
        pytest.param(a_case("", "A-1", ABSENT), an_answer("A-2", notice=NOT_GIVEN), False, id="detail, citing beyond"),
        pytest.param(a_case("", "A-1", ABSENT), an_answer("A-1", text="It is A."), False, id="answered all the same"),
        pytest.param(a_case("", "", MISSING), an_answer("", MISSING), True, id="no such number"),
        pytest.param(a_case("", "", MISSING), an_answer("", ABSENT), False, id="another refusal"),
        pytest.param(a_case("", "", MISSING), an_answer("", notice=NOT_GIVEN), False, id="no number is no detail"),
        pytest.param(a_case("", "", GREETING), an_answer("", GREETING), True, id="greeting"),
        pytest.param(a_case("", "", GREETING), an_answer("A-1", GREETING), False, id="greeting that cites"),
        pytest.param(a_case("", type=CaseType.COUNT), an_answer("A-1 F-4"), True, id="count over all"),
        pytest.param(a_case("A-1"), failed("toy", "Crash"), False, id="crash"),
    ],
)
def test_exact_match_wants_outcome_and_citations(case, answer, right):
    """Exact match is the expected outcome, all of gold, and nothing outside gold and optional."""
    assert scorers.exact_match(case, answer).value == right


@pytest.mark.parametrize(
    ("case", "answer", "precision", "recall", "false_refusal"),
    [
        pytest.param(a_case("", outcome=ABSENT), an_answer("", ABSENT), 1, 1, None, id="rightly refused"),
        pytest.param(a_case("", outcome=ABSENT), an_answer("A-1"), None, 0, None, id="answered what is not there"),
        pytest.param(a_case("", outcome=MISSING), an_answer("", ABSENT), 1, 1, None, id="another refusal abstains too"),
        pytest.param(a_case("", "A-1", ABSENT), an_answer("A-1", notice=NOT_GIVEN), 1, 1, None, id="detail not given"),
        pytest.param(a_case("A-1"), an_answer("", ABSENT), 0, None, 1, id="wrongly refused"),
        pytest.param(a_case("A-1"), an_answer("", GREETING), None, None, 1, id="greeted instead"),
        pytest.param(a_case("A-1"), an_answer("A-1", notice=NOT_GIVEN), None, None, 0, id="false premise corrected"),
        pytest.param(a_case("", outcome=GREETING), an_answer("", ABSENT), 0, None, None, id="refused a greeting"),
        pytest.param(a_case("A-1"), failed("toy", "Crash"), None, None, 1, id="crash on an answerable question"),
        pytest.param(a_case("", outcome=ABSENT), failed("toy", "Crash"), None, 0, None, id="crash on another"),
    ],
)
def test_abstention_is_scored_where_it_counts(case, answer, precision, recall, false_refusal):
    """Each of the three has its own denominator; what is not in it has a reason and no value."""
    found = (
        scorers.abstention_precision(case, answer),
        scorers.abstention_recall(case, answer),
        scorers.false_refusal_rate(case, answer),
    )
    assert [score.value for score in found] == [precision, recall, false_refusal]
    assert all(score.explanation for score in found)


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        pytest.param("en", "Japan should act.", True, id="English"),
        pytest.param("ja", "日本は行動すべきである。", True, id="Japanese"),
        pytest.param("ja", "Host Regional Support を創設する。[D-1-4]", True, id="Japanese with English terms"),
        pytest.param("en", "The “自衛隊” (Self-Defense Forces) should act together.", True, id="English with a term"),
        pytest.param("ja", "Japan should act.", False, id="the other language"),
        pytest.param("en", "", False, id="nothing said"),
    ],
)
def test_language_is_told_by_letters(language, text, right):
    """The answer's own text decides, not what the system says of it."""
    case = a_case(language=Language(language))
    assert scorers.language_match(case, an_answer("A-1", text=text)).value == right


def test_fact_coverage_is_the_share_of_facts_stated():
    """Of two facts one is stated: half; a crash states none; without facts there is no score."""
    assert scorers.fact_coverage(a_case(), an_answer("A-1", text="Guam has two.")).value == 0.5
    assert scorers.fact_coverage(a_case(), an_answer("A-1", text="Guam: 2 of 10.")).value == 1
    assert scorers.fact_coverage(a_case(), failed("toy", "Crash")).value == 0
    assert scorers.fact_coverage(a_case("", outcome=ABSENT), an_answer("", ABSENT)).value is None


def test_facts_in_quotations_do_not_count():
    """The quotation field is not the answer's own statement."""
    quoting = GivenStatement("It says so.", (Source.read("A-1"),), quote="Guam: two of ten.")
    assert scorers.fact_coverage(a_case(), GivenAnswer("toy", ANSWERED, (quoting,))).value == 0


def test_invalid_citations_are_those_of_no_passage(proposal):
    """Of three citations two name nothing that exists."""
    score = scorers.invalid_citation_rate(proposal)(a_case(), an_answer("A-1 A-8 D-3"))
    assert (score.hits, score.of) == (2, 3)
    assert "A-8, D-3" in score.explanation


def test_quotations_are_checked_against_the_passages_cited(proposal):
    """A quotation counts where its statement's own passages hold it word for word."""
    passage = proposal.passages[PassageId.parse("D-1-5")]
    verbatim, source = passage.sentences[0].text, (Source.read("D-1-5"),)
    statements = (
        GivenStatement("a", source, verbatim),
        GivenStatement("b", (Source.read("D-1-6"),), verbatim),
        GivenStatement("c", source, verbatim.replace("グアム", "ハワイ")),
        GivenStatement("d", source),
    )
    score = scorers.quote_verbatim_rate(proposal)(a_case(), GivenAnswer("toy", ANSWERED, statements))
    assert (score.hits, score.of) == (1, 3)


def test_no_case_leaves_a_denominator_by_crashing(proposal):
    """On an answerable case, a crash is scored by everything but what counts citations, quotations and refusals."""
    (row,) = Scoring(proposal)([a_case()], {"toy": failed("toy", "RuntimeError: boom")})
    unscored = {name for name, score in row.scores.items() if score.value is None}
    assert unscored == {
        "abstention_precision",
        "abstention_recall",
        "invalid_citation_rate",
        "liu_citation_precision",
        "liu_citation_recall",
        "quote_verbatim_rate",
    }
    assert {score.value for name, score in row.scores.items() if name not in unscored} == {0.0, 1.0}
    assert row.scores["false_refusal_rate"].value == 1
    assert row.scores["exact_match"].explanation == "RuntimeError: boom"
