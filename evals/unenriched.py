"""Owns the baseline that is this assistant without its enrichment: no briefs, other words or bank questions anywhere.

The passages' views are their text, sentences, heading and points; the words are those of text and translation; the
recognition is trained on the views that are left; nothing is known of what the proposal does not treat. Everything else
is the assistant's own, the calibration included.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from filelock import FileLock

from assistant.answering import Assistant
from assistant.corpus_files import read_enrichment
from assistant.domain import Proposal, View, ViewKind
from assistant.embedding import Embedding
from assistant.index import Index, build_collections
from assistant.indexing import OpenIndex, all_views, fingerprint
from assistant.opening import assemble
from assistant.resources import resource_folder
from assistant.search.calibration import load_calibration
from assistant.search.lexical import bag_of_words, build_lexical, load_lexical
from assistant.search.recognition import load_recognition, train_recognition

ENRICHMENT_VIEWS = frozenset({ViewKind.BRIEF, ViewKind.WORDS, ViewKind.QUESTION})
_DONE = "done"


def open_unenriched(proposal: Proposal, embedding: Embedding, folder: Path) -> Assistant:
    """The assistant over an index in `folder` without enrichment, which the first time takes half a minute to build."""
    place = folder / f"unenriched-{_version(embedding)}"
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / "unenriched.lock"):
        if not (place / _DONE).exists():
            _build(place, proposal, embedding)
    index = OpenIndex(Index(place / "chroma"), load_lexical(place / "words"), load_recognition(place), {})
    return assemble(proposal, index, embedding, load_calibration())


def unenriched_views(proposal: Proposal) -> list[View]:
    """The views of all passages that are not enrichment."""
    views = all_views(proposal, read_enrichment(resource_folder("corpus")))
    return [view for view in views if view.kind not in ENRICHMENT_VIEWS]


def _build(place: Path, proposal: Proposal, embedding: Embedding) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    views = unenriched_views(proposal)
    vectors, _ = build_collections(place / "chroma", views, [], proposal, embedding, lambda _: None)
    train_recognition(place, vectors, [view.passage_id for view in views])
    build_lexical(place / "words", {key: bag_of_words(passage, None) for key, passage in proposal.passages.items()})
    (place / _DONE).touch()  # last: a folder without it is built anew


def _version(embedding: Embedding) -> str:
    """The hash of all that the index is built from: corpus, the code that builds it, the encoder, and this module."""
    digest = hashlib.sha256(fingerprint(resource_folder("corpus"), embedding).encode())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()[:12]
