"""A follow-up says what it points to: the last answer, the numbers around it, the first subject, or something new."""

from __future__ import annotations

import pytest

from assistant import conversation
from assistant.domain import Message, PassageId, Thread


def user(text):
    """What the reader said."""
    return Message("user", text)


def answer(text):
    """What the assistant said."""
    return Message("assistant", text)


def ids(text):
    """The passage ids printed in a text, in its order."""
    return tuple(map(PassageId.parse, text.split()))


STANDS_JA = "ヨルダンとの情報協力について提言は何と言っていますか"
STANDS_EN = "What does the proposal recommend on cooperation with Jordan?"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("それはどうしてですか", id="that-ja"),
        pytest.param("もっと詳しく教えて", id="more-ja"),
        pytest.param("誰が費用を払うの", id="who-ja"),
        pytest.param("関東空域は？", id="bare-topic-ja"),
        pytest.param("じゃあ横田についてはどう？", id="then-ja"),
        pytest.param("同じことを韓国にも頼むのか", id="the-same-ja"),
        pytest.param("Why?", id="why-en"),
        pytest.param("And by whom?", id="and-en"),
        pytest.param("How about Yokota?", id="how-about-en"),
        pytest.param("Would they agree to it?", id="pronouns-en"),
        pytest.param("Are those costs shared?", id="those-en"),
        pytest.param("それは　ＮＡＴＯ　も？", id="full-width"),
        pytest.param("？", id="no-words-ja"),
        pytest.param("Is it?", id="no-words-en"),
        pytest.param("", id="empty"),
    ],
)
def test_few_words_that_point_back_cannot_stand_alone(text):
    """A question with few words of its own, or none, that points back leans on the conversation."""
    assert conversation.depends_on_conversation(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(STANDS_JA, id="subject-ja"),
        pytest.param("横田空域の返還を求めていますか", id="short-subject-ja"),
        pytest.param("その構想で豪州とインドは海上訓練や装備移転にどんな役割を期待されますか", id="many-words-ja"),
        pytest.param(STANDS_EN, id="subject-en"),
        pytest.param("Should Japan buy Tomahawk missiles?", id="short-subject-en"),
        pytest.param(
            "Does this plan say how Tokyo should react to artificial islands near Vietnam and Malaysia?",
            id="many-words-en",
        ),
        pytest.param("Bitcoin mining in Siberia", id="theme-en"),
        pytest.param("D-1-5", id="number"),
    ],
)
def test_a_question_with_its_own_subject_stands_alone(text):
    """A subject of its own, or many words beside the pointing one, need nothing from before."""
    assert not conversation.depends_on_conversation(text)


@pytest.mark.parametrize(
    ("asked", "standing"),
    [
        pytest.param([STANDS_JA], STANDS_JA, id="the-only-one-ja"),
        pytest.param([STANDS_JA, "それはなぜ？", "もっと"], STANDS_JA, id="before-follow-ups-ja"),
        pytest.param([STANDS_EN, "Why?", "Who pays for it?"], STANDS_EN, id="before-follow-ups-en"),
        pytest.param([STANDS_JA, STANDS_EN, "Why?"], STANDS_EN, id="the-last-that-stands"),
        pytest.param(["Why?", "もっと"], "Why?", id="none-stands-so-the-first"),
        pytest.param([], "", id="nothing-asked"),
    ],
)
def test_the_last_standing_question_is_kept(asked, standing):
    """Follow-ups are skipped back to the last question that stands alone, else the first of all."""
    history = [message for text in asked for message in (user(text), answer(STANDS_EN))]
    assert conversation.last_standing_question(history) == standing


def test_no_thread_at_the_beginning():
    """The first question of a conversation leans on nothing."""
    assert conversation.read_thread((), "それはなぜ？") is None


