"""Owns the tests of reading the recommendation numbers that people type."""

from __future__ import annotations

import random
import time

import pytest
import yaml

from assistant.domain import Language, MissingNumber, PassageId, References, SectionId
from assistant.references import ReferenceReader

COUNTS = {"intro": 2, "A": 7, "B-1": 5, "B-2": 4, "B-3": 2, "C": 5, "D-1": 9, "D-2": 4, "D-3": 6, "E": 10, "F": 4}
OUTLINE = {SectionId.parse(section): count for section, count in COUNTS.items()}
ALL_IDS = tuple(
    PassageId(section.letter, section.subsection, number)
    for section, count in OUTLINE.items()
    for number in range(1, count + 1)
)
RECOMMENDATIONS = tuple(passage_id for passage_id in ALL_IDS if passage_id.section != "intro")

CIRCLED = dict(enumerate("①②③④⑤⑥⑦⑧⑨⑩", 1))
KANJI = dict(enumerate("一二三四五六七八九十", 1))
ORDINALS = dict(enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1))
TITLES_JA = {
    "intro": "序論",
    "A": "同盟戦略",
    "B-1": "中国",
    "B-2": "朝鮮半島",
    "B-3": "東南アジアなど",
    "C": "グローバル外交",
    "D-1": "日本の防衛力整備",
    "D-2": "同盟のマネジメント",
    "D-3": "サイバー・セキュリティー",
    "E": "経済政策",
    "F": "日米知的交流",
}
TITLES_EN = {
    "intro": "the introduction",
    "A": "alliance strategy",
    "B-1": "China",
    "B-2": "the Korean Peninsula",
    "B-3": "Southeast Asia and Other Areas",
    "C": "Global Diplomacy",
    "D-1": "Building Up Japan’s Defense Capability",
    "D-2": "Alliance Management",
    "D-3": "Cybersecurity",
    "E": "economic policy",
    "F": "Japan-U.S. Intellectual Exchange",
}
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


@pytest.fixture(scope="module")
def reader(corpus):
    """A reader over the real section names."""
    sections = yaml.safe_load((corpus / "sections.yaml").read_text(encoding="utf-8"))
    names = {
        SectionId.parse(section): (*entry["title"].values(), *entry["names"]["ja"], *entry["names"]["en"])
        for section, entry in sections.items()
    }
    return ReferenceReader(OUTLINE, names)


def found(references: References) -> list[str]:
    """What was found, printed: passages, sections in brackets, missing numbers with their section."""
    return [
        *map(str, references.passage_ids),
        *(f"[{section}]" for section in references.sections),
        *(f"{missing.text}?{missing.section or ''}" for missing in references.missing),
    ]


def parts(passage_id: PassageId) -> tuple[str, str, int]:
    """The letter, the subsection or nothing, and the number."""
    return passage_id.section, str(passage_id.subsection or ""), passage_id.number


def joined(passage_id: PassageId, joint: str) -> str:
    """The number with the same joint everywhere: `D・1・5`."""
    return str(passage_id).replace("-", joint)


def last(passage_id: PassageId, form: str) -> str:
    """The section's number, then the passage's own number as `form` says."""
    return f"{passage_id.section_id}{form}"


def in_words(passage_id: PassageId) -> str:
    """The number in words: section D, subsection 1, item 5."""
    letter, subsection, number = parts(passage_id)
    return (
        f"section {letter}, subsection {subsection}, item {number}"
        if subsection
        else f"section {letter}, item {number}"
    )


