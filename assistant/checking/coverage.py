"""Owns how well the cited passages cover a statement: in meaning, in words, and against all other passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet

import numpy as np

from assistant.checking.alignment import Alignment
from assistant.checking.wordings import Wordings
from assistant.domain import Language


class Coverage:
    """Features of similarity and of shared words."""

    def __init__(self, wordings: Wordings) -> None:
        self._wordings = wordings
        self._rows = {
            (key, language): np.array([wordings.rows[w.view] for w in own if w.language is language])
            for key, own in wordings.by_passage.items()
            for language in Language
        }
        self._words = {
            place: frozenset(word for row in rows for word in wordings.all[row].words)
            for place, rows in self._rows.items()
        }

    def __call__(self, alignment: Alignment) -> dict[str, float]:
        """Features by name."""
        return self._nearness(alignment) | self._shared(alignment)

    def _nearness(self, alignment: Alignment) -> dict[str, float]:
        """Cosines with the cited passages, and by how much they exceed those with any other."""
        best = {
            key: alignment.similar[rows].max(axis=0)
            for (key, of), rows in self._rows.items()
            if of is alignment.language
        }
        mine = np.max([best[key] for key in alignment.cited], axis=0)
        margin = mine - np.max([near for key, near in best.items() if key not in alignment.cited], axis=0)
        return {
            "cosine": float(mine[0]),
            "cosine_margin": float(margin[0]),
            "passages_nearer": float(np.log1p(sum(near[0] > mine[0] for near in best.values()))),
            "lowest_clause_cosine": float(mine[1:].min()),
            "lowest_clause_margin": float(margin[1:].min()),
        }

    def _shared(self, alignment: Alignment) -> dict[str, float]:
        """Content words that the passages, the nearest wordings, or what people say of the passages have or lack."""
        rarity, words, language = self._wordings.rarity, alignment.words, alignment.language
        kinds = frozenset(words)
        total = sum(map(rarity, kinds)) or 1.0
        said = frozenset().union(*(self._words[key, language] for key in alignment.cited))
        near = frozenset().union(*(wording.words for wording in alignment.rests_on))
        used = said.union(*(self._wordings.other_words[key, language] for key in alignment.cited))
        elsewhere = max(
            sum(map(rarity, kinds & self._words[key, language]))
            for key in self._wordings.by_passage
            if key not in alignment.cited
        )
        return {
            "words_shared": sum(map(rarity, kinds & said)) / total,
            "words_near": sum(map(rarity, kinds & near)) / total,
            "words_margin": (sum(map(rarity, kinds & said)) - elsewhere) / total,
            "words_beyond": sum(map(rarity, kinds - used)) / total,
            "words_unsaid": float(len(kinds - said)),
            "words_unknown": float(sum(not self._wordings.known(word) for word in kinds)),
            "longest_unsaid": _longest(words, said, rarity),
            "longest_not_near": _longest(words, near, rarity),
            "longest_beyond": _longest(words, used, rarity),
            "words": float(len(words)),
            "clauses": float(len(alignment.clauses)),
            "japanese": float(language is Language.JAPANESE),
        }


def _longest(words: Sequence[str], known: AbstractSet[str], rarity: Callable[[str], float]) -> float:
    """The weight of the longest run of words that are not known: what is invented stands together."""
    run = longest = 0.0
    for word in words:
        run = 0.0 if word in known else run + rarity(word)
        longest = max(longest, run)
    return longest
