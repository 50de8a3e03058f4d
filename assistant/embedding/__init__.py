"""Owns the choice of an embedding model: the bundled one, a folder, or any name on the hub."""

from __future__ import annotations

from pathlib import Path

from assistant.embedding.bundled import BundledEmbedding
from assistant.embedding.configuration import is_exported
from assistant.embedding.hub import HubEmbedding
from assistant.embedding.protocol import Embedding
from assistant.errors import ModelUnavailableError

__all__ = ["BUNDLED", "Embedding", "load_embedding"]

BUNDLED = "bundled"


def load_embedding(name: str | None = None) -> Embedding:
    """Open an embedding model; reading the weights takes 0.3 s for the bundled one, 10 s and more for others.

    Args:
        name: Nothing or `bundled` for the model of this repository; a folder, saved by sentence-transformers or
            by `python -m assistant.embedding.export`, which is read without network; or a name on the hub.

    Raises:
        ModelUnavailableError: The model or a file of it is missing or unreadable, or a package is not installed.
    """
    if not name or name == BUNDLED:
        return BundledEmbedding()
    folder = Path(name).expanduser()
    if folder.is_dir():
        return BundledEmbedding(folder) if is_exported(folder) else HubEmbedding(folder)
    # A hub name is `model` or `owner/model`: anything else was meant as a folder, and the hub's own complaint
    # about such a name would hide the slip.
    if folder.is_absolute() or name.startswith((".", "~")) or name.count("/") > 1 or "\\" in name:
        raise ModelUnavailableError(
            f"no folder {name!r} holds an embedding model; expected an existing folder, a hub name like "
            f"'intfloat/multilingual-e5-small', or {BUNDLED!r} (unset ASSISTANT_EMBEDDING_MODEL to use that)"
        )
    return HubEmbedding(name)
