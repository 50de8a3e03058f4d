"""The controlled labels that a question names are read in both languages, by the longest of their names."""

from __future__ import annotations

import pytest

from assistant.domain import Label, LabelKind
from assistant.labels import LabelReader


@pytest.fixture(scope="module")
def named(proposal):
    """Gives the keys of the labels that a text names, in its order."""
    reader = LabelReader(proposal.labels)
    return lambda text: " ".join(label.key for label in reader.read(text)[0])


@pytest.fixture(scope="module")
def left(proposal):
    """Gives the words that stand beside the labels."""
    reader = LabelReader(proposal.labels)
    return lambda text: reader.read(text)[1].split()


@pytest.mark.parametrize(
    ("japanese", "english", "key"),
    [
        pytest.param("ジブチの将来", "the future of Djibouti", "djibouti", id="place"),
        pytest.param("炭素税の導入", "introducing a carbon tax", "carbon-pricing", id="instrument"),
        pytest.param("海上保安庁の能力", "what the Japan Coast Guard can do", "japan-coast-guard", id="institution"),
        pytest.param("偽情報への備え", "being ready for disinformation", "public-information", id="topic"),
        pytest.param("平壌の動き", "moves by Pyongyang", "north-korea", id="by-its-capital"),
        pytest.param("ＴＨＡＡＤは", "ＴＨＡＡＤ", "thaad", id="full-width"),
        pytest.param("ｼﾍﾞﾘｱは", "siberia", "siberia", id="half-width-or-small"),
        pytest.param("WTO改革", "WTO reform", "wto", id="acronym"),
        pytest.param("思いやり予算", "host-nation support", "host-nation-support", id="another-name"),
        pytest.param("温暖化対策", "decarbonization", "climate", id="another-word"),
        pytest.param("空襲", "an air raid", "", id="none"),
        pytest.param("", "", "", id="empty"),
    ],
)
def test_a_label_is_named_in_either_language(named, japanese, english, key):
    """Each name of a label, whatever its width, gives the same label in both languages."""
    assert named(japanese) == named(english) == key


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("サイバー攻撃への制裁", "sanctions", id="longest-ja"),
        pytest.param("東アジア", "east-asia", id="direction-ja"),
        pytest.param("日米豪と日米印", "japan-us-australia japan-us-india", id="three-countries-ja"),
        pytest.param("沖縄の米軍基地", "okinawa", id="bases-in-okinawa-ja"),
        pytest.param("sanctions against cyberattacks", "sanctions", id="longest-en"),
        pytest.param("the Russian Far East", "russian-far-east", id="far-east-en"),
        pytest.param("South China Sea", "south-china-sea", id="sea-en"),
        pytest.param("North Korea and South Korea", "north-korea south-korea", id="both-koreas-en"),
        pytest.param("Trans-Pacific Partnership", "tpp", id="no-pacific-en"),
    ],
)
def test_the_longest_name_wins(named, text, keys):
    """What is part of a longer name is not named besides."""
    assert named(text) == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("トルコとイスラエルとイラン", "turkey israel iran", id="three-ja"),
        pytest.param("イランとイスラエルとトルコ", "iran israel turkey", id="reversed-ja"),
        pytest.param("NATO, Haneda and steel", "nato haneda economic-cooperation", id="three-en"),
        pytest.param("steel, Haneda and NATO", "economic-cooperation haneda nato", id="reversed-en"),
        pytest.param("Guam, グアム and Guam", "guam", id="each-once"),
    ],
)
def test_labels_come_in_the_order_of_the_text(named, text, keys):
    """Several labels are read in the order in which the text names them, each once."""
    assert named(text) == keys


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("インドネシアの港", "indonesia", id="katakana-ja"),
        pytest.param("インドの港", "india", id="katakana-alone-ja"),
        pytest.param("サイバースペース", "", id="katakana-part-ja"),
        pytest.param("cyberspace", "", id="part-en"),
        pytest.param("aspace", "", id="end-of-a-word-en"),
        pytest.param("Indiana", "", id="longer-word-en"),
        pytest.param("Indians", "india", id="plural-en"),
        pytest.param("un-American", "", id="acronym-in-small-letters-en"),
        pytest.param("UN reform", "united-nations", id="acronym-en"),
        pytest.param("UNESCO", "", id="longer-acronym-en"),
        pytest.param("so, an oda", "", id="acronym-in-a-poem-en"),
        pytest.param("UNの改革", "united-nations", id="acronym-in-japanese"),
    ],
)
def test_names_are_whole_words(named, text, keys):
    """Latin and katakana names are found as whole words, acronyms in capitals alone."""
    assert named(text) == keys


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("Guam or Djibouti?", ["or", "?"], id="labels-gone-en"),
        pytest.param("ＴＰＰ と 為替レート", ["と"], id="labels-gone-ja"),
        pytest.param("China asks China", ["asks"], id="named-twice-en"),
        pytest.param("イラン と イラン", ["と"], id="named-twice-ja"),
        pytest.param("nothing here", ["nothing", "here"], id="no-label"),
    ],
)
def test_the_rest_is_the_text_without_the_names(left, text, words):
    """What is left is the text without every name that was found, however often it stands."""
    assert left(text) == words


def test_a_typed_apostrophe_is_found():
    """Straight and curly apostrophes are the same, in the names as in the text."""
    label = Label(LabelKind.INSTITUTION, "army", (("人民軍",), ("People’s Army",)))
    texts = ("the People's Army", "the People’s Army", "the people's army")
    assert [LabelReader([label]).read(text)[0] for text in texts] == [(label,)] * len(texts)


def test_a_name_of_one_character_is_not_sought():
    """One character would be found in any text."""
    label = Label(LabelKind.PLACE, "tsu", (("津",), ("Tsu",)))
    assert LabelReader([label]).read("津波") == ((), "津波")


def test_every_label_is_found_by_its_own_titles(proposal):
    """No title of a label is hidden by another label's longer or equal name."""
    reader = LabelReader(proposal.labels)
    titles = [(label, names[0]) for label in proposal.labels for names in label.names]
    assert [title for label, title in titles if label not in reader.read(title)[0]] == []