def test_a_thread_keeps_the_numbers_cited():
    """The numbers of the last answer that cites, of those before it and of the first are told apart, each once."""
    history = (
        user(STANDS_EN),
        answer("Joint use [D-1-5], also [A-2]. As said, joint use [D-1-5]."),
        user("What about pirates?"),
        answer("A base [D-1-6]; joint use [D-1-5]."),
        user("Why?"),
        answer("An overview stands in [intro-1] and [E-10]."),
        user("[F-4]?"),
        answer("The proposal does not say."),
    )
    assert conversation.read_thread(history, "Who pays for it?") == Thread(
        asked="[F-4]?",
        just_cited=ids("intro-1 E-10"),
        cited_before=ids("D-1-5 A-2 D-1-6"),
        first_cited=ids("D-1-5 A-2"),
        depends=True,
    )


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        pytest.param("日米で使う。[D-1-5]", "D-1-5", id="marker-ja"),
        pytest.param("Shared [A-1][A-3].", "A-1 A-3", id="two-markers"),
        pytest.param("[E-10] and [E-1]", "E-10 E-1", id="two-digits"),
        pytest.param("See D-1-5 and (A-1).", "", id="no-brackets"),
        pytest.param("[G-1] [intro] [D] [see A-1]", "", id="no-markers"),
        pytest.param("そのような提言はありません。", "", id="nothing-cited"),
    ],
)
def test_numbers_cited_are_those_in_brackets(said, cited):
    """Only a whole number in square brackets is a citation; with a single answer nothing comes before it."""
    thread = conversation.read_thread((user(STANDS_JA), answer(said)), "もっと")
    assert (thread.just_cited, thread.first_cited, thread.cited_before) == (ids(cited), ids(cited), ())


@pytest.mark.parametrize(
    ("text", "depends"),
    [
        pytest.param("それはなぜ？", True, id="follow-up-ja"),
        pytest.param("話は変わりますが、それはなぜ？", False, id="new-subject-ja"),
        pytest.param("How about Yokota?", True, id="follow-up-en"),
        pytest.param("By the way, who wrote this?", False, id="new-subject-en"),
        pytest.param(STANDS_JA, False, id="stands-ja"),
        pytest.param(STANDS_EN, False, id="stands-en"),
    ],
)
def test_a_thread_tells_whether_the_question_depends(text, depends):
    """A question that says it is about something else leans on nothing, however short."""
    assert conversation.read_thread((user(STANDS_EN), answer("[A-1]")), text).depends is depends


