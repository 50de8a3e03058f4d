"""Owns follow-ups that say themselves what of the conversation they point to: the next number, the first subject."""

from __future__ import annotations

from dataclasses import replace

from assistant import conversation
from assistant.domain import Language, Message, PassageId, References, Request, RequestKind, Scope, Thread
from assistant.list_phrases import FILLER, QUESTION_WORD
from assistant.references import ReferenceReader
from assistant.scopes import ScopeReader
from assistant.words import content_words

_FEW_OF_ITS_OWN = 4
"""Content words beside those of form and doubt with which a follow-up still asks for the last answer again."""


class FollowUps:
    """Turns such a follow-up into a request."""

    def __init__(self, references: ReferenceReader, scopes: ScopeReader) -> None:
        self._references = references
        self._scopes = scopes

    def __call__(  # noqa: PLR0911 - one per way of pointing
        self, text: str, history: tuple[Message, ...], language: Language
    ) -> Request | None:
        """The request of a follow-up that says itself what it points to: the next number, the first subject."""
        thread = conversation.read_thread(history, text)
        if thread is None or not thread.just_cited or conversation.starts_anew(text):
            return None
        if conversation.stays_in_the_section(text) and (key := self._placed_beside(text, thread)):
            return Request(RequestKind.LOOKUP, language, "", References((key,)))
        if step := conversation.step_asked(text):
            shown = thread.just_cited[-1 if step > 0 else 0]
            key = self._scopes.neighbour(shown, step)
            return Request(RequestKind.LOOKUP, language, "", References((key,))) if key else None
        if self._references.read(text).passage_ids:
            return None
        if conversation.picks_among(text) and len(thread.just_cited) > 1:
            return self._picked(text, thread, language)
        if conversation.goes_back(text) and (thread.cited_before or thread.first_cited):
            return self._going_back(text, thread, language)
        if conversation.asks_elsewhere(text):
            return Request(
                RequestKind.SEARCH, language, text, thread=replace(thread, depends=True), excluded=thread.just_cited
            )
        again = conversation.asks_for_another_form(text) or conversation.doubts(text)
        if again and len(set(content_words(text)) - FILLER) <= _FEW_OF_ITS_OWN:
            return Request(RequestKind.LOOKUP, language, thread.asked, References(thread.just_cited))
        if conversation.corrects(text):
            meant = conversation.without_what_is_rejected(text)
            return Request(
                RequestKind.SEARCH, language, meant, thread=replace(thread, depends=True), excluded=thread.just_cited
            )
        return None

    def _placed_beside(self, text: str, thread: Thread) -> PassageId | None:
        """The passage at the place named in the section of the one just cited."""
        within = self._scopes.within(Scope(sections=(thread.just_cited[-1].section_id,)))
        place = self._references.place_in(text, len(within))
        return within[place].id if place is not None else None

    def _picked(self, text: str, thread: Thread, language: Language) -> Request | None:
        """Of several passages just cited, the one at the place named, or those that the question's scope holds."""
        place = self._references.place_in(text, len(thread.just_cited))
        if place is not None:
            return Request(RequestKind.LOOKUP, language, _own_words(text), References((thread.just_cited[place],)))
        scope = self._scopes.narrowing(text)
        within = scope and [p.id for p in self._scopes.within(scope) if p.id in thread.just_cited]
        if within:
            return Request(RequestKind.LOOKUP, language, "", References(tuple(within)))
        return Request(RequestKind.SEARCH, language, text, thread=thread, among=thread.just_cited)

    @staticmethod
    def _going_back(text: str, thread: Thread, language: Language) -> Request:
        earlier = thread.cited_before or thread.first_cited
        if conversation.goes_back_to_the_first(text):
            earlier = thread.first_cited
        if len(earlier) == 1:
            return Request(RequestKind.LOOKUP, language, text, References(earlier))
        return Request(RequestKind.SEARCH, language, text, thread=thread, among=earlier)


def _own_words(text: str) -> str:
    """The text where it asks something, or nothing where it only picks an item."""
    return text if QUESTION_WORD.search(text) or len(set(content_words(text)) - FILLER) > 1 else ""
