"""Owns what the encoder is fine-tuned on: triplets of texts, drawn from the corpus and from files of sentence pairs."""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.decoys import described_subject
from assistant.domain import (
    AbsentSubject,
    BankQuestion,
    Enrichment,
    Language,
    NotGiven,
    Passage,
    PassageId,
    Proposal,
)

ABSENT_AS_NEGATIVE = 0.3
"""How often the negative is a neighbouring subject that the proposal does not treat, not another point."""


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
        not_given: Mapping[PassageId, NotGiven],
        prompts: tuple[str, str],
        draw: random.Random,
    ) -> None:
        self._proposal = proposal
        self._enrichment = enrichment
        self._absent = absent
        self._not_given = not_given
        self._query, self._passage = prompts
        self._draw = draw
        self._near: dict[PassageId, list[AbsentSubject]] = defaultdict(list)
        for subject in absent:
            for key in subject.nearest:
                self._near[key].append(subject)

    def epoch(self) -> Iterator[Triplet]:
        """Every bank question with one of its points, a question beside it, every question that is not answered."""
        for key, aids in self._enrichment.items():
            passage = self._proposal.passages[key]
            for question in aids.questions:
                yield self._question_and_point(question.text, question.points, passage)
            yield from self._questions_alike(passage, aids)
            for point in passage.points:
                yield self._both_languages(passage, point.number)
            yield from self._details(passage, self._not_given[key])
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
        by_point: dict[int, list[BankQuestion]] = defaultdict(list)
        for question in aids.questions:
            by_point[question.points[0]].append(question)
        for point, questions in by_point.items():
            if len(questions) > 1:
                first, second = self._draw.sample(questions, 2)
                others = [q for number, qs in by_point.items() if number != point for q in qs]
                negative = self._query + self._draw.choice(others).text if others else self._negative(passage, (point,))
                yield Triplet(self._query + first.text, self._query + second.text, negative, str(passage.id))

    def _details(self, passage: Passage, details: NotGiven) -> Iterator[Triplet]:
        """Every question for a detail not given with another such, against a look-alike that is answered; and back."""
        missing = [text for texts in details.not_given.values() for text in texts]
        answered = [text for texts in details.answered.values() for text in texts]
        for same, other in ((missing, answered), (answered, missing)):
            for place, text in enumerate(same):
                beside = self._draw.choice(same[:place] + same[place + 1 :])
                texts = (self._query + text for text in (text, beside, self._draw.choice(other)))
                yield Triplet(*texts, str(passage.id))

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
