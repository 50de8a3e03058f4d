"""Owns the one command that makes the bundled encoder: `python -m assistant.embedding.export --base FOLDER_OR_NAME`."""

from __future__ import annotations

import argparse
import importlib.metadata
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.embedding import hub
from assistant.embedding.bundled import BundledEmbedding
from assistant.embedding.configuration import MODEL_FILE, TOKENIZER_FILE, EncoderConfiguration, EncoderFile
from assistant.embedding.model_card import ExportFigures, render_model_card
from assistant.embedding.quantisation import check_modules, export_onnx
from assistant.embedding.vocabulary import cut_vocabulary, read_texts
from assistant.errors import AssistantError, ModelUnavailableError
from assistant.resources import BUNDLED_ENCODER

LARGEST_VOCABULARY = 60_000
LARGEST_BYTES = 40_000_000
LOWEST_COSINE = 0.98
"""Fine-tuning spreads the vectors, and with them what 8 bits lose (see CONTRIBUTING, "near-tie")."""

_DESCRIPTION = "Make the bundled encoder from a sentence-transformers model: tokenizer, 8-bit ONNX and model card."

_PROBES = (
    "日米同盟の将来について、提言は何を求めていますか。",
    "サイバー攻撃への備えはどうあるべきか",
    "自由貿易と経済連携を進める理由は？",
    "What does the proposal ask the two governments to do about missile defence?",
    "How should Japan and the United States deal with China?",
    "Who pays for the host nation support of the bases?",
)
"""Compared with the base where no reference texts are given."""


def export(
    base: str,
    *,
    out: Path = BUNDLED_ENCODER,
    pairs: Sequence[Path] = (),
    base_name: str | None = None,
    note: str = "",
    probes: Sequence[str] = _PROBES,
    largest_vocabulary: int = LARGEST_VOCABULARY,
) -> hub.SentenceTransformer:
    """Write tokenizer, 8-bit ONNX, configuration and model card of a base, and give the base back.

    The folder is touched only after everything in it has been made and checked.

    Args:
        base: A folder saved by sentence-transformers, or a name on the hub.
        out: The folder to write.
        pairs: JSON Lines whose strings a vocabulary larger than `largest_vocabulary` is cut to.
        base_name: What to call the base in configuration and card; its own name by default.
        note: A remark on the base for the card.
        probes: Questions on which the written encoder is compared with the base.
        largest_vocabulary: In pieces; the embedding matrix holds a row of weights for each.

    Raises:
        ModelUnavailableError: The base cannot be read, cut or exported, or the result is too large or too far from it.
    """
    folder = Path(base).expanduser()
    model = hub.load_sentence_transformer(folder if folder.is_dir() else base)
    check_modules(model)
    pieces_before = len(model.tokenizer)
    if pieces_before > largest_vocabulary:
        if not pairs:
            raise ModelUnavailableError(
                f"the vocabulary of {base!r} has {pieces_before:,} pieces, expected at most {largest_vocabulary:,}; "
                "give the texts that it must cover: --pairs FILE.jsonl.gz …"
            )
        cut_vocabulary(model, read_texts(pairs))
    with tempfile.TemporaryDirectory() as temporary:
        making = Path(temporary)
        tokenizer = model.tokenizer.backend_tokenizer
        tokenizer.no_truncation()
        tokenizer.no_padding()
        # One line, so that no checkout changes its line ends and with them its size.
        (making / TOKENIZER_FILE).write_text(tokenizer.to_str(pretty=False), encoding="utf-8", newline="\n")
        export_onnx(model, making / MODEL_FILE)
        configuration = EncoderConfiguration(
            base=base_name or (folder.resolve().name if folder.is_dir() else base),
            dimension=model.get_embedding_dimension(),
            max_length=model.max_seq_length,
            query_prompt=model.prompts.get("query") or "",
            passage_prompt=model.prompts.get("document") or model.prompts.get("passage") or "",
            files=tuple(EncoderFile.of(making / name) for name in (MODEL_FILE, TOKENIZER_FILE)),
        )
        configuration.write(making)
        size = sum(file.bytes for file in configuration.files)
        if size > LARGEST_BYTES:
            raise ModelUnavailableError(
                f"the encoder has {size:,} bytes, expected at most {LARGEST_BYTES:,}: choose a smaller --base, or "
                "fewer --pairs for its vocabulary"
            )
        cosines = _compare(model, BundledEmbedding(making), probes)
        if cosines.min() < LOWEST_COSINE:
            raise ModelUnavailableError(
                f"the encoder strays from its base: cosine {cosines.min():.4f} for {probes[int(cosines.argmin())]!r}, "
                f"expected at least {LOWEST_COSINE}; its activations do not bear 8 bits: choose another --base"
            )
        figures = ExportFigures(
            pieces_before=pieces_before,
            pieces=len(model.tokenizer),
            parameters=sum(
                weights.numel()
                for name, weights in model.named_parameters()
                if "pooler" not in name  # not exported
            ),
            texts_compared=len(probes),
            lowest_cosine=float(cosines.min()),
            mean_cosine=float(cosines.mean()),
            versions=", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("torch", "onnxruntime")),
        )
        card = render_model_card(configuration, figures, note)
        (making / "README.md").write_text(card, encoding="utf-8", newline="\n")
        out.mkdir(parents=True, exist_ok=True)
        for path in making.iterdir():
            shutil.copyfile(path, out / path.name)
    return model


