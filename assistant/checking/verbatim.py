"""Owns what a text is taken from: the point that it is, or the sentences in which it stands word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from assistant.domain import Language, Passage, PassageId, Proposal
from assistant.language import fold

Place = tuple[PassageId, int]
"""A sentence of the proposal: passage and sentence number, 0 for the heading."""

SHORTEST = 8
"""Folded characters from which a stretch of the text counts as taken from it; below, it may be a mere name."""


class Verbatim:
    """Finds the places that a text is taken from; white space, width, case and quotation marks do not matter."""

    def __init__(self, proposal: Proposal) -> None:
        self._points: dict[tuple[str, Language], list[frozenset[Place]]] = defaultdict(list)
        for passage in proposal.passages.values():
            for point in passage.points:
                places = frozenset((passage.id, number) for number in point.sentences)
                for language in Language:
                    self._points[fold(point.text[language]), language].append(places)
        self._texts = {
            language: [_Folded(passage, language) for passage in proposal.passages.values()] for language in Language
        }

    def of_points(self, text: str, language: Language) -> list[frozenset[Place]]:
        """The sentences on which the points rest that say exactly this in that language."""
        return self._points.get((fold(text), language), [])

    def stretches(self, text: str, language: Language) -> list[frozenset[Place]]:
        """The sentences, of every place in which the text stands as it is."""
        folded = fold(text).rstrip(".。")
        if len(folded) < SHORTEST:
            return []
        return [places for own in self._texts[language] for places in own.stretches(folded)]

    def __call__(self, text: str, language: Language) -> list[frozenset[Place]]:
        """All ways in which the text is taken from the proposal; empty where it is freely written."""
        return [*self.of_points(text, language), *self.stretches(text, language)]


class _Folded:
    """A passage's text in one language, folded, with the sentence to which every character belongs."""

    def __init__(self, passage: Passage, language: Language) -> None:
        self._id = passage.id
        sentences = [fold(passage.verbatim(n, language)) for n in range(len(passage.sentences) + 1)]
        self._text = "".join(sentences)
        self._owners = [number for number, sentence in enumerate(sentences) for _ in sentence]

    def stretches(self, folded: str) -> Iterator[frozenset[Place]]:
        """The sentences of every place in which the stretch stands."""
        start = self._text.find(folded)
        while start >= 0:
            yield frozenset((self._id, number) for number in self._owners[start : start + len(folded)])
            start = self._text.find(folded, start + 1)
