"""A batch answers every line that can be read, and says of every other which line it was and why."""

from __future__ import annotations

import json

import pytest

from assistant.batch import answer_batch
from assistant.domain import Answer, Language, Message, Outcome, Statement, StatementKind
from assistant.errors import BatchFileError

GOOD = {"outcome", "language", "text", "citations", "related", "statements", "confidence", "elapsed_ms", "id"}


def _echo(question):
    """Answers with the question's own text."""
    said = Statement(StatementKind.NOTICE, question.text)
    return Answer(Outcome.ANSWERED, question.language or Language.JAPANESE, (said,))


def _refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def _rows(folder, content, answer=_echo):
    questions, answers = folder / "questions.jsonl", folder / "answers.jsonl"
    questions.write_bytes(content)
    counts = answer_batch(answer, questions, answers)
    written = answers.read_bytes().decode("utf-8")
    assert written == "" or written.endswith("\n")
    rows = [json.loads(line, parse_constant=_refuse_constant) for line in written.split("\n")[:-1]]
    assert counts == (len(rows), sum("error" in row for row in rows))
    return rows


@pytest.mark.parametrize(
    ("line", "row_id", "said"),
    [
        pytest.param(b'{"id": "x", "question": ', None, "Expecting value", id="broken"),
        pytest.param(b'{"id": "x"} {"id": "y"}', None, "Extra data", id="two-objects"),
        pytest.param(b"What about Guam?", None, "Expecting value", id="plain-text"),
        pytest.param(b'"Guam?"', None, "found a str; expected an object", id="a-text"),
        pytest.param(b'["Guam?"]', None, "found a list; expected an object", id="a-list"),
        pytest.param(b"null", None, "found a NoneType; expected an object", id="null"),
        pytest.param(b'{"id": "x"}', "x", "found the question None; expected a text", id="no-question"),
        pytest.param(b'{"id": 7, "question": 7}', 7, "found the question 7; expected a text", id="question-a-number"),
        pytest.param(b'{"id": "x", "question": null}', "x", "found the question None", id="question-null"),
        pytest.param(
            b'{"id": "x", "question": "q", "history": [{"role": "system", "content": "c"}]}',
            "x",
            "expected role (user, assistant) and content",
            id="role",
        ),
        pytest.param(
            b'{"id": "x", "question": "q", "history": [{"role": "user"}]}', "x", "history", id="message-without-content"
        ),
        pytest.param(b'{"id": "x", "question": "q", "history": ["c"]}', "x", "history", id="message-a-text"),
        pytest.param(
            b'{"id": "x", "question": "q", "history": {"role": "user"}}', "x", "history", id="history-no-list"
        ),
        pytest.param(b'{"id": "x", "question": "q", "history": "c"}', "x", "history", id="history-a-text"),
        pytest.param(
            b'{"id": "x", "question": "q", "language": "fr"}',
            "x",
            "found the language 'fr'; expected 'ja' or 'en'",
            id="language",
        ),
        pytest.param(b'{"id": "x", "question": "q", "language": ["en"]}', "x", "language", id="language-a-list"),
        pytest.param(b'{"id": "x", "question": "\xff\xfe"}', None, "can't decode byte 0xff", id="not-utf-8"),
        pytest.param('{"id": "x", "question": "グアムは？"}'.encode("shift_jis"), None, "can't decode", id="shift-jis"),
        pytest.param(b"\x00\x00", None, "Expecting value", id="nul"),
        pytest.param(b"[" * 100_000, None, "recursion", id="huge-nesting"),
        pytest.param(b'{"id": "x", "question": ' + b'{"a":' * 100_000, None, "recursion", id="huge-nesting-inside"),
        pytest.param(b'{"id": ' + b"9" * 5_000 + b', "question": "q"}', None, "limit", id="huge-number"),
        pytest.param(b'{"id": ["x"], "question": 1}', None, "found the question 1", id="id-a-list"),
        pytest.param(b'{"id": "\\ud800", "question": 1}', None, "", id="id-half-a-surrogate-pair"),
    ],
)
def test_one_bad_line_costs_no_other(tmp_path, line, row_id, said):
    """A bad line gives an error row with its number and what could be read; the lines around it are answered."""
    good = '{"id": "%s", "question": "グアムは？"}'.encode()
    before, bad, after = _rows(tmp_path, b"\n".join([good % b"before", line, good % b"after"]))
    assert [(row["id"], row["outcome"], row["text"]) for row in (before, after)] == [
        ("before", "answered", "グアムは？"),
        ("after", "answered", "グアムは？"),
    ]
    assert (bad["id"], bad["line"], bad["outcome"]) == (row_id, 2, "invalid_question")
    assert bad["error"].startswith("line 2: ")
    assert said in bad["error"]
    assert set(bad) == GOOD | {"line", "error"}
    assert (bad["citations"], bad["related"], bad["statements"]) == ([], [], [])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b'{"id": "\\ud800", "question": "q"}', id="half-a-surrogate-pair"),
        pytest.param(b'{"id": NaN, "question": "q"}', id="not-a-number"),
        pytest.param(b'{"id": 1e999, "question": "q"}', id="infinite"),
    ],
)
def test_an_id_that_cannot_be_written_costs_no_line(tmp_path, line):
    """Whatever the id, every line has one row of valid JSON in UTF-8."""
    rows = _rows(tmp_path, line + b'\n{"id": "after", "question": "q"}\n')
    assert len(rows) == 2
    assert rows[1]["id"] == "after"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param('{"id": 1, "question": "あ"}\n{"id": 2, "question": "い"}\n', id="plain"),
        pytest.param('{"id": 1, "question": "あ"}\n{"id": 2, "question": "い"}', id="no-last-line-end"),
        pytest.param('{"id": 1, "question": "あ"}\r\n{"id": 2, "question": "い"}\r\n', id="crlf"),
        pytest.param('\ufeff{"id": 1, "question": "あ"}\n{"id": 2, "question": "い"}\n', id="bom"),
        pytest.param('{"id": 1, "question": "あ"}\n\ufeff{"id": 2, "question": "い"}\n', id="bom-in-the-middle"),
        pytest.param('\n\n{"id": 1, "question": "あ"}\n \t\r\n{"id": 2, "question": "い"}\n\n', id="blank-lines"),
        pytest.param('{"id": 1, "question": "あ", "more": [1]}\n{"id": 2, "question": "い"}\n', id="unknown-key"),
        pytest.param('{"id": 1, "question": "\\u3042"}\n{"id": 2, "question": "い", "history": null}\n', id="escaped"),
    ],
)
def test_forms_of_a_file_make_no_difference(tmp_path, content):
    """Byte-order marks, line ends and blank lines change nothing."""
    rows = _rows(tmp_path, content.encode("utf-8"))
    assert [(row["id"], row["text"]) for row in rows] == [(1, "あ"), (2, "い")]
    assert all(set(row) == GOOD for row in rows)


