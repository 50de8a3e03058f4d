"""Owns the reading of any hub or local model through sentence-transformers, which nothing else imports."""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.embedding.protocol import Embedding
from assistant.errors import ModelUnavailableError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_HUB_SECONDS = 15

_OR_BUNDLED = "or unset ASSISTANT_EMBEDDING_MODEL for the bundled model"
_INSTALL = 'pip install -c constraints.txt ".[hub]" (or: make install)'

_E5 = re.compile(r"(?<![a-z])e5-(small|base|large)(?!.*instruct)", re.IGNORECASE)
_E5_PROMPTS = {"query": "query: ", "document": "passage: "}
"""The E5 models are trained with these and their cards ask for them, but the hub's copies do not declare them."""

_WEIGHTS = ("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json")
_TOKENIZERS = ("tokenizer.json", "vocab.txt", "vocab.json", "sentencepiece.bpe.model", "spiece.model")
_FILES_OF_MODULE = {
    "Transformer": (("config.json",), _WEIGHTS, _TOKENIZERS),
    "Pooling": (("config.json",),),
    "Dense": (("config.json",), _WEIGHTS),
}
"""What must be there, as alternatives; modules of other kinds are left to sentence-transformers."""


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
            f"not installed; install it with: {_INSTALL}; {_OR_BUNDLED}"
        ) from error
    # Its report of weights that no embedding uses (a BERT's pooler) reads like a fault.
    transformers.utils.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    weights_as = {"dtype": torch.float32}
    if isinstance(model, Path):
        try:
            loaded = SentenceTransformer(str(model), local_files_only=True, model_kwargs=weights_as)
        except Exception as error:  # whatever a folder and three packages may raise
            raise ModelUnavailableError(
                f"the embedding model cannot be read from the folder {str(model)!r}: {_first_line(error)}; expected it "
                f"as `SentenceTransformer.save` writes it: copy the whole folder anew, {_OR_BUNDLED}"
            ) from error
    else:
        loaded = _load_hub_name(model, weights_as)
    if not any(loaded.prompts.values()) and _E5.search(Path(model).name):
        loaded.prompts.update(_E5_PROMPTS)
    return loaded


def _load_hub_name(name: str, weights_as: dict) -> SentenceTransformer:
    """A model fetched before is taken as it is, without asking the hub: the same answers today and tomorrow."""
    from huggingface_hub import HfApi  # noqa: PLC0415 - came with sentence-transformers
    from huggingface_hub.errors import RepositoryNotFoundError  # noqa: PLC0415
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    if _cached_file(name, "modules.json") is not None:
        with suppress(Exception):  # a fetch that broke off; the hub has the rest
            return SentenceTransformer(name, local_files_only=True, model_kwargs=weights_as)
    try:
        # Asked first: without network the loading itself tries each file for 23 seconds.
        HfApi().model_info(_hub_names(name)[0], timeout=_HUB_SECONDS)
        return SentenceTransformer(name, model_kwargs=weights_as)
    except Exception as error:  # whatever a hub, a network and three packages may raise
        unknown = isinstance(error, RepositoryNotFoundError)
        reason = "it has no public model of that name" if unknown else _first_line(error)
        raise ModelUnavailableError(
            f"the embedding model {name!r} cannot be had from the hub: {reason}; expected the name of a "
            "sentence-transformers model there, or of a folder here: check the name and the network, "
            f"{_OR_BUNDLED}"
        ) from error


def _hub_names(name: str) -> list[str]:
    """Where the hub may have it: sentence-transformers looks for a name without an owner among its own first."""
    return [name] if "/" in name else [f"sentence-transformers/{name}", name]


def _cached_file(name: str, file: str) -> Path | None:
    from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415 - came with sentence-transformers
    from huggingface_hub.errors import HFValidationError  # noqa: PLC0415

    for hub_name in _hub_names(name):
        with suppress(HFValidationError):
            cached = try_to_load_from_cache(hub_name, file)
            if isinstance(cached, str):
                return Path(cached)
    return None


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
        for names in _FILES_OF_MODULE.get(kind, ()):
            if not any((module_folder / name).is_file() for name in names):
                raise ModelUnavailableError(_missing(module_folder, *names))


def _missing(folder: Path, *names: str) -> str:
    expected = repr(names[0]) if len(names) == 1 else f"any of {', '.join(map(repr, names))}"
    return (
        f"the folder {str(folder)!r} of the embedding model lacks a file: expected {expected}; copy the whole folder "
        f"anew, as `SentenceTransformer.save` wrote it, {_OR_BUNDLED}"
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
    # Cached files lie in `…/snapshots/<commit>/`.
    cached = _cached_file(model, "config.json")
    return f"{model}@{cached.parent.name[:12]}" if cached else model


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