NOTATIONS = [
    pytest.param(str, id="printed"),
    pytest.param(lambda x: str(x).lower(), id="lower-case"),
    pytest.param(lambda x: str(x).translate(FULL_WIDTH), id="full-width"),
    pytest.param(lambda x: joined(x, "−"), id="minus-sign"),
    pytest.param(lambda x: joined(x, "‐"), id="hyphen"),
    pytest.param(lambda x: joined(x, "‑"), id="non-breaking-hyphen"),
    pytest.param(lambda x: joined(x, "–"), id="en-dash"),
    pytest.param(lambda x: joined(x, "—"), id="em-dash"),
    pytest.param(lambda x: joined(x, "ー"), id="long-vowel-mark-as-dash"),
    pytest.param(lambda x: joined(x, "一"), id="kanji-one-as-dash"),
    pytest.param(lambda x: joined(x, "."), id="full-stops"),
    pytest.param(lambda x: joined(x, " "), id="spaces"),
    pytest.param(lambda x: joined(x, "の"), id="no"),
    pytest.param(lambda x: joined(x, "・"), id="middle-dots"),
    pytest.param(lambda x: joined(x, "の").translate(FULL_WIDTH), id="no-full-width"),
    pytest.param(lambda x: str(x).replace("-", "", 1), id="no-first-dash"),
    pytest.param(lambda x: last(x, CIRCLED[x.number]), id="circled"),
    pytest.param(lambda x: last(x, f"の{CIRCLED[x.number]}"), id="no-circled"),
    pytest.param(lambda x: last(x, f"-{CIRCLED[x.number]}"), id="dash-circled"),
    pytest.param(lambda x: f"{'の'.join(filter(None, parts(x)[:2]))}{CIRCLED[x.number]}", id="no-then-circled"),
    pytest.param(lambda x: last(x, f"の{KANJI[x.number]}"), id="kanji-numeral"),
    pytest.param(lambda x: last(x, f"({x.number})"), id="parenthesis"),
    pytest.param(lambda x: last(x, f"-({x.number})"), id="dash-parenthesis"),
    pytest.param(lambda x: last(x, f"（{x.number}）"), id="full-width-parenthesis"),
    pytest.param(lambda x: last(x, f"の{x.number}番目"), id="nth-japanese"),
    pytest.param(lambda x: last(x, f"の{x.number}番"), id="number-japanese"),
    pytest.param(lambda x: f"[{x}]", id="square-brackets"),
    pytest.param(lambda x: f"「{x}」", id="japanese-brackets"),
    pytest.param(lambda x: f"提言{x}", id="after-the-word-teigen"),
    pytest.param(lambda x: f"recommendation {x}", id="after-the-word-recommendation"),
    pytest.param(in_words, id="section-subsection-item"),
    pytest.param(lambda x: f"recommendation {x.number} of {x.section_id}", id="recommendation-of"),
    pytest.param(lambda x: f"number {x.number} in section {x.section_id}", id="number-in-section"),
    pytest.param(lambda x: last(x, f" no. {x.number}"), id="no-dot"),
    pytest.param(lambda x: f"the {ORDINALS[x.number]} item in section {x.section_id}", id="ordinal-in-section"),
    pytest.param(lambda x: f"{TITLES_JA[str(x.section_id)]}の{x.number}番目", id="japanese-name-nth"),
    pytest.param(lambda x: f"{TITLES_JA[str(x.section_id)]}の{KANJI[x.number]}つ目の提言", id="japanese-name-counted"),
    pytest.param(lambda x: f"{TITLES_JA[str(x.section_id)]}の{x.number}", id="japanese-name-number"),
    pytest.param(
        lambda x: f"the {ORDINALS[x.number]} item on {TITLES_EN[str(x.section_id)]}", id="ordinal-english-name"
    ),
    pytest.param(lambda x: f"item {x.number} on {TITLES_EN[str(x.section_id)]}", id="item-english-name"),
]
SENTENCES = [
    pytest.param("{}", id="alone"),
    pytest.param("{}は何を求めていますか", id="japanese"),
    pytest.param("グアムについて、{}の狙いを教えて。", id="inside-japanese"),
    pytest.param("What does {} say about Guam?", id="english"),
    pytest.param("Please summarise {}.", id="end-of-english"),
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("notation", NOTATIONS)
def test_every_passage_is_found_in_every_notation(reader, notation, sentence):
    """Each of the 58 numbers is read in this notation, alone or inside a sentence, and nothing else is."""
    notations = {passage_id: notation(passage_id) for passage_id in ALL_IDS}
    read = {notations[passage_id]: found(reader.read(sentence.format(notations[passage_id]))) for passage_id in ALL_IDS}
    assert read == {notations[passage_id]: [str(passage_id)] for passage_id in ALL_IDS}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("D-1⑤", "D-1-5", id="circled"),
        pytest.param("D－１の⑤", "D-1-5", id="mixed-width"),
        pytest.param("Ｄの１⑤", "D-1-5", id="folding-does-not-fuse"),
        pytest.param("Ｄ１の五", "D-1-5", id="kanji-after-digit"),
        pytest.param("D1の5", "D-1-5", id="tight-no"),
        pytest.param("d1-5", "D-1-5", id="small-tight"),
        pytest.param("D-1-❺", "D-1-5", id="filled-circle"),
        pytest.param("D-1-5️⃣", "D-1-5", id="keycap"),
        pytest.param("D-1-5\u200b", "D-1-5", id="zero-width-space"),
        pytest.param("A-Ⅲ", "A-3", id="roman"),
        pytest.param("Eの十", "E-10", id="kanji-ten"),
        pytest.param("E⑩", "E-10", id="circled-ten"),
        pytest.param("e10", "E-10", id="small-whole-token"),
        pytest.param("Ａ−２", "A-2", id="full-width-minus"),
        pytest.param("A の 3 は？", "A-3", id="spaces-around-no"),
        pytest.param("D 1 5 グアム", "D-1-5", id="keywords"),
        pytest.param("防衛政策１の５番", "D-1-5", id="name-with-subsection"),
        pytest.param("防衛政策の1の5", "D-1-5", id="name-no-subsection"),
        pytest.param("アジア政策の2の3", "B-2-3", id="asia-policy"),
        pytest.param("サイバー③", "D-3-3", id="name-circled"),
        pytest.param("経済政策10", "E-10", id="name-digits"),
        pytest.param("intro 2", "intro-2", id="intro-space"),
        pytest.param("INTRO-1", "intro-1", id="intro-capitals"),
        pytest.param("序論1", "intro-1", id="intro-japanese"),
        pytest.param("part 2 of the introduction", "intro-2", id="intro-part"),
        pytest.param("the first part of the introduction", "intro-1", id="intro-first-part"),
        pytest.param("Q1: A-3は？", "A-3", id="after-a-label"),
        pytest.param("1.A-3", "A-3", id="after-a-list-number"),
        pytest.param("#A-3", "A-3", id="hash"),
        pytest.param("A-3. What is it?", "A-3", id="full-stop-after"),
        pytest.param("D-1-5日本の役割", "D-1-5", id="kanji-after"),
        pytest.param("D-1-5の2つの理由", "D-1-5", id="count-after"),
        pytest.param("A-3の2番目のポイント", "A-3", id="place-inside-a-passage"),
        pytest.param("Is A-3 on page 4?", "A-3", id="page-number"),
        pytest.param("F-2はどんな提言？", "F-2", id="valid-number-that-is-an-aircraft-too"),
        pytest.param("Does E-3 say anything on the E3?", "E-3", id="number-and-lookalike"),
        pytest.param("E3は何を言っている？", "E-3", id="e3-without-context"),
        pytest.param("A4の内容は？", "A-4", id="a4-without-context"),
    ],
)
def test_numbers_are_read(reader, text, expected):
    """One passage is read from a number in this form."""
    assert found(reader.read(text)) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("B two four", "B-2-4", id="number-words"),
        pytest.param("What does E ten say?", "E-10", id="one-number-word"),
        pytest.param("D-three-two", "D-3-2", id="number-words-dashed"),
        pytest.param("Show me C–V.", "C-5", id="roman-numeral"),
        pytest.param("B-II-3", "B-2-3", id="roman-numeral-inside"),
        pytest.param("F四を見せて", "F-4", id="kanji-touching"),
        pytest.param("last-but-one item of the cyber part", "D-3-5", id="part-of-a-name"),
        pytest.param("the third cyber item", "D-3-3", id="ordinal-name-item"),
        pytest.param("third recommendation on cybersecurity", "D-3-3", id="ordinal-on-name"),
        pytest.param("the last item on economics", "E-10", id="last-on-name"),
        pytest.param("the second-to-last one in section A", "A-6", id="second-to-last"),
        pytest.param("the penultimate item in section E", "E-9", id="penultimate"),
        pytest.param("the third from last recommendation on cyber", "D-3-4", id="third-from-last"),
        pytest.param("next-to-last item in E", "E-9", id="next-to-last"),
        pytest.param("first item of the Korean Peninsula subsection", "B-2-1", id="of-name-subsection"),
        pytest.param("the last item of section D", "D-3-6", id="whole-section-last"),
        pytest.param("Dの5番目", "D-1-5", id="whole-section-nth"),
        pytest.param("アジア政策の最後の提言", "B-3-2", id="whole-section-name"),
        pytest.param("the 10th recommendation in section D", "D-2-1", id="whole-section-across-subsections"),
        pytest.param("section D, subsection 1, item 5", "D-1-5", id="chain"),
        pytest.param("item 5 of subsection 1 of section D", "D-1-5", id="chain-reversed"),
        pytest.param("the economy section's third recommendation", "E-3", id="possessive"),
        pytest.param("E's last item", "E-10", id="letter-possessive"),
        pytest.param("Section A's second item", "A-2", id="section-possessive"),
        pytest.param("the fifth in D-1", "D-1-5", id="bare-ordinal-in-number"),
        pytest.param("item five of section A", "A-5", id="cardinal-word"),
        pytest.param("cyber item #2", "D-3-2", id="name-item-number"),
        pytest.param("cyber no. 3", "D-3-3", id="name-number"),
        pytest.param("What about no. 3 in the economy section?", "E-3", id="number-in-name-section"),
        pytest.param("In section E, what does the third item say?", "E-3", id="apart"),
        pytest.param("In the cyber section, what is recommendation 3?", "D-3-3", id="apart-number"),
        pytest.param("B-2について、3番目の提言を教えて", "B-2-3", id="apart-japanese"),
        pytest.param("サイバーの3番目", "D-3-3", id="nth"),
        pytest.param("ｻｲﾊﾞｰの3番目", "D-3-3", id="half-width-kana"),
        pytest.param("サイバーの三つ目の提言", "D-3-3", id="counted"),
        pytest.param("サイバーのみっつ目の提言", "D-3-3", id="hiragana"),
        pytest.param("サイバー分野の最後の提言", "D-3-6", id="field"),
        pytest.param("中国に関する2番目の提言", "B-1-2", id="concerning"),
        pytest.param("3番目のサイバーの提言", "D-3-3", id="place-first"),
        pytest.param("経済政策の最後の提言", "E-10", id="last"),
        pytest.param("経済政策の第3提言", "E-3", id="dai"),
        pytest.param("経済の提言3", "E-3", id="label-after-name"),
        pytest.param("サイバーの一番最後の提言", "D-3-6", id="very-last"),
        pytest.param("サイバーの後ろから2番目", "D-3-5", id="from-the-back"),
        pytest.param("朝鮮半島の最初の項目", "B-2-1", id="first"),
        pytest.param("サイバーの章の最後の提言", "D-3-6", id="chapter-last"),
        pytest.param("Eの最後", "E-10", id="letter-last"),
        pytest.param("B-1 の 最後の 提言", "B-1-5", id="spaced"),
        pytest.param("第5提言（D-1）", "D-1-5", id="section-in-brackets"),
    ],
)
def test_places_in_a_section_are_read(reader, text, expected):
    """A position with a section's name or number is the passage that stands there."""
    assert found(reader.read(text)) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("A-1〜A-3", "A-1 A-2 A-3", id="wave-dash"),
        pytest.param("A-1~3", "A-1 A-2 A-3", id="tilde"),
        pytest.param("A-1から3", "A-1 A-2 A-3", id="kara-short"),
        pytest.param("E-8からE-10まで", "E-8 E-9 E-10", id="kara-made"),
        pytest.param("A-1 to A-3", "A-1 A-2 A-3", id="to"),
        pytest.param("A-1 through 3", "A-1 A-2 A-3", id="through"),
        pytest.param("A-1–A-3", "A-1 A-2 A-3", id="en-dash"),
        pytest.param("A1-3", "A-1 A-2 A-3", id="no-subsections-so-a-range"),
        pytest.param("D1-3", "D-1-3", id="subsections-so-a-number"),
        pytest.param("E-8–10", "E-8 E-9 E-10", id="en-dash-after-hyphen"),
        pytest.param("D-3-1–4", "D-3-1 D-3-2 D-3-3 D-3-4", id="fourth-number"),
        pytest.param("D-3-1～D-3-4", "D-3-1 D-3-2 D-3-3 D-3-4", id="full-width-tilde"),
        pytest.param("D-1-8〜D-2-2", "D-1-8 D-1-9 D-2-1 D-2-2", id="across-subsections"),
        pytest.param("A-3〜A-1", "A-1 A-2 A-3", id="backwards"),
        pytest.param("A-6〜A-9", "A-6 A-7 A-9?A", id="beyond-the-end"),
        pytest.param("B-1〜B-3", "[B-1] [B-2] [B-3]", id="subsections"),
        pytest.param("セクションA〜C", "[A] [B] [C]", id="sections"),
        pytest.param("items 1 to 3 in A", "A-1 A-2 A-3", id="items"),
        pytest.param("the first three items in section A", "A-1 A-2 A-3", id="first-three"),
        pytest.param("サイバーの最後の2つ", "D-3-5 D-3-6", id="last-two"),
        pytest.param("A-1, A-3 and F-2", "A-1 A-3 F-2", id="list"),
        pytest.param("A-1とA-3", "A-1 A-3", id="list-japanese"),
        pytest.param("A-1/A-3", "A-1 A-3", id="slash"),
        pytest.param("A-1+A-2", "A-1 A-2", id="plus"),
        pytest.param("D-3-1・2・5", "D-3-1 D-3-2 D-3-5", id="short-list"),
        pytest.param("A-1, 3 and 5", "A-1 A-3 A-5", id="short-list-english"),
        pytest.param("B-2の①と③", "B-2-1 B-2-3", id="circled-list"),
        pytest.param("items 1 and 3 of section B-2", "B-2-1 B-2-3", id="item-list"),
        pytest.param("the first and third items in section A", "A-1 A-3", id="ordinal-list"),
        pytest.param("サイバーの3番目と5番目", "D-3-3 D-3-5", id="nth-list"),
        pytest.param("サイバーの最初と最後", "D-3-1 D-3-6", id="first-and-last"),
        pytest.param("Compare A-1 to A-3", "A-1 A-3", id="compared-not-ranged"),
        pytest.param("A-1からE-3への影響", "A-1 E-3", id="from-one-to-another"),
        pytest.param("A-1から3つ選んで", "A-1", id="count-is-no-range"),
        pytest.param("A-1 and 5 years", "A-1", id="count-is-no-list"),
        pytest.param("E-3、2030年まで", "E-3", id="year-is-no-list"),
        pytest.param("D-3-1、5Gについて", "D-3-1", id="word-is-no-list"),
        pytest.param("sections A, C and E", "[A] [C] [E]", id="section-list"),
        pytest.param("section B vs section D", "[B] [D]", id="two-sections"),
        pytest.param("D-1-5とE-11とB-2", "D-1-5 [B-2] E-11?E", id="all-kinds"),
        pytest.param("A-1 A-1", "A-1", id="each-once"),
    ],
)
def test_ranges_and_lists_are_read(reader, text, expected):
    """Several numbers are read in the order of the question, a range in the order of the proposal."""
    assert found(reader.read(text)) == expected.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("B-2", "B-2", id="subsection"),
        pytest.param("Ｂ−２", "B-2", id="full-width"),
        pytest.param("b-2", "B-2", id="small"),
        pytest.param("D1", "D-1", id="tight"),
        pytest.param("section B", "B", id="section"),
        pytest.param("Section D-3", "D-3", id="section-subsection"),
        pytest.param("ＳＥＣＴＩＯＮ　Ｂ", "B", id="full-width-word"),
        pytest.param("What is in section a?", "A", id="small-letter-at-the-end"),
        pytest.param("section D, subsection 2", "D-2", id="section-and-subsection"),
        pytest.param("the D section", "D", id="letter-section"),
        pytest.param("Part D", "D", id="part"),
        pytest.param("セクションA", "A", id="japanese"),
        pytest.param("D章", "D", id="chapter"),
        pytest.param("Dの部", "D", id="no-bu"),
        pytest.param("Bの項目", "B", id="letter-items"),
        pytest.param("Aの提言一覧", "A", id="letter-list"),
        pytest.param("B-2全部", "B-2", id="all"),
        pytest.param("防衛政策の2", "D-2", id="name-and-number"),
        pytest.param("サイバーの章", "D-3", id="name-chapter"),
        pytest.param("サイバーの節", "D-3", id="name-section"),
        pytest.param("経済政策セクション", "E", id="name-section-katakana"),
        pytest.param("経済政策の部", "E", id="name-no-bu"),
        pytest.param("「サイバー」の項目一覧", "D-3", id="name-items"),
        pytest.param("序論の章", "intro", id="intro"),
        pytest.param("the cyber section", "D-3", id="name-english"),
        pytest.param("the section on China", "B-1", id="section-on"),
        pytest.param('section "Cybersecurity"', "D-3", id="quoted"),
        pytest.param("What does B-1 say about China?", "B-1", id="beside-its-name"),
    ],
)
def test_bare_sections_are_read(reader, text, expected):
    """A section or subsection without a number is a section, not a passage."""
    assert reader.read(text) == References(sections=(SectionId.parse(expected),), remainder=reader.read(text).remainder)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("A-9", MissingNumber("A-9", SectionId("A")), id="beyond-section"),
        pytest.param("a-9", MissingNumber("A-9", SectionId("A")), id="small"),
        pytest.param("A−０", MissingNumber("A-0", SectionId("A")), id="zero"),
        pytest.param("B-2-9", MissingNumber("B-2-9", SectionId("B", 2)), id="beyond-subsection"),
        pytest.param("D-1-12", MissingNumber("D-1-12", SectionId("D", 1)), id="two-digits"),
        pytest.param("D-1の⑫", MissingNumber("D-1-12", SectionId("D", 1)), id="circled"),
        pytest.param("B-5", MissingNumber("B-5", SectionId("B")), id="no-such-subsection"),
        pytest.param("D-5-2", MissingNumber("D-5-2", SectionId("D")), id="in-no-such-subsection"),
        pytest.param("A-1-3", MissingNumber("A-1-3", SectionId("A")), id="subsection-where-there-is-none"),
        pytest.param("intro-3", MissingNumber("intro-3", SectionId("intro")), id="introduction"),
        pytest.param("E20", MissingNumber("E-20", SectionId("E")), id="tight"),
        pytest.param("recommendation G-1", MissingNumber("G-1"), id="unknown-letter"),
        pytest.param("提言G-1", MissingNumber("G-1"), id="unknown-letter-japanese"),
        pytest.param("section H", MissingNumber("H"), id="unknown-section"),
        pytest.param("recommendation 12", MissingNumber("12"), id="running"),
        pytest.param("recommendation no. 60", MissingNumber("60"), id="running-no"),
        pytest.param("Is there a recommendation 57?", MissingNumber("57"), id="running-in-a-sentence"),
        pytest.param("recommendation twelve", MissingNumber("12"), id="running-word"),
        pytest.param("the 57th recommendation", MissingNumber("57"), id="running-ordinal"),
        pytest.param("提言12", MissingNumber("12"), id="running-japanese"),
        pytest.param("提言の57番", MissingNumber("57"), id="running-ban"),
        pytest.param("第12提言", MissingNumber("12"), id="running-dai"),
        pytest.param("57番目の提言はありますか", MissingNumber("57"), id="running-banme"),
        pytest.param("the tenth cyber item", MissingNumber("D-3-10", SectionId("D", 3)), id="place-beyond"),
        pytest.param("Fの5番目", MissingNumber("F-5", SectionId("F")), id="place-beyond-japanese"),
    ],
)
def test_numbers_that_do_not_exist_are_missing(reader, text, missing):
    """A number that does not exist is reported with the existing section it would be in."""
    assert reader.read(text).missing == (missing,)
    assert reader.read(text).passage_ids == reader.read(text).sections == ()