def test_lines_are_counted_as_an_editor_counts_them(tmp_path):
    """Blank lines are passed over but counted in the number of a bad line."""
    (row,) = _rows(tmp_path, b"\n\n\nbroken\n")
    assert row["line"] == 4


@pytest.mark.parametrize("content", [b"", b"\n", b"\n \n"])
def test_an_empty_file_gives_no_rows(tmp_path, content):
    """A file without questions is answered by a file without answers."""
    assert _rows(tmp_path, content) == []


def test_history_and_language_reach_the_answer(tmp_path):
    """A row's history becomes messages, and its language the wish."""
    asked = []

    def remember(question):
        asked.append(question)
        return _echo(question)

    history = [{"role": "user", "content": "グアムは？"}, {"role": "assistant", "content": "…"}]
    row = {"id": 1, "question": "why?", "history": history, "language": "en"}
    (written,) = _rows(tmp_path, json.dumps(row).encode(), remember)
    (question,) = asked
    assert question.history == (Message("user", "グアムは？"), Message("assistant", "…"))
    assert question.language is Language.ENGLISH
    assert written["language"] == "en"


def test_a_row_without_an_id_is_answered(tmp_path):
    """The id is the asker's business; without one the row's is null."""
    (row,) = _rows(tmp_path, b'{"question": "q"}')
    assert row["id"] is None
    assert row["outcome"] == "answered"


def test_answers_are_written_as_text_not_as_escapes(tmp_path):
    """A person can read the Japanese in the file of answers."""
    _rows(tmp_path, '{"id": "質問", "question": "グアムは？"}'.encode())
    assert "グアムは？" in (tmp_path / "answers.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["questions.jsonl", "../here/questions.jsonl", "link.jsonl"])
def test_the_questions_are_never_overwritten(tmp_path, name):
    """One file for both is refused, however it is named, and stays as it was."""
    folder = tmp_path / "here"
    folder.mkdir()
    questions = folder / "questions.jsonl"
    questions.write_bytes(b'{"id": 1, "question": "q"}\n')
    (folder / "link.jsonl").symlink_to(questions)
    with pytest.raises(BatchFileError, match="would overwrite the questions"):
        answer_batch(_echo, questions, folder / name)
    assert questions.read_bytes() == b'{"id": 1, "question": "q"}\n'


@pytest.mark.parametrize(
    ("questions", "answers", "said"),
    [
        pytest.param("absent.jsonl", "answers.jsonl", "absent.jsonl: cannot be opened", id="no-questions"),
        pytest.param("questions.jsonl", "absent/answers.jsonl", "answers.jsonl: cannot be opened", id="no-folder"),
        pytest.param("questions.jsonl", "folder", "folder: cannot be opened", id="answers-a-folder"),
    ],
)
def test_a_file_that_cannot_be_opened_is_named(tmp_path, questions, answers, said):
    """The message says which of the two files it was."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "questions.jsonl").write_bytes(b'{"id": 1, "question": "q"}\n')
    with pytest.raises(BatchFileError, match=said):
        answer_batch(_echo, tmp_path / questions, tmp_path / answers)


def test_missing_questions_leave_earlier_answers_alone(tmp_path):
    """A misspelt name of the questions does not empty the file of answers."""
    answers = tmp_path / "answers.jsonl"
    answers.write_text("kept\n", encoding="utf-8")
    with pytest.raises(BatchFileError):
        answer_batch(_echo, tmp_path / "absent.jsonl", answers)
    assert answers.read_text(encoding="utf-8") == "kept\n"
