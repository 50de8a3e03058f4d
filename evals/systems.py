"""Owns the systems that are compared: what each is called, what it is, and how it answers all cases."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from multiprocessing import get_context
from typing import Protocol

from assistant.answering import Assistant
from assistant.domain import Proposal, Question
from assistant.embedding import Embedding, load_embedding
from assistant.opening import open_assistant
from assistant.proposal import load_proposal
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
CHUNK = 32
"""Cases that a worker process takes at a time."""
FEWEST_SHARED = 200
"""Cases from which it pays to share the work of answering among processes, each of which opens the system."""
MOST_WORKERS = 4


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
    """Opens systems and puts cases to them; an encoder is opened, and a question encoded, once for all systems."""

    def __init__(self, proposal: Proposal, settings: Settings) -> None:
        self._proposal = proposal
        self._settings = settings
        self._encoders: dict[str | None, tuple[Embedding, RememberedQueries]] = {}
        self._open_systems: dict[System, AnswerOne] = {}

    def answers(self, system: System, cases: Sequence[Case], progress: Progress) -> dict[str, GivenAnswer]:
        """Answer every case; a question on which the system crashes gets a failed answer."""
        progress(system.title, 0, len(cases))
        answers: dict[str, GivenAnswer] = {}
        chunks = [cases[start : start + CHUNK] for start in range(0, len(cases), CHUNK)]
        shared = system.name in (ASSISTANT, "unenriched") and len(cases) >= FEWEST_SHARED
        for answered in self._shared(system, chunks) if shared else (self.answer(system, chunk) for chunk in chunks):
            answers |= {answer.case_id: answer for answer in answered}
            progress(system.title, len(answers), len(cases))
        return answers

    def answer(self, system: System, cases: Sequence[Case]) -> list[GivenAnswer]:
        """Answer some cases, in order."""
        if system not in self._open_systems:
            self._open_systems[system] = self._open(system)
        if system.name in ("tutorial", "encoder"):  # in one batch; the assistant searches for other texts too
            self._encoder(system.encoder)[1].remember(searched_text(case.asked) for case in cases)
        return [answer_or_fail(self._open_systems[system], case) for case in cases]

    def _shared(self, system: System, chunks: Sequence[Sequence[Case]]) -> Iterator[list[GivenAnswer]]:
        """Answer chunks of cases in as many processes as there are cores, in order."""
        workers = min(MOST_WORKERS, _cores())
        answer = partial(_answer_in_worker, system, self._settings)
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield from pool.map(answer, chunks)

    def _open(self, system: System) -> AnswerOne:
        proposal = self._proposal
        if system.name == ASSISTANT:
            return _asking(open_assistant(settings_for(system.encoder, self._settings)), timed=True)
        if system.name == "bm25":
            return PassageBaseline(proposal, by_words(proposal))
        embedding, vector_of = self._encoder(system.encoder)
        if system.name == "unenriched":
            folder = settings_for(system.encoder, self._settings).data_folder
            return _asking(open_unenriched(proposal, embedding, folder), timed=False)
        if system.name == "encoder":
            return PassageBaseline(proposal, by_meaning(proposal, embedding, vector_of))
        return TutorialPipeline(proposal, embedding, vector_of)

    def _encoder(self, name: str | None) -> tuple[Embedding, RememberedQueries]:
        if name not in self._encoders:
            embedding = load_embedding(name)
            self._encoders[name] = embedding, RememberedQueries(embedding)
        return self._encoders[name]


@cache
def _bench_of_worker(settings: Settings) -> Bench:
    return Bench(load_proposal(), settings)


def _answer_in_worker(system: System, settings: Settings, cases: Sequence[Case]) -> list[GivenAnswer]:
    return _bench_of_worker(settings).answer(system, cases)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


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