# Texts of one kind, set apart by ` | `.
NOT_REFERENCES = {
    "summits": (
        "G7 | G20 | G7＋1 | G7の枠組みは？ | G-20 summit | 2+2 | the U.S.-Japan 2+2 | E3/EU+3 | E3諸国 "
        "| the E3 and Iran"
    ),
    "fighters": "F-35B | F－35B | F-35 | F-15 | F-16 | F-22 | F16 | F/A-18 | F-2戦闘機 | F-2の後継 | F-2 fighters",
    "bombers": (
        "B-52 | B52 | B-29 | B-1 bomber | B-1爆撃機 | B-2爆撃機 | B-2 stealth bomber | B-2ステルス爆撃機 "
        "| 爆撃機B-1 | bombers such as the B-1 | Should the B-1 bomber fly near Korea? | B-1やB-52 | 米軍のB-1"
    ),
    "other-arms": (
        "A-10 Warthog | A-10攻撃機 | C-130 | C-17 | C-2輸送機 | E-2D | E-2早期警戒機 | E-3 AWACS | P-3C | PAC-3 "
        "| SM-3 | DF-21D | U-2 | C-4 explosives | A2/AD | Ａ２／ＡＤ | A2AD | C4ISR | C2システム "
        "| command and control (C2)"
    ),
    "articles": (
        "A 2% rise | a 5-year plan | A 5-year plan | a 3-star | A 3-star general | a 5-2 win | a 5 "
        "| a 1 in 6 chance | A 1 in 6 chance | A 10 basis point cut | A section of the report "
        "| the section a reader likes"
    ),
    "letters": (
        "D-Day | E-mail | IS | AI | EU | CO2 | D.C. | Washington D.C. 2017 | B2B | COVID-19 | BA.5 | Q&A 3 "
        "| i.e. 5 | 1e-3 | A-3.5 | A案とB案 | A国 | in which section I look"
    ),
    "everyday": (
        "Plan B | Plan B-2 | プランBの内容 | vitamin B-12 | ビタミンB2 | A1 steak | E-2 visa | F1グランプリ "
        "| on A4 paper | A4用紙にまとめて | A4で1枚に要約して"
    ),
    "counts": (
        "トラック1.5 | Track 1.5 | Track 2 | 5条機 | 10基体制 | 80カ国 | 2017年 | 2％ | 第2次世界大戦 "
        "| 第1次トランプ政権 | 第4次産業革命 | 第3オフセット | 3番 | ⑤ | (5) | Society 5.0 | Made in China 2025"
    ),
    "number-words": (
        "Plan B two years later | a one-year plan and A one-year plan | the F-X fighter | Vitamin C one a day "
        "| アジア三カ国と経済一体化"
    ),
    "laws": "section 232 | section 301 | Section 301 on China | Article 5 | 第5条 | 条項1 | 第3章",
    "names-alone": (
        "サイバー | cyber | economy | 中国 | 防衛政策 | introduction | 序論 | China and the economy "
        "| 中国とサイバー | サイバー部隊 | 中国の一部 | 経済の部分 | 半島の節約 | part of the economy "
        "| as part of Asia policy"
    ),
    "names-and-places": (
        "中国の最後の皇帝 | 中国の最初の空母 | アジアで2番目に大きい経済 | 世界経済の3番目の大国 "
        "| 東アジアの2番目 | アジア第3位の経済 | サイバー部隊の3番目の任務 | サイバーの一番いい提言 "
        "| the first cyber attack | the last economic crisis | the first Asian summit | China's last emperor "
        "| E's last year | number 1 in Asia | China number 1 | the second recommendation on defense spending cuts"
    ),
    "names-and-numbers": (
        "経済の2国間交渉 | 経済の10年 | 経済の1/3 | 経済の3つの提言 | 経済の第4次産業革命 | 中国の2017年の行動 "
        "| 防衛の2％ | 防衛3文書 | Eの一部 | Eの3つの理由 | Aの2つの提言 | Aの一番大事な提言は"
    ),
    "no-section": (
        "提言を3つ教えて | 3つの提言 | 56の提言 | 提言は全部でいくつ | 提言書 | recommendations in 2017 "
        "| the three recommendations on cyber | recommendations 2 years ago | the first recommendation "
        "| the third country | 最後の提言 | 最初の提言は | item 4 | number 5 | no. 3 | 最後に一言 | — | 「」"
    ),
}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(text.strip(), id=f"{kind}-{number}")
        for kind, texts in NOT_REFERENCES.items()
        for number, text in enumerate(texts.split(" | "), 1)
    ],
)
def test_lookalikes_are_not_read(reader, text):
    """What only looks like a number, or names a section as a subject, names nothing and stays whole."""
    assert reader.read(text) == References(remainder=text)


