"""Owns the baseline that most tutorials build: the raw text in chunks of 1,000 characters, Chroma, the top four.

LangChain's recursive splitter (1,000 characters, 200 of overlap) cuts the Japanese text as received, langchain-chroma
stores the chunks with the assistant's own encoder, and the four nearest chunks are the answer. Each is cited by the
numbers that a reader infers: those of the headings in it, and of the last heading before it, whose passage goes on in
it; the one that fills most of the chunk first. It never refuses. English questions get Japanese chunks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import uuid4

import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.domain import Outcome, PassageId, Proposal, Question, Span
from assistant.embedding import Embedding
from assistant.source_text import join_lines
from evals.answers import GivenAnswer, GivenStatement, Source
from evals.baselines import searched_text

CHUNK_SIZE, CHUNK_OVERLAP, TOP = 1000, 200, 4


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the source, the numbers under which a reader would cite it, the fullest first, and its sentences."""

    text: str
    passage_ids: tuple[PassageId, ...]
    sentences: tuple[str, ...]
    """Lines joined, without titles and numbers; the first and the last may be cut."""


def cut(proposal: Proposal) -> list[Chunk]:
    """Cut the raw text; text before the first heading belongs to no passage."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True, strip_whitespace=False
    )
    chunks = []
    for document in splitter.create_documents([proposal.source]):
        start = document.metadata["start_index"]
        found = [
            (passage.id, text)
            for passage in proposal.passages.values()
            for sentence in (passage.heading, *passage.sentences)
            if (text := _within(proposal.source, sentence.span, start, start + len(document.page_content)))
        ]
        lengths = Counter()
        for passage_id, text in found:
            lengths[passage_id] += len(text)
        ids = tuple(passage_id for passage_id, _ in lengths.most_common())
        chunks.append(Chunk(document.page_content, ids, tuple(text for _, text in found)))
    return chunks


def _within(source: str, span: Span, start: int, end: int) -> str:
    """The part of a sentence that lies in a chunk."""
    return join_lines(source[max(span.start, start) : min(span.end, end)])


class TutorialPipeline:
    """Chroma over the chunks; `vector_of` encodes questions with the same encoder."""

    def __init__(self, proposal: Proposal, embedding: Embedding, vector_of: Callable[[str], np.ndarray]) -> None:
        from langchain_chroma import Chroma  # noqa: PLC0415 - 2 s, and only this baseline needs it

        self._chunks = cut(proposal)
        self._vector_of = vector_of
        # In memory, where all of a process share one place: the name must be new.
        self._store = Chroma(f"tutorial-{uuid4().hex}", embedding_function=embedding)
        self._store.add_texts(
            [chunk.text for chunk in self._chunks], metadatas=[{"chunk": row} for row in range(len(self._chunks))]
        )

    def __call__(self, case_id: str, question: Question) -> GivenAnswer:
        """The answer to one question: the nearest chunks."""
        vector = self._vector_of(searched_text(question)).tolist()
        found = self._store.similarity_search_by_vector(vector, k=TOP)
        chunks = [self._chunks[document.metadata["chunk"]] for document in found]
        return GivenAnswer(
            case_id,
            Outcome.ANSWERED,
            tuple(statement for chunk in chunks for statement in _recited(chunk)),
            tuple(_sources(list(chain.from_iterable(chunk.passage_ids for chunk in chunks)))),
        )


def _recited(chunk: Chunk) -> list[GivenStatement]:
    """What a chunk says, each sentence cited to all of the chunk's numbers."""
    return [GivenStatement(sentence, _sources(chunk.passage_ids)) for sentence in chunk.sentences]


def _sources(passage_ids: Sequence[PassageId]) -> tuple[Source, ...]:
    return tuple(Source.read(str(passage_id)) for passage_id in dict.fromkeys(passage_ids))
