"""Owns the batch form: questions in JSON Lines in, one row of JSON out for every line, failures included."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assistant.domain import Answer, Language, Message, Outcome, Question
from assistant.errors import BatchFileError
from assistant.rendering import answer_row


def answer_batch(answer: Callable[[Question], Answer], questions: Path, answers: Path) -> tuple[int, int]:
    """Answer every line of `questions` into `answers`; returns how many lines there were and how many were unreadable.

    Raises BatchFileError where one of the files cannot be opened. Blank lines are passed over.
    """
    if questions.resolve() == answers.resolve():
        raise BatchFileError(f"{questions}: the answers would overwrite the questions; name another file in --out")
    lines = faults = 0
    try:
        with questions.open("rb") as source, answers.open("w", encoding="utf-8", newline="\n") as target:
            for row in _answered(answer, source):
                lines += 1
                faults += "error" in row
                target.write(json.dumps(row, ensure_ascii=False) + "\n")
    except OSError as error:
        raise BatchFileError(f"{error.filename}: cannot be opened ({error.strerror}); check path and rights") from error
    return lines, faults


def _answered(answer: Callable[[Question], Answer], source: Iterator[bytes]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(source, start=1):
        if not line.strip():
            continue
        row: Any = None
        try:
            row = json.loads(line.decode("utf-8-sig"))
            question = _question(row)
        except (ValueError, RecursionError) as error:
            yield _unreadable(row.get("id") if isinstance(row, dict) else None, number, str(error))
            continue
        try:
            answered = answer_row(answer(question))
        except Exception as error:  # noqa: BLE001 - one question that breaks must not lose the others
            yield _unreadable(row.get("id"), number, f"could not be answered ({type(error).__name__}: {error})")
        else:
            yield {"id": row.get("id"), **answered}


def _question(row: Any) -> Question:
    """The question of a row; raises ValueError saying what was found and expected."""
    if not isinstance(row, dict):
        raise ValueError(f"found a {type(row).__name__}; expected an object with id and question")
    if not isinstance(row.get("question"), str):
        raise ValueError(f"found the question {row.get('question')!r}; expected a text")
    language, history = row.get("language"), [] if row.get("history") is None else row["history"]
    if language not in (None, *Language):
        raise ValueError(f"found the language {language!r}; expected 'ja' or 'en'")
    if not isinstance(history, list) or not all(map(_is_message, history)):
        raise ValueError("found a history that is not a list of messages; expected role (user, assistant) and content")
    if not _is_id(row.get("id")):
        raise ValueError("found an id that cannot be written back; expected a text or a number")
    messages = tuple(Message(message["role"], message["content"]) for message in history)
    return Question(row["question"], messages, Language(language) if language else None)


def _is_id(row_id: Any) -> bool:
    """Whether an id can be written as JSON in UTF-8: no half characters, no NaN."""
    if isinstance(row_id, float):
        return math.isfinite(row_id)
    return row_id is None or isinstance(row_id, int) or (isinstance(row_id, str) and row_id.isprintable())


def _is_message(message: Any) -> bool:
    return (
        isinstance(message, dict)
        and message.get("role") in ("user", "assistant")
        and isinstance(message.get("content"), str)
    )


def _unreadable(row_id: Any, line: int, error: str) -> dict[str, Any]:
    return {
        "id": row_id if _is_id(row_id) else None,
        "line": line,
        "outcome": Outcome.INVALID_QUESTION.value,
        "language": None,
        "error": f"line {line}: {error}".encode("utf-8", "replace").decode("utf-8"),
        "text": "",
        "citations": [],
        "related": [],
        "statements": [],
        "confidence": None,
        "elapsed_ms": 0.0,
    }
