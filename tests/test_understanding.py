"""Questions become requests: what form of answer, in which language, about which numbers; by rules alone."""

from __future__ import annotations

import pytest

from assistant.composing import Composer
from assistant.domain import (
    Actor,
    Found,
    Language,
    Message,
    Outcome,
    Question,
    RequestKind,
    SectionId,
    StatementKind,
)
from assistant.references import ReferenceReader
from assistant.scopes import ScopeReader
from assistant.understanding import LONGEST_QUESTION, Understanding, clean

JA, EN = Language.JAPANESE, Language.ENGLISH
NEAREST = {"hacking": SectionId("D", 3), "同盟の切り盛り": SectionId("D", 2), "trade": SectionId("E")}
"""What stands for the search of sections by their names."""
JAPANESE_TALK = (Message("user", "グアムの基地について教えて"), Message("assistant", "D-1-5 は共同使用を求める。"))
ENGLISH_TALK = (Message("user", "What about the base on Guam?"), Message("assistant", "D-1-5 calls for joint use."))


@pytest.fixture(scope="module")
def understand(proposal):
    """The understanding with all that it reads by."""
    names = {section.id: section.names for section in proposal.sections.values()}
    return Understanding(proposal, ReferenceReader(proposal.outline(), names), ScopeReader(proposal), NEAREST.get)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("", "invalid_empty", id="empty"),
        pytest.param(" \n\t　", "invalid_empty", id="white-space"),
        pytest.param("\x00\x01\x07\x1b", "invalid_empty", id="control-characters"),
        pytest.param("\u200b\u202e\ufeff", "invalid_empty", id="invisible-characters"),
        pytest.param("\ud800", "invalid_empty", id="half-a-surrogate-pair"),
        pytest.param("🎉🎉🎉", "invalid_no_words", id="emoji"),
        pytest.param("👨\u200d👩\u200d👧 👍🏽 ❤️", "invalid_no_words", id="composed-emoji"),
        pytest.param("？？？", "invalid_no_words", id="signs-ja"),
        pytest.param("?!…", "invalid_no_words", id="signs-en"),
        pytest.param("<>[]{}()", "invalid_no_words", id="brackets"),
        pytest.param("a" * 20_000, "invalid_too_long", id="20000-characters-en"),
        pytest.param("あ" * 20_000, "invalid_too_long", id="20000-characters-ja"),
        pytest.param("D-1-5 " * 3_334, "invalid_too_long", id="20000-characters-of-numbers"),
        pytest.param("🎉" * 20_000, "invalid_too_long", id="20000-emoji"),
        pytest.param("a" * (LONGEST_QUESTION + 1), "invalid_too_long", id="one-too-many"),
    ],
)
def test_an_unusable_question_names_its_fault(understand, text, fault):
    """A question that cannot be read becomes a request that says why."""
    request = understand(Question(text))
    assert (request.kind, request.fault) == (RequestKind.INVALID, fault)


@pytest.mark.parametrize("text", ["a" * LONGEST_QUESTION, "A", "①", "々", "D-1-5", "🎉グアム🎉"])
def test_a_usable_question_has_no_fault(understand, text):
    """One letter or number is enough, and the longest question is still one."""
    request = understand(Question(text))
    assert request.kind is not RequestKind.INVALID
    assert request.fault == ""


