"""Owns the systems that are compared: what each is called, what it is, and how it answers all cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answering import Assistant
from assistant.domain import Proposal, Question
from assistant.embedding import Embedding, load_embedding
from assistant.opening import open_assistant
from assistant.rendering import answer_row
from assistant.settings import Settings
from evals.answers import GivenAnswer, failed, read_answer
from evals.baselines import PassageBaseline, RememberedQueries, by_meaning, by_words, searched_text
from evals.cases import Case
from evals.tutorial import TutorialPipeline
from evals.unenriched import open_unenriched

ASSISTANT = "assistant"
SYSTEMS = {
    "tutorial": "1,000-character chunks of the raw text in Chroma, top 4, cited by the numbers in them (LangChain)",
    "bm25": "BM25 on each passage's text alone, English questions on the translation",
    "encoder": "the encoder on each passage's text alone, each language's questions on that language's text",
    "unenriched": "this assistant without its enrichment (no briefs, other words, bank questions)",
    ASSISTANT: "this assistant, as anyone runs it",
}
"""The systems by name, from the plainest to this assistant."""


class Progress(Protocol):
    """Hears how far a system has come."""

    def __call__(self, system: str, done: int, total: int) -> None:
        """`done` of `total` cases are answered; at 0 the system is being opened."""
        ...


AnswerOne = Callable[[str, Question], GivenAnswer]
"""From a case's id and its question to the answer."""


@dataclass(frozen=True, slots=True)
class System:
    """A system to be measured; `encoder` is its embedding model where that is not the bundled one."""

    name: str
    encoder: str | None = None

    @property
    def title(self) -> str:
        """The name in tables: `assistant`, or `assistant+intfloat/multilingual-e5-small`."""
        return f"{self.name}+{self.encoder}" if self.encoder else self.name


class Bench:
    """Puts all cases to systems; an encoder is opened, and the questions encoded, once for all that share it."""

    def __init__(self, cases: Sequence[Case], proposal: Proposal, settings: Settings) -> None:
        self._cases = cases
        self._proposal = proposal
        self._settings = settings
        self._encoders: dict[str | None, tuple[Embedding, RememberedQueries]] = {}

    def answers(self, system: System, progress: Progress) -> dict[str, GivenAnswer]:
        """Answer every case; a question on which the system crashes gets a failed answer."""
        progress(system.title, 0, len(self._cases))
        answer = self._open(system)
        answers = {}
        for done, case in enumerate(self._cases, start=1):
            answers[case.id] = answer_or_fail(answer, case)
            progress(system.title, done, len(self._cases))
        return answers

    def _open(self, system: System) -> AnswerOne:
        proposal = self._proposal
        if system.name == ASSISTANT:
            return _asking(open_assistant(settings_for(system.encoder, self._settings)), timed=True)
        if system.name == "bm25":
            return PassageBaseline(proposal, by_words(proposal))
        embedding, vector_of = self._encoder(system.encoder)
        if system.name == "unenriched":
            questions = (case.asked for case in self._cases)
            folder = self._settings.data_folder / "evals"
            return _asking(open_unenriched(proposal, embedding, vector_of, questions, folder), timed=False)
        vector_of.remember(searched_text(case.asked) for case in self._cases)
        if system.name == "encoder":
            return PassageBaseline(proposal, by_meaning(proposal, embedding, vector_of))
        return TutorialPipeline(proposal, embedding, vector_of)

    def _encoder(self, name: str | None) -> tuple[Embedding, RememberedQueries]:
        if name not in self._encoders:
            embedding = load_embedding(name)
            self._encoders[name] = embedding, RememberedQueries(embedding)
        return self._encoders[name]


def settings_for(encoder: str | None, settings: Settings) -> Settings:
    """The settings with an encoder; another one than the bundled keeps its index apart, so that neither is rebuilt."""
    if encoder is None:
        return replace(settings, embedding_model=None)
    folder = "".join(character if character.isalnum() else "-" for character in encoder)
    return replace(settings, embedding_model=encoder, data_folder=settings.data_folder / "evals" / folder)


def systems_for(names: Sequence[str], settings: Settings) -> list[System]:
    """The systems of those names; where another encoder is set, the same ones with it too."""
    systems = [System(name) for name in names]
    if settings.embedding_model:
        systems += [System(name, settings.embedding_model) for name in names if name != "bm25"]
    return systems


def answer_or_fail(answer: AnswerOne, case: Case) -> GivenAnswer:
    """The answer to a case, or the failed answer that names what was raised."""
    try:
        return answer(case.id, case.asked)
    except Exception as error:  # noqa: BLE001 - a crash scores 0 and is listed, whatever it is
        return failed(case.id, f"{type(error).__name__}: {error}")


def _asking(assistant: Assistant, *, timed: bool) -> AnswerOne:
    """The assistant's answer through the batch form; `timed` where it answers as it would for a reader."""

    def answer(case_id: str, question: Question) -> GivenAnswer:
        row = {"id": case_id, **answer_row(assistant.invoke(question))}
        return read_answer(row if timed else {**row, "elapsed_ms": None})

    return answer
