"""Owns the reading of an exported encoder with `onnxruntime` and `tokenizers` alone, without torch."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

import numpy as np

from assistant.embedding.configuration import MODEL_FILE, TOKENIZER_FILE, EncoderConfiguration
from assistant.embedding.protocol import Embedding
from assistant.errors import ModelUnavailableError
from assistant.resources import BUNDLED_ENCODER

_TOKENS_PER_BATCH = 256
"""Padding included. On two cores 128 to 512 take the same time, one text at a time a third more."""

_MOST_WORKERS = 8

_QUESTIONS_REMEMBERED = 64
"""Every search and the choice of points ask for the vector of the same question."""


class BundledEmbedding(Embedding):
    """An 8-bit ONNX encoder and its tokenizer, read from a folder; safe to use from several threads.

    The vector of a text does not depend on the texts beside it, because the export gives every token its own
    activation scale (see `quantisation`): batches are therefore formed for speed alone.
    """

    def __init__(self, folder: Path = BUNDLED_ENCODER) -> None:
        """Open the model.

        Raises:
            ModelUnavailableError: A file is missing or unreadable; the message names it.
        """
        configuration = EncoderConfiguration.read(folder)
        self.name = configuration.name
        self.dimension = configuration.dimension
        self._query_prompt = configuration.query_prompt
        self._passage_prompt = configuration.passage_prompt
        self._tokenizer = _open_tokenizer(folder / TOKENIZER_FILE, configuration.max_length)
        self._session = _open_session(folder / MODEL_FILE)
        self._workers = min(_available_cores(), _MOST_WORKERS)
        self._question_vector = lru_cache(_QUESTIONS_REMEMBERED)(
            lambda question: self._encode(self._query_prompt, [question])[0]
        )

    def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
        """What readers ask, as float32 unit vectors of shape (number of texts, dimension)."""
        if len(texts) == 1:
            return self._question_vector(texts[0])[np.newaxis].copy()
        return self._encode(self._query_prompt, texts)

    def encode_passages(self, texts: Sequence[str]) -> np.ndarray:
        """What is searched, as float32 unit vectors of shape (number of texts, dimension)."""
        return self._encode(self._passage_prompt, texts)

    def _encode(self, prompt: str, texts: Sequence[str]) -> np.ndarray:
        # The same word stands among the words of several passages, and each is worth encoding once.
        rows = {text: row for row, text in enumerate(dict.fromkeys(texts))}
        encodings = self._tokenizer.encode_batch([prompt + _without_surrogates(text) for text in rows])
        token_ids = [encoding.ids for encoding in encodings]
        vectors = np.empty((len(rows), self.dimension), dtype=np.float32)

        def encode_batch(batch: list[int]) -> None:
            vectors[batch] = self._run([token_ids[row] for row in batch])

        batches = list(_batches_of_like_length([len(ids) for ids in token_ids]))
        if len(batches) > 1:
            with ThreadPoolExecutor(self._workers) as pool:
                list(pool.map(encode_batch, batches))
        else:
            for batch in batches:
                encode_batch(batch)
        return vectors[[rows[text] for text in texts]]

    def _run(self, token_ids: Sequence[Sequence[int]]) -> np.ndarray:
        longest = max(len(ids) for ids in token_ids)
        input_ids = np.zeros((len(token_ids), longest), dtype=np.int64)
        attention_mask = np.zeros_like(input_ids)
        for row, ids in enumerate(token_ids):
            input_ids[row, : len(ids)] = ids
            attention_mask[row, : len(ids)] = 1
        return self._session.run(None, {"input_ids": input_ids, "attention_mask": attention_mask})[0]


def _batches_of_like_length(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Row numbers in batches of at most `_TOKENS_PER_BATCH` with padding, longest texts first."""
    batch: list[int] = []
    width = 0
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and (len(batch) + 1) * width > _TOKENS_PER_BATCH:
            yield batch
            batch = []
        width = lengths[row] if not batch else width
        batch.append(row)
    if batch:
        yield batch


def _without_surrogates(text: str) -> str:
    """Half characters, as broken UTF-8 on standard input leaves them, become `?`: the tokenizer refuses them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _available_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _open_tokenizer(path: Path, max_length: int):  # noqa: ANN202 - its type would be an import of the package
    from tokenizers import Tokenizer  # noqa: PLC0415 - only those who encode pay for it

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the package raises bare `Exception`
        raise ModelUnavailableError(_unreadable(path, error)) from error
    tokenizer.enable_truncation(max_length)
    return tokenizer


def _open_session(path: Path):  # noqa: ANN202 - its type would be an import of the package
    import onnxruntime  # noqa: PLC0415 - takes 0.3 s where nothing has loaded it yet

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # One thread a run, and runs beside each other in `_encode`: 2.6 ms a text against 3.0 with two threads in one
    # run, no thread spins between questions, and two processes on two cores do not starve each other.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            # The fused kernel is seven times slower than the layer normalisation that it replaces (0.30 ms against
            # 0.04 for 128 tokens in onnxruntime 1.32), a tenth of the whole run.
            disabled_optimizers=["SkipLayerNormFusion"],
        )
    except Exception as error:  # onnxruntime has no base class for its own
        raise ModelUnavailableError(_unreadable(path, error)) from error


def _unreadable(path: Path, error: Exception) -> str:
    return (
        f"the encoder's file {str(path)!r} cannot be read ({error}); restore it with `git checkout -- {path}`, "
        "or make it anew (the README.md beside it says how)"
    )
