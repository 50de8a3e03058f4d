"""Owns the baseline that is this assistant without its enrichment: no briefs, other words or bank questions anywhere.

The passages' views are their text, sentences, heading and points; the words are those of text and translation; the
recognition is trained on the remaining views. Everything else is the assistant's own. Vectors are compared exactly,
without Chroma, whose settings here find the same.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock

from assistant.answering import Assistant
from assistant.citations import StatementCheck
from assistant.composing import Composer
from assistant.corpus_files import read_enrichment
from assistant.domain import Language, NearView, Passage, PassageId, Proposal, View, ViewKind
from assistant.embedding import Embedding
from assistant.extractive import ExtractiveMaker
from assistant.finding import Finder
from assistant.indexing import OpenIndex, all_views, fingerprint
from assistant.references import ReferenceReader
from assistant.resources import resource_folder
from assistant.scopes import ScopeReader
from assistant.search import QuestionVector
from assistant.search.lexical import LexicalSearch, bag_of_words, build_lexical, load_lexical
from assistant.search.recognition import RecognitionSearch, load_recognition, train_recognition
from assistant.search.semantic import SemanticSearch
from assistant.understanding import Understanding
from evals.baselines import RememberedQueries

ENRICHMENT_VIEWS = frozenset({ViewKind.BRIEF, ViewKind.WORDS, ViewKind.QUESTION})


class ExactIndex:
    """The nearest of all views by brute force, with the methods of `assistant.index.Index` that answering needs."""

    def __init__(self, views: Sequence[View], vectors: np.ndarray) -> None:
        self._views = views
        self._vectors = vectors
        self._points: dict[PassageId, list[int]] = defaultdict(list)
        for row, view in enumerate(views):
            if view.kind is ViewKind.POINT:
                self._points[view.passage_id].append(row)

    def nearest(self, vector: np.ndarray, *, limit: int, where: Any = None) -> list[NearView]:
        """The `limit` views nearest to a unit vector, nearest first."""
        if where is not None:
            raise NotImplementedError(f"found the filter {where!r}; expected none")
        similarities = self._vectors @ vector
        order = np.argsort(-similarities, kind="stable")[:limit]
        return [
            NearView(view.passage_id, view.kind, view.number, float(similarities[row]))
            for row in order
            for view in (self._views[row],)
        ]

    def point_similarities(
        self,
        vector: np.ndarray,
        passage_ids: Iterable[PassageId],
        points: int,  # noqa: ARG002 - as Index has it
    ) -> dict[tuple[PassageId, int], float]:
        """The cosine of each point of some passages, `points` in all: the mean of its two languages."""
        sums: dict[tuple[PassageId, int], float] = defaultdict(float)
        for row in (row for passage_id in passage_ids for row in self._points[passage_id]):
            view = self._views[row]
            sums[view.passage_id, view.number] += float(self._vectors[row] @ vector) / len(Language)
        return sums


def open_unenriched(proposal: Proposal, embedding: Embedding, vector_of: RememberedQueries, folder: Path) -> Assistant:
    """The assistant without its enrichment; what is prepared the first time, in half a minute, stays in `folder`."""
    views = _views(proposal)
    folder = folder / _name(embedding)
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "lock"):
        vectors = _prepared(folder, views, proposal, embedding)
    index = OpenIndex(ExactIndex(views, vectors), load_lexical(folder / "words"), load_recognition(folder))
    return _assembled(proposal, index, vector_of)


def _assembled(proposal: Proposal, index: OpenIndex, vector_of: QuestionVector) -> Assistant:
    """What `assistant.opening.open_assistant` puts together, over another index than the one in the data folder."""
    scopes = ScopeReader(proposal)
    names = {section.id: section.names for section in proposal.sections.values()}
    lexical = LexicalSearch(index.lexical)
    semantic = SemanticSearch(index.collection, vector_of, proposal.passages)
    searches = (semantic, RecognitionSearch(index.recognition, vector_of), lexical)

    def similarity(question: str, passages: Sequence[Passage]) -> Mapping[tuple[PassageId, int], float]:
        points = sum(len(passage.points) for passage in passages)
        return index.collection.point_similarities(vector_of(question), [passage.id for passage in passages], points)

    return Assistant(
        proposal,
        Understanding(ReferenceReader(proposal.outline(), names), scopes),
        Finder(proposal, scopes, searches, lexical.knows),
        Composer(proposal, ExtractiveMaker(similarity)),
        StatementCheck(proposal),
    )


def _views(proposal: Proposal) -> list[View]:
    views = all_views(proposal, read_enrichment(resource_folder("corpus")))
    return [view for view in views if view.kind not in ENRICHMENT_VIEWS]


def _name(embedding: Embedding) -> str:
    """The hash of all that is prepared: corpus, the assistant's code, the encoder, and this module."""
    digest = hashlib.sha256(fingerprint(resource_folder("corpus"), embedding).encode())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()[:16]


def _prepared(folder: Path, views: Sequence[View], proposal: Proposal, embedding: Embedding) -> np.ndarray:
    """The vectors of the views; the first time, words and recognition are prepared in `folder` with them."""
    saved = folder / "vectors.npy"
    if saved.exists():
        return np.load(saved)
    vectors = embedding.encode_passages([view.text for view in views])
    train_recognition(folder, vectors, [view.passage_id for view in views])
    build_lexical(folder / "words", {key: bag_of_words(passage, None) for key, passage in proposal.passages.items()})
    np.save(saved, vectors)  # last: a folder without it is prepared anew
    return vectors
