"""Owns the baseline that most tutorials build: the raw text in chunks of 1,000 characters, Chroma, the top four.

LangChain's recursive splitter (1,000 characters, 200 of overlap) cuts the Japanese text as received, langchain-chroma
stores the chunks with the assistant's own encoder, and the four nearest chunks are the answer. Each is cited by the
numbers that a reader infers: those of the headings in it, and of the last heading before it, whose passage it continues;
the one that fills most of the chunk first. It never refuses. English questions get Japanese chunks, as they would.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from langchain_text_splitters import RecursiveCharacterTextSplitter

from assistant.domain import Outcome, PassageId, Proposal, Question
from assistant.embedding import Embedding
from assistant.source_text import join_lines
from evals.answers import GivenAnswer, GivenStatement, Source
from evals.baselines import searched_text

CHUNK_SIZE, CHUNK_OVERLAP, TOP = 1000, 200, 4


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the source with the numbers under which a reader would cite it, the fullest first."""

    text: str
    passage_ids: tuple[PassageId, ...]


def cut(proposal: Proposal) -> list[Chunk]:
    """Cut the raw text; text before the first heading belongs to no passage."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_SIZE, chunk_overlap=CHUNK_OVERLAP, add_start_index=True, strip_whitespace=False
    )
    documents = splitter.create_documents([proposal.source])
    starts = [(passage.mark.start, passage.id) for passage in proposal.passages.values()]
    ends = [start for start, _ in starts[1:]] + [len(proposal.source)]
    chunks = []
    for document in documents:
        first = document.metadata["start_index"]
        last = first + len(document.page_content)
        shares = [
            (min(last, end) - max(first, start), passage_id)
            for (start, passage_id), end in zip(starts, ends, strict=True)
            if proposal.source[max(first, start) : min(last, end)].strip()
        ]
        ranked = sorted(shares, key=lambda share: -share[0])
        chunks.append(Chunk(document.page_content, tuple(passage_id for _, passage_id in ranked)))
    return chunks


class TutorialPipeline:
    """Chroma over the chunks; `vector_of` encodes questions with the same encoder."""

    def __init__(self, proposal: Proposal, embedding: Embedding, vector_of: Callable[[str], np.ndarray]) -> None:
        from langchain_chroma import Chroma  # noqa: PLC0415 - 2 s, and only this baseline needs it

        self._chunks = cut(proposal)
        self._vector_of = vector_of
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._store = Chroma("tutorial", embedding_function=embedding, persist_directory=self._folder.name)
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
    """What a chunk says, sentence by sentence, cut ones included, each cited to all of the chunk's numbers."""
    sources = _sources(chunk.passage_ids)
    sentences = join_lines(chunk.text).replace("。", "。\n").split("\n")
    return [GivenStatement(sentence, sources) for sentence in sentences if sentence.strip()]


def _sources(passage_ids: Sequence[PassageId]) -> tuple[Source, ...]:
    return tuple(Source.read(str(passage_id)) for passage_id in dict.fromkeys(passage_ids))
