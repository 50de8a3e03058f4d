"""Owns the index folder: built whole under a lock, moved into place in one step, rebuilt when it is stale or broken."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

import chromadb.errors
import numpy as np
from filelock import FileLock

from assistant.corpus_files import (
    read_absent_subjects,
    read_elsewhere,
    read_enrichment,
    read_not_given,
    read_small_talk,
)
from assistant.decoys import decoys_of
from assistant.domain import AbsentSubject, DecoyKind, Enrichment, Language, NotGiven, PassageId, Proposal, View
from assistant.embedding import Embedding
from assistant.errors import CorpusError, IndexFolderError
from assistant.index import Index, build_collections
from assistant.language import fold
from assistant.search.lexical import LexicalIndex, bag_of_subject, bag_of_words, build_lexical, load_lexical
from assistant.search.recognition import Classifier, load_recognition, train_recognition
from assistant.views import views_of

_PACKAGE = Path(__file__).parent
_MANIFEST, _POINTS = "manifest.json", "question_points.json"
QuestionPoints = Mapping[tuple[PassageId, Language, int], tuple[int, ...]]
_DEPENDS_ON_CODE = (
    "views.py", "decoys.py", "words.py", "index.py", "indexing.py", "search/lexical.py", "search/recognition.py",
)  # fmt: skip
_BROKEN = (
    OSError, ValueError, KeyError, TypeError, EOFError, AttributeError, BadZipFile, sqlite3.Error,
    chromadb.errors.ChromaError,
)  # fmt: skip
"""What reading a damaged Chroma, bm25s or numpy file raises, as seen in the tests that damage them."""


class Progress(Protocol):
    """Hears what is being done and how far it has come."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """`stage` is one of `why: …`, `embedding`, `recognition`, `words`, `done`."""
        ...


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody hears."""


@dataclass(frozen=True, slots=True)
class OpenIndex:
    """Everything read from a sound index folder."""

    collection: Index
    lexical: LexicalIndex
    recognition: Classifier
    question_points: QuestionPoints
    """The points that answer each bank question, best first."""