@pytest.mark.parametrize(
    ("text", "remainder"),
    [
        pytest.param("D-1-5", "", id="nothing-left"),
        pytest.param("D-1-5?", "", id="only-punctuation-left"),
        pytest.param("What does D-1-5 say about Guam?", "What does say about Guam?", id="english"),
        pytest.param("D-1-5のグアム基地はどこ？", "のグアム基地はどこ？", id="japanese"),
        pytest.param("Ｄの１⑤　は  いつ？", "は いつ？", id="original-characters-kept"),
        pytest.param("[A-1, A-3]の違いは？", "の違いは？", id="brackets-and-joints"),
        pytest.param("提言「A-3」の狙い", "の狙い", id="quoted-number"),
        pytest.param("「サイバー」の項目一覧", "の項目一覧", id="quoted-name"),
        pytest.param("A-1, A-3 and F-2: compare", "compare", id="list"),
        pytest.param("the third cyber item: who acts?", "who acts?", id="place"),
        pytest.param("米国は  何を\nすべきか", "米国は 何を すべきか", id="no-reference"),
        pytest.param("", "", id="empty"),
    ],
)
def test_remainder_is_what_is_asked(reader, text, remainder):
    """The remainder is the question as typed without its references, white space tidied."""
    assert reader.read(text).remainder == remainder


