"""Owns what a near copy of a wording changes in it: details added, actors exchanged, sense and strength altered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from assistant.checking.alignment import Alignment, own_words
from assistant.checking.details import acting_sides
from assistant.checking.entities import folded
from assistant.checking.modality import modes
from assistant.checking.polarity import negations
from assistant.checking.sense import OVERSTATING, PERFECT
from assistant.checking.wordings import Wording, Wordings
from assistant.words import content_words

OF_WORDING, OF_REST = 0.6, 0.85
"""Weighed shares of content words that keep their order in a near copy: of the wording, and of what the statement has
beside its longest addition."""
STRONGER = OVERSTATING | {"all"}
"""Ways of putting a thing that a near copy must not add."""
LESS_THAN_DUTY = frozenset(("should", "consider", "desirable", "possible", "aim"))
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[.'&-][A-Za-z0-9]+)*|[一-龠々]+|[ァ-ヺー]+|[ぁ-ん]")
"""A word; in Japanese a run of one script, and every hiragana for itself, as endings differ by these."""
_PHRASE = re.compile(r"(?:in|on|at|by|with|without|through|after|before|under|for|from|together|via) ", re.IGNORECASE)
"""What opens an English phrase of circumstance."""
_ARTICLES = frozenset(("a", "an", "the"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a name of a text: the form in which it is compared, its own text, and the entities that it names."""

    form: str
    text: str
    named: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of a wording, and what a statement has in its place; either may be empty."""

    said: tuple[Token, ...]
    stated: tuple[Token, ...]


class Copies:
    """Finds what is altered in the wording that a statement copies."""

    def __init__(self, wordings: Wordings) -> None:
        self._wordings = wordings
        self._tokens = cache(self._read)

    def __call__(self, alignment: Alignment) -> tuple[tuple[str, str], ...]:
        """Kind and thing of every alteration of the copied wording; none where it is copied faithfully, or none is.

        Where several wordings are copied, the one of which most is kept counts.
        """
        stated = self._tokens(alignment.text)
        said = frozenset().union(*(w.words for key in alignment.cited for w in self._wordings.by_passage[key]))
        used = frozenset().union(*(self._wordings.other_words[key, alignment.language] for key in alignment.cited))
        unsaid = frozenset(alignment.words) - said
        found = [
            (-kept, _altered(alignment.text, wording, changes, unsaid, unsaid - used))
            for key in alignment.cited
            for wording in self._wordings.by_passage[key]
            if wording.language is alignment.language
            for kept, changes in self._copied(stated, self._tokens(wording.text))
        ]
        return min(found, key=lambda one: (one[0], len(one[1])), default=(0.0, ()))[1]

    def _copied(self, stated: Sequence[Token], said: Sequence[Token]) -> Iterator[tuple[float, list[Change]]]:
        """The weight of what is kept of a wording, and what is changed in it; nothing where it is not copied."""
        matcher = SequenceMatcher(None, [t.form for t in said], [t.form for t in stated], autojunk=False)
        changes = [
            Change(tuple(said[start:end]), tuple(stated[first:last]))
            for kind, start, end, first, last in matcher.get_opcodes()
            if kind != "equal"
        ]
        added = [self._weight(change.stated) for change in changes]
        kept = self._weight(stated) - sum(added)
        rest = self._weight(stated) - max(added, default=0.0)
        if kept > 0 and kept >= OF_WORDING * self._weight(said) and kept >= OF_REST * rest:
            yield kept, changes

    def _weight(self, tokens: Sequence[Token]) -> float:
        return sum(self._wordings.rarity(word) for token in tokens for word in own_words(token.text))

    def _read(self, text: str) -> tuple[Token, ...]:
        text = folded(text)
        spans: dict[tuple[int, int], set[str]] = {}
        for mention in self._wordings.entities.read(text):
            spans.setdefault((mention.start, mention.end), set()).add(mention.key)
        tokens: list[Token] = []
        last = 0
        for (start, end), keys in sorted(spans.items()):
            if start < last:
                continue
            tokens += _plain(text[last:start])
            tokens.append(Token(" ".join(sorted(keys)), text[start:end], frozenset(keys)))
            last = end
        return (*tokens, *_plain(text[last:]))


def _altered(
    text: str, wording: Wording, changes: Sequence[Change], unsaid: AbstractSet[str], strange: AbstractSet[str]
) -> tuple[tuple[str, str], ...]:
    """What the changes alter, given the words that the passages do not use, and those that nobody uses for them."""
    return (
        *(("detail", detail) for change in changes if (detail := _added(change, unsaid, strange))),
        *(("actor", actor) for actor in _exchanged(changes)),
        *(("strength", mode) for mode in sorted(_stronger(text, wording))),
        *(("strength", _text(change.stated)) for change in changes if _made_a_duty(change)),
        *(("negation", _text(change.stated)) for change in changes if _turned(change)),
    )


def _stronger(text: str, wording: Wording) -> AbstractSet[str]:
    """The ways of putting a thing that a copy adds."""
    return (modes(text) - wording.modes - ({"done"} if PERFECT.search(wording.text) else set())) & STRONGER


def _made_a_duty(change: Change) -> bool:
    """Whether a change puts a duty in the place of something less."""
    said, stated = modes(_text(change.said)), modes(_text(change.stated))
    return "must" in stated - said and bool(said & LESS_THAN_DUTY)


def _plain(text: str) -> list[Token]:
    words = [match[0] for match in _TOKEN.finditer(text) if match[0].lower() not in _ARTICLES]
    return [Token(" ".join(content_words(word)) or word.lower(), word) for word in words]


def _text(tokens: Sequence[Token]) -> str:
    return (" " if all(token.text.isascii() for token in tokens) else "").join(token.text for token in tokens)


def _added(change: Change, unsaid: AbstractSet[str], strange: AbstractSet[str]) -> str:
    """What a change adds: mostly words that the passages lack, and more of them than of those whose place they take.

    Other words that people use may take the place of the passages' own, or one may stand beside these, but they make no
    phrase. The verb of a demand or an aim made of a noun phrase (a system *should be built*) is no addition.
    """
    text, replaced = _text(change.stated), len(own_words(_text(change.said)))
    words = own_words(text)
    added = [word for word in words if word in unsaid]
    if replaced or (len(added) == 1 and not _PHRASE.match(text)):
        added = [word for word in added if word in strange]
    is_detail = len(added) > replaced + bool(modes(text) & {"should", "aim"}) and 2 * len(added) >= len(words)
    return text if is_detail else ""


def _exchanged(changes: Sequence[Change]) -> list[str]:
    """The sides that a copy has more often than its wording, in the place of others that it has less often."""
    said, stated = (
        Counter(side for change in changes for token in tokens(change) for side in acting_sides(token.named))
        for tokens in (lambda change: change.said, lambda change: change.stated)
    )
    gained, lost = stated - said, said - stated
    if gained.total() > lost.total():
        return []
    exchanged = (
        _sides(change.stated) & gained.keys()
        for change in changes
        if _sides(change.said) & lost.keys() and _names_alone(change.said) and _names_alone(change.stated)
    )
    return sorted(frozenset().union(*exchanged))


def _names_alone(tokens: Sequence[Token]) -> bool:
    """Whether nothing but names, endings and auxiliaries stand in a stretch; else its sentence is another one."""
    return not any(own_words(token.text) for token in tokens if not token.named)


def _sides(tokens: Sequence[Token]) -> frozenset[str]:
    return frozenset().union(*(acting_sides(token.named) for token in tokens))


def _turned(change: Change) -> bool:
    """Whether a change of endings or auxiliaries alone turns the sense round."""
    said, stated = _text(change.said), _text(change.stated)
    return not own_words(said + " " + stated) and bool(stated) and (negations(stated) - negations(said)) % 2 == 1