@pytest.mark.parametrize(
    ("text", "by"),
    [
        pytest.param("次は？", 1, id="next-ja"),
        pytest.param("その次の提言をお願いします", 1, id="the-next-item-ja"),
        pytest.param("では、次の項目について教えて", 1, id="then-next-ja"),
        pytest.param("続けて次をお願い", 1, id="go-on-ja"),
        pytest.param("ひとつ後ろの番号は", 1, id="one-further-ja"),
        pytest.param("Next", 1, id="next-en"),
        pytest.param("And the next one?", 1, id="next-one-en"),
        pytest.param("Show me the following recommendation", 1, id="following-en"),
        pytest.param("What does the one right after say?", 1, id="right-after-en"),
        pytest.param("OK, what's next?", 1, id="whats-next-en"),
        pytest.param("一つ前の提言は？", -1, id="previous-ja"),
        pytest.param("その前は？", -1, id="the-one-before-ja"),
        pytest.param("すぐ手前の項目を見せて", -1, id="just-before-ja"),
        pytest.param("The previous one, please", -1, id="previous-en"),
        pytest.param("What did the preceding item say?", -1, id="preceding-en"),
        pytest.param("Go one back", -1, id="one-back-en"),
        pytest.param("What was the one just before?", -1, id="just-before-en"),
        pytest.param("次期中期防とは何ですか", None, id="next-programme-ja"),
        pytest.param("次世代の専門家をどう育てる？", None, id="next-generation-ja"),
        pytest.param("次の大統領でも続きますか", None, id="next-president-ja"),
        pytest.param("日本は自前のものを造るのですか", None, id="of-its-own-ja"),
        pytest.param("以前の提言と何が変わりましたか", None, id="former-ja"),
        pytest.param("政権の前はどうだった", None, id="before-in-time-ja"),
        pytest.param("What comes next for the TPP?", None, id="next-in-time-en"),
        pytest.param("How much over the next five years?", None, id="next-years-en"),
        pytest.param("What did the previous administration do?", None, id="previous-administration-en"),
        pytest.param("Was there a summit before?", None, id="before-in-time-en"),
        pytest.param("", None, id="empty"),
    ],
)
def test_a_step_is_told_from_other_nexts(text, by):
    """The recommendation after or before is asked for, not what is next or former in the subject itself."""
    assert conversation.step_asked(text) == (by or 0)


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        pytest.param("別の質問です。関税は？", True, id="another-question-ja"),
        pytest.param("話は変わりますが、関税は？", True, id="change-ja"),
        pytest.param("ところで誰が書いたの？", True, id="by-the-way-ja"),
        pytest.param("なるほど。ところで、誰が書いたの？", True, id="by-the-way-after-a-sentence-ja"),
        pytest.param("By the way, who wrote it?", True, id="by-the-way-en"),
        pytest.param("On a different topic: tariffs?", True, id="different-topic-en"),
        pytest.param("Changing the subject - tariffs?", True, id="change-en"),
        pytest.param("別の提言にもありますか", False, id="another-recommendation-ja"),
        pytest.param("ほかのところでも触れていますか", False, id="in-other-places-ja"),
        pytest.param("結局のところで言うと賛成ですか", False, id="after-all-ja"),
        pytest.param("What is different about E-3?", False, id="different-en"),
        pytest.param("Does another recommendation agree?", False, id="another-recommendation-en"),
        pytest.param("Is there a new strategy?", False, id="new-strategy-en"),
    ],
)
def test_a_new_subject_is_said_to_be_one(text, anew):
    """Only words that change the subject end the thread; 「ところで」 inside another word does not."""
    assert conversation.starts_anew(text) is anew


@pytest.mark.parametrize(
    ("text", "back", "first"),
    [
        pytest.param("さっきの話をもう少し", True, False, id="just-now-ja"),
        pytest.param("グアムに戻ると、費用は？", True, False, id="back-to-ja"),
        pytest.param("炭素税に戻るけど、税率は？", True, False, id="returning-ja"),
        pytest.param("最初の質問に戻って", True, True, id="first-ja"),
        pytest.param("冒頭に聞いた件はどうなりましたか", True, True, id="beginning-ja"),
        pytest.param("Back to Guam: who pays?", True, False, id="back-to-en"),
        pytest.param("Let's return to the earlier topic", True, False, id="return-en"),
        pytest.param("Thanks. Going back to sanctions, are there any?", True, False, id="going-back-en"),
        pytest.param("What was the first thing I asked?", True, True, id="first-en"),
        pytest.param("Can we go back to what we started with?", True, True, id="started-with-en"),
        pytest.param("米国はTPPに戻るべきですか", False, False, id="return-to-a-treaty-ja"),
        pytest.param("基地はいつ日本に戻りますか", False, False, id="return-of-a-base-ja"),
        pytest.param("Should the United States return to the TPP?", False, False, id="return-to-a-treaty-en"),
        pytest.param("Can Yokota be given back to Japan?", False, False, id="give-back-en"),
        pytest.param("最初に動くのは米国ですか", False, True, id="who-moves-first-ja"),
        pytest.param("Who acts first?", False, True, id="who-acts-first-en"),
        pytest.param("Who pays?", False, False, id="neither-en"),
    ],
)
def test_going_back_is_told_from_other_returns(text, back, first):
    """Readers go back to a subject; what a country goes back to is a question of its own."""
    assert conversation.goes_back(text) is back
    assert conversation.goes_back_to_the_first(text) is first


