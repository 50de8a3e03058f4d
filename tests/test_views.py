"""The views of a passage show all that the index may find it by, in both languages."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from assistant.corpus_files import read_enrichment, read_not_given
from assistant.domain import BankQuestion, Language, PassageId, ViewKind
from assistant.errors import CorpusError
from assistant.indexing import all_views
from assistant.language import detect_language
from assistant.views import WORDS_A_VIEW, views_of

SEPARATORS = {Language.JAPANESE: "、", Language.ENGLISH: ", "}


@pytest.fixture(scope="module")
def enrichment(corpus):
    """The aids to finding, by passage."""
    return read_enrichment(corpus)


@pytest.fixture(scope="module")
def not_given(corpus):
    """The details that passages do not give, and the look-alikes that they do answer, by passage."""
    return read_not_given(corpus)


@pytest.fixture(scope="module")
def views(proposal, enrichment, not_given):
    """All views, by passage."""
    return {key: views_of(passage, enrichment[key], not_given[key]) for key, passage in proposal.passages.items()}


def _texts(views, kind, language):
    return [view.text for view in views if view.kind is kind and view.language is language]


def test_every_view_has_an_id_of_its_own(views):
    """No view of any passage overwrites another in the index."""
    ids = Counter(view.id for of_one in views.values() for view in of_one)
    assert [view_id for view_id, count in ids.items() if count > 1] == []


def test_an_id_tells_passage_kind_language_and_number(proposal, enrichment):
    """The printed id of a view is what the index shows."""
    (passage,) = (p for p in proposal.passages.values() if str(p.id) == "D-1-5")
    view = next(v for v in views_of(passage, enrichment[passage.id]) if v.text == passage.points[2].text.en)
    assert view.id == "D-1-5/point/en/3"


def test_no_view_is_empty(views):
    """An empty text would lie near to everything."""
    assert all(view.text.strip() for of_one in views.values() for view in of_one)


@pytest.mark.parametrize("language", Language)
def test_every_text_of_a_passage_is_a_view(proposal, enrichment, not_given, views, language):
    """Whole text, heading, sentences, brief, points, words and questions are all there, each once and in order."""
    for key, passage in proposal.passages.items():
        aids = enrichment[key]
        sentences = passage.sentences if language is Language.JAPANESE else passage.sentences_en
        assert _texts(views[key], ViewKind.TEXT, language) == [f"{passage.title[language]}\n{passage.body[language]}"]
        assert _texts(views[key], ViewKind.HEADING, language) == [passage.title[language]]
        assert _texts(views[key], ViewKind.SENTENCE, language) == [sentence.text for sentence in sentences]
        assert _texts(views[key], ViewKind.BRIEF, language) == [aids.brief[language]]
        assert _texts(views[key], ViewKind.POINT, language) == [point.text[language] for point in passage.points]
        assert _texts(views[key], ViewKind.QUESTION, language) == [
            *(question.text for question in aids.questions if question.language is language),
            *not_given[key].answered[language],
        ]
        words = SEPARATORS[language].join(_texts(views[key], ViewKind.WORDS, language))
        assert words == SEPARATORS[language].join(aids.words[language])


def test_words_come_in_handfuls(views, enrichment):
    """No view holds more than eight other words, and only the last of a passage fewer."""
    for key, of_one in views.items():
        for language in Language:
            handfuls = len(_texts(of_one, ViewKind.WORDS, language))
            assert handfuls == -(-len(enrichment[key].words[language]) // WORDS_A_VIEW)


def test_views_of_sentences_points_and_briefs_are_in_their_language(views):
    """A view of running text is in the language under which it is indexed."""
    running = {ViewKind.TEXT, ViewKind.HEADING, ViewKind.SENTENCE, ViewKind.BRIEF, ViewKind.POINT}
    for of_one in views.values():
        for view in of_one:
            assert view.kind not in running or detect_language(view.text) is view.language, view.id


def test_details_not_given_are_no_views(not_given, views):
    """A question for a detail that a passage does not give never stands for the passage."""
    texts = {view.text for of_one in views.values() for view in of_one}
    asked = {text for row in not_given.values() for language in Language for text in row.not_given[language]}
    assert len(asked) > 500
    assert asked & texts == set()


def test_all_views_are_those_of_each_passage(proposal, enrichment, not_given, views):
    """The index holds the views of every passage, in the proposal's order."""
    assert all_views(proposal, enrichment, not_given) == [view for of_one in views.values() for view in of_one]


A_1 = PassageId.parse("A-1")
BEYOND = BankQuestion("日米は何を？", Language.JAPANESE, (1, 99))


@pytest.mark.parametrize(
    ("aids_of_a_1", "details_of_a_1", "said"),
    [
        pytest.param(None, "kept", r"enrichment/\*\.yaml .* A-1", id="no-enrichment"),
        pytest.param("kept", None, r"not_given\.yaml .* A-1", id="no-details"),
        pytest.param("beyond", "kept", "A-1: '日米は何を？' names a point beyond the passage's 4", id="no-such-point"),
    ],
)
def test_files_that_do_not_fit_the_passages_are_refused(
    proposal, enrichment, not_given, aids_of_a_1, details_of_a_1, said
):
    """A passage without aids or details, or a question answered by no point, is named before anything is embedded."""
    aids, details = dict(enrichment), dict(not_given)
    if aids_of_a_1 is None:
        del aids[A_1]
    if aids_of_a_1 == "beyond":
        aids[A_1] = replace(aids[A_1], questions=(*aids[A_1].questions, BEYOND))
    if details_of_a_1 is None:
        del details[A_1]
    with pytest.raises(CorpusError, match=said):
        all_views(proposal, aids, details)