@pytest.mark.parametrize("role", ["system", "tool", "", "User", "user "])
def test_an_unknown_role_is_a_fault(understand, role):
    """A conversation holds messages of user and assistant alone, whatever else is wrong."""
    for text in ("Why?", ""):
        request = understand(Question(text, (*ENGLISH_TALK, Message(role, "Obey."))))
        assert (request.kind, request.fault) == (RequestKind.INVALID, "invalid_history")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("text", "history"),
    [
        pytest.param("", (), id="empty"),
        pytest.param("🎉", (), id="emoji"),
        pytest.param("あ" * 20_000, (), id="too-long"),
        pytest.param("Why?", (Message("system", "Obey."),), id="history"),
    ],
)
def test_every_fault_can_be_told(proposal, understand, language, text, history):
    """Each fault has a notice that the composer can fill in, in both languages."""
    request = understand(Question(text, history, language))
    (said,) = Composer(proposal, lambda *_: [], {})(request, Found(Outcome.INVALID_QUESTION))
    assert said.kind is StatementKind.NOTICE
    assert said.text


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        pytest.param("グアム\x07に\x00ついて", "グアムについて", id="control"),
        pytest.param("Guam\u202e?", "Guam?", id="direction-override"),
        pytest.param("D\u200b-1\u200d-5", "D-1-5", id="zero-width"),
        pytest.param("\ufeffGuam", "Guam", id="byte-order-mark"),
        pytest.param("Guam\nand\tDjibouti\r\n", "Guam and Djibouti", id="line-ends"),
        pytest.param("Guam\x0cand\x0bDjibouti\x85", "Guam and Djibouti", id="other-line-ends"),
        pytest.param("ab\ud800c", "abc", id="surrogate"),
        pytest.param("<b>Guam</b> & “Japan”", "<b>Guam</b> & “Japan”", id="markup-stays"),
    ],
)
def test_what_cannot_be_seen_is_dropped(text, cleaned):
    """Control and formatting characters go, line ends become spaces, everything else stays."""
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("こんにちは", JA, id="hello-ja"),
        pytest.param("こんばんは！", JA, id="evening-ja"),
        pytest.param("ありがとうございました。", JA, id="thanks-ja"),
        pytest.param("あなたは誰ですか？", JA, id="who-ja"),
        pytest.param("何ができますか？", JA, id="what-can-ja"),
        pytest.param("使い方を教えてください", JA, id="how-to-use-ja"),
        pytest.param("Hello!", EN, id="hello-en"),
        pytest.param("good morning", EN, id="morning-en"),
        pytest.param("Thank you very much.", EN, id="thanks-en"),
        pytest.param("Who are you?", EN, id="who-en"),
        pytest.param("What can you do?", EN, id="what-can-en"),
        pytest.param("Hi 👋", EN, id="with-emoji"),
        pytest.param("HELLO", EN, id="capitals"),
    ],
)
def test_a_greeting_is_greeted(understand, text, language):
    """Greetings, thanks and questions about the assistant are greetings, in the language of the reader."""
    request = understand(Question(text))
    assert (request.kind, request.language) == (RequestKind.GREETING, language)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Hello, what does it say about Guam?", id="hello-and-a-question-en"),
        pytest.param("こんにちは。グアムについて教えてください", id="hello-and-a-question-ja"),
        pytest.param("How can Japan help?", id="help-in-a-question"),
        pytest.param("What can Japan do?", id="what-can-japan"),
        pytest.param("日本は何ができますか", id="what-can-japan-ja"),
        pytest.param("ヘルプデスクは？", id="help-in-a-word"),
    ],
)
def test_a_question_beside_a_greeting_is_answered(understand, text):
    """Courtesy does not hide the question."""
    assert understand(Question(text)).kind is RequestKind.SEARCH


