"""Japanese and English are told apart, and texts that say the same in print fold alike."""

from __future__ import annotations

import pytest

from assistant.domain import Language
from assistant.language import detect_language, fold

JA, EN = Language.JAPANESE, Language.ENGLISH


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("グアムについて何と言っていますか", JA, id="japanese"),
        pytest.param("What does it say about Guam?", EN, id="english"),
        pytest.param("ｸﾞｱﾑﾆﾂｲﾃ", JA, id="half-width-kana"),
        pytest.param("々", JA, id="repetition-mark"),
        pytest.param("How is 北朝鮮 described?", JA, id="one-japanese-word-among-english"),
        pytest.param("NATOとTHAADとTPP", JA, id="acronyms-among-japanese"),
        pytest.param("NATO", EN, id="acronym-alone"),
        pytest.param("Toyota", EN, id="japanese-name-in-latin"),
        pytest.param("Nihon wa nani wo subeki desu ka", JA, id="romanised"),
        pytest.param("Kitachosen ni tsuite oshiete", JA, id="romanised-without-particle-wa"),
        pytest.param("BEIKOKU NO YAKUWARI WA NANI DESU KA", JA, id="romanised-capitals"),
        pytest.param("to be or not to be", EN, id="english-that-shares-to"),
        pytest.param("there is no mention of Taiwan, is there", EN, id="english-that-shares-no"),
        pytest.param("Ｄ－１－５", JA, id="full-width-number"),
        pytest.param("D-1⑤", JA, id="circled-number"),
        pytest.param("D-1-5", None, id="number"),
        pytest.param("???", None, id="signs"),
        pytest.param("", None, id="empty"),
        pytest.param("🎉", None, id="emoji"),
        pytest.param("no, thanks", EN, id="english-no"),
        pytest.param("No to TPP?", EN, id="english-no-to"),
        pytest.param("한국", None, id="hangul-is-not-japanese"),
    ],
)
def test_the_language_of_a_text(text, language):
    """Script tells Japanese, romanised function words tell it too, and a text without words has no language."""
    assert detect_language(text) is language


def test_every_sentence_of_the_corpus_is_told(proposal):
    """The source reads as Japanese and its translation as English, heading by heading and sentence by sentence."""
    for passage in proposal.passages.values():
        for sentence in (passage.heading, *passage.sentences):
            for language in Language:
                assert detect_language(passage.verbatim(sentence.number, language)) is language


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param("ＧＤＰ比２％", "GDP比2%", id="width"),
        pytest.param("ｻｲﾊﾞｰ", "サイバー", id="half-width-kana"),
        pytest.param("America First", "america first", id="case"),
        pytest.param("“America First”", '"America First"', id="double-quotation-marks"),
        pytest.param("Japan’s", "Japan's", id="apostrophe"),
        pytest.param("第 2次\n世界　大戦", "第2次世界大戦", id="white-space"),
    ],
)
def test_what_says_the_same_in_print_folds_alike(text, other):
    """Width, case, quotation marks and white space make no difference."""
    assert fold(text) == fold(other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param("2%", "3%", id="figure"),
        pytest.param("1.5", "15", id="decimal-point"),
        pytest.param("50万", "5.0万", id="multiplied"),
        pytest.param("べきである", "べきではない", id="negation"),
        pytest.param("ハブ", "パブ", id="voicing-mark"),
        pytest.param("should", "could", id="verb"),
    ],
)
def test_what_says_something_else_folds_apart(text, other):
    """A figure, a negation or a verb that differs stays different."""
    assert fold(text) != fold(other)


def test_folding_twice_changes_nothing(proposal):
    """A folded text is its own folding."""
    for passage in proposal.passages.values():
        for language in Language:
            folded = fold(passage.body[language])
            assert fold(folded) == folded