def fingerprint(corpus: Path, embedding: Embedding) -> str:
    """The hash of all that the index is built from: corpus, the code that builds it, and the embedding model."""
    digest = hashlib.sha256(embedding.name.encode())
    corpus_files = sorted(path for path in corpus.rglob("*") if path.suffix in {".txt", ".md", ".yaml"})
    for path in (*corpus_files, *(_PACKAGE / name for name in _DEPENDS_ON_CODE)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def ensure_index(
    data_folder: Path, corpus: Path, proposal: Proposal, embedding: Embedding, progress: Progress = silent
) -> OpenIndex:
    """Open the index, building it first where it is missing, stale or broken.

    Raises IndexFolderError when the folder cannot be written; only one process builds at a time.
    """
    wanted = fingerprint(corpus, embedding)
    folder = data_folder / "index"
    opened, _ = open_index(folder, wanted)
    if opened:
        return opened
    try:
        data_folder.mkdir(parents=True, exist_ok=True)
        with FileLock(data_folder / "index.lock"):
            opened, fault = open_index(folder, wanted)
            if opened:  # another process was faster
                return opened
            progress(f"why: {fault}", 0, 0)
            _build(folder, wanted, corpus, proposal, embedding, progress)
    except OSError as error:
        raise IndexFolderError(
            f"the index cannot be written to {data_folder} ({error.strerror or error}); "
            "make the folder writable or name another one in ASSISTANT_DATA_FOLDER"
        ) from error
    opened, fault = open_index(folder, wanted)
    if opened is None:
        raise IndexFolderError(f"the index just built in {folder} cannot be opened: {fault}; delete it and try again")
    return opened


def open_index(folder: Path, wanted: str) -> tuple[OpenIndex | None, str]:
    """The index in a folder, or None and why it cannot be used; `wanted` is the fingerprint that it must have."""
    if not folder.is_dir():
        return None, "there is no index yet"
    collection = None
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["fingerprint"] != wanted:
            return None, "the corpus, the code or the embedding model has changed since the index was built"
        collection = Index(folder / "chroma")
        if len(collection) != manifest["views"]:
            raise ValueError(f"the collection holds {len(collection)} of {manifest['views']} entries")
        points = load_question_points(folder)
        return OpenIndex(collection, load_lexical(folder / "words"), load_recognition(folder), points), ""
    except _BROKEN as error:
        if collection:
            collection.close()
        return None, f"the index is damaged ({type(error).__name__}: {error})"


def _build(
    folder: Path, wanted: str, corpus: Path, proposal: Proposal, embedding: Embedding, progress: Progress
) -> None:
    building = folder.with_name("index.building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir()
    enrichment, not_given, absent = read_enrichment(corpus), read_not_given(corpus), read_absent_subjects(corpus)
    check_words(enrichment, absent)
    views = all_views(proposal, enrichment, not_given)
    decoys = decoys_of(absent, not_given, read_small_talk(corpus), read_elsewhere(corpus))
    done = 0

    def advance(step: int) -> None:
        nonlocal done
        done += step
        progress("embedding", done, len(views) + len(decoys))

    vectors, of_decoys = build_collections(building / "chroma", views, decoys, proposal, embedding, advance)
    progress("recognition", 0, 0)
    others = [decoy.kind is not DecoyKind.NOT_GIVEN for decoy in decoys]
    train_recognition(
        building,
        np.vstack([vectors, of_decoys[others]]),
        [view.passage_id for view in views] + [d.kind for d, other in zip(decoys, others, strict=True) if other],
    )
    progress("words", 0, 0)
    bags = {key: bag_of_words(passage, enrichment[key]) for key, passage in proposal.passages.items()}
    build_lexical(building / "words", bags, {subject.key: bag_of_subject(subject) for subject in absent})
    write_question_points(building, enrichment)
    manifest = {"fingerprint": wanted, "views": len(views) + len(decoys), "embedding": embedding.name}
    (building / _MANIFEST).write_text(json.dumps(manifest, indent=2), encoding="utf-8")
    if folder.exists():
        shutil.rmtree(folder)
    building.rename(folder)
    progress("done", 0, 0)


def write_question_points(folder: Path, enrichment: Mapping[PassageId, Enrichment]) -> None:
    """Write which points answer each bank question: by passage and language, in the order of the question views."""
    rows = {
        str(key): {
            language.value: [q.points for q in aids.questions if q.language is language] for language in Language
        }
        for key, aids in enrichment.items()
    }
    (folder / _POINTS).write_text(json.dumps(rows), encoding="utf-8")


def load_question_points(folder: Path) -> QuestionPoints:
    """Read which points answer each bank question."""
    rows = json.loads((folder / _POINTS).read_text(encoding="utf-8"))
    return {
        (PassageId.parse(key), Language(language), number): tuple(points)
        for key, by_language in rows.items()
        for language, questions in by_language.items()
        for number, points in enumerate(questions, start=1)
    }


def check_words(enrichment: Mapping[PassageId, Enrichment], absent: Iterable[AbsentSubject]) -> None:
    """Raise CorpusError where a name is both a passage's word and an absent subject's: it cannot stand for both."""
    names = {fold(name): subject.key for subject in absent for names in subject.names.values() for name in names}
    for key, aids in enrichment.items():
        for word in (word for words in aids.words.values() for word in words):
            if fold(word) in names:
                raise CorpusError(
                    f"enrichment, {key}: the word {word!r} is also a name of {names[fold(word)]!r} in absent.yaml; "
                    "keep it where a reader who types it would be right to expect it"
                )


def all_views(
    proposal: Proposal,
    enrichment: Mapping[PassageId, Enrichment],
    not_given: Mapping[PassageId, NotGiven] | None = None,
) -> list[View]:
    """The views of all passages, in the proposal's order; raises CorpusError where a passage has no enrichment."""
    for name, keys in (("enrichment/*", set(enrichment)), ("not_given", set(not_given or enrichment))):
        if keys != set(proposal.passages):
            differing = ", ".join(sorted(str(key) for key in keys ^ set(proposal.passages)))
            raise CorpusError(f"{name}.yaml and proposal.ja.txt do not hold the same passages: {differing}")
    for key, aids in enrichment.items():
        count = len(proposal.passages[key].points)
        wrong = [question.text for question in aids.questions if any(number > count for number in question.points)]
        if wrong:
            raise CorpusError(f"enrichment, {key}: {wrong[0]!r} names a point beyond the passage's {count}")
    return [
        view
        for key, passage in proposal.passages.items()
        for view in views_of(passage, enrichment[key], (not_given or {}).get(key))
    ]
