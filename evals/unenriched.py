"""Owns the baseline that is this assistant without its enrichment: no briefs, other words or bank questions anywhere.

The passages' views are their text, sentences, heading and points; the words are those of text and translation; the
recognition is trained on the views that are left. Everything else is the assistant's own code, thresholds included:
while its index is opened (the first time, built), two functions of `assistant.indexing` leave the enrichment out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from assistant import indexing
from assistant.answering import Assistant
from assistant.domain import Enrichment, Passage, PassageId, Proposal, View, ViewKind
from assistant.embedding import Embedding
from assistant.opening import open_assistant
from assistant.search.lexical import bag_of_words
from assistant.settings import Settings

ENRICHMENT_VIEWS = frozenset({ViewKind.BRIEF, ViewKind.WORDS, ViewKind.QUESTION})
_all_views = indexing.all_views


def open_unenriched(settings: Settings, embedding: Callable[[], Embedding] | None = None) -> Assistant:
    """The assistant over an index of its own without enrichment, which the first time takes half a minute to build."""
    version = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]
    apart = replace(settings, data_folder=settings.data_folder / f"unenriched-{version}")
    with patch.multiple(indexing, all_views=unenriched_views, bag_of_words=unenriched_bag):
        return open_assistant(apart, embedding=embedding)


def unenriched_views(proposal: Proposal, enrichment: Mapping[PassageId, Enrichment]) -> list[View]:
    """The views of all passages that are not enrichment."""
    return [view for view in _all_views(proposal, dict(enrichment)) if view.kind not in ENRICHMENT_VIEWS]


def unenriched_bag(passage: Passage, _: Enrichment | None) -> list[str]:
    """The words of a passage's text and translation."""
    return bag_of_words(passage, None)
