"""Support by the corpus' fixed spans, and the statement measures of ALCE and of Liu et al., checked by hand."""

from __future__ import annotations

import pytest

from assistant.domain import Language, Outcome, PassageId, Point, Proposal
from evals import statement_scorers as scorers
from evals.answers import GivenAnswer, GivenStatement, Source, failed
from evals.support import Support
from evals.testing import a_case


@pytest.fixture(scope="module")
def support(proposal, assistant):
    """The judge, with the assistant's check for free sentences."""
    return Support(proposal, lambda: assistant.check_written)


@pytest.fixture(scope="module")
def two_sentence_point(proposal: Proposal) -> Point:
    """A point that rests on exactly two sentences of a passage with at least three."""
    return next(
        point
        for passage in proposal.passages.values()
        if len(passage.sentences) > 2
        for point in passage.points
        if len(point.sentences) == 2
    )


def at(point: Point, *sentences: int) -> list[Source]:
    """Citations of sentences of a point's passage."""
    return [Source(str(point.passage_id), point.passage_id, number) for number in sentences]


def other_sentence(point: Point) -> int:
    """A sentence on which the point does not rest."""
    return next(number for number in range(4) if number not in point.sentences)


@pytest.mark.parametrize("language", Language)
def test_a_point_rests_on_its_own_sentences(support, two_sentence_point, language):
    """All of its sentences support a point fully, one of them partly, another sentence not at all."""
    point, text = two_sentence_point, two_sentence_point.text[language]
    first, second = point.sentences
    assert support.basis(text) == "point"
    assert support.fully(text, at(point, first, second))
    assert support.fully(text, [Source.read(str(point.passage_id))])
    assert not support.fully(text, at(point, first))
    assert support.partly(text, at(point, first)[0])
    assert not support.partly(text, at(point, other_sentence(point))[0])
    assert not support.fully(text, [Source.read("Z-1"), *at(point, 99)])


def test_a_verbatim_sentence_rests_on_itself(support, proposal):
    """A sentence of source or translation, whole or in part, is supported by that sentence alone."""
    passage = proposal.passages[PassageId.parse("E-10")]
    japanese, english = passage.sentences[0].text, passage.sentences_en[0]
    here, there = (Source("E-10", passage.id, number) for number in (1, 2))
    for text in (japanese, japanese[2:-2], english.text):
        assert support.basis(text) in ("verbatim", "point")
    assert support.fully(japanese, [here])
    assert not support.fully(japanese, [there])
    assert support.fully(english.text, [Source("E-10", passage.id, english.renders)])
    across = japanese[-12:] + passage.sentences[1].text[:12]
    assert support.fully(across, [here, there])
    assert not support.fully(across, [here])


@pytest.mark.parametrize(
    ("text", "cited", "full"),
    [
        pytest.param("Japan plans to expand its satellites to a setup of 10 by 2024.", "B-2-2", True, id="right"),
        pytest.param("Japan plans to expand its satellites to a setup of 25 by 2024.", "B-2-2", False, id="figure"),
        pytest.param("Japan plans to expand its satellites to a setup of 10 by 2024.", "D-1-5", False, id="elsewhere"),
        pytest.param("日本は情報収集衛星を2024年度までに10基に増やす。", "B-2-2", True, id="Japanese"),
        pytest.param("フランスの料理はおいしい。", "B-2-2", False, id="off topic"),
        pytest.param("Japan plans to expand its satellites.", "", False, id="uncited"),
    ],
)
def test_a_free_sentence_needs_its_words_and_figures_in_what_it_cites(support, text, cited, full):
    """Every figure must be there, and most content words."""
    assert support.basis(text) == "free"
    assert support.fully(text, [Source.read(word) for word in cited.split()]) is full


def test_the_check_is_opened_for_a_free_sentence_alone(proposal, assistant):
    """Points and verbatim sentences are judged without it."""
    opened = []

    def check():
        opened.append(1)
        return assistant.check_written

    support = Support(proposal, check)
    point = next(iter(proposal.passages.values())).points[0]
    assert support.fully(point.text.ja, at(point, *point.sentences))
    assert not opened
    assert not support.fully("衛星をたくさん飛ばして近隣国の発射準備を見張る計画が進む。", [Source.read("B-2-2")])
    assert opened


def answered(*statements: GivenStatement) -> GivenAnswer:
    """An answer made of these statements."""
    return GivenAnswer("toy", Outcome.ANSWERED, statements)


def test_statement_measures_by_hand(support, two_sentence_point):
    """Four claims, six citations, worked out on paper.

    A, a point on sentences 1 and 2, cites 1, 2 and another: supported; the other citation is not needed.
    B, the same point, cites 1 alone: not supported. C, the same point, cites the passage and 1: supported by the
    passage alone, so that 1 is not needed. D cites nothing. The notice does not count.
    """
    point = two_sentence_point
    first, second = point.sentences
    text, passage = point.text.ja, Source.read(str(point.passage_id))
    answer = answered(
        GivenStatement("本提言は、これについて述べていない。", notice=True),
        GivenStatement(text, tuple(at(point, first, second, other_sentence(point)))),
        GivenStatement(text, tuple(at(point, first))),
        GivenStatement(text, (passage, *at(point, first))),
        GivenStatement(text),
    )
    case = a_case()
    assert scorers.alce_citation_recall(support)(case, answer).value == 2 / 4
    assert scorers.alce_citation_precision(support)(case, answer).value == 3 / 6
    recall = scorers.liu_citation_recall(support)(case, answer)
    assert (recall.hits, recall.of) == (2, 4)
    precision = scorers.liu_citation_precision(support)(case, answer)
    assert (precision.hits, precision.of) == (2 + 0 + 1, 6)


def test_answers_without_claims_score_nothing_or_count_nothing(support):
    """For ALCE an answerable question without a claim is 0; pooled, there is nothing to count."""
    empty, refused = failed("toy", "Crash"), a_case("", outcome=Outcome.NOT_IN_PROPOSAL)
    for scorer in (scorers.alce_citation_recall(support), scorers.alce_citation_precision(support)):
        assert scorer(a_case(), empty).value == 0
        assert scorer(refused, empty).value is None
    for scorer in (scorers.liu_citation_recall(support), scorers.liu_citation_precision(support)):
        assert scorer(a_case(), empty).value is None
