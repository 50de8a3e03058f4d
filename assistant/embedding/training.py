"""Owns the one command that fine-tunes the encoder: `python -m assistant.embedding.training --base … --out …`."""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sentence_transformers.base.sampler import DefaultBatchSampler

from assistant.corpus_files import read_absent_subjects, read_enrichment
from assistant.decoys import described_subject
from assistant.domain import AbsentSubject, Enrichment, Language, Passage, PassageId, Proposal
from assistant.embedding import hub
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
ABSENT_AS_NEGATIVE = 0.3
"""How often the negative is a neighbouring subject that the proposal does not treat, not another point."""

_DESCRIPTION = "Fine-tune a sentence-transformers model on the corpus' own questions, points and absent subjects."


@dataclass(frozen=True, slots=True)
class Triplet:
    """A text, another that belongs to it, and one that does not; `about` tells triplets of one subject.

    Two triplets about the same subject never share a batch: each one's positive might answer the other.
    """

    anchor: str
    positive: str
    negative: str
    about: str


class Triplets:
    """Draws the training triplets of one epoch from the corpus."""

    def __init__(
        self,
        proposal: Proposal,
        enrichment: Mapping[PassageId, Enrichment],
        absent: Sequence[AbsentSubject],
        prompts: tuple[str, str],
        draw: random.Random,
    ) -> None:
        self._proposal = proposal
        self._enrichment = enrichment
        self._absent = absent
        self._query, self._passage = prompts
        self._draw = draw
        self._near: dict[PassageId, list[AbsentSubject]] = defaultdict(list)
        for subject in absent:
            for key in subject.nearest:
                self._near[key].append(subject)

    def epoch(self) -> Iterator[Triplet]:
        """Every bank question with one of its points, a question beside it, every question about an absent subject."""
        for key, aids in self._enrichment.items():
            passage = self._proposal.passages[key]
            for question in aids.questions:
                yield self._question_and_point(question.text, question.points, passage)
            yield from self._questions_alike(passage, aids)
            for point in passage.points:
                yield self._both_languages(passage, point.number)
        for subject in self._absent:
            for question in (text for language in Language for text in subject.questions[language]):
                yield Triplet(
                    self._query + question,
                    self._subject(subject),
                    self._point(self._proposal.passages[self._draw.choice(subject.nearest)], ()),
                    subject.key,
                )

    def _question_and_point(self, question: str, points: tuple[int, ...], passage: Passage) -> Triplet:
        positive = self._text(passage, self._draw.choice(points))
        return Triplet(self._query + question, positive, self._negative(passage, points), str(passage.id))

    def _questions_alike(self, passage: Passage, aids: Enrichment) -> Iterator[Triplet]:
        """Pairs of bank questions whose best point is the same, across languages where there are such."""
        by_point: dict[int, list[Any]] = defaultdict(list)
        for question in aids.questions:
            by_point[question.points[0]].append(question)
        for point, questions in by_point.items():
            if len(questions) > 1:
                first, second = self._draw.sample(questions, 2)
                others = [q for number, qs in by_point.items() if number != point for q in qs]
                negative = self._query + self._draw.choice(others).text if others else self._negative(passage, (point,))
                yield Triplet(self._query + first.text, self._query + second.text, negative, str(passage.id))

    def _both_languages(self, passage: Passage, number: int) -> Triplet:
        text = passage.points[number - 1].text
        return Triplet(
            self._passage + text.ja, self._passage + text.en, self._point(passage, (number,)), str(passage.id)
        )

    def _negative(self, passage: Passage, points: tuple[int, ...]) -> str:
        if self._near[passage.id] and self._draw.random() < ABSENT_AS_NEGATIVE:
            return self._subject(self._draw.choice(self._near[passage.id]))
        return self._point(passage, points)

    def _point(self, passage: Passage, but: tuple[int, ...]) -> str:
        """Another point of the passage, or of the next one where it has no other."""
        others = [point.number for point in passage.points if point.number not in but]
        if others:
            return self._text(passage, self._draw.choice(others))
        order = list(self._proposal.passages)
        after = self._proposal.passages[order[(order.index(passage.id) + 1) % len(order)]]
        return self._text(after, self._draw.choice(after.points).number)

    def _text(self, passage: Passage, number: int) -> str:
        return self._passage + passage.points[number - 1].text[self._draw.choice(list(Language))]

    def _subject(self, subject: AbsentSubject) -> str:
        language = self._draw.choice(list(Language))
        return self._passage + described_subject(subject, language)


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


def pairs_of(paths: Sequence[Path], count: int, prompt: str, draw: random.Random) -> list[Triplet]:
    """Sentence pairs `{"ja", "en"}` of JSON Lines files (gzipped or not), with another pair's English as the negative.

    Pairs whose `source` is `tatoeba` are left out: they measure what fine-tuning costs outside the proposal.
    """
    rows = [row for path in paths for row in _read_lines(path) if row.get("source") != "tatoeba"]
    chosen = draw.sample(rows, min(count, len(rows)))
    return [
        Triplet(prompt + row["ja"], prompt + row["en"], prompt + draw.choice(chosen)["en"], f"pair {number}")
        for number, row in enumerate(chosen)
    ]


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def train(base: str, out: Path, *, pairs: Sequence[Path] = (), epochs: int = EPOCHS, layers: int | None = None) -> None:
    """Fine-tune a base and save it in sentence-transformers' layout; the same seed and versions give the same weights.

    Args:
        base: A folder saved by sentence-transformers, or a name on the hub.
        out: The folder to write.
        pairs: JSON Lines of general sentence pairs to mix in.
        epochs: How often every question is seen, each time with another point.
        layers: Keep only so many layers of the base, evenly spread, the last one among them.

    Raises:
        ModelUnavailableError: The base cannot be read.
    """
    from datasets import Dataset  # noqa: PLC0415 - only training needs it
    from sentence_transformers import (  # noqa: PLC0415
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from sentence_transformers.sentence_transformer.losses import (  # noqa: PLC0415
        MultipleNegativesRankingLoss,
    )

    folder = Path(base).expanduser()
    model = hub.load_sentence_transformer(folder if folder.is_dir() else base)
    if layers:
        keep_layers(model, layers)
    draw = random.Random(SEED)  # noqa: S311 - drawing examples, not secrets
    prompts = (model.prompts.get("query") or "", model.prompts.get("document") or model.prompts.get("passage") or "")
    corpus = resource_folder("corpus")
    maker = Triplets(load_proposal(corpus), read_enrichment(corpus), read_absent_subjects(corpus), prompts, draw)
    triplets = [
        triplet
        for _ in range(epochs)
        for triplet in (*maker.epoch(), *pairs_of(pairs, PAIRS_AN_EPOCH, prompts[1], draw))
    ]
    columns = ("anchor", "positive", "negative")
    with tempfile.TemporaryDirectory() as checkpoints:
        arguments = SentenceTransformerTrainingArguments(
            output_dir=checkpoints,
            num_train_epochs=1,
            per_device_train_batch_size=BATCH,
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
    model.save_pretrained(str(out), create_model_card=False)


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
    chosen = parser.parse_args(arguments)
    try:
        train(chosen.base, chosen.out, pairs=chosen.pairs, epochs=chosen.epochs, layers=chosen.layers)
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
