"""Owns answers as the scorers see them: read from the batch form of the contract, whoever wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain import Outcome, PassageId, StatementKind
from evals.cases import Case
from evals.errors import AnswersError

_MARKER = re.compile(r"\[([^\[\]\s]{1,20})\]")
_SENTENCE = re.compile(r"[^。！？!?\n]*?(?:[。！？]|[.!?](?=\s|\[|$)|\n|$)(?:\s*\[[^\[\]\s]{1,20}\])*")


@dataclass(frozen=True, slots=True)
class Source:
    """What one citation points to: a sentence of a passage (0 is the heading), or a passage as a whole.

    `passage_id` is None where the number cited does not exist in the notation of passages; `printed` is as given.
    """

    printed: str
    passage_id: PassageId | None
    sentence: int | None = None

    @classmethod
    def read(cls, printed: str, sentence: int | None = None) -> Source:
        """Read a number as printed in an answer."""
        try:
            return cls(printed, PassageId.parse(printed), sentence)
        except ValueError:
            return cls(printed, None, sentence)


@dataclass(frozen=True, slots=True)
class GivenStatement:
    """One statement of an answer with what it cites; `quote` is the verbatim quotation given for it."""

    text: str
    sources: tuple[Source, ...] = ()
    quote: str = ""
    notice: bool = False
    """Whether the system speaks in its own name, which needs no citation."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One answer of any system; one with an `error` holds nothing else, so that it scores nothing."""

    case_id: str
    outcome: Outcome | None = None
    statements: tuple[GivenStatement, ...] = ()
    citations: tuple[Source, ...] = ()
    related: tuple[PassageId, ...] = ()
    confidence: float | None = None
    """How probable the system holds its first citation to be right, where it says so."""
    elapsed_ms: float | None = None
    error: str = ""

    @property
    def cited(self) -> tuple[PassageId, ...]:
        """The passages cited, each once, in order; numbers in no known notation are left out."""
        return tuple(dict.fromkeys(source.passage_id for source in self.citations if source.passage_id))

    @property
    def claims(self) -> tuple[GivenStatement, ...]:
        """The statements about what the proposal says."""
        return tuple(statement for statement in self.statements if not statement.notice)

    @property
    def shown(self) -> tuple[PassageId, ...]:
        """The passages in the order in which a reader is shown them: cited, then offered as related."""
        return tuple(dict.fromkeys((*self.cited, *self.related)))

    @property
    def text(self) -> str:
        """What the answer says itself, statement by statement, without quotations and markers."""
        return "\n".join(statement.text for statement in self.statements)


def failed(case_id: str, error: str) -> GivenAnswer:
    """The answer that stands for a crash."""
    return GivenAnswer(case_id, error=error)


def read_answer(row: Mapping[str, Any]) -> GivenAnswer:
    """Read one row of the batch form; a row that is not in that form becomes a failed answer that says why."""
    case_id = str(row.get("id"))
    if row.get("error"):
        return failed(case_id, str(row["error"]))
    try:
        citations = tuple(dict.fromkeys(Source.read(str(printed)) for printed in _list(row, "citations")))
        given = [_statement(statement) for statement in _list(row, "statements")]
        given = given or _sentences(str(row.get("text") or ""))
        elapsed, confidence = row.get("elapsed_ms"), row.get("confidence")
        return GivenAnswer(
            case_id,
            Outcome(row.get("outcome")),
            tuple(given),
            citations or tuple(dict.fromkeys(Source.read(s.printed) for said in given for s in said.sources)),
            tuple(filter(None, (Source.read(str(printed)).passage_id for printed in _list(row, "related")))),
            None if confidence is None else float(confidence),
            None if elapsed is None else float(elapsed),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        return failed(case_id, f"not in the batch form: {error}")


def read_answers(path: Path, cases: Iterable[Case]) -> dict[str, GivenAnswer]:
    """Read a file of answers and give one for every case: a case without a row has failed.

    Raises:
        AnswersError: The file cannot be read, a line is not JSON, or an id stands there twice.
    """
    found: dict[str, GivenAnswer] = {}
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AnswersError(f"{path}: cannot be read ({error}); expected answers in JSON Lines, UTF-8") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise AnswersError(f"{path}, line {number}: not JSON ({error})") from error
        if not isinstance(row, dict):
            raise AnswersError(f"{path}, line {number}: found a {type(row).__name__}; expected an object with an id")
        answer = read_answer(row)
        if answer.case_id in found:
            raise AnswersError(f"{path}, line {number}: a second answer to {answer.case_id!r}; expected one a case")
        found[answer.case_id] = answer
    return {case.id: found.get(case.id) or failed(case.id, "the file has no row for this case") for case in cases}


def _list(row: Mapping[str, Any], name: str) -> list[Any]:
    value = row.get(name) or []
    if not isinstance(value, list):
        raise TypeError(f"found {name} {value!r:.40}; expected a list")
    return value


def _statement(row: Mapping[str, Any]) -> GivenStatement:
    """A statement with its sources: sentences where the row names them, whole passages for the other citations."""
    exact = [Source.read(str(source["id"]), source.get("sentence")) for source in _list(row, "sources")]
    named = {source.printed for source in exact}
    whole = [Source.read(str(printed)) for printed in _list(row, "citations") if str(printed) not in named]
    return GivenStatement(
        text=_MARKER.sub("", str(row["text"])).strip(),
        sources=tuple(dict.fromkeys((*exact, *whole))),
        quote=str(row.get("quote") or ""),
        notice=row.get("kind") == StatementKind.NOTICE,
    )


def _sentences(text: str) -> list[GivenStatement]:
    """The statements of an answer that gives text alone: its sentences, each with the markers at its end."""
    return [
        GivenStatement(said, tuple(Source.read(marker) for marker in _MARKER.findall(match[0])))
        for match in _SENTENCE.finditer(text)
        if (said := _MARKER.sub("", match[0]).strip())
    ]
