"""Owns the search by words: BM25 over one bag of words per passage, both languages and the enrichment together.

The subjects that the proposal does not treat are bags beside them: a word that means one of these is no word of a
passage.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import bm25s
import numpy as np

from assistant.domain import AbsentSubject, Enrichment, Hit, Language, Passage, PassageId
from assistant.search import REMEMBERED
from assistant.words import content_words

_OWNERS = "owners.txt"
K1, B = 1.2, 0.6
TEXT_WEIGHT = WORDS_WEIGHT = 2
"""How often the passage's own text and the other words enter the bag."""


def bag_of_words(passage: Passage, enrichment: Enrichment | None) -> list[str]:
    """All content words of a passage: text and translation twice, other words twice, brief, points and questions."""
    texts = [text for language in Language for text in (passage.title[language], passage.body[language])]
    bag = [word for text in texts for word in content_words(text)] * TEXT_WEIGHT
    if enrichment is None:
        return bag
    words = "\n".join(word for language in Language for word in enrichment.words[language])
    bag += content_words(words) * WORDS_WEIGHT
    aids = [enrichment.brief[language] for language in Language]
    aids += [point.text[language] for point in passage.points for language in Language]
    aids += [question.text for question in enrichment.questions]
    return bag + content_words("\n".join(aids))


def bag_of_subject(subject: AbsentSubject) -> list[str]:
    """All content words of a subject that the proposal does not treat: its names twice, the questions about it once."""
    named = "\n".join([subject.subject[key] for key in Language] + [n for key in Language for n in subject.names[key]])
    asked = "\n".join(question for key in Language for question in subject.questions[key])
    return content_words(named) * WORDS_WEIGHT + content_words(asked)


def build_lexical(
    folder: Path, bags: Mapping[PassageId, list[str]], absent: Mapping[str, list[str]] | None = None
) -> None:
    """Index the bags of passages and of absent subjects (by key), and save the index in `folder`."""
    every = {**{str(key): bag for key, bag in bags.items()}, **(absent or {})}
    retriever = bm25s.BM25(k1=K1, b=B)
    retriever.index(list(every.values()), show_progress=False)
    retriever.save(folder)
    lines = [f"{len(bags)}", *every]
    (folder / _OWNERS).write_text("\n".join(lines), encoding="utf-8")


class LexicalIndex(NamedTuple):
    """A BM25 index, and the passages and absent subjects that its rows stand for, in this order."""

    retriever: bm25s.BM25
    passage_ids: tuple[PassageId, ...]
    absent: tuple[str, ...]


def load_lexical(folder: Path) -> LexicalIndex:
    """Read the index saved in `folder`."""
    count, *owners = (folder / _OWNERS).read_text(encoding="utf-8").split("\n")
    passages, absent = owners[: int(count)], owners[int(count) :]
    retriever = bm25s.BM25.load(folder, load_corpus=False)
    return LexicalIndex(retriever, tuple(map(PassageId.parse, passages)), tuple(absent))


class WordScores(NamedTuple):
    """BM25's scores of a question, and the share of its words, weighted by rarity, that each bag holds."""

    passages: np.ndarray
    absent: np.ndarray
    coverage: np.ndarray
    """Of shape (passages,); 1 where the bag holds every content word of the question."""
    coverage_absent: np.ndarray


class LexicalSearch:
    """BM25 over the passages; a score of 0 means that no word of the question is known."""

    def __init__(self, index: LexicalIndex) -> None:
        self._retriever, self._ids, self._absent = index
        counts = np.diff(self._retriever.scores["indptr"])
        size = len(self._ids) + len(self._absent)
        self._rarity = np.log(1 + (size - counts + 0.5) / (counts + 0.5))
        self.scores = lru_cache(REMEMBERED)(self._scores)
        self._rarest = float(np.log(1 + (size + 0.5) / 0.5))

    def __call__(self, question: str, *, limit: int) -> list[Hit]:
        """The passages sharing most words with the question, best first; scores are BM25's."""
        scores = self.scores(question).passages
        order = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(self._ids[position], float(scores[position]), "words") for position in order]

    def _scores(self, question: str) -> WordScores:
        """All scores of a question, passages and absent subjects in the order of the index."""
        words = content_words(question)
        known = [word for word in words if word in self._retriever.vocab_dict]
        size, split = len(self._ids) + len(self._absent), len(self._ids)
        scores = self._retriever.get_scores(known) if known else np.zeros(size)
        held = np.zeros(size)
        columns = self._retriever.scores
        for word in set(known):
            token = self._retriever.vocab_dict[word]
            rows = columns["indices"][columns["indptr"][token] : columns["indptr"][token + 1]]
            held[rows] += self._rarity[token]
        weights = [
            self._rarity[self._retriever.vocab_dict[word]] if word in self._retriever.vocab_dict else self._rarest
            for word in set(words)
        ]
        coverage = held / (sum(weights) or 1.0)
        return WordScores(scores[:split], scores[split:], coverage[:split], coverage[split:])

    @property
    def absent(self) -> tuple[str, ...]:
        """The keys of the absent subjects, in the order of the scores."""
        return self._absent

    def knows(self, name: str) -> bool:
        """Whether any bag holds a word of the name; a name without content words is passed."""
        words = content_words(name)
        return not words or any(word in self._retriever.vocab_dict for word in words)
