"""Owns the one form that all searches share: a question and a limit in, passages with scores out."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Protocol

import numpy as np

from assistant.domain import Hit
from assistant.embedding import Embedding

QuestionVector = Callable[[str], np.ndarray]
"""From a question to its unit vector of shape (dimension,)."""

REMEMBERED = 64
"""Questions whose vector, near views and word scores are kept: several steps ask for those of the same one."""


class Search(Protocol):
    """Finds passages; `limit` is the most to return, best first."""

    def __call__(self, question: str, *, limit: int) -> list[Hit]:
        """Search the proposal for what the question is about."""
        ...


def question_vector(embedding: Embedding) -> QuestionVector:
    """Encode questions, each once however many searches need its vector."""

    @lru_cache(maxsize=REMEMBERED)
    def encode(question: str) -> np.ndarray:
        return embedding.encode_queries([question])[0]

    return encode