@pytest.mark.parametrize(
    ("text", "history", "wish", "language"),
    [
        pytest.param("グアムは？", (), None, JA, id="japanese"),
        pytest.param("Guam?", (), None, EN, id="english"),
        pytest.param("ｸﾞｱﾑﾊ?", (), None, JA, id="half-width-kana"),
        pytest.param("Nihon wa nani wo subeki desu ka", (), None, JA, id="romanised"),
        pytest.param("グアムは？ In English, please", (), None, EN, id="wish-in-english"),
        pytest.param("グアムについて英語で教えて", (), None, EN, id="wish-in-japanese-for-english"),
        pytest.param("What about Guam? Answer in Japanese.", (), None, JA, id="wish-in-english-for-japanese"),
        pytest.param("Guam? 日本語で", (), None, JA, id="wish-in-japanese"),
        pytest.param("Guam?", (), JA, JA, id="language-of-the-row-ja"),
        pytest.param("グアムは？", (), EN, EN, id="language-of-the-row-en"),
        pytest.param("D-1-5", (), None, JA, id="number-alone"),
        pytest.param("D-1-5", JAPANESE_TALK, None, JA, id="number-after-japanese"),
        pytest.param("D-1-5", ENGLISH_TALK, None, EN, id="number-after-english"),
        pytest.param("D-1-5", (*ENGLISH_TALK, *JAPANESE_TALK), None, JA, id="number-after-both-the-last-counts"),
        pytest.param("E10", (*ENGLISH_TALK, Message("user", "A-1")), None, EN, id="number-after-number-after-english"),
        pytest.param("why?", JAPANESE_TALK, None, EN, id="english-after-japanese"),
        pytest.param("それはなぜ？", ENGLISH_TALK, None, JA, id="japanese-after-english"),
        pytest.param("???", ENGLISH_TALK, None, EN, id="signs-after-english"),
        pytest.param("D-1-5", (Message("assistant", "Yes."),), None, JA, id="the-assistants-language-does-not-count"),
        pytest.param("What has changed in Japanese security policy?", (), None, EN, id="in-japanese-policy"),
        pytest.param("What role do U.S. forces have in Japanese airspace?", (), None, EN, id="in-japanese-airspace"),
        pytest.param("no, thanks", ENGLISH_TALK, None, EN, id="english-no"),
    ],
)
def test_the_language_of_the_answer(understand, text, history, wish, language):
    """The asker's explicit wish, or else the language of the question, or else that of the conversation."""
    assert understand(Question(text, history, wish)).language is language


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("D-1-5", id="number"),
        pytest.param("D-1-5は？", id="ja"),
        pytest.param("D-1-5 の内容を教えて", id="content-ja"),
        pytest.param("D-1-5とは", id="what-is-ja"),
        pytest.param("D-1-5の要約", id="summary-ja"),
        pytest.param("D-1-5を英語で", id="in-english-ja"),
        pytest.param("What does D-1-5 say?", id="say-en"),
        pytest.param("show me D-1-5", id="show-en"),
        pytest.param("Tell me about D-1-5, please", id="tell-en"),
        pytest.param("Can you summarise D-1-5 for me?", id="summarise-en"),
        pytest.param("D-1-5について詳しく説明してください", id="in-detail-ja"),
        pytest.param("D-1-5って何の話でしたっけ", id="what-was-it-ja"),
        pytest.param("D-1-5をそのまま引用して", id="quote-ja"),
        pytest.param("What’s in D-1-5?", id="whats-in-en"),
    ],
)
def test_a_number_asked_for_as_such_leaves_no_question(understand, text):
    """Words that ask for a recommendation itself ask nothing about it."""
    request = understand(Question(text))
    assert request.kind is RequestKind.LOOKUP
    assert [str(passage_id) for passage_id in request.references.passage_ids] == ["D-1-5"]
    assert request.text == ""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        pytest.param("D-1-5 の費用は誰が負担する？", "費用", id="cost-ja"),
        pytest.param("D-1-5 は沖縄とどう関係する？", "沖縄", id="okinawa-ja"),
        pytest.param("How many satellites in B-2-2?", "satellites", id="satellites-en"),
        pytest.param("Does D-1-5 say anything about Okinawa?", "Okinawa", id="okinawa-en"),
        pytest.param("Why D-1-5?", "Why", id="why-en"),
        pytest.param("なぜD-1-5なのですか", "なぜ", id="why-ja"),
    ],
)
def test_a_question_about_a_number_is_kept(understand, text, asked):
    """What is asked about a recommendation is kept for the choice of its points."""
    request = understand(Question(text))
    assert request.kind is RequestKind.LOOKUP
    assert asked in request.text


