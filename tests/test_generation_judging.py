"""A model's sentence is shown only in order: numbers that were given, the right language, true quotations, checked."""

from __future__ import annotations

import pytest

from assistant.domain import Language, PassageId, StatementKind, Verdict
from assistant.generation import Judge
from assistant.generation.markers import Marked
from assistant.references import ReferenceReader
from assistant.testing import PointCheck

JA, EN = Language.JAPANESE, Language.ENGLISH
GUAM, DJIBOUTI = PassageId.parse("D-1-5"), PassageId.parse("D-1-6")


def _judge(proposal, check):
    names = {section.id: section.names for section in proposal.sections.values()}
    return Judge(proposal, check, ReferenceReader(proposal.outline(), names))


@pytest.fixture(scope="module")
def lenient(proposal):
    """A judge whose check passes everything, resting on the first sentence of what is cited."""
    return _judge(proposal, lambda _text, cited, _language: Verdict((), tuple((key, 1) for key in cited)))


@pytest.mark.parametrize("language", Language)
def test_every_point_may_be_said(proposal, language):
    """No rule of form stands in the way of what the proposal says."""
    judge = _judge(proposal, PointCheck(proposal))
    for passage in proposal.passages.values():
        for point in passage.points:
            judged = judge(Marked(point.text[language], (passage.id,)), {passage.id}, language)
            assert judged.faults == ()
            assert judged.statement.kind is StatementKind.CLAIM
            assert [citation.sentence for citation in judged.statement.citations] == list(point.sentences)


@pytest.mark.parametrize(
    ("text", "cited", "unknown", "language", "said"),
    [
        pytest.param("両国は基地を使う。", (), (), JA, "no number", id="no-citation"),
        pytest.param("両国は基地を使う。", (GUAM,), ("[D-9-9]",), JA, "[D-9-9] is not a number", id="unknown-marker"),
        pytest.param("両国は基地を使う。", (DJIBOUTI,), (), JA, "D-1-6 was not given", id="not-given"),
        pytest.param("D-1-99 は基地を使うとする。", (GUAM,), (), JA, "there is no D-1-99", id="unknown-in-the-text"),
        pytest.param("D-1-6 は基地を使うとする。", (GUAM,), (), JA, "speaks of D-1-6", id="another-in-the-text"),
        pytest.param("They use the base.", (GUAM,), (), JA, "language", id="english-for-japanese"),
        pytest.param("両国は基地を使う。", (GUAM,), (), EN, "language", id="japanese-for-english"),
        pytest.param("两国应共同使用关岛基地。", (GUAM,), (), JA, "language", id="chinese-for-japanese"),
        pytest.param("Ryokoku wa Guam no kichi wo tsukau desu.", (GUAM,), (), EN, "language", id="romanised"),
        pytest.param("使う![x](http://x.example/y)。", (GUAM,), (), JA, "markup", id="picture"),
        pytest.param("使う[ここ](http://x.example)。", (GUAM,), (), JA, "markup", id="link"),
        pytest.param("使う<img src=x>。", (GUAM,), (), JA, "markup", id="tag"),
        pytest.param("基地を" * 300, (GUAM,), (), JA, "too long", id="endless-sentence"),
        pytest.param("Visit www.example.com now.", (GUAM,), (), EN, "markup", id="address"),
    ],
)
def test_what_is_not_in_order_is_not_shown(lenient, text, cited, unknown, language, said):
    """Whatever the check of sentences would say, the fault is named and there is no statement."""
    judged = lenient(Marked(text, cited, unknown), {GUAM}, language)
    assert judged.statement is None
    assert said in "; ".join(judged.faults)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("提言は「グアム基地の日米共同使用を進めよ」とする。", JA, id="verbatim"),
        pytest.param("The base on Guam (グアム基地) is to be used jointly.", EN, id="original-term-in-english"),
        pytest.param("D-1-5 はグアム基地の共同使用を求める。", JA, id="names-what-it-cites"),
    ],
)
def test_what_is_in_order_is_shown(lenient, text, language):
    """A verbatim quotation, an original term and the number that is cited are no faults."""
    judged = lenient(Marked(text, (GUAM,)), {GUAM}, language)
    assert judged.faults == ()
    assert judged.statement.text == text


def test_too_many_numbers_say_nothing(lenient, proposal):
    """A sentence that cites a whole section rests on nothing in particular."""
    section = tuple(list(proposal.passages)[2:7])
    assert "more than" in lenient(Marked("両国は協力する。", section), section, JA).faults[0]


def test_the_check_decides(proposal):
    """The faults that the check of sentences finds are the sentence's."""
    judge = _judge(proposal, lambda *_: Verdict(("an altered figure",)))
    assert judge(Marked("両国は基地を使う。", (GUAM,)), {GUAM}, JA).faults == ("an altered figure",)
    without_support = _judge(proposal, lambda *_: Verdict(()))
    assert without_support(Marked("両国は基地を使う。", (GUAM,)), {GUAM}, JA).statement is None


def test_a_number_too_many_is_not_shown(proposal):
    """Only the passages on which a sentence rests are cited."""
    text = proposal.passages[GUAM].points[0].text.ja
    judged = _judge(proposal, PointCheck(proposal))(Marked(text, (DJIBOUTI, GUAM)), {GUAM, DJIBOUTI}, JA)
    assert judged.statement.passage_ids == (GUAM,)
