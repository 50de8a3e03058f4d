"""Owns what the passages say, sentence by sentence and point by point, in the forms in which the check compares it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log

from assistant.checking.actors import Roles, roles
from assistant.checking.entities import EntityReader
from assistant.checking.modality import modes
from assistant.checking.polarity import negations
from assistant.checking.quantities import Quantity, quantities
from assistant.domain import Actor, Enrichment, Language, Passage, PassageId, Proposal, ViewKind
from assistant.words import content_words


@dataclass(frozen=True)
class Wording:
    """One sentence or point of a passage in one language; `view` is its id in the index."""

    passage_id: PassageId
    sentences: tuple[int, ...]
    language: Language
    text: str
    view: str
    is_point: bool
    actor: Actor | None
    words: frozenset[str]
    quantities: frozenset[Quantity]
    roles: Roles
    modes: frozenset[str]
    negations: int


class Wordings:
    """All wordings of the proposal, by passage, and how rare each content word is among them."""

    def __init__(self, proposal: Proposal, enrichment: Mapping[PassageId, Enrichment]) -> None:
        self.entities = EntityReader(proposal)
        self.all: tuple[Wording, ...] = tuple(
            wording for passage in proposal.passages.values() for wording in self._of(passage)
        )
        self.rows = {wording.view: row for row, wording in enumerate(self.all)}
        self.by_passage: dict[PassageId, tuple[Wording, ...]] = {
            key: tuple(w for w in self.all if w.passage_id == key) for key in proposal.passages
        }
        self.other_words = {
            (key, language): frozenset(
                word
                for text in (
                    of.brief[language], *of.words[language], *(q.text for q in of.questions if q.language is language)
                )
                for word in content_words(text)
            )
            for key, of in enrichment.items()
            for language in Language
        }  # fmt: skip
        """Other words that people use for what a passage says: ours, never the proposal's."""
        frequency = Counter(
            word for own in self.by_passage.values() for word in {w for wording in own for w in wording.words}
        )
        self._rarity = {word: log((1 + len(self.by_passage)) / (0.5 + n)) for word, n in frequency.items()}
        self.rarest = log((1 + len(self.by_passage)) / 0.5)

    def rarity(self, word: str) -> float:
        """How much a content word tells: the logarithm of the share of passages that use it, negated."""
        return self._rarity.get(word, self.rarest)

    def known(self, word: str) -> bool:
        """Whether any passage uses a content word."""
        return word in self._rarity

    def _of(self, passage: Passage) -> Iterator[Wording]:
        for language in Language:
            yield self._wording(passage, (0,), language, passage.title[language], ViewKind.HEADING, 1)
            sentences = (
                [(s.number, s.text) for s in passage.sentences]
                if language is Language.JAPANESE
                else [(s.renders, s.text) for s in passage.sentences_en]
            )
            for position, (number, text) in enumerate(sentences, start=1):
                yield self._wording(passage, (number,), language, text, ViewKind.SENTENCE, position)
            for point in passage.points:
                yield self._wording(
                    passage, point.sentences, language, point.text[language], ViewKind.POINT, point.number, point.actor
                )

    def _wording(
        self, passage: Passage, sentences: tuple[int, ...], language: Language, text: str, kind: ViewKind, number: int,
        actor: Actor | None = None,
    ) -> Wording:  # fmt: skip
        return Wording(
            passage.id, sentences, language, text, f"{passage.id}/{kind}/{language}/{number}",
            kind is ViewKind.POINT, actor, frozenset(content_words(text)), quantities(text),
            roles(text, language, self.entities), modes(text), negations(text),
        )  # fmt: skip
