"""What this project wrote about the source says what the source says: translation, points, enrichment, glossary."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from fractions import Fraction

import pytest

from assistant.corpus_files import read_enrichment
from assistant.domain import Aspect, Language
from assistant.figures import figures, typed_figures
from assistant.language import detect_language

LATIN = re.compile(r"[a-z][a-z0-9./&-]*[a-z0-9]|[a-z]")
RENDERED = {"ob": "former government officials"}
"""Latin words of the Japanese that are no English, with what renders them."""
SMALL = {Fraction(1), Fraction(2)}
"""“One” and “two” are pronouns and articles too: “the two countries”, 「見直しの一つ」."""


@pytest.fixture(scope="module")
def enrichment(corpus):
    """The aids to finding, by passage."""
    return read_enrichment(corpus)


@pytest.fixture(scope="module")
def sentences(proposal):
    """Every heading and sentence: passage, Japanese sentence, and its English."""
    return [
        (passage, sentence, passage.verbatim(sentence.number, Language.ENGLISH))
        for passage in proposal.passages.values()
        for sentence in (passage.heading, *passage.sentences)
    ]


def _plain(text):
    """Width and case folded, and the stops of abbreviations dropped."""
    return unicodedata.normalize("NFKC", text).lower().replace(".", "")


def _printed(values):
    return sorted(map(str, values))


def test_every_figure_of_the_japanese_is_in_the_english(sentences):
    """No number or date is lost or changed in translation."""
    lost = [
        (str(passage.id), sentence.number, _printed(figures(sentence.text) - figures(english)))
        for passage, sentence, english in sentences
        if not figures(sentence.text) <= figures(english)
    ]
    assert lost == []
    assert sum(bool(figures(sentence.text)) for _, sentence, _ in sentences) > 20


def test_no_figure_is_added_in_the_english(sentences):
    """What the translation writes in digits stands in the Japanese."""
    added = [
        (str(passage.id), sentence.number, _printed(set(typed_figures(english)) - figures(sentence.text)))
        for passage, sentence, english in sentences
        if not set(typed_figures(english)) <= figures(sentence.text)
    ]
    assert added == []


def test_every_latin_word_of_the_japanese_is_in_the_english(sentences):
    """Acronyms and names in Latin letters (ASEAN, THAAD, NATO, G7 …) are kept as whole words."""
    found, lost = Counter(), []
    for passage, sentence, english in sentences:
        for word in LATIN.findall(_plain(sentence.text)):
            found[word] += 1
            expected = RENDERED.get(word, word)
            if not re.search(rf"(?<![a-z0-9]){re.escape(expected)}(?![a-z0-9])", _plain(english)):
                lost.append((str(passage.id), sentence.number, word))
    assert lost == []
    assert {"asean", "thaad", "nato", "g7", "nsc", "tpp", "wto", "gdp", "co2"} <= set(found)


def test_the_translation_has_no_japanese_left(sentences):
    """The English is English throughout."""
    assert [english for _, _, english in sentences if detect_language(english) is not Language.ENGLISH] == []


def test_every_source_sentence_has_a_point(proposal):
    """Nothing that the proposal says is out of reach of an answer: each heading and sentence is restated."""
    silent = [
        (str(passage.id), sentence.number)
        for passage in proposal.passages.values()
        for sentence in (passage.heading, *passage.sentences)
        if not any(sentence.number in point.sentences for point in passage.points)
    ]
    assert silent == []


@pytest.mark.parametrize("language", Language)
def test_every_figure_of_a_point_stands_in_its_passage(proposal, language):
    """A point adds no number: each stands in the heading or a sentence of its passage, in either language."""
    added = []
    for passage in proposal.passages.values():
        said = [passage.title.ja, passage.title.en, passage.body.ja, passage.body.en]
        stand = frozenset().union(*map(figures, said))
        for point in passage.points:
            text = point.text[language]
            unsaid = figures(text) - (SMALL - set(typed_figures(text))) - stand
            if unsaid:
                added.append((str(passage.id), point.number, _printed(unsaid)))
    assert added == []


def test_a_point_says_the_same_figures_in_both_languages(proposal):
    """What a point writes in digits in one language it says in the other."""
    differ = [
        (str(passage.id), point.number)
        for passage in proposal.passages.values()
        for point in passage.points
        if figures(point.text.ja) - SMALL - {Fraction(3)} - figures(point.text.en)  # 日米ロ3カ国: named one by one
        or {value for value in typed_figures(point.text.en) if value not in figures(point.text.ja)}
    ]
    assert differ == []


def test_a_point_is_said_in_both_languages(proposal):
    """Each point is Japanese in Japanese and English in English, ends like a sentence, and says one thing."""
    for passage in proposal.passages.values():
        for point in passage.points:
            assert detect_language(point.text.ja) is Language.JAPANESE
            assert detect_language(point.text.en) is Language.ENGLISH
            assert point.text.ja.endswith("。")
            assert point.text.ja.count("。") == 1
            assert point.text.en.endswith((".", ".”"))


def test_no_passage_says_a_point_twice(proposal):
    """The points of a passage differ in both languages."""
    for passage in proposal.passages.values():
        for language in Language:
            assert len({point.text[language] for point in passage.points}) == len(passage.points)


def test_only_demands_and_means_have_actors(proposal):
    """A fact or a reason asks nobody to act."""
    asking = Counter(
        point.aspect for passage in proposal.passages.values() for point in passage.points if point.actor is not None
    )
    assert not set(asking) & {Aspect.FACT, Aspect.OUTLOOK}


def test_every_recommendation_asks_someone_to_act(proposal):
    """The heading's demands name the recommendation's actor, so that lists by actor leave none out."""
    assert [str(passage.id) for passage in proposal.recommendations if not passage.actors] == []


def test_every_passage_has_a_bank_of_questions(proposal, enrichment):
    """The question bank has 2,313 questions, and at least 18 of each passage in each language."""
    assert set(enrichment) == set(proposal.passages)
    few = {
        (str(passage_id), str(language)): count
        for passage_id, aids in enrichment.items()
        for language in Language
        if (count := sum(question.language is language for question in aids.questions)) < 18
    }
    assert few == {}
    assert sum(len(aids.questions) for aids in enrichment.values()) == 2313


def test_every_question_names_existing_points(proposal, enrichment):
    """The points that answer a question exist in its passage, each named once, at least one."""
    for passage_id, aids in enrichment.items():
        existing = {point.number for point in proposal.passages[passage_id].points}
        for question in aids.questions:
            assert question.points, (str(passage_id), question.text)
            assert set(question.points) <= existing
            assert len(set(question.points)) == len(question.points)


def test_no_question_is_asked_of_two_passages(enrichment):
    """A question of the bank belongs to one passage, once."""
    asked = Counter(question.text for aids in enrichment.values() for question in aids.questions)
    assert [text for text, count in asked.items() if count > 1] == []


def test_every_passage_has_a_brief_and_other_words(enrichment):
    """A brief and about twenty other words in each language help to find every passage."""
    for aids in enrichment.values():
        assert detect_language(aids.brief.ja) is Language.JAPANESE
        assert detect_language(aids.brief.en) is Language.ENGLISH
        for language in Language:
            assert len(aids.words[language]) >= 15
            assert len(set(aids.words[language])) == len(aids.words[language])


def test_enrichment_is_not_the_proposals_text(proposal, enrichment):
    """No brief copies a sentence of the source or of the translation: it could be taken for a quotation."""
    for passage_id, aids in enrichment.items():
        passage = proposal.passages[passage_id]
        for sentence in passage.sentences:
            assert sentence.text.rstrip("。") not in aids.brief.ja
            assert passage.verbatim(sentence.number, Language.ENGLISH).rstrip(".") not in aids.brief.en


def test_the_glossary_has_three_columns(corpus):
    """Each row gives the Japanese, the English and a remark, under a line that names the columns."""
    lines = (corpus / "glossary.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")
    rows = [line.split("\t") for line in lines]
    assert rows[0] == ["Japanese", "English", "remark"]
    assert {len(row) for row in rows} == {3}
    assert all(japanese.strip() and english.strip() for japanese, english, _ in rows)
    assert len({row[0] for row in rows}) == len(rows) > 100


def test_every_glossary_term_is_the_proposals(proposal, corpus):
    """The glossary holds words of the source, not of the world."""
    text = "".join(unicodedata.normalize("NFKC", proposal.source).split())
    lines = (corpus / "glossary.tsv").read_text(encoding="utf-8").rstrip("\n").split("\n")[1:]
    terms = [unicodedata.normalize("NFKC", line.split("\t")[0]) for line in lines]
    strangers = [
        term for term in terms if not any("".join(part.split()) in text for part in re.split(r"[、/;（(]", term))
    ]
    assert strangers == []
