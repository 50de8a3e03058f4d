"""Owns the making of statements by a chat model: each shown once it has passed the check, faults said, never hidden."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from langchain_core.messages import BaseMessage

from assistant.domain import Passage, PassageId, Request, Statement, Usage
from assistant.generation.chat_model import ChatFault, ChatModel, Tally
from assistant.generation.judging import WRONG_LANGUAGE, Judge
from assistant.generation.markers import Marked, MarkerReader
from assistant.generation.prompting import answer_messages, repair_messages
from assistant.generation.sentences import SentenceStream
from assistant.language import fold
from assistant.notices import notice, wording

MOST_STATEMENTS = 12
"""Sentences of a reply that are read, good or not; twice what the prompt allows."""
NOTHING_FOUND = frozenset({"none", "該当なし"})

Fallback = Callable[[Request, Sequence[Passage]], Iterable[Statement]]


@dataclass(slots=True)
class _Reply:
    """What has become of a reply's sentences."""

    said: list[Statement] = field(default_factory=list)
    failed: list[tuple[Marked, tuple[str, ...]]] = field(default_factory=list)
    nothing_found: bool = False

    def says(self, text: str) -> bool:
        """Whether a text has been said."""
        return any(fold(statement.text) == fold(text) for statement in self.said)

    @property
    def empty_because(self) -> str:
        """Why nothing of the reply can be shown: the name of a notice."""
        if self.failed:
            all_foreign = all(WRONG_LANGUAGE in faults for _, faults in self.failed)
            return "chat_wrong_language" if all_foreign else "chat_nothing_passed"
        return "chat_found_nothing" if self.nothing_found else "chat_empty"


class ChatMaker:
    """Makes statements with a chat model; where that fails, with the fallback, and says so."""

    def __init__(
        self,
        model: ChatModel,
        judge: Judge,
        markers: MarkerReader,
        fallback: Fallback,
        every: Mapping[PassageId, Passage] | None = None,
    ) -> None:
        """`every` are all passages, where the model is to be given all and not only those found."""
        self.fallback = fallback
        self._model = model
        self._judge = judge
        self._markers = markers
        self._every = tuple(every.values()) if every else ()

    def __call__(self, request: Request, passages: Sequence[Passage]) -> Iterator[Statement | Usage]:
        """The statements that pass, as they come; then what the reader must know of the others; then the usage."""
        if not passages:
            return
        given = self._every or tuple(passages)
        tally = self._model.tally()
        reply = _Reply()
        fault = ""
        try:
            messages = answer_messages(request, given, [passage.id for passage in passages])
            yield from self._passing(messages, request, given, reply, tally)
        except ChatFault as error:
            fault = error.reason
        tally.dropped = len(reply.failed)
        if reply.failed and not fault:
            yield from self._repaired(request, given, reply, tally)
        if fault or not reply.said:
            yield from self._instead(request, passages, reply, fault or reply.empty_because)
        if tally.dropped:
            yield notice("chat_dropped", request.language, count=tally.dropped)
        yield self._model.usage(tally)

    def _passing(
        self, messages: list[BaseMessage], request: Request, given: Sequence[Passage], reply: _Reply, tally: Tally
    ) -> Iterator[Statement]:
        """The sentences of a reply that pass; the others are kept in `reply.failed`."""
        known: Collection[PassageId] = {passage.id for passage in given}
        for marked in SentenceStream(self._markers).read(self._model.ask(messages, tally)):
            if fold(marked.text).rstrip(".。") in NOTHING_FOUND:
                reply.nothing_found = True
                continue
            judged = self._judge(marked, known, request.language)
            if judged.statement is None:
                reply.failed.append((marked, judged.faults))
            elif not reply.says(judged.statement.text):
                reply.said.append(judged.statement)
                yield judged.statement
            if len(reply.said) + len(reply.failed) > MOST_STATEMENTS:
                raise ChatFault("chat_endless")

    def _repaired(self, request: Request, given: Sequence[Passage], reply: _Reply, tally: Tally) -> Iterator[Statement]:
        """What passes of the failed sentences once the model has written them anew: one attempt for all together."""
        messages = repair_messages(request, given, [(marked.text, faults) for marked, faults in reply.failed])
        anew = _Reply(said=reply.said)
        try:
            for statement in self._passing(messages, request, given, anew, tally):
                tally.repaired += 1
                tally.dropped -= 1
                yield statement
                if not tally.dropped:
                    return
        except ChatFault:
            return  # what was not mended in time stays dropped, and is counted as such

    def _instead(
        self, request: Request, passages: Sequence[Passage], reply: _Reply, reason: str
    ) -> Iterator[Statement]:
        """What the fallback says, after a notice why, and whether it continues what the model began."""
        name = "chat_broke_off" if reply.said else "chat_fell_back"
        yield notice(name, request.language, reason=wording(reason, request.language))
        yield from (statement for statement in self.fallback(request, passages) if not reply.says(statement.text))
