"""Owns the Chroma collections: the passages' views, and the decoys beside them, built through langchain-chroma."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

import chromadb
import numpy as np

from assistant.domain import (
    Decoy,
    DecoyKind,
    LabelKind,
    Language,
    NearDecoy,
    NearView,
    PassageId,
    Proposal,
    View,
    ViewKind,
)
from assistant.embedding import Embedding

COLLECTION, DECOYS = "proposal", "decoys"
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
        "topics": ",".join(label.key for label in passage.labels if label.kind is LabelKind.TOPIC),
    }


class _Entry(NamedTuple):
    """What a collection stores: a text under an id, embedded as a question or as a passage."""

    id: str
    text: str
    metadata: dict[str, Any]
    asked: bool


def build_collections(
    folder: Path,
    views: Sequence[View],
    decoys: Sequence[Decoy],
    proposal: Proposal,
    embedding: Embedding,
    advance: Callable[[int], None],
) -> tuple[np.ndarray, np.ndarray]:
    """Embed views and decoys and store them in new collections in `folder`; `advance` hears of every batch stored.

    What is asked is embedded as a question, all else as a passage. Returns the vectors as stored, of shapes
    (views, dimension) and (decoys, dimension).
    """
    of_views = [_Entry(view.id, view.text, _metadata(view, proposal), view.kind is ViewKind.QUESTION) for view in views]
    of_decoys = [
        _Entry(decoy.id, decoy.text, {"kind": decoy.kind.value, "owner": decoy.owner}, decoy.asked) for decoy in decoys
    ]
    with _client(folder) as client:
        return (
            _store(client, COLLECTION, of_views, embedding, advance),
            _store(client, DECOYS, of_decoys, embedding, advance),
        )


def _store(
    client: chromadb.ClientAPI,
    collection: str,
    entries: Sequence[_Entry],
    embedding: Embedding,
    advance: Callable[[int], None],
) -> np.ndarray:
    from langchain_chroma import Chroma  # noqa: PLC0415 - 0.7 s, and only building needs it

    for asked, function in ((False, embedding), (True, _AsQuestions(embedding))):
        store = Chroma(collection, function, client=client, collection_configuration=CONFIGURATION)
        chosen = [entry for entry in entries if entry.asked is asked]
        for start in range(0, len(chosen), BATCH):
            batch = chosen[start : start + BATCH]
            store.add_texts(
                [entry.text for entry in batch],
                metadatas=[entry.metadata for entry in batch],
                ids=[entry.id for entry in batch],
            )
            advance(len(batch))
    if not entries:
        client.get_or_create_collection(collection, embedding_function=None)
        return np.empty((0, embedding.dimension), dtype=np.float32)
    stored = client.get_collection(collection, embedding_function=None).get(include=["embeddings"])
    rows = {key: row for row, key in enumerate(stored["ids"])}
    return np.asarray(stored["embeddings"], dtype=np.float32)[[rows[entry.id] for entry in entries]]


class Index:
    """The opened collection; answers which views lie nearest to a question."""

    def __init__(self, folder: Path) -> None:
        self._client = _client(folder)
        try:
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
            self._decoys = self._client.get_collection(DECOYS, embedding_function=None)
        except Exception:  # an open client would be handed out again for a folder that has been rebuilt meanwhile
            self._client.close()
            raise

    def __len__(self) -> int:
        return self._collection.count() + self._decoys.count()

    def nearest(self, vector: np.ndarray, *, limit: int) -> list[NearView]:
        """The `limit` views nearest to a unit vector of shape (dimension,), nearest first."""
        found = self._collection.query([vector.tolist()], n_results=limit, include=["distances"])
        return [
            _near_view(entry, 1.0 - distance)
            for entry, distance in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def nearest_decoys(self, vector: np.ndarray, *, limit: int) -> list[NearDecoy]:
        """The `limit` decoys nearest to a unit vector of shape (dimension,), nearest first."""
        if not self._decoys.count():
            return []
        found = self._decoys.query([vector.tolist()], n_results=limit, include=["distances"])
        return [
            NearDecoy(DecoyKind((parts := entry.split("/"))[0]), parts[1], 1.0 - distance)
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

    def vectors(self, views: Sequence[str]) -> np.ndarray:
        """The vectors of views, by their ids, of shape (views, dimension)."""
        found = self._collection.get(ids=list(views), include=["embeddings"])
        rows = {key: row for row, key in enumerate(found["ids"])}
        return np.asarray(found["embeddings"], dtype=np.float32)[[rows[view] for view in views]]

    def close(self) -> None:
        """Release the files, so that the folder may be replaced."""
        self._client.close()


def _near_view(entry: str, similarity: float) -> NearView:
    """Read an entry's id, `D-1-5/point/en/3`: asking Chroma for its metadata would double the time of a search."""
    passage_id, kind, language, number = entry.split("/")
    return NearView(_passage_id(passage_id), ViewKind(kind), Language(language), int(number), similarity)


_passage_id = cache(PassageId.parse)