@pytest.mark.parametrize("language", list(Language))
def test_the_proposal_itself_names_no_numbers(proposal, reader, language):
    """No sentence of the proposal, which mentions G7, F-35B, Track 1.5 and 2%, is taken for a reference."""
    texts = [
        text for passage in proposal.passages.values() for text in (passage.title[language], passage.body[language])
    ]
    assert [found(reader.read(text)) for text in texts] == [[] for _ in texts]


SECONDS = 0.2  # of processor time; the slowest takes 0.12 on a laptop-class core
TRIES = 10  # the other test process shares the caches: the least of several readings is the text's own
HOSTILE = [
    *(
        "A-1 ",
        "A-1〜",
        "A-1, ",
        "D-1-5",
        "E ",
        "A\n",
        "1",
        "(1)",
        "㊿",
        "①",
        "一",
        "第1",
        "-",
        "ー",
        " ",
        "の",
        "あ",
        "a\u0301",
    ),
    *("the ", "first ", "first, ", "the third item in ", "section ", "sections A, ", "subsection 1 of ", "item 1, "),
    *(
        "最後から",
        "3番目と",
        "サイバーの",
        "cyber ",
        "china ",
        "提言1",
        "「",
        "(" * 5,
        "\u0301",
        "\u200b",
        "B-1やB-52",
        "intro 1",
    ),
]


