"""Owns what an embedding model offers, whichever package reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np


class Embedding(Protocol):
    """Texts to vectors whose dot product is their cosine similarity.

    `name` identifies the model for the hash of the index: another content has another name. It also has the two
    methods of LangChain's `Embeddings`, which langchain-chroma calls and nothing checks for: that base class is not
    inherited, since importing it takes as long as opening the bundled model (0.14 s).
    """

    name: str
    dimension: int

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """What readers ask, as float32 unit vectors of shape (number of texts, dimension)."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """What is searched, as float32 unit vectors of shape (number of texts, dimension)."""
        ...

    def embed_query(self, text: str) -> list[float]:
        """One question as a list of `dimension` numbers (LangChain's name for it)."""
        return self.encode_queries([text])[0].tolist()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Passages as lists of `dimension` numbers (LangChain's name for it)."""
        return self.encode_passages(texts).tolist()