@pytest.mark.parametrize(
    ("text", "again"),
    [
        pytest.param("もっと短くして", True, id="shorter-ja"),
        pytest.param("一文でお願いします", True, id="one-sentence-ja"),
        pytest.param("原文を見せて", True, id="original-ja"),
        pytest.param("今のを英語でお願い", True, id="in-english-ja"),
        pytest.param("表にしてください", True, id="table-ja"),
        pytest.param("もう一度言って", True, id="again-ja"),
        pytest.param("そのまま引用して", True, id="quote-ja"),
        pytest.param("Shorter, please.", True, id="shorter-en"),
        pytest.param("As bullet points?", True, id="bullets-en"),
        pytest.param("Can you put that in a table?", True, id="table-en"),
        pytest.param("Make it a short table", True, id="short-table-en"),
        pytest.param("In Japanese, please", True, id="in-japanese-en"),
        pytest.param("What is the exact wording?", True, id="wording-en"),
        pytest.param("Could you rephrase that in simpler words?", True, id="rephrase-en"),
        pytest.param("代表に誰が選ばれる？", False, id="representative-ja"),
        pytest.param("いつ公表になりますか", False, id="announced-ja"),
        pytest.param("共同発表に何とある？", False, id="announcement-ja"),
        pytest.param("英語の教育には触れている？", False, id="english-lessons-ja"),
        pytest.param("What options are on the table?", False, id="on-the-table-en"),
        pytest.param("Who sits at the negotiating table?", False, id="negotiating-table-en"),
        pytest.param("How long are the talks?", False, id="long-en"),
        pytest.param("Are English lessons proposed?", False, id="english-lessons-en"),
    ],
)
def test_another_form_of_the_answer_is_asked_for(text, again):
    """Shorter, verbatim, in the other language: the last answer is wanted again, not something new."""
    assert conversation.asks_for_another_form(text) is again