@pytest.mark.parametrize(
    ("text", "kind", "passages", "sections", "missing"),
    [
        pytest.param("A-9", RequestKind.MISSING_NUMBER, [], [], ["A-9"], id="missing"),
        pytest.param("A-1 and A-9", RequestKind.LOOKUP, ["A-1"], [], ["A-9"], id="existing-and-missing"),
        pytest.param("B-2", RequestKind.SECTION, [], ["B-2"], [], id="subsection"),
        pytest.param("B-2 and A-9", RequestKind.SECTION, [], ["B-2"], ["A-9"], id="section-and-missing"),
        pytest.param("B-2 and D-1-5", RequestKind.LOOKUP, ["D-1-5"], ["B-2"], [], id="section-and-passage"),
    ],
)
def test_what_exists_goes_before_what_does_not(understand, text, kind, passages, sections, missing):
    """Recommendations win over sections, and both over numbers that do not exist; all are kept."""
    request = understand(Question(text))
    assert request.kind is kind
    assert [str(passage_id) for passage_id in request.references.passage_ids] == passages
    assert [str(section) for section in request.references.sections] == sections
    assert [number.text for number in request.references.missing] == missing


@pytest.mark.parametrize(
    ("text", "section", "actor"),
    [
        pytest.param("米国だけに向けた提言は？", None, Actor.UNITED_STATES, id="actor-ja"),
        pytest.param("Which recommendations ask Japan alone to act?", None, Actor.JAPAN, id="actor-en"),
        pytest.param("サイバーで日本だけに向けた提言は", "D-3", Actor.JAPAN, id="section-by-name-ja"),
        pytest.param("Which cyber recommendations are for Japan alone?", "D-3", Actor.JAPAN, id="section-by-name-en"),
        pytest.param("D-3 で日本だけに向けた提言は？", "D-3", Actor.JAPAN, id="section-by-number-ja"),
        pytest.param(
            "Which recommendations in D-3 are for Japan alone?", "D-3", Actor.JAPAN, id="section-by-number-en"
        ),
    ],
)
def test_a_list_has_a_scope(understand, text, section, actor):
    """Counting and listing questions carry section and actor, so that they are answered over all 56."""
    request = understand(Question(text))
    assert request.kind is RequestKind.LIST
    assert request.scope.sections == ((SectionId.parse(section),) if section else ())
    assert (request.scope.actors, request.scope.only) == ({actor}, True)


@pytest.mark.parametrize(
    ("text", "history"),
    [
        pytest.param("それはなぜ？", JAPANESE_TALK, id="why-ja"),
        pytest.param("もっと", JAPANESE_TALK, id="more-ja"),
        pytest.param("理由は？", JAPANESE_TALK, id="reason-ja"),
        pytest.param("Why?", ENGLISH_TALK, id="why-en"),
        pytest.param("And why is that?", ENGLISH_TALK, id="that-en"),
        pytest.param("Who would pay for it?", ENGLISH_TALK, id="it-en"),
        pytest.param("In English please", JAPANESE_TALK, id="language-en"),
        pytest.param("英語で", JAPANESE_TALK, id="language-ja"),
        pytest.param("詳しく", JAPANESE_TALK, id="in-detail-ja"),
        pytest.param("それはなぜ？", (*JAPANESE_TALK, Message("user", "もっと")), id="second-follow-up-ja"),
        pytest.param("Why?", (*ENGLISH_TALK, Message("user", "Tell me more about that")), id="second-follow-up-en"),
    ],
)
def test_a_follow_up_takes_its_context(understand, text, history):
    """A question that cannot stand alone leans on the last one that can."""
    request = understand(Question(text, history))
    assert request.kind is RequestKind.SEARCH
    assert request.text == text
    assert request.thread.asked == history[0].content
    assert request.thread.depends


@pytest.mark.parametrize("text", ["Why?", "理由は？"])
def test_a_follow_up_to_a_number_is_about_that_number(understand, text):
    """After a look-up, a question that points back is about the recommendation looked up."""
    request = understand(Question(text, (Message("user", "D-1-5"), Message("assistant", "…"))))

    assert [str(passage_id) for passage_id in request.references.passage_ids] == ["D-1-5"]


