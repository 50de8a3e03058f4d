"""Owns fakes for anyone's tests: an embedding without weights that still knows which texts are alike."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache

import numpy as np

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