@pytest.mark.parametrize(
    ("text", "doubted"),
    [
        pytest.param("本当ですか", True, id="really-ja"),
        pytest.param("それ、確かなの？", True, id="certain-ja"),
        pytest.param("読み間違いではありませんか", True, id="misread-ja"),
        pytest.param("そう書いてあるの？", True, id="written-ja"),
        pytest.param("Are you sure?", True, id="sure-en"),
        pytest.param("Really?", True, id="really-en"),
        pytest.param("Is that right?", True, id="right-en"),
        pytest.param("Please double-check", True, id="check-en"),
        pytest.param("本当の狙いは何", False, id="true-aim-ja"),
        pytest.param("抑止を確かにする手段は？", False, id="make-certain-ja"),
        pytest.param("どこに書いてある", False, id="where-ja"),
        pytest.param("Is a right of self-defense named?", False, id="a-right-en"),
        pytest.param("How can Japan be certain of help?", False, id="certain-en"),
        pytest.param("What is the real aim?", False, id="real-en"),
    ],
)
def test_a_doubt_is_about_the_answer(text, doubted):
    """Whether the assistant read correctly is a doubt; what is true or certain in the subject is not."""
    assert conversation.doubts(text) is doubted


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        pytest.param("ほかにもありますか", True, id="others-ja"),
        pytest.param("別の箇所でも触れている？", True, id="another-place-ja"),
        pytest.param("似た提言は？", True, id="similar-ja"),
        pytest.param("Is it mentioned anywhere else?", True, id="anywhere-else-en"),
        pytest.param("Are there similar ones?", True, id="similar-en"),
        pytest.param("Do other recommendations agree?", True, id="other-en"),
        pytest.param("他国の反応は？", False, id="other-countries-ja"),
        pytest.param("特別な予算は？", False, id="special-ja"),
        pytest.param("What do other countries say?", False, id="other-countries-en"),
        pytest.param("Where else could bases go?", False, id="where-else-en"),
    ],
)
def test_other_passages_are_asked_for(text, elsewhere):
    """Other passages on the same subject are asked for, not other countries or special things."""
    assert conversation.asks_elsewhere(text) is elsewhere


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        pytest.param("いや、沖縄の話です", True, id="no-ja"),
        pytest.param("違います、韓国のほうです", True, id="wrong-ja"),
        pytest.param("中国じゃなくて韓国", True, id="not-but-ja"),
        pytest.param("知りたいのは炭素税のことです", True, id="about-ja"),
        pytest.param("No, I meant Okinawa", True, id="no-en"),
        pytest.param("Sorry, the one on steel", True, id="sorry-en"),
        pytest.param("Not China, Korea", True, id="not-en"),
        pytest.param("I was asking about steel", True, id="asking-en"),
        pytest.param("違いは何ですか", False, id="difference-ja"),
        pytest.param("違いを表にして", False, id="difference-object-ja"),
        pytest.param("日本の責任ではないのですか", False, id="negative-question-ja"),
        pytest.param("負担が重すぎるんじゃないの？", False, id="negative-question-colloquial-ja"),
        pytest.param("サイバーだけではなく宇宙もですか", False, id="not-only-ja"),
        pytest.param("それはTPPのことですか", False, id="is-it-about-ja"),
        pytest.param("Why not the Philippines?", False, id="why-not-en"),
        pytest.param("Is it notable?", False, id="notable-en"),
        pytest.param("Would Moscow say no?", False, id="say-no-en"),
        pytest.param("What does mutual trust mean?", False, id="mean-en"),
    ],
)
def test_a_correction_is_told_from_a_question(text, corrected):
    """Something else was meant; a question in the negative, or for a difference, corrects nothing."""
    assert conversation.corrects(text) is corrected


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        pytest.param("海外ではなく沖縄", "沖縄", id="not-but-ja"),
        pytest.param("いや、中国じゃなくて韓国の話です", "いや、 韓国の話です", id="after-a-comma-ja"),
        pytest.param("グアムではない方の基地です", "の基地です", id="the-other-one-ja"),
        pytest.param("Not China, Korea", ", Korea", id="not-en"),
        pytest.param("I meant Okinawa, not the base on Guam.", "I meant Okinawa,  .", id="at-the-end-en"),
        pytest.param("not about steel but about energy", "but about energy", id="but-en"),
        pytest.param("沖縄の話です", "沖縄の話です", id="nothing-rejected-ja"),
        pytest.param("The one on energy", "The one on energy", id="nothing-rejected-en"),
        pytest.param("中国ではなく", "中国ではなく", id="nothing-left-ja"),
        pytest.param("Not China", "Not China", id="nothing-left-en"),
    ],
)
def test_what_is_rejected_is_dropped(text, meant):
    """What was not meant is not searched for, unless nothing else is said."""
    assert conversation.without_what_is_rejected(text) == meant


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        pytest.param("そのうち日本だけのものは", True, id="among-ja"),
        pytest.param("その中で一番急ぐのは？", True, id="among-them-ja"),
        pytest.param("二つ目をもっと詳しく", True, id="second-ja"),
        pytest.param("3番目は？", True, id="third-ja"),
        pytest.param("最後のやつ", True, id="last-ja"),
        pytest.param("Which of these is urgent?", True, id="of-these-en"),
        pytest.param("Tell me about the second one", True, id="second-en"),
        pytest.param("And the last?", True, id="last-en"),
        pytest.param("その中国への対応は？", False, id="that-china-ja"),
        pytest.param("その中東での役割は", False, id="that-middle-east-ja"),
        pytest.param("最後の手段は何", False, id="last-resort-ja"),
        pytest.param("第2次政権では？", False, id="second-administration-ja"),
        pytest.param("What changed over the last decade?", False, id="last-decade-en"),
        pytest.param("Is it the last resort?", False, id="last-resort-en"),
        pytest.param("Is there a second summit?", False, id="second-summit-en"),
    ],
)
def test_picking_among_the_cited_is_recognised(text, picked):
    """One or some of the passages just cited are meant, not the last decade nor China."""
    assert conversation.picks_among(text) is picked