def write_reference(
    model: hub.SentenceTransformer, questions: Sequence[str], passages: Sequence[str], out: Path
) -> None:
    """Keep the base's own vectors for the tests: float16 arrays `questions` and `passages`, a row for each text."""
    np.savez_compressed(
        out,
        questions=model.encode_query(list(questions), normalize_embeddings=True).astype(np.float16),
        passages=model.encode_document(list(passages), normalize_embeddings=True).astype(np.float16),
    )


def _compare(model: hub.SentenceTransformer, encoder: BundledEmbedding, texts: Sequence[str]) -> np.ndarray:
    """The cosine of both readings for each text."""
    expected = model.encode_query(list(texts), normalize_embeddings=True)
    return (expected * encoder.encode_queries(texts)).sum(axis=1)


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise ModelUnavailableError(
            f"cannot read the texts of {str(path)!r} ({error}); expected a UTF-8 file with one text a line"
        ) from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 1 with one clear line when it cannot be."""
    parser = argparse.ArgumentParser(prog="python -m assistant.embedding.export", description=_DESCRIPTION)
    parser.add_argument("--base", required=True, help="folder saved by sentence-transformers, or a name on the hub")
    parser.add_argument(
        "--pairs", nargs="+", type=Path, default=(), help="JSON Lines (.gz) that the vocabulary must cover"
    )
    parser.add_argument("--out", type=Path, default=BUNDLED_ENCODER, help="folder to write (default: the bundled one)")
    parser.add_argument("--base-name", help="what to call the base in the card, where --base is a folder")
    parser.add_argument("--note", default="", help="a remark on the base for the card, such as where it was read")
    parser.add_argument("--largest-vocabulary", type=int, default=LARGEST_VOCABULARY, help="pieces kept without a cut")
    parser.add_argument("--reference", type=Path, help="questions, one a line, to compare with the base")
    parser.add_argument("--reference-passages", type=Path, help="passages, one a line, for --reference-out")
    parser.add_argument("--reference-out", type=Path, help=".npz file to keep the base's vectors of both in")
    options = parser.parse_args(arguments)
    if options.reference_out and not (options.reference and options.reference_passages):
        parser.error("--reference-out needs --reference and --reference-passages")
    try:
        questions = _lines(options.reference) if options.reference else _PROBES
        passages = _lines(options.reference_passages) if options.reference_passages else []
        model = export(
            options.base,
            out=options.out,
            pairs=options.pairs,
            base_name=options.base_name,
            note=options.note,
            probes=questions,
            largest_vocabulary=options.largest_vocabulary,
        )
        if options.reference_out:
            write_reference(model, questions, passages, options.reference_out)
    except AssistantError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{options.out}: {EncoderConfiguration.read(options.out).name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
