"""Owns the one command that fine-tunes the encoder: `python -m assistant.embedding.training --base … --out …`."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sentence_transformers.base.sampler import DefaultBatchSampler

from assistant.corpus_files import read_absent_subjects, read_enrichment, read_not_given
from assistant.embedding import hub
from assistant.embedding.triplets import Triplet, Triplets, pairs_of
from assistant.errors import AssistantError
from assistant.proposal import load_proposal
from assistant.resources import resource_folder

BATCH = 32
EPOCHS = 2
LEARNING_RATE = 6e-5
TEMPERATURE = 0.05
SEED = 2017
PAIRS_AN_EPOCH = 600
"""Sentence pairs from `--pairs` that are mixed in, so that the encoder stays a general bilingual one."""
_DESCRIPTION = "Fine-tune a sentence-transformers model on the corpus' own questions, points and absent subjects."


class OneSubjectABatch(DefaultBatchSampler):
    """Batches in which no two triplets are about the same subject, drawn anew each epoch."""

    def __init__(self, dataset: Any, batch_size: int, *, about: Sequence[str], seed: int = SEED, **_: Any) -> None:
        super().__init__(range(len(dataset)), batch_size=batch_size, drop_last=True)
        self._about = about
        self._draw = random.Random(seed)  # noqa: S311 - shuffling, not secrecy
        self._batches = self._form()

    def __iter__(self) -> Iterator[list[int]]:
        yield from self._batches
        self._batches = self._form()

    def __len__(self) -> int:
        return len(self._batches)

    def _form(self) -> list[list[int]]:
        """Fill a batch from the subjects with most triplets left, so that none is left over at the end."""
        rows = list(range(len(self._about)))
        self._draw.shuffle(rows)
        left: dict[str, list[int]] = defaultdict(list)
        for row in rows:
            left[self._about[row]].append(row)
        batches = []
        while len(left) >= self.batch_size:
            weights = {key: len(value) + self._draw.random() for key, value in left.items()}
            chosen = sorted(left, key=lambda key: -weights[key])[: self.batch_size]
            batches.append([left[key].pop() for key in chosen])
            left = {key: value for key, value in left.items() if value}
        self._draw.shuffle(batches)
        return batches


def train(
    base: str,
    out: Path,
    *,
    pairs: Sequence[Path] = (),
    epochs: int = EPOCHS,
    layers: int | None = None,
    most: int | None = None,
) -> None:
    """Fine-tune a base and save it in sentence-transformers' layout; the same seed and versions give the same weights.

    Args:
        base: A folder saved by sentence-transformers, or a name on the hub.
        out: The folder to write.
        pairs: JSON Lines of general sentence pairs to mix in.
        epochs: How often every question is seen, each time with another point.
        layers: Keep only so many layers of the base, evenly spread, the last one among them.
        most: Train on so many of the triplets at most, drawn at random.

    Raises:
        ModelUnavailableError: The base cannot be read.
    """
    folder = Path(base).expanduser()
    model = hub.load_sentence_transformer(folder if folder.is_dir() else base)
    if layers:
        keep_layers(model, layers)
    draw = random.Random(SEED)  # noqa: S311 - drawing examples, not secrets
    prompts = (model.prompts.get("query") or "", model.prompts.get("document") or model.prompts.get("passage") or "")
    corpus = resource_folder("corpus")
    enrichment, absent, not_given = read_enrichment(corpus), read_absent_subjects(corpus), read_not_given(corpus)
    maker = Triplets(load_proposal(corpus), enrichment, absent, not_given, prompts, draw)
    triplets = [
        triplet
        for _ in range(epochs)
        for triplet in (*maker.epoch(), *pairs_of(pairs, PAIRS_AN_EPOCH, prompts[1], draw))
    ]
    fine_tune(model, triplets if most is None else draw.sample(triplets, min(most, len(triplets))))
    model.save_pretrained(str(out), create_model_card=False)


def fine_tune(model: hub.SentenceTransformer, triplets: Sequence[Triplet], *, batch: int = BATCH) -> None:
    """Move each anchor towards its positive, away from its negative and from the other texts of its batch."""
    from datasets import Dataset  # noqa: PLC0415 - only training needs it
    from sentence_transformers import (  # noqa: PLC0415
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import (  # noqa: PLC0415
        MultipleNegativesRankingLoss,
    )

    columns = ("anchor", "positive", "negative")
    with tempfile.TemporaryDirectory() as checkpoints:
        arguments = SentenceTransformerTrainingArguments(
            output_dir=checkpoints,
            num_train_epochs=1,
            per_device_train_batch_size=batch,
            learning_rate=LEARNING_RATE,
            warmup_steps=0.1,
            batch_sampler=partial(OneSubjectABatch, about=[triplet.about for triplet in triplets]),
            save_strategy="no",
            report_to="none",
            logging_steps=20,
            seed=SEED,
            use_cpu=True,
        )
        SentenceTransformerTrainer(
            model=model,
            args=arguments,
            train_dataset=Dataset.from_dict({name: [getattr(t, name) for t in triplets] for name in columns}),
            loss=MultipleNegativesRankingLoss(model, scale=1 / TEMPERATURE),
        ).train()


def keep_layers(model: hub.SentenceTransformer, count: int) -> None:
    """Keep `count` layers of the transformer, evenly spread, the last one among them."""
    from torch.nn import ModuleList  # noqa: PLC0415 - only training needs it

    transformer = model[0].auto_model
    layers = transformer.encoder.layer
    step = len(layers) / count
    transformer.encoder.layer = ModuleList(layers[round((number + 1) * step) - 1] for number in range(count))
    transformer.config.num_hidden_layers = count


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a base that cannot be used gives exit code 1 and the reason."""
    parser = argparse.ArgumentParser(prog="python -m assistant.embedding.training", description=_DESCRIPTION)
    parser.add_argument("--base", required=True, help="folder saved by sentence-transformers, or hub name")
    parser.add_argument("--out", required=True, type=Path, help="folder to write the fine-tuned model to")
    parser.add_argument("--pairs", nargs="*", type=Path, default=[], help="JSON Lines of {ja, en} pairs to mix in")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--layers", type=int, help="keep only so many layers of the base")
    parser.add_argument("--most", type=int, help="train on so many of the triplets at most, drawn at random")
    chosen = parser.parse_args(arguments)
    try:
        train(
            chosen.base,
            chosen.out,
            pairs=chosen.pairs,
            epochs=chosen.epochs,
            layers=chosen.layers,
            most=chosen.most,
        )
    except AssistantError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
