"""Owns the cases: questions with the passages that a right answer cites, read and checked from `cases/*.jsonl`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from assistant.domain import Language, Message, Outcome, PassageId, Question
from assistant.language import fold
from assistant.proposal import load_proposal
from evals.errors import CaseError

CASES = Path(__file__).parent / "cases"
_Text = Annotated[str, Field(min_length=1)]
_Key = Annotated[PassageId, BeforeValidator(PassageId.parse)]


class Split(StrEnum):
    """`development` may be read; `test` is only scored."""

    DEVELOPMENT = "development"
    TEST = "test"


class CaseType(StrEnum):
    """What a case tries out."""

    SINGLE = "single"
    HARD_SINGLE = "hard_single"
    ANSWERABLE_TWIN = "answerable_twin"
    MULTI = "multi"
    COMPARE = "compare"
    ACTOR = "actor"
    OVERVIEW = "overview"
    COUNT = "count"
    LOOKUP = "lookup"
    FOLLOWUP = "followup"
    FALSE_PREMISE = "false_premise"
    UNANSWERABLE = "unanswerable"
    OFF_TOPIC = "off_topic"
    INJECTION = "injection"
    SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a right answer states; each key is a tuple of alternatives, one of which must occur."""

    text: str
    keys: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is expected of the answer."""

    id: str
    split: Split
    type: CaseType
    kind: str
    """A finer type, such as `buried_detail`; free text."""
    language: Language
    """The language in which the answer is expected."""
    question: str
    history: tuple[Message, ...]
    outcome: Outcome
    gold: tuple[PassageId, ...]
    """Must be cited; empty only where nothing is to be cited or, in a count over all 56, nothing in particular."""
    optional: tuple[PassageId, ...]
    """May be cited."""
    facts: tuple[Fact, ...]
    group: str
    """Cases of one group are versions of one question and stand in one split."""

    @property
    def answerable(self) -> bool:
        """Whether the proposal answers the question."""
        return self.outcome is Outcome.ANSWERED

    @property
    def unanswerable(self) -> bool:
        """Whether the right answer says that there is nothing, or no such number, in the proposal."""
        return self.outcome in (Outcome.NOT_IN_PROPOSAL, Outcome.NO_SUCH_RECOMMENDATION)

    @property
    def asked(self) -> Question:
        """What a system is given: the text and the conversation, without the language."""
        return Question(self.question, self.history)


class _FactRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    text: _Text
    keys: Annotated[tuple[_Text, ...], Field(min_length=1)]

    def fact(self) -> Fact:
        return Fact(self.text, tuple(tuple(key.split("|")) for key in self.keys))


class _MessageRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    role: Literal["user", "assistant"]
    content: str


class _CaseRow(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: _Text
    split: Split
    type: CaseType
    kind: _Text
    language: Language
    question: _Text
    history: tuple[_MessageRow, ...]
    outcome: Outcome
    gold: tuple[_Key, ...]
    optional: tuple[_Key, ...]
    facts: tuple[_FactRow, ...]
    group: _Text

    def case(self) -> Case:
        values = {name: getattr(self, name) for name in type(self).model_fields}
        values["history"] = tuple(Message(message.role, message.content) for message in self.history)
        values["facts"] = tuple(fact.fact() for fact in self.facts)
        return Case(**values)


def load_cases(
    split: Split | None = None,
    types: Collection[CaseType] | None = None,
    *,
    folder: Path = CASES,
    passage_ids: Collection[PassageId] | None = None,
) -> tuple[Case, ...]:
    """Read all cases, check all of them, and return those of a split and of some types, in a fixed order.

    Raises:
        CaseError: A row is not a case, or two do not go together; the message names file and line.
    """
    known = frozenset(load_proposal().passages if passage_ids is None else passage_ids)
    cases: list[Case] = []
    seen: dict[str, str] = {}
    splits: dict[str, tuple[Split, str]] = {}
    for place, case in _read(folder):
        for fault in _faults(case, known):
            raise CaseError(f"{place}: {case.id}: {fault}")
        for what, key in (("id", case.id), ("question and history", _conversation(case))):
            first = seen.setdefault(f"{what}\n{key}", place)
            if first != place:
                raise CaseError(f"{place}: {case.id}: the same {what} as in {first}")
        home, first = splits.setdefault(case.group, (case.split, place))
        if home is not case.split:
            raise CaseError(f"{place}: {case.id}: the group {case.group!r} straddles the splits; see {first}")
        cases.append(case)
    return tuple(c for c in cases if split in (None, c.split) and (types is None or c.type in types))


def _read(folder: Path) -> Iterator[tuple[str, Case]]:
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise CaseError(f"{folder}: found no case file (*.jsonl); restore the folder")
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise CaseError(f"{path}: cannot be read ({error}); restore the file") from error
        for number, line in enumerate(lines, start=1):
            place = f"{path.name}, line {number}"
            try:
                case = _CaseRow.model_validate_json(line).case()
            except ValidationError as error:
                first = error.errors()[0]
                where = " › ".join(map(str, first["loc"])) or "the row"
                raise CaseError(f"{place}: {where}: found {first['input']!r:.80}; {first['msg']}") from error
            if path.name != f"{case.type}.{case.split}.jsonl":
                raise CaseError(f"{place}: {case.id}: belongs into {case.type}.{case.split}.jsonl")
            yield place, case


def _faults(case: Case, known: frozenset[PassageId]) -> Iterator[str]:
    unknown = [str(key) for key in (*case.gold, *case.optional) if key not in known]
    both = [str(key) for key in case.gold if key in case.optional]
    if unknown:
        yield f"found {', '.join(unknown)}; there is no such passage"
    if both:
        yield f"{', '.join(both)} cannot be both gold and optional"
    if len({*case.gold, *case.optional}) < len(case.gold) + len(case.optional):
        yield "the same passage is named twice"
    if case.answerable and not case.gold and case.type is not CaseType.COUNT:
        yield "found no gold passage; only a count over all 56 may have none"
    if case.answerable and not case.facts:
        yield "found no fact; an answered case says what a right answer states"
    if not case.answerable and (case.gold or case.facts):
        yield f"found gold or facts; a case that ends in {case.outcome} has neither"
    if any(not "".join(alternative.split()) for fact in case.facts for key in fact.keys for alternative in key):
        yield "found an empty alternative in a fact's keys"


def _conversation(case: Case) -> str:
    return "\n".join(fold(text) for text in (*(message.content for message in case.history), case.question))