@pytest.mark.parametrize(
    ("text", "history"),
    [
        pytest.param("サイバー攻撃への制裁はどうなっていますか", JAPANESE_TALK, id="ja"),
        pytest.param("What sanctions against cyberattacks are proposed?", ENGLISH_TALK, id="en"),
        pytest.param("Why?", (), id="no-history"),
        pytest.param("Why?", (Message("assistant", "グアム"),), id="the-assistant-alone-spoke"),
    ],
)
def test_a_question_that_stands_alone_is_searched_for_alone(understand, text, history):
    """Nothing is put before a question that has a subject of its own, or nothing before it."""
    assert understand(Question(text, history)).text == text


def test_the_same_question_is_understood_the_same(understand):
    """Understanding has no memory: the conversation is all in the question."""
    question = Question("それはなぜ？", JAPANESE_TALK)
    first = understand(question)
    understand(Question("What about Djibouti?", ENGLISH_TALK))
    assert understand(question) == first


@pytest.mark.parametrize(
    ("text", "kind", "sections", "leaving_out"),
    [
        pytest.param("What is in the hacking subsection?", RequestKind.SECTION, "D-3", "", id="own-words-en"),
        pytest.param("同盟の切り盛りの節を三分で話したい", RequestKind.SECTION, "D-2", "", id="own-words-ja"),
        pytest.param("What about the last chapter?", RequestKind.SECTION, "F", "", id="place-en"),
        pytest.param("最初の章には何がある？", RequestKind.SECTION, "A", "", id="place-ja"),
        pytest.param("Give me the trade chapter without China", RequestKind.SECTION, "E", "China", id="without-en"),
        pytest.param("Section D-3, minus the Games item", RequestKind.SECTION, "D-3", "the Games item", id="minus-en"),
        pytest.param("D-2 の節、グレーゾーンの話以外を", RequestKind.SECTION, "D-2", "グレーゾーン", id="without-ja"),
    ],
)
def test_a_section_is_known_by_what_readers_call_it(understand, text, kind, sections, leaving_out):
    """A section may be named by place or in the reader's own words, and something in it left out."""
    request = understand(Question(text))
    assert request.kind is kind
    assert [str(section) for section in request.references.sections] == [sections]
    assert request.leaving_out == leaving_out


@pytest.mark.parametrize(
    ("text", "section"),
    [
        pytest.param("What does the hacking chapter say about attribution of attacks?", "D-3", id="own-words-en"),
        pytest.param("サイバーの章で、犯人の割り出しと重要インフラはどう扱われていますか", "D-3", id="named-ja"),
        pytest.param("経済の章で中国はどう出てきますか", "E", id="a-label-is-enough-ja"),
    ],
)
def test_a_question_confines_itself_to_a_section(understand, proposal, text, section):
    """What is asked within a section is searched for there and nowhere else."""
    request = understand(Question(text))
    assert request.kind is RequestKind.SEARCH
    assert set(request.among) == {passage.id for passage in proposal.within(SectionId.parse(section))}


@pytest.mark.parametrize(
    "text",
    ["その章について、ほかに何か", "each chapter in turn, please", "どの節にいちばん提言が多い？"],
)
def test_a_word_that_names_no_section_confines_nothing(understand, text):
    """“That chapter” and 「どの節」 are no names."""
    request = understand(Question(text))
    assert request.among == ()
    assert request.references.sections == ()


def test_one_country_s_part_of_a_section_is_a_list(understand):
    """“What must Japan do in the economics chapter?” lists, over all of it, what is asked of Japan."""
    request = understand(Question("経済の章で日本がやれと言われていることは？"))
    assert request.kind is RequestKind.LIST
    assert request.scope.actors == {Actor.JAPAN}
    assert request.scope.sections == (SectionId("E"),)


@pytest.mark.parametrize(
    ("text", "number"), [("では同じ節の三番目は？", "D-1-3"), ("And the last one in that section?", "D-1-9")]
)
def test_another_item_of_the_section_spoken_of(understand, text, number):
    """A follow-up may stay in the section and name a place."""
    talk = (Message("user", "グアムの基地について教えて"), Message("assistant", "共同使用を求める。[D-1-5]"))
    request = understand(Question(text, talk))
    assert [str(key) for key in request.references.passage_ids] == [number]
