"""A sentence-transformers model of a few kilobytes, built here, for tests that need one without a download."""

from __future__ import annotations

from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

SPECIAL_TOKENS = ("<s>", "<pad>", "</s>", "<unk>")
WORDS = ("▁query", "▁passage", "同盟", "日米", "貿易", "漁業", "▁alliance", "▁trade", "▁fishery", "▁deterrence")
CHARACTERS = ("▁", ":", *"日米同盟貿易漁業", *"abcdefghijklmnopqrstuvwxyz", "ア", "я", "ж")
PROMPTS = {"query": "query: ", "document": "passage: "}


def build_tiny_model(folder: Path, *, prompts: dict[str, str] | None = None) -> Path:
    """Save a random, seeded two-layer BERT with a Unigram tokenizer as `SentenceTransformer.save` does."""
    torch.manual_seed(0)
    pieces = [(token, 0.0) for token in SPECIAL_TOKENS]
    pieces += [(word, -3.0 - number / 10) for number, word in enumerate(WORDS)]
    pieces += [(character, -6.0 - number / 10) for number, character in enumerate(CHARACTERS)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=SPECIAL_TOKENS.index("<unk>"), byte_fallback=False))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.add_special_tokens([*SPECIAL_TOKENS, "<mask>"])
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    parts = folder / "parts"
    roles = {"bos": "<s>", "eos": "</s>", "cls": "<s>", "sep": "</s>", "pad": "<pad>", "unk": "<unk>", "mask": "<mask>"}
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=32,
        **{f"{role}_token": token for role, token in roles.items()},
    ).save_pretrained(parts)
    configuration = BertConfig(
        vocab_size=tokenizer.get_vocab_size() + 3,  # like XLM-R's, the matrix has more rows than there are pieces
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=40,
        pad_token_id=1,
    )
    BertModel(configuration).save_pretrained(parts)
    model = SentenceTransformer(
        modules=[Transformer(str(parts), max_seq_length=32), Pooling(32, "mean"), Normalize()],
        prompts=PROMPTS if prompts is None else prompts,
        device="cpu",
    )
    saved = folder / "tiny"
    model.save(str(saved), create_model_card=False)
    return saved
