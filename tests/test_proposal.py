"""The corpus is exact: every character of the source accounted for, every span reads back what it claims."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter

import pytest

from assistant.domain import Actor, Language, PassageId, SectionId, Span
from assistant.errors import CorpusError
from assistant.proposal import load_proposal
from assistant.source_text import join_lines, parse_source

SOURCE_SHA256 = "1a1a62d1cc6d662e6d29d31dbad2bbd858965f98355febf1089c174989b1e4cc"
OUTLINE = {
    "intro": 2, "A": 7, "B-1": 5, "B-2": 4, "B-3": 2, "C": 5, "D-1": 9, "D-2": 4, "D-3": 6, "E": 10, "F": 4,
}  # fmt: skip


def test_source_is_kept_byte_for_byte(corpus):
    """The source text is the one received, byte for byte."""
    assert hashlib.sha256((corpus / "proposal.ja.txt").read_bytes()).hexdigest() == SOURCE_SHA256


def test_outline(proposal):
    """There are exactly 58 passages, 56 of them recommendations, in the sections and the order printed."""
    assert {str(section): count for section, count in proposal.outline().items()} == OUTLINE
    assert len(proposal.passages) == 58
    assert len(proposal.recommendations) == 56
    expected = [f"{section}-{number}" for section, count in OUTLINE.items() for number in range(1, count + 1)]
    assert [str(passage_id) for passage_id in proposal.passages] == expected


def test_every_character_belongs_to_exactly_one_place(proposal):
    """Every non-blank character lies in exactly one passage, section title or document title."""
    spans = [
        *proposal.title_spans,
        *(section.span for section in proposal.sections.values()),
        *(passage.span for passage in proposal.passages.values()),
    ]
    owners = Counter(position for span in spans for position in range(span.start, span.end))
    lost = [p for p, character in enumerate(proposal.source) if not character.isspace() and owners[p] != 1]
    assert lost == []


def test_within_a_passage_every_character_is_mark_heading_or_sentence(proposal):
    """Inside a passage nothing but the closing bracket of an introduction part lies outside its sentences."""
    for passage in proposal.passages.values():
        covered = Counter()
        for span in (passage.mark, passage.heading.span, *(s.span for s in passage.sentences)):
            covered.update(range(span.start, span.end))
        rest = [p for p in range(passage.span.start, passage.span.end) if covered[p] != 1]
        assert "".join(proposal.source[p] for p in rest).strip() in ({"】"} if passage.id.section == "intro" else {""})


def test_every_span_reads_back_the_text_it_claims(proposal):
    """Joining the lines of a sentence's span gives the sentence, and its lines and pages are those of the source."""
    lines = proposal.source.split("\n")
    for passage in proposal.passages.values():
        for sentence in (passage.heading, *passage.sentences):
            span = sentence.span
            assert join_lines(proposal.source[span.start : span.end]) == sentence.text
            assert proposal.source[: span.start].count("\n") + 1 == span.first_line
            assert proposal.source[: span.end].count("\n") + 1 == span.last_line
            assert sentence.text[:3] in join_lines("\n".join(lines[span.first_line - 1 : span.first_line + 2]))


@pytest.mark.parametrize(
    ("passage_id", "page", "last_page"),
    [
        pytest.param("intro-1", 1, 1, id="intro-1"),
        pytest.param("intro-2", 1, 2, id="intro-2-runs-over"),
        pytest.param("A-1", 3, 3, id="A-1"),
        pytest.param("A-5", 3, 4, id="A-5-runs-over"),
        pytest.param("B-1-1", 5, 5, id="B-1-1"),
        pytest.param("B-2-1", 6, 6, id="B-2-1"),
        pytest.param("B-2-3", 6, 7, id="B-2-3-runs-over"),
        pytest.param("C-1", 8, 8, id="C-1"),
        pytest.param("D-1-1", 9, 9, id="D-1-1"),
        pytest.param("D-1-4", 9, 10, id="D-1-4-runs-over"),
        pytest.param("D-2-1", 11, 11, id="D-2-1"),
        pytest.param("D-3-1", 12, 12, id="D-3-1"),
        pytest.param("E-1", 13, 13, id="E-1"),
        pytest.param("E-5", 13, 14, id="E-5-runs-over"),
        pytest.param("F-4", 15, 15, id="F-4"),
    ],
)
def test_pages(proposal, passage_id, page, last_page):
    """Passages carry the page of the print on which they begin and end."""
    span = proposal.passages[PassageId.parse(passage_id)].span
    assert (span.page, span.last_page) == (page, last_page)


