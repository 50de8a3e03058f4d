"""Owns the search by words: BM25 over one bag of words per passage, both languages and the enrichment together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import bm25s
import numpy as np

from assistant.domain import Enrichment, Hit, Language, Passage, PassageId
from assistant.words import content_words

_PASSAGES = "passages.txt"
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


def build_lexical(folder: Path, bags: Mapping[PassageId, list[str]]) -> None:
    """Index the bags and save the index in `folder`."""
    retriever = bm25s.BM25(k1=K1, b=B)
    retriever.index(list(bags.values()), show_progress=False)
    retriever.save(folder)
    (folder / _PASSAGES).write_text("\n".join(map(str, bags)), encoding="utf-8")


class LexicalIndex(NamedTuple):
    """A BM25 index and the passages that its rows stand for."""

    retriever: bm25s.BM25
    passage_ids: tuple[PassageId, ...]


def load_lexical(folder: Path) -> LexicalIndex:
    """Read the index saved in `folder`."""
    ids = (folder / _PASSAGES).read_text(encoding="utf-8").split()
    return LexicalIndex(bm25s.BM25.load(folder, load_corpus=False), tuple(map(PassageId.parse, ids)))


class LexicalSearch:
    """BM25 over the passages; a score of 0 means that no word of the question is known."""

    def __init__(self, index: LexicalIndex) -> None:
        self._retriever, self._ids = index

    def __call__(self, question: str, *, limit: int) -> list[Hit]:
        """The passages sharing most words with the question, best first; scores are BM25's."""
        words = [word for word in content_words(question) if word in self._retriever.vocab_dict]
        scores = self._retriever.get_scores(words) if words else np.zeros(len(self._ids))
        order = np.argsort(-scores, kind="stable")[:limit]
        return [Hit(self._ids[position], float(scores[position]), "words") for position in order]

    def knows(self, name: str) -> bool:
        """Whether any bag holds a word of the name; a name without content words is passed."""
        words = content_words(name)
        return not words or any(word in self._retriever.vocab_dict for word in words)
