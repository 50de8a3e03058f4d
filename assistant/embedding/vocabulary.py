"""Owns the cutting of a multilingual vocabulary down to the pieces that given texts use."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.embedding import hub
from assistant.errors import ModelUnavailableError

_BATCH = 1_000

_CHARACTER = re.compile(
    "▁?["
    "\u0020-\u024f\u1e00-\u1eff"  # Latin with its digits, signs and accents
    "\u2000-\u206f\u3000-\u303f\uff00-\uff9f"  # punctuation, full-width and half-width forms
    "\u3040-\u30ff\u31f0-\u31ff"  # kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
    "]?"
)
"""A single character, with or without the mark of a word's beginning: kept so that no Japanese or English word
becomes unknown because the texts do not hold it. (The mark alone matches too.)"""

_BYTE = re.compile(r"<0x[0-9A-F]{2}>")


def read_texts(files: Iterable[Path]) -> Iterator[str]:
    """Every string among the values of JSON Lines files, plain or gzipped, however deep.

    Raises:
        ModelUnavailableError: A file cannot be read or a line is not JSON; the message names both.
    """
    for path in files:
        number = 0
        try:
            open_text = gzip.open if path.suffix == ".gz" else open
            with open_text(path, "rt", encoding="utf-8") as rows:
                for number, row in enumerate(rows, start=1):  # noqa: B007 - named by the error
                    if row.strip():
                        yield from _strings(json.loads(row))
        except (OSError, EOFError, ValueError) as error:
            raise ModelUnavailableError(
                f"cannot cut the vocabulary: {str(path)!r}, line {number}: {error}; expected JSON Lines in UTF-8, "
                "plain or gzipped, with the texts as string values"
            ) from error


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def cut_vocabulary(model: hub.SentenceTransformer, texts: Iterable[str]) -> int:
    """Keep the pieces that the texts and the prompts use, special tokens and single characters; drop the rest.

    The tokenizer and the rows of the embedding matrix are replaced together, in the model itself. A text made of
    kept pieces is split as before, since its best splitting is still there and no other was added: its vector stays.

    Args:
        model: A sentence-transformers model whose first module is a transformer.
        texts: What the vocabulary must cover.

    Returns:
        The number of pieces kept.

    Raises:
        ModelUnavailableError: The tokenizer is not a Unigram one.
    """
    from tokenizers import Tokenizer  # noqa: PLC0415 - only the export needs it
    from transformers import PreTrainedTokenizerFast  # noqa: PLC0415

    old = model.tokenizer
    content = json.loads(old.backend_tokenizer.to_str())
    kind = content["model"]["type"]
    if kind != "Unigram":
        raise ModelUnavailableError(
            f"cannot cut the vocabulary: the tokenizer is of the kind {kind!r}, expected 'Unigram' (as in "
            "multilingual-e5-small); choose another --base, or raise --largest-vocabulary to keep the vocabulary whole"
        )
    kept = _kept_ids(old.backend_tokenizer, content, [*model.prompts.values()], texts)
    new_ids = {old_id: new_id for new_id, old_id in enumerate(kept)}
    _renumber(content, kept, new_ids)
    special_tokens = {role: token for role, token in old.special_tokens_map.items() if isinstance(token, str)}
    model[0].processor = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(content)),
        model_max_length=old.model_max_length,
        model_input_names=old.model_input_names,
        **special_tokens,
    )
    _take_rows(model.transformers_model, kept, new_ids)
    return len(kept)


def _kept_ids(tokenizer, content: dict, prompts: list[str], texts: Iterable[str]) -> list[int]:  # noqa: ANN001
    """Old ids in ascending order, so that special tokens keep their places at the front."""
    kept = {token["id"] for token in content["added_tokens"]} | {content["model"]["unk_id"]}
    for old_id, (piece, _) in enumerate(content["model"]["vocab"]):
        if _CHARACTER.fullmatch(piece) or (content["model"].get("byte_fallback") and _BYTE.fullmatch(piece)):
            kept.add(old_id)
    batch = prompts
    for text in texts:
        batch.append(text)
        if len(batch) == _BATCH:
            kept.update(*(encoding.ids for encoding in tokenizer.encode_batch(batch)))
            batch = []
    kept.update(*(encoding.ids for encoding in tokenizer.encode_batch(batch)))
    return sorted(kept)


def _renumber(content: dict, kept: list[int], new_ids: dict[int, int]) -> None:
    """Write the new numbers wherever `tokenizer.json` states an id."""
    old_vocabulary = content["model"]["vocab"]
    pieces = {token["id"]: [token["content"], 0.0] for token in content["added_tokens"]}
    # An added token may lie beyond the model's own pieces, as in no gap of the numbering there can be one.
    content["model"]["vocab"] = [
        old_vocabulary[old_id] if old_id < len(old_vocabulary) else pieces[old_id] for old_id in kept
    ]
    content["model"]["unk_id"] = new_ids[content["model"]["unk_id"]]
    content["truncation"] = content["padding"] = None
    for token in content["added_tokens"]:
        token["id"] = new_ids[token["id"]]
    processor = content["post_processor"] or {}
    for part in processor.get("processors", [processor]):
        for special_token in (part.get("special_tokens") or {}).values():
            special_token["ids"] = [new_ids[old_id] for old_id in special_token["ids"]]
        for name in ("cls", "sep"):
            if name in part:
                part[name][1] = new_ids[part[name][1]]


def _take_rows(transformer, kept: list[int], new_ids: dict[int, int]) -> None:  # noqa: ANN001
    import torch  # noqa: PLC0415 - only the export needs it

    old = transformer.get_input_embeddings()
    padding = new_ids.get(transformer.config.pad_token_id)
    new = torch.nn.Embedding.from_pretrained(old.weight.detach()[kept].clone(), freeze=False, padding_idx=padding)
    transformer.set_input_embeddings(new)
    transformer.config.vocab_size = len(kept)
    for name in ("pad_token_id", "bos_token_id", "eos_token_id"):
        old_id = getattr(transformer.config, name, None)
        if old_id is not None:
            setattr(transformer.config, name, new_ids.get(old_id))