@pytest.mark.parametrize(
    ("passage_id", "heading"),
    [
        pytest.param("intro-2", "提言の総論：国際情勢と世界秩序", id="brackets"),
        pytest.param("A-2", "日米は対中戦略を共有せよ", id="one-line"),
        pytest.param(
            "B-2-4",
            "将来の朝鮮半島統一に向け、トラック 1、トラック 1.5、トラック 2など様々なレベルで「機密性の高い二国間対話」"
            "を日米両国政府は開始するべきである",
            id="two-lines",
        ),
        pytest.param(
            "D-1-4",
            "米国のプレゼンスを同盟国や友好国で公正に負担する「Host Regional Support」の枠組みを検討すべきである",
            id="latin-at-the-break",
        ),
        pytest.param(
            "E-2",
            "日本は米国の抱える経済的な課題の克服に力を貸し、”Make America Great Together”を打ち出すべきである",
            id="space-before-particle",
        ),
    ],
)
def test_headings_that_wrap(proposal, passage_id, heading):
    """A heading is whole even where it wraps over several lines."""
    assert proposal.passages[PassageId.parse(passage_id)].heading.text == heading


@pytest.mark.parametrize(
    ("passage_id", "text"),
    [
        pytest.param("F-2", "民間同士（同２）、準民間同士（同１・５）による", id="F-2-is-no-subsection"),
        pytest.param("E-10", "炭素税、排出権取引、２国間クレジット制度など", id="E-10-is-no-subsection"),
        pytest.param("A-5", "同盟国同士で緊密な調整を行い", id="over-a-page-break"),
        pytest.param("D-1-4", "すなわち Host Regional Support を創設するべきである。", id="latin-over-a-page-break"),
        pytest.param("D-1-9", "米国のDepartment of Homeland Securityと日本の関係機関", id="latin-phrase"),
        pytest.param("D-3-3", "実際にサイバー攻撃者を補足できた場合", id="slip-kept-D-3-3"),
        pytest.param("F-1", "一層、強化してくべきである", id="slip-kept-F-1"),
        pytest.param("F-2", "先進民主主主義国で", id="slip-kept-F-2"),
        pytest.param("intro-2", "トランプ米大統領と間で行われた", id="slip-kept-intro-2"),
    ],
)  # fmt: skip
def test_lines_are_joined_and_nothing_else_is_changed(proposal, passage_id, text):
    """Lines broken inside words are joined; the source's own slips stay as printed."""
    assert text in proposal.passages[PassageId.parse(passage_id)].body.ja


def test_no_sentence_is_empty_or_cut(proposal):
    """Every sentence ends in a full stop, and no heading does."""
    for passage in proposal.passages.values():
        assert passage.sentences
        assert not passage.heading.text.endswith("。")
        assert all(sentence.text.endswith("。") and len(sentence.text) > 5 for sentence in passage.sentences)
        assert [s.number for s in passage.sentences] == list(range(1, len(passage.sentences) + 1))


def test_printed_title_positions(proposal):
    """A-1 can be told from the spans alone: printed number, heading, body."""
    passage = proposal.passages[PassageId.parse("A-1")]
    assert proposal.source[passage.mark.start : passage.mark.end] == "①"
    assert isinstance(passage.span, Span)
    assert passage.section.title.ja == "同盟戦略"
    assert passage.subsection is None
    assert proposal.passages[PassageId.parse("B-2-1")].subsection.title.en == "The Korean Peninsula"


