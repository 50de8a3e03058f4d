"""Owns reading from a question which recommendations a list or count covers, and finding them over all 56."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from assistant.domain import (
    INTRODUCTION,
    Actor,
    Label,
    LabelKind,
    Passage,
    PassageId,
    Proposal,
    Scope,
    SectionId,
)
from assistant.labels import LabelReader
from assistant.list_phrases import (
    APPEARS_EN,
    ASKS_FOR_LIST,
    BROAD,
    BY_SECTION,
    COUNT,
    COUNTED,
    CUES,
    EVERYTHING,
    FEWEST_BESIDE,
    LISTED,
    MENTIONED,
    MENTIONED_EN,
    MENTIONED_JA,
    MOST_BESIDE,
    NO_WORD,
    OF_RECOMMENDATIONS,
    ONLY,
    OTHER_PLACE_BEFORE,
    QUOTED,
    SECTION,
    WHAT_IS_SAID,
    actors_in,
    named_actors,
)
from assistant.listing import Listing
from assistant.section_phrases import left_out
from assistant.words import content_words


class ScopeReader:
    """Reads the scope of a list or count from a question, and finds the passages within a scope."""

    def __init__(self, proposal: Proposal) -> None:
        self._proposal = proposal
        names = ((name, section.id) for section in proposal.sections.values() for name in section.names)
        self._sections = [
            (_section_pattern(name), section)
            for name, section in sorted(names, key=lambda pair: -len(pair[0]))
            if section.letter != INTRODUCTION
        ]
        self._labels = LabelReader(proposal.labels)
        self._listing = Listing(proposal, self._labels)

    def read(self, text: str, named: tuple[SectionId, ...] = ()) -> Scope | None:
        """The scope of a list, a count or an overview, or None where the question asks for neither.

        `named` are sections that the question names by number; alone they make no list here.
        """
        text = unicodedata.normalize("NFKC", text)
        every = {section.letter for section in named} >= {passage.id.section for passage in self.within(Scope())}
        by_section = BY_SECTION.search(text) and (every or not (named or self._named_sections(text, ())))
        if by_section and (COUNT.search(text) or ASKS_FOR_LIST.search(text)):
            return Scope(by_section=True)
        plainly = ASKS_FOR_LIST.search(text)
        of_recommendations = OF_RECOMMENDATIONS.search(text) or MENTIONED.search(text)
        counted = COUNTED.search(text)
        told = of_recommendations and (counted or LISTED.search(text))
        if not plainly and not told and not (counted and self._named_sections(text, ())):
            part = self._part(text, named) or self._everything(text)
            return part if part and self.within(part) else None
        scope = self._listed(text, named)
        if scope and scope.words and not self.within(scope) and not QUOTED.search(text):
            labels, _ = self._labels.read(text)
            scope = replace(scope, words=(), labels=labels) if labels else scope
        if scope is None or plainly:
            return scope
        beside = _left_over(self._without_sections(self._labels.read(_without(text, scope.words))[1]))
        return scope if scope != Scope() and self.within(scope) and len(beside) <= 1 else None

    def _listed(self, text: str, named: tuple[SectionId, ...]) -> Scope | None:
        """The scope of a list or a count, of whatever it is said to be."""
        actors, only = actors_in(text)
        names = self._labels.names_in(text) if MENTIONED.search(text) and not QUOTED.search(text) else ()
        names = tuple(name for name in names if not any(other != name and other in name for other in names))
        words = names or _mentioned(text)
        without, text = self._left_out(text)
        sections = named or self._named_sections(text, words)
        if actors or words or (sections and not named):
            scope = Scope(sections, actors, only, words, without=without, anywhere=bool(sections and actors))
            rest = _left_over(self._without_sections(_without(text, words)))
            return scope if len(rest) <= (MOST_BESIDE if self.within(scope) else FEWEST_BESIDE) else None
        labels, rest = self._labels.read(text)
        if labels and not _left_over(rest):
            return Scope(named, labels=labels, without=without)
        left = _left_over(self._without_sections(text))
        scope = Scope(named, words=left, without=without)
        return scope if (not left and not named) or (left and self.within(scope)) else None

    def part_of(self, sections: tuple[SectionId, ...], text: str) -> Scope | None:
        """What of sections is asked of the one country that a text names, or None where it names none."""
        actors = named_actors(text)
        if not actors or Actor.BOTH in actors:
            return None
        scope = Scope(sections, actors, only=bool(ONLY.search(text)), anywhere=True)
        return scope if self.within(scope) else None

    def labels_named(self, text: str) -> frozenset[Label]:
        """The topics, places, bodies and instruments of the controlled lists that a text names."""
        return frozenset(self._labels.read(text)[0])

    def is_broad(self, text: str) -> bool:
        """Whether a question asks for all that is said on a subject."""
        return bool(BROAD.search(unicodedata.normalize("NFKC", text)))

    def named_alone(self, text: str) -> tuple[Passage, ...]:
        """The passages that treat the places, bodies or instruments of which a question says nothing but the name."""
        labels, left = self._labels.read(text)
        named = {label for label in labels if label.kind is not LabelKind.TOPIC}
        if not named or _left_over(left):
            return ()
        return tuple(passage for passage in self._proposal.recommendations if named <= set(passage.labels))

    def narrowing(self, text: str) -> Scope | None:
        """The actors to whom a follow-up narrows a list."""
        actors, only = named_actors(unicodedata.normalize("NFKC", text)), False
        return Scope(actors=actors, only=only, anywhere=True) if actors else None

    def within(self, scope: Scope) -> tuple[Passage, ...]:
        """Every recommendation inside the scope, in the proposal's order: exhaustive, never a top-k."""
        return self._listing(scope)

    def neighbour(self, passage_id: PassageId, by: int) -> PassageId | None:
        """The passage printed `by` places after another one (before it where negative), or None beyond the ends."""
        order = list(self._proposal.passages)
        position = order.index(passage_id) + by if passage_id in order else -1
        return order[position] if 0 <= position < len(order) else None

    def _part(self, text: str, named: tuple[SectionId, ...]) -> Scope | None:
        """A section named as such and told from others: who is asked to act in it, or what it says as a whole."""
        without, rest = self._left_out(text)
        told = named or SECTION.search(text) or BROAD.search(text) or WHAT_IS_SAID.search(text)
        actors, only = actors_in(text)
        sections = (named or self._named_sections(rest, ())) if told or actors else ()
        sections = tuple(section for section in sections if section not in without)
        alone = not _left_over(BROAD.sub(" ", self._without_sections(rest)))
        if sections and actors and (named or SECTION.search(text) or alone):
            return Scope(sections, actors, only, without=without, anywhere=True)
        whole = BROAD.search(text) or COUNT.search(text) or WHAT_IS_SAID.search(text)
        if sections and whole and (SECTION.search(text) or alone):
            return Scope(sections, without=without)
        labels, left = self._labels.read(rest)
        if labels and BROAD.search(text) and not _left_over(BROAD.sub(" ", self._without_sections(left))):
            return Scope(sections, labels=labels, without=without)
        return None

    def _everything(self, text: str) -> Scope | None:
        """All that touches the one place, body or instrument named, where that is what is asked for."""
        labels, left = self._labels.read(text)
        named = tuple(label for label in labels if label.kind is not LabelKind.TOPIC)
        asked = EVERYTHING.search(text) and len(named) == 1 and len(_left_over(left)) <= MOST_BESIDE
        return Scope(labels=named) if asked else None

    def _left_out(self, text: str) -> tuple[tuple[SectionId, ...], str]:
        """A section that the question leaves out, and the text without the words that leave it out."""
        words, rest = left_out(text)
        sections = self._named_sections(words, ())
        return (sections, f"{rest} {self._without_sections(words)}") if sections else ((), text)

    def _without_sections(self, text: str) -> str:
        for pattern, _ in self._sections:
            text = pattern.sub(" ", text)
        return text

    def _named_sections(self, text: str, words: tuple[str, ...]) -> tuple[SectionId, ...]:
        for word in words:
            text = text.replace(word, " ")
        return next(((section,) for pattern, section in self._sections if pattern.search(text)), ())


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return text


def _section_pattern(name: str) -> re.Pattern[str]:
    """A pattern that finds a section's name: Latin ones as whole words, never as part of another place's name."""
    name = unicodedata.normalize("NFKC", name).replace("’", "'")
    if name.isascii():
        return re.compile(OTHER_PLACE_BEFORE + rf"\b{re.escape(name)}\b", re.IGNORECASE)
    return re.compile(re.escape(name))


def _mentioned(text: str) -> tuple[str, ...]:
    quoted = tuple(match[1] or match[2] for match in QUOTED.finditer(text))
    if quoted:
        return quoted
    match = APPEARS_EN.search(text)
    if match:
        return ((match["word"] or match["thing"]).strip(),)
    match = MENTIONED_EN.search(text) or MENTIONED_JA.search(text)
    return (match["word"].strip(),) if match and not NO_WORD.search(match["word"]) else ()


def _left_over(text: str) -> tuple[str, ...]:
    """The words of the question that are neither cues of a list nor empty, as typed."""
    typed = re.findall(r"[A-Za-z][A-Za-z.'’-]*|[^\W\da-zA-Z_ぁ-ん]{2,}", text)
    return tuple(dict.fromkeys(word for word in typed if (found := content_words(word)) and not set(found) <= CUES))
