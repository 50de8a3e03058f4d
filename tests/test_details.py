"""A question asks for kinds of detail, and a passage gives some: an amount, a date, a name, a place, a wording."""

from __future__ import annotations

import pytest

from assistant.details import Detail, details_asked, details_given
from assistant.domain import Language, PassageId
from assistant.notices import wording

NUMBER, DATE, NAME, PLACE, WORDING = Detail.NUMBER, Detail.DATE, Detail.NAME, Detail.PLACE, Detail.WORDING


@pytest.mark.parametrize(
    ("japanese", "english", "details"),
    [
        pytest.param("拡張にいくらかかりますか", "How much would the expansion take?", {NUMBER}, id="amount"),
        pytest.param("巡視船は何隻必要？", "How many patrol ships are needed?", {NUMBER}, id="count"),
        pytest.param("防衛費はGDPの何％？", "What percentage of GDP goes to defense?", {NUMBER}, id="share"),
        pytest.param("どのくらいの大きさの部隊？", "How large is the unit?", {NUMBER}, id="size"),
        pytest.param("いつ締結されますか", "When will it be signed?", {DATE}, id="when"),
        pytest.param("何年に始まった？", "Which year did it begin?", {DATE}, id="year"),
        pytest.param("期限はありますか", "Is there a deadline?", {DATE}, id="deadline"),
        pytest.param("座長は誰ですか", "Who chairs it?", {NAME}, id="who"),
        pytest.param("どの企業が造りますか", "Which companies build it?", {NAME}, id="company"),
        pytest.param("会合はどこで開かれますか", "Where do they meet?", {PLACE}, id="where"),
        pytest.param("どの港を使う？", "Which port is used?", {PLACE}, id="port"),
        pytest.param("協定の条文はどうなっていますか", "What do the clauses of the pact say?", {WORDING}, id="clause"),
        pytest.param("声明の文言は", "What is the wording of the statement?", {WORDING}, id="wording"),
        pytest.param("いつ、どこで、誰が会いますか", "Who meets when, and where?", {DATE, NAME, PLACE}, id="three"),
        pytest.param("期限までの費用は", "What does it cost by the deadline?", {NUMBER, DATE}, id="two"),
        pytest.param("ＧＤＰの何％", "ＨＯＷ ＭＡＮＹ?", {NUMBER}, id="full-width"),
        pytest.param("韓国に何を求めますか", "What is asked of South Korea?", set(), id="content"),
        pytest.param("なぜロシアと協議するのか", "Why consult with Russia?", set(), id="reason"),
        pytest.param("制裁をどう強めるか", "How should sanctions be tightened?", set(), id="means"),
        pytest.param("", "", set(), id="empty"),
    ],
)
def test_the_details_asked_for_are_read(japanese, english, details):
    """The words of a question tell which kinds of detail it asks for, in both languages alike."""
    assert details_asked(japanese) == details_asked(english) == details


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("somewhere in Asia, whenever needed", id="longer-words"),
        pytest.param("He whole-heartedly renamed the particle", id="parts-of-words"),
        pytest.param("updates to the candidate list", id="date-in-words"),
    ],
)
def test_a_detail_is_asked_for_in_whole_words(text):
    """`where`, `date` or `article` inside another word asks for nothing."""
    assert details_asked(text) == set()


@pytest.mark.parametrize(
    ("passage", "given", "lacking"),
    [
        pytest.param("B-2-2", {NUMBER, DATE, NAME, PLACE}, {WORDING}, id="satellites-and-years"),
        pytest.param("B-2-1", {NUMBER, DATE, NAME, PLACE}, {WORDING}, id="casualties-and-1994"),
        pytest.param("D-1-2", {NUMBER, DATE}, {WORDING}, id="2-percent-by-2024"),
        pytest.param("A-7", {NUMBER}, {DATE, WORDING}, id="one-sixth"),
        pytest.param("A-4", {DATE, PLACE}, {WORDING}, id="agreement-of-2015"),
        pytest.param("D-1-6", {NAME, PLACE}, {NUMBER, DATE}, id="djibouti"),
        pytest.param("C-1", {NAME, PLACE}, {NUMBER, DATE}, id="iran"),
        pytest.param("E-6", set(), {NUMBER, DATE, WORDING}, id="exchange-rate"),
    ],
)
def test_the_details_given_are_read(proposal, passage, given, lacking):
    """A passage gives a kind of detail where at least one stands in its text; a year is no amount."""
    found = details_given(proposal.passages[PassageId.parse(passage)])
    assert given <= found
    assert not lacking & found


def test_no_passage_gives_the_wording_of_a_pact(proposal):
    """The proposal quotes no clause of any agreement."""
    assert [str(passage.id) for passage in proposal.passages.values() if WORDING in details_given(passage)] == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("detail", Detail)
def test_every_detail_can_be_told(detail, language):
    """The value of each kind names a part of the notice that says that it is not given."""
    assert wording(detail, language)