def test_section_membership():
    """A section holds its subsections' passages, a subsection only its own."""
    assert PassageId.parse("D-3-1") in SectionId.parse("D")
    assert PassageId.parse("D-3-1") in SectionId.parse("D-3")
    assert PassageId.parse("D-3-1") not in SectionId.parse("D-1")


@pytest.mark.parametrize("text", ["A-1", "B-2-3", "E-10", "intro-1", "intro-2"])
def test_ids_have_one_printed_form(text):
    """An id reads back its own printed form."""
    assert str(PassageId.parse(text)) == text


@pytest.mark.parametrize("text", ["", "A", "a-1", "A-0", "G-1", "A-01", "intro", "intro-1-1", "Ａ-1", "A-1 "])
def test_other_forms_are_refused(text):
    """Anything but the printed form is refused by the id itself."""
    with pytest.raises(ValueError, match="not a recommendation number"):
        PassageId.parse(text)


def test_translation_is_whole_and_aligned(proposal):
    """Every Japanese sentence has its English, and every English sentence names one Japanese sentence."""
    for passage in proposal.passages.values():
        for sentence in (passage.heading, *passage.sentences):
            assert passage.verbatim(sentence.number, Language.ENGLISH)
            assert passage.verbatim(sentence.number, Language.JAPANESE) == sentence.text


def test_actors_come_from_the_headings_demands(proposal):
    """A recommendation's actor is that of its heading's demand."""
    assert proposal.passages[PassageId.parse("C-1")].actors == {Actor.UNITED_STATES}
    assert proposal.passages[PassageId.parse("D-2-3")].actors == {Actor.JAPAN}


def _edited(tmp_path, corpus, name, old, new):
    folder = tmp_path / "corpus"
    shutil.copytree(corpus, folder)
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        pytest.param("proposal.en.md", "\n(2) ", "\n(99) ", "intro-1", id="alignment"),
        pytest.param("proposal.en.md", "\n(2) ", "\n2. ", "line 14", id="form-names-line"),
        pytest.param("proposal.en.md", "### A-1 ", "### A-x ", "A-x", id="number"),
        pytest.param("points/F.yaml", "aspect: demand", "aspect: wish", "wish", id="aspect"),
        pytest.param("points/F.yaml", "sentences: [1]", "sentences: [77]", "77", id="source-sentence"),
        pytest.param("points/F.yaml", "- number: 2", "- number: 7", "numbered 1, 2, 3", id="point-number"),
        pytest.param("points/F.yaml", "F-1:", "Z-1:", "Z-1", id="passage-number"),
        pytest.param("points/F.yaml", "F-1:\n", "F-1: [\n", "not valid YAML", id="yaml"),
        pytest.param("sections.yaml", "ja: 同盟戦略", "ja: 同盟の策", "同盟戦略", id="section-title"),
        pytest.param("labels.yaml", "topics: [trade", "topics: [trad", "E-6: trad'", id="unknown-label"),
        pytest.param(
            "labels.yaml",
            "seoul: {ja: [ソウル, ソウル市]",
            "seoul: {ja: []",
            "seoul.*both languages",
            id="unnamed-label",
        ),
        pytest.param(
            "labels.yaml", "\n  F-4: {", "\n  F-9: {", "labels.yaml.*differ in F-4, F-9", id="labelled-passage"
        ),
        pytest.param("labels.yaml", "\n  places:\n", "\n  spots:\n", "spots", id="label-kind"),
        pytest.param("proposal.ja.txt", "①", "■", "differ in A-1", id="source-number"),
        pytest.param("proposal.ja.txt", "【本提言", "（本提言", "line 11: found", id="source-heading"),
    ],
)
def test_a_corpus_edited_into_nonsense_is_named(tmp_path, corpus, name, old, new, said):
    """A corpus file that does not fit is refused with what was found and where."""
    with pytest.raises(CorpusError, match=said):
        load_proposal(_edited(tmp_path, corpus, name, old, new))


def test_a_source_without_structure_is_refused():
    """A text without recommendations is refused, not silently empty."""
    with pytest.raises(CorpusError, match="found no recommendation"):
        parse_source("ただの文章。\n")
