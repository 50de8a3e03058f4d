"""Owns finding every recommendation within a scope: by section, actor, label and word, over all 56."""

from __future__ import annotations

import unicodedata

from assistant.domain import Actor, Language, Passage, PassageId, Proposal, Scope
from assistant.labels import LabelReader
from assistant.language import name_pattern
from assistant.words import content_words


class Listing:
    """Tells which recommendations a scope holds, in the proposal's order: exhaustive, never a top-k."""

    def __init__(self, proposal: Proposal, labels: LabelReader) -> None:
        self._proposal = proposal
        self._labels = labels
        self._texts = {passage.id: _texts(passage) for passage in proposal.recommendations}
        self._words = {key: frozenset(content_words("\n".join(texts))) for key, texts in self._texts.items()}

    def __call__(self, scope: Scope) -> tuple[Passage, ...]:
        """Every recommendation for which all conditions of the scope hold."""
        return tuple(passage for passage in self._proposal.recommendations if self._holds(passage, scope))

    def _holds(self, passage: Passage, scope: Scope) -> bool:
        if scope.sections and not any(passage.id in section for section in scope.sections):
            return False
        if any(passage.id in section for section in scope.without):
            return False
        if scope.actors and not _asks(passage, scope):
            return False
        if not set(scope.labels) <= set(passage.labels):
            return False
        return all(any(self._mentions(passage.id, name) for name in self._labels.alike(word)) for word in scope.words)

    def _mentions(self, passage_id: PassageId, word: str) -> bool:
        """Whether the passage's own text has the word: whole Latin words, Japanese ones anywhere."""
        pattern = name_pattern(word)
        if any(pattern.search(text) for text in self._texts[passage_id]):
            return True
        single = content_words(word)
        return len(single) == 1 and not word.isupper() and single[0] in self._words[passage_id]


def _asks(passage: Passage, scope: Scope) -> bool:
    """Whether the passage asks the scope's actors: in its heading, or anywhere where it is one country's part."""
    if scope.only:
        return passage.actors == scope.actors
    if scope.anywhere and Actor.BOTH not in scope.actors:
        return passage.actors_anywhere >= scope.actors
    return passage.actors >= scope.actors


def _texts(passage: Passage) -> tuple[str, ...]:
    return tuple(
        unicodedata.normalize("NFKC", f"{passage.title[language]}\n{passage.body[language]}") for language in Language
    )
