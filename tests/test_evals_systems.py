"""The baselines answer as described, and a crash is an answer that failed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.domain import Language, Message, Outcome, Question
from assistant.settings import Settings
from assistant.testing import BigramEmbedding
from evals.baselines import (
    PassageBaseline,
    RememberedQueries,
    by_meaning,
    by_words,
    how_many_to_cite,
    question_language,
    searched_text,
)
from evals.systems import SYSTEMS, Bench, System, answer_or_fail, settings_for, systems_for
from evals.testing import a_case, ids
from evals.tutorial import CHUNK_SIZE, TOP, TutorialPipeline, cut
from evals.unenriched import open_unenriched, unenriched_views

GUAM = Question("グアムの基地を日米で共同使用する")
TALK = Question("And there?", (Message("user", "Guam"), Message("assistant", "Djibouti"), Message("user", "Okinawa")))


@pytest.mark.parametrize(
    ("scores", "cited"),
    [
        pytest.param([9, 1, 1, 1, 1], 1, id="one stands out"),
        pytest.param([9, 8.9, 1, 1, 1], 2, id="two are close"),
        pytest.param([9, 9, 9, 9, 1], 3, id="never more than three"),
        pytest.param([0, 0, 0, 0, 0], 1, id="nothing known: the first"),
    ],
)
def test_as_many_are_cited_as_are_close_to_the_best(scores, cited):
    """Up to three passages of at least .8 of the best standard score."""
    assert how_many_to_cite(np.array(scores, dtype=float)) == cited


def test_of_a_conversation_the_last_two_messages_are_searched():
    """The reader's message before the question is put in front of it, and the question's language counts."""
    assert searched_text(TALK) == "Okinawa\nAnd there?"
    assert searched_text(GUAM) == GUAM.text
    assert question_language(TALK) is Language.ENGLISH
    assert question_language(Question("？？")) is Language.JAPANESE


def test_words_find_a_passage_in_either_language(proposal):
    """BM25 finds Guam in source and translation, and recites the passage in the question's language."""
    baseline = PassageBaseline(proposal, by_words(proposal))
    for question, language in ((GUAM, Language.JAPANESE), (Question("joint use of the Guam base"), Language.ENGLISH)):
        answer = baseline("toy", question)
        passage = proposal.passages[ids("D-1-5")[0]]
        assert answer.outcome is Outcome.ANSWERED
        assert answer.cited[0] == passage.id
        assert answer.statements[0].text == passage.title[language]
        assert len(answer.shown) == 10


def test_meaning_finds_a_passage(proposal):
    """The encoder's cosine ranks all passages."""
    embedding = BigramEmbedding()
    baseline = PassageBaseline(proposal, by_meaning(proposal, embedding, RememberedQueries(embedding)))
    assert ids("D-1-5")[0] in baseline("toy", GUAM).shown


def test_remembered_vectors_are_the_same():
    """A vector encoded in a batch beforehand is the one encoded alone."""
    embedding = BigramEmbedding()
    remembered = RememberedQueries(embedding)
    remembered.remember(["one", "two", "one"])
    assert np.array_equal(remembered("two"), embedding.encode_queries(["two"])[0])
    assert np.array_equal(remembered("three"), embedding.encode_queries(["three"])[0])


def test_chunks_cover_the_text_and_know_their_numbers(proposal):
    """Every passage is in some chunk; a chunk bears the number it continues and those whose heading it holds."""
    chunks = cut(proposal)
    assert all(len(chunk.text) <= CHUNK_SIZE for chunk in chunks)
    assert {key for chunk in chunks for key in chunk.passage_ids} == set(proposal.passages)
    for chunk in chunks:
        start = proposal.source.find(chunk.text)
        starts = [(passage.mark.start, passage.id) for passage in proposal.passages.values()]
        before = [key for place, key in starts if place <= start]
        inside = [key for place, key in starts if start < place < start + len(chunk.text) - 30]
        assert set(inside) <= set(chunk.passage_ids) <= {*before[-1:], *(key for place, key in starts if place > start)}


def test_the_tutorial_pipeline_recites_its_chunks(proposal):
    """The four nearest chunks are the answer, cited by all their numbers."""
    embedding = BigramEmbedding()
    answer = TutorialPipeline(proposal, embedding, RememberedQueries(embedding))("toy", GUAM)
    numbers = {chunk.sentences: chunk.passage_ids for chunk in cut(proposal)}
    assert answer.outcome is Outcome.ANSWERED
    assert 0 < len({statement.sources for statement in answer.statements}) <= TOP
    assert len(answer.cited) <= sum(sorted(map(len, numbers.values()))[-TOP:])
    assert all(source.passage_id in proposal.passages for source in answer.citations)


def test_without_enrichment_the_assistant_is_itself(proposal, tmp_path):
    """Its index holds nothing of the enrichment, is built once, and a number is looked up as ever."""
    embedding = BigramEmbedding(64)

    def opened():
        return open_unenriched(proposal, embedding, tmp_path)

    first = opened()
    (built,) = tmp_path.glob("unenriched-*/done")
    at = built.stat().st_mtime_ns
    assert first.invoke(Question("D-1-5")).passage_ids == ids("D-1-5")
    assert opened().invoke(GUAM) == first.invoke(GUAM)
    assert built.stat().st_mtime_ns == at
    assert {view.kind.value for view in unenriched_views(proposal)} == {"text", "sentence", "heading", "point"}


def test_a_crash_fails_the_answer_and_nothing_else(proposal):
    """The error is told with its type, and the other cases are answered."""

    def crash(case_id: str, question: Question) -> None:
        raise RuntimeError(f"{case_id}: {question.text}")

    assert answer_or_fail(crash, a_case()).error == "RuntimeError: toy: Who?"
    cases = [a_case(question="Guam"), replace(a_case(), id="other", question=None)]
    answers = Bench(proposal, Settings()).answers(System("bm25"), cases, lambda *_: None)
    assert not answers["toy"].error
    assert answers["other"].error


def test_another_encoder_doubles_the_table(tmp_path):
    """With a model set, every system that has an encoder is run with both, each with an index of its own."""
    plain = Settings(data_folder=tmp_path)
    model = replace(plain, embedding_model="intfloat/multilingual-e5-base")
    assert [system.title for system in systems_for(list(SYSTEMS), plain)] == list(SYSTEMS)
    titles = [system.title for system in systems_for(list(SYSTEMS), model)]
    assert titles[:5] == list(SYSTEMS)
    assert titles[-1] == "assistant+intfloat/multilingual-e5-base"
    assert len(titles) == 9
    bundled, other = settings_for(None, model), settings_for(model.embedding_model, model)
    assert (bundled.embedding_model, bundled.data_folder) == (None, tmp_path)
    assert other.embedding_model == model.embedding_model
    assert other.data_folder != bundled.data_folder
