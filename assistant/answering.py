"""Owns the answering of a question: understand → search → compose → check → `Answer`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant.checking import WrittenCheck
from assistant.citations import StatementCheck
from assistant.composing import Composer
from assistant.domain import Answer, Message, Proposal, Question, Statement, Usage
from assistant.finding import Finder
from assistant.understanding import Understanding


class Assistant(Runnable[Question, Answer]):
    """Answers questions about the proposal: a LangChain runnable from `Question` to `Answer`."""

    def __init__(
        self,
        proposal: Proposal,
        understand: Understanding,
        find: Finder,
        compose: Composer,
        check: StatementCheck,
        check_written: WrittenCheck,
    ) -> None:
        """`check_written` is for makers of statements that are neither points nor sentences of the text."""
        self.proposal = proposal
        self.understand = understand
        self.find = find
        self.compose = compose
        self._check = check
        self.check_written = check_written

    def answer(self, text: str, history: Sequence[Message] = ()) -> Answer:
        """The plain door: answer one question, with the conversation so far."""
        return self.invoke(Question(text, tuple(history)))

    def invoke(self, input: Question, config: RunnableConfig | None = None, **_: Any) -> Answer:  # noqa: A002
        """Answer one question; LangChain's callbacks in `config` hear of it."""
        return self._call_with_config(self._answer, input, config, run_type="chain")

    def stream(
        self,
        input: Question,  # noqa: A002
        config: RunnableConfig | None = None,
        **_: Any,
    ) -> Iterator[Statement | Answer]:
        """Yield whole statements, each as soon as it has passed the check, then the final answer."""
        yield from self._transform_stream_with_config(iter([input]), self._answers, config, run_type="chain")

    def _answer(self, question: Question) -> Answer:
        *_, answer = self._parts(question)
        return answer

    def _answers(self, questions: Iterator[Question]) -> Iterator[Statement | Answer]:
        for question in questions:
            yield from self._parts(question)

    def _parts(self, question: Question) -> Iterator[Statement | Answer]:
        started = time.perf_counter()
        request = self.understand(question)
        found = self.find(request)
        checked: list[Statement] = []
        usage: Usage | None = None
        for part in self.compose(request, found):
            if isinstance(part, Usage):
                usage = part
            elif not self._check.faults(part, request.language):
                checked.append(part)
                yield part
        elapsed_ms = (time.perf_counter() - started) * 1000
        yield Answer(
            found.outcome, request.language, tuple(checked), found.related, found.confidence, elapsed_ms, usage
        )
