"""Owns the reading of any hub or local model through sentence-transformers, which nothing else imports."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.embedding.protocol import Embedding
from assistant.errors import ModelUnavailableError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_INSTALL = 'pip install -c constraints.txt ".[hub]" (or: make install)'

_E5 = re.compile(r"(?<![a-z])e5-(small|base|large)(?!.*instruct)", re.IGNORECASE)
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}
"""The E5 models are trained with these and their cards ask for them, but the hub's copies do not declare them."""

_WEIGHTS = ("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json")
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "sentencepiece.bpe.model", "spiece.model")


class HubEmbedding(Embedding):
    """A sentence-transformers model with the prompts that it declares for queries and documents."""

    def __init__(self, model: str | Path) -> None:
        """Load a hub name, or a folder without touching the network.

        Raises:
            ModelUnavailableError: sentence-transformers is not installed, or the model cannot be loaded.
        """
        self._model = load_sentence_transformer(model)
        self.name = _identify(model)
        self.dimension = self._model.get_embedding_dimension()
        # The tokenizer changes its padding while it works and refuses a second thread ("Already borrowed").
        self._lock = threading.Lock()

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """What readers ask, as float32 unit vectors of shape (number of texts, dimension)."""
        return self._encode(self._model.encode_query, texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """What is searched, as float32 unit vectors of shape (number of texts, dimension)."""
        return self._encode(self._model.encode_document, texts)

    def _encode(self, encode, texts: Sequence[str]) -> np.ndarray:  # noqa: ANN001 - one of the model's two methods
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:
            vectors = encode(list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True)
        return np.asarray(vectors, dtype=np.float32)


def load_sentence_transformer(model: str | Path) -> SentenceTransformer:
    """Load a model in float32, so that processors and graphics cards give the same vectors.

    Args:
        model: A name on the hub, or a `Path` to a folder, which is read without touching the network.

    Raises:
        ModelUnavailableError: sentence-transformers is not installed, or the model cannot be loaded.
    """
    if isinstance(model, Path):
        _check_folder(model)
    # Read by huggingface_hub when it is imported, hence before.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    try:
        import torch  # noqa: PLC0415 - takes seconds
        import transformers  # noqa: PLC0415
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    except ImportError as error:
        raise ModelUnavailableError(
            f"the embedding model {str(model)!r} needs the package {error.name or 'sentence-transformers'}, which is "
            f"not installed; install it with: {_INSTALL}; or unset ASSISTANT_EMBEDDING_MODEL for the bundled model"
        ) from error
    # Its report of weights that no embedding uses (a BERT's pooler) reads like a fault.
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    try:
        loaded = SentenceTransformer(
            str(model), local_files_only=isinstance(model, Path), model_kwargs={"dtype": torch.float32}
        )
    except Exception as error:  # whatever a hub, a folder and three packages may raise
        where = "cannot be read from its folder" if isinstance(model, Path) else "cannot be had from the hub"
        raise ModelUnavailableError(
            f"the embedding model {str(model)!r} {where}: {_first_line(error)}; expected a sentence-transformers "
            "model: check the name and the network (a model fetched before is found without it when HF_HUB_OFFLINE=1 "
            "is set), or unset ASSISTANT_EMBEDDING_MODEL for the bundled model"
        ) from error
    if not any(loaded.prompts.values()) and _E5.search(Path(model).name):
        loaded.prompts.update(_E5_PROMPTS)
    return loaded


def _check_folder(folder: Path) -> None:
    """Name the missing file: sentence-transformers would guess a pooling or report a name unknown to the hub."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        module_folders = [(folder / module["path"], module["type"].rpartition(".")[2]) for module in modules]
    except FileNotFoundError:
        raise ModelUnavailableError(_missing(folder, "modules.json")) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailableError(
            f"{str(folder / 'modules.json')!r} does not list the modules of a model ({error}); copy the whole folder "
            "anew, as `SentenceTransformer.save` wrote it"
        ) from error
    for module_folder, kind in module_folders:
        alternatives = [("config.json",)] if kind != "Normalize" else []
        if kind == "Transformer":
            alternatives += [_WEIGHTS, _TOKENIZERS]
        for names in alternatives:
            if not any((module_folder / name).is_file() for name in names):
                raise ModelUnavailableError(_missing(module_folder, *names))


def _missing(folder: Path, *names: str) -> str:
    expected = repr(names[0]) if len(names) == 1 else f"any of {', '.join(map(repr, names))}"
    return (
        f"the folder {str(folder)!r} of the embedding model lacks a file: expected {expected}; copy the whole folder "
        "anew, as `SentenceTransformer.save` wrote it, or unset ASSISTANT_EMBEDDING_MODEL for the bundled model"
    )


def _identify(model: str | Path) -> str:
    """The name and what tells one content from another: the commit on the hub, or a hash of the folder."""
    if isinstance(model, Path):
        digest = hashlib.sha256()
        for path in sorted(path for path in model.rglob("*") if path.is_file() and path.suffix != ".md"):
            digest.update(path.relative_to(model).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return f"{model.resolve().name}@{digest.hexdigest()[:12]}"
    from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415 - came with sentence-transformers

    # Cached files lie in `…/snapshots/<commit>/`; a name without an owner is one of sentence-transformers' own.
    for hub_name in (model, f"sentence-transformers/{model}"):
        cached = try_to_load_from_cache(hub_name, "config.json") if hub_name.count("/") == 1 else None
        if isinstance(cached, str):
            return f"{model}@{Path(cached).parent.name[:12]}"
    return model


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
