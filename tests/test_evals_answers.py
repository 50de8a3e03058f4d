"""Answers of any system are read from the batch form, and what cannot be read has failed."""

from __future__ import annotations

import json

import pytest

from assistant.citations import cite
from assistant.domain import Answer, Language, Outcome, Statement, StatementKind
from assistant.rendering import answer_row
from evals.answers import Source, read_answer, read_answers
from evals.errors import AnswersError
from evals.testing import a_case, ids

ROW = {
    "id": "toy",
    "outcome": "answered",
    "language": "en",
    "text": "It is so. [A-1]",
    "citations": ["A-1", "A-1", "B-2-1"],
    "related": ["C-1", "nonsense"],
    "statements": [
        {"kind": "notice", "text": "Two items."},
        {
            "kind": "claim",
            "text": "It is so. [A-1]",
            "citations": ["A-1", "B-2-1"],
            "quote": "so",
            "sources": [{"id": "A-1", "sentence": 2}],
        },
    ],
    "elapsed_ms": 12.5,
    "confidence": 0.75,
}


def test_a_row_is_read_whole():
    """Statements lose their markers, citations are told once, sources name sentences where the row does."""
    answer = read_answer(ROW)
    assert answer.outcome is Outcome.ANSWERED
    assert (answer.cited, answer.related) == (ids("A-1 B-2-1"), ids("C-1"))
    assert (answer.confidence, answer.elapsed_ms, answer.error) == (0.75, 12.5, "")
    (claim,) = answer.claims
    assert (claim.text, claim.quote) == ("It is so.", "so")
    assert claim.sources == (Source("A-1", ids("A-1")[0], 2), Source.read("B-2-1"))
    assert answer.text == "Two items.\nIt is so."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "増やす。[A-1] 減らす。[B-2-1][C-1]", [("増やす。", "A-1"), ("減らす。", "B-2-1 C-1")], id="Japanese"
        ),
        pytest.param("It rises. [A-1] It falls [C-1].", [("It rises.", "A-1"), ("It falls .", "C-1")], id="English"),
        pytest.param("About 2.5 million.", [("About 2.5 million.", "")], id="decimal point"),
    ],
)
def test_plain_text_is_read_by_sentences_and_markers(text, expected):
    """A system that gives text alone is read sentence by sentence, each with its own markers."""
    answer = read_answer({"id": "toy", "outcome": "answered", "text": text})
    found = [(said.text, " ".join(source.printed for source in said.sources)) for said in answer.statements]
    assert found == expected
    assert [str(key) for key in answer.cited] == " ".join(cited for _, cited in expected).split()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"outcome": "maybe"}, id="outcome"),
        pytest.param({"outcome": None}, id="no outcome"),
        pytest.param({"citations": "A-1"}, id="citations"),
        pytest.param({"statements": ["text"]}, id="statements"),
        pytest.param({"elapsed_ms": "fast"}, id="time"),
        pytest.param({"error": "line 1: not JSON"}, id="error"),
    ],
)
def test_a_row_in_another_form_has_failed(change):
    """The answer holds nothing but the reason."""
    answer = read_answer({**ROW, **change})
    assert answer.error
    assert not answer.statements
    assert not answer.citations


def test_a_number_in_no_known_notation_stays_as_printed():
    """It is counted as a citation of nothing."""
    assert Source.read("D-1⑤") == Source("D-1⑤", None)


def test_every_case_gets_an_answer(tmp_path):
    """A case without a row has failed; rows of unknown cases are left aside."""
    path = tmp_path / "rival.jsonl"
    path.write_text(json.dumps(ROW) + "\n\n" + json.dumps({**ROW, "id": "unknown"}) + "\n", encoding="utf-8")
    answers = read_answers(path, [a_case(), a_case(id="other")])
    assert list(answers) == ["toy", "other"]
    assert not answers["toy"].error
    assert "no row" in answers["other"].error


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("{", "line 1: not JSON", id="JSON"),
        pytest.param("[]", "found a list", id="no object"),
        pytest.param(json.dumps(ROW) + "\n" + json.dumps(ROW), "second answer to 'toy'", id="twice"),
        pytest.param(None, "cannot be read", id="no file"),
    ],
)
def test_an_unreadable_file_is_an_error(tmp_path, content, message):
    """The message names the line."""
    path = tmp_path / "rival.jsonl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(AnswersError, match=message):
        read_answers(path, [a_case()])


def test_the_assistants_own_rows_are_read(proposal):
    """What the batch form writes is what is read: outcome, citations with sentences, quotations."""
    passage = proposal.passages[ids("D-1-5")[0]]
    said = Statement(StatementKind.CLAIM, passage.points[0].text.en, cite(passage, [0, 1], Language.ENGLISH))
    given = Answer(Outcome.ANSWERED, Language.ENGLISH, (said,), ids("A-1"))
    answer = read_answer({"id": "toy", **answer_row(given)})
    assert answer.cited == ids("D-1-5")
    assert [source.sentence for source in answer.claims[0].sources] == [0, 1]
    assert passage.sentences_en[0].text in answer.claims[0].quote