@pytest.mark.parametrize("unit", [*HOSTILE, None], ids=lambda unit: "mixed" if unit is None else ascii(unit))
def test_hostile_text_is_read_in_linear_time(reader, unit):
    """20,000 characters of anything are read in a moment."""
    shuffled = random.Random(0).choices(HOSTILE, k=20_000)  # noqa: S311 - nothing secret
    text = ("".join(shuffled) if unit is None else unit * 20_000)[:20_000]
    assert any(_processor_seconds(reader, text) < SECONDS for _ in range(TRIES))


def _processor_seconds(reader: ReferenceReader, text: str) -> float:
    start = time.process_time()
    reader.read(text)
    return time.process_time() - start


def test_reading_is_repeatable(reader):
    """The same text gives the same references."""
    text = "サイバーの3番目とA-9、section BのD-1⑤"
    assert reader.read(text) == reader.read(text)


@pytest.mark.parametrize(
    ("text", "count", "place"),
    [
        pytest.param("二つ目を詳しく", 3, 1, id="second-ja"),
        pytest.param("3番目は？", 4, 2, id="third-ja"),
        pytest.param("最初のもの", 3, 0, id="first-ja"),
        pytest.param("そのうち最後の提言は", 4, 3, id="last-ja"),
        pytest.param("後ろから2番目", 5, 3, id="from-the-back-ja"),
        pytest.param("ふたつ目", 2, 1, id="hiragana"),
        pytest.param("２つ目", 2, 1, id="full-width"),
        pytest.param("Tell me about the second one", 3, 1, id="second-en"),
        pytest.param("the first of these", 2, 0, id="first-en"),
        pytest.param("And the last?", 3, 2, id="last-en"),
        pytest.param("The third, please", 3, 2, id="third-en"),
        pytest.param("the penultimate item", 4, 2, id="penultimate-en"),
        pytest.param("the second to last", 5, 3, id="from-the-end-en"),
        pytest.param("四つ目", 3, None, id="beyond-ja"),
        pytest.param("the fourth one", 3, None, id="beyond-en"),
        pytest.param("the second to last", 1, None, id="before-the-beginning"),
        pytest.param("その中で日本だけのものは", 3, None, id="no-place-ja"),
        pytest.param("Which of these is urgent?", 3, None, id="no-place-en"),
        pytest.param("最後は", 0, None, id="empty-list"),
        pytest.param("", 3, None, id="empty"),
    ],
)
def test_a_place_in_a_list_is_read(text, count, place):
    """The item picked from the numbers just shown is counted from either end, or none where the list is shorter."""
    assert ReferenceReader.place_in(text, count) == place
