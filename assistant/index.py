"""Owns the Chroma collection: one entry per view of a passage, built through langchain-chroma, searched exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import chromadb
import numpy as np

from assistant.domain import Language, NearView, PassageId, Proposal, View, ViewKind
from assistant.embedding import Embedding

COLLECTION = "proposal"
CONFIGURATION = {
    "hnsw": {"space": "cosine", "ef_search": 1000, "ef_construction": 400, "max_neighbors": 32},
}
"""Wide enough that the approximate search equals the exact one on this corpus, after every rebuild (tested)."""
BATCH = 256


def _client(folder: Path) -> chromadb.ClientAPI:
    return chromadb.PersistentClient(str(folder), settings=chromadb.Settings(anonymized_telemetry=False))


class _AsQuestions:
    """An embedding, in LangChain's form, that embeds what is stored as the questions that it is."""

    def __init__(self, embedding: Embedding) -> None:
        self._embedding = embedding

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return self._embedding.encode_queries(texts).tolist()


def _metadata(view: View, proposal: Proposal) -> dict[str, Any]:
    passage = proposal.passages[view.passage_id]
    return {
        "id": str(view.passage_id),
        "section": view.passage_id.section,
        "subsection": str(view.passage_id.section_id),
        "number": view.passage_id.number,
        "page": passage.page,
        "language": view.language.value,
        "kind": view.kind.value,
        "view": view.number,
        "actors": ",".join(sorted(passage.actors)),
    }


def build_collection(
    folder: Path, views: Sequence[View], proposal: Proposal, embedding: Embedding, advance: Callable[[int], None]
) -> np.ndarray:
    """Embed the views and store them in a new collection in `folder`; `advance` hears of every batch stored.

    Bank questions are embedded as questions, all other views as passages. Returns the vectors as stored, of shape
    (views, dimension).
    """
    from langchain_chroma import Chroma  # noqa: PLC0415 - 0.7 s, and only building needs it

    with _client(folder) as client:
        for asked, function in ((False, embedding), (True, _AsQuestions(embedding))):
            store = Chroma(COLLECTION, function, client=client, collection_configuration=CONFIGURATION)
            chosen = [view for view in views if (view.kind is ViewKind.QUESTION) is asked]
            for start in range(0, len(chosen), BATCH):
                batch = chosen[start : start + BATCH]
                store.add_texts(
                    [view.text for view in batch],
                    metadatas=[_metadata(view, proposal) for view in batch],
                    ids=[view.id for view in batch],
                )
                advance(len(batch))
        stored = client.get_collection(COLLECTION, embedding_function=None).get(include=["embeddings"])
        rows = {key: row for row, key in enumerate(stored["ids"])}
        return np.asarray(stored["embeddings"], dtype=np.float32)[[rows[view.id] for view in views]]


class Index:
    """The opened collection; answers which views lie nearest to a question."""

    def __init__(self, folder: Path) -> None:
        self._client = _client(folder)
        try:
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        except Exception:  # an open client would be handed out again for a folder that has been rebuilt meanwhile
            self._client.close()
            raise

    def __len__(self) -> int:
        return self._collection.count()

    def nearest(self, vector: np.ndarray, *, limit: int) -> list[NearView]:
        """The `limit` views nearest to a unit vector of shape (dimension,), nearest first."""
        found = self._collection.query([vector.tolist()], n_results=limit, include=["distances"])
        return [
            _near_view(entry, 1.0 - distance)
            for entry, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    @cached_property
    def _points(self) -> tuple[list[tuple[PassageId, int]], np.ndarray]:
        """Passage and number of every point, and their vectors: the sum of both languages, halved."""
        found = self._collection.get(where={"kind": ViewKind.POINT.value}, include=["embeddings"])
        sums: dict[tuple[PassageId, int], np.ndarray] = defaultdict(lambda: np.zeros(len(found["embeddings"][0])))
        for entry, vector in zip(found["ids"], found["embeddings"], strict=True):
            view = _near_view(entry, 0.0)
            sums[view.passage_id, view.number] += np.asarray(vector) / len(Language)
        return list(sums), np.stack(list(sums.values()))

    def point_similarities(self, vector: np.ndarray) -> dict[tuple[PassageId, int], float]:
        """The cosine of every point to a unit vector, by passage and number: the mean of its two languages."""
        keys, vectors = self._points
        return dict(zip(keys, (vectors @ vector).tolist(), strict=True))

    def close(self) -> None:
        """Release the files, so that the folder may be replaced."""
        self._client.close()


def _near_view(entry: str, similarity: float) -> NearView:
    """Read an entry's id, `D-1-5/point/en/3`: asking Chroma for its metadata would double the time of a search."""
    passage_id, kind, _, number = entry.split("/")
    return NearView(_passage_id(passage_id), ViewKind(kind), int(number), similarity)


_passage_id = cache(PassageId.parse)
