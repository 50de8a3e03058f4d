"""Content words are the same however a text is inflected, typed or divided among threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.domain import Language
from assistant.words import content_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("サイバー攻撃への対処能力", ["サイバー", "攻撃", "対処", "能力"], id="japanese"),
        pytest.param("the attribution of cyberattacks", ["attribut", "cyberattack"], id="english"),
        pytest.param("NATO諸国のGDP比", ["nato", "gdp", "諸国", "比"], id="latin-among-japanese"),
        pytest.param("提言は何を述べている？", [], id="empty-japanese-words"),
        pytest.param("What does the proposal say about it?", [], id="empty-english-words"),
        pytest.param("", [], id="empty"),
        pytest.param("！？…🎉", [], id="signs"),
    ],
)
def test_content_words(text, words):
    """Function words and words that every question about the proposal has are left out."""
    assert content_words(text) == words


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param("ｻｲﾊﾞｰ攻撃", "サイバー攻撃", id="half-width-kana"),
        pytest.param("ＮＡＴＯ", "NATO", id="full-width-latin"),
        pytest.param("引っ越し", "引越し", id="spelling"),
        pytest.param("検討した", "検討すべきである", id="inflection"),
        pytest.param("policy", "policies", id="plural"),
        pytest.param("attacker", "attacking", id="suffix"),
        pytest.param("Japan’s", "Japan", id="possessive"),
    ],
)
def test_forms_of_a_word_are_one(text, other):
    """Width, spelling and inflection do not tell words apart."""
    assert content_words(text) == content_words(other)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        pytest.param("北朝鮮", "韓国", id="countries"),
        pytest.param("missile", "mission", id="shared-beginning"),
        pytest.param("attack", "defense", id="opposites"),
    ],
)
def test_different_words_stay_apart(text, other):
    """The light stemming does not run different words together."""
    assert content_words(text) != content_words(other)


def test_every_sentence_of_the_corpus_has_content_words(proposal):
    """No sentence is lost to the lists of empty words."""
    for passage in proposal.passages.values():
        for sentence in (passage.heading, *passage.sentences):
            assert all(content_words(passage.verbatim(sentence.number, language)) for language in Language)


def test_a_text_beyond_the_tokenizers_limit_is_read_whole():
    """SudachiPy refuses more than 49,149 bytes at once; a longer text is read in parts."""
    assert content_words("核実験。" * 10_000).count("核") == 10_000


def test_threads_do_not_disturb_each_other(proposal):
    """A tokenizer is not shared: eight threads read what one reads."""
    texts = [passage.body.ja for passage in proposal.recommendations]
    alone = [content_words(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(content_words, texts)) == alone
