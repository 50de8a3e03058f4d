"""Owns fakes for anyone's tests: an embedding without weights that still knows which texts are alike, a chat model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult

from assistant.domain import Language, PassageId, Proposal, Verdict
from assistant.embedding import Embedding
from assistant.language import fold


class BigramEmbedding(Embedding):
    """Hashed character bigrams as unit vectors: texts that share characters are near, in either language."""

    def __init__(self, dimension: int = 256, name: str = "bigrams") -> None:
        self.dimension = dimension
        self.name = f"{name}-{dimension}"

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Questions as float32 unit vectors of shape (number of texts, dimension)."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            folded = fold(text) or " "
            for start in range(len(folded)):
                vectors[row, _hashed(folded[start : start + 2]) % self.dimension] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    encode_passages = encode_queries


@cache
def _hashed(bigram: str) -> int:
    return int.from_bytes(hashlib.blake2b(bigram.encode(), digest_size=4).digest())


class PointCheck:
    """A check of free sentences that passes points of the passages cited, word for word, and nothing else."""

    def __init__(self, proposal: Proposal) -> None:
        self._proposal = proposal

    def __call__(self, text: str, cited: Sequence[PassageId], language: Language) -> Verdict:
        """The verdict; a sentence that is a point of one of the passages cited rests on that point's sentences."""
        resting = [
            (key, number)
            for key in cited
            for point in self._proposal.passages[key].points
            if fold(point.text[language]) == fold(text)
            for number in point.sentences
        ]
        return Verdict(() if resting else ("not a point",), tuple(resting))


class ScriptedChatModel(BaseChatModel):
    """A chat model that says what a script tells it, piece by piece, and can misbehave in every way a real one can.

    `script` gets the messages and returns the pieces of the reply: texts are sent as they are, whole chunks too, and
    an exception is raised where it stands. `finish` is what the model says at the end of why it stopped, or nothing.
    """

    script: Callable[[list[BaseMessage]], Iterable[str | AIMessageChunk | Exception]]
    finish: str = "stop"

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError("a scripted model is only streamed")

    def _stream(self, messages: list[BaseMessage], *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
        for piece in self.script(messages):
            if isinstance(piece, Exception):
                raise piece
            yield ChatGenerationChunk(message=AIMessageChunk(piece) if isinstance(piece, str) else piece)
        if self.finish:
            yield ChatGenerationChunk(
                message=AIMessageChunk(
                    "", usage_metadata={"input_tokens": 100, "output_tokens": 20, "total_tokens": 120}
                ),
                generation_info={"finish_reason": self.finish},
            )
