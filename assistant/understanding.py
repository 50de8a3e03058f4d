"""Owns what is asked: which form of answer a question wants, in which language, about which numbers or passages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from assistant import conversation
from assistant.domain import (
    Language,
    Message,
    MissingNumber,
    PassageId,
    Proposal,
    Question,
    References,
    Request,
    RequestKind,
    Scope,
)
from assistant.follow_ups import FollowUps
from assistant.greetings import is_greeting
from assistant.instructions import without_instructions
from assistant.language import detect_language
from assistant.list_phrases import COUNTED, CUES, FILLER, QUESTION_WORD
from assistant.references import ReferenceReader
from assistant.scopes import ScopeReader
from assistant.section_phrases import NearestSection, confined_to, left_out
from assistant.words import content_words

LONGEST_QUESTION = 4_000
"""Characters; a longer text is a document, not a question."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_ROLES = frozenset({"user", "assistant"})
_ENGLISH_WANTED = re.compile(r"\bin english(?=\s*(?:please|pls|this time|now|[?.!,;]|$))|英語で|英文で", re.IGNORECASE)
_JAPANESE_WANTED = re.compile(
    r"\bin japanese(?=\s*(?:please|pls|this time|now|[?.!,;]|$))|日本語で|和文で|邦文で|\bnihongo de\b", re.IGNORECASE
)
_FEW_BESIDE_A_PLACE = 3
_FEW_BESIDE_A_SECTION = 1
"""Content words beside a section's name with which the section as such is asked for."""
_AT_AN_END = re.compile(
    r"(?:what (?:is|does)|show me|give me|tell me)?\s*(?:the\s)?(?:very\s)?(?:一番|いちばん)?(?:(?P<first>first|"
    r"最初)|last|final|最後)の?\s?"
    r"(?:recommendation|提言|項目)(?:\s(?:say|of all|in the (?:proposal|document)|please))*"
    r"(?:は|とは|の内容)?(?:何|なん|どんな内容)?(?:ですか|でしょうか|か|を教えて(?:ください)?|だっけ)?",
    re.IGNORECASE,
)
_FOREIGN_NUMBER = re.compile(
    r"(?:(?:what (?:is|about|does)|show me|tell me about|give me|recommendation|item|number|no|提言)\s)*"
    r"(?!G ?(?:7|8|20)\b)(?P<letter>[G-Z])[\sの]?(?P<number>[0-9]{1,2}(?: [0-9]{1,2})?)(?:番目?)?(?:の?(?:提言|項目))?"
    r"\s?(?:say|please|って.{0,6}|とは.{0,4}|は|の内容.{0,6}|について.{0,6}|を?教えて.{0,6}|を?見せて.{0,6})?",
    re.IGNORECASE,
)
"""Numbers under letters that the proposal does not have, asked for alone; the summits G7, G8 and G20 are none."""


def clean(text: str) -> str:
    """Any white space becomes a space; control and formatting characters (direction overrides …) are dropped."""
    return "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE
    ).strip()


class Understanding:
    """Turns a question and its conversation into a request, by rules alone: the same question, the same request."""

    def __init__(
        self, proposal: Proposal, references: ReferenceReader, scopes: ScopeReader, nearest: NearestSection
    ) -> None:
        self._proposal = proposal
        self._references = references
        self._scopes = scopes
        self._nearest = nearest
        self._follow_ups = FollowUps(references, scopes)

    def __call__(self, question: Question) -> Request:
        """Understand a question; an unusable one becomes a request of kind `invalid` that names its fault."""
        return replace(self._understood(question), asked=question)

    def _understood(self, question: Question) -> Request:
        text = clean(question.text)
        language = self._language(question, text)
        fault = _fault(question, text)
        if fault:
            unknown = next((message.role for message in question.history if message.role not in _ROLES), "")
            return Request(RequestKind.INVALID, language, clean(unknown) or text, fault=fault)
        if is_greeting(_without_punctuation(text)):
            return Request(RequestKind.GREETING, language, text)
        asked, instructed = without_instructions(text)
        if instructed and not content_words(asked):
            return Request(RequestKind.INSTRUCTION, language, text)
        history = question.history
        if history and (request := self._follow_ups(asked, history, language)):
            return request
        return self._standing(asked, language) or self._in_words(asked, history, language)

    def _standing(self, text: str, language: Language) -> Request | None:
        """The request of a question that names numbers, or that asks for a list or count."""
        references = self._references.read(text)
        if not references.passage_ids and (key := self._placed(references) or self._at_an_end(text)):
            references = References((key,))
        if references.passage_ids:
            return Request(RequestKind.LOOKUP, language, _asked_of(references), references)
        if foreign := _FOREIGN_NUMBER.fullmatch(_without_punctuation(text)):
            missing = MissingNumber(f"{foreign['letter'].upper()}-{foreign['number']}")
            return Request(RequestKind.MISSING_NUMBER, language, text, References(missing=(missing,)))
        if references.missing and not references.sections:
            return Request(RequestKind.MISSING_NUMBER, language, text, references)
        leaving_out, rest = left_out(text)
        sections = references.sections
        if not sections:
            confined = confined_to(rest, self._proposal, self._nearest)
            sections, rest = confined.sections, confined.rest
        scope = self._scopes.read(rest if sections and not references.sections else text, sections)
        if scope is not None:
            out = "" if scope.without or not scope.sections else leaving_out
            return Request(RequestKind.LIST, language, text, scope=scope, leaving_out=out)
        if sections:
            beside = self._references.read(rest).remainder if references.sections else rest
            named = replace(references, sections=sections, remainder=beside)
            return self._within(text, named, language, leaving_out)
        return None

    def _within(self, text: str, named: References, language: Language, leaving_out: str) -> Request:
        """A section asked for as such, or a question that confines itself to sections."""
        sections, beside = named.sections, named.remainder
        words = set(content_words(beside)) - FILLER - CUES
        many = len(words) > _FEW_BESIDE_A_SECTION and not COUNTED.search(text)
        if many or self._scopes.labels_named(beside):
            among = tuple(passage.id for passage in self._scopes.within(Scope(sections=sections)))
            broad = self._scopes.is_broad(text)
            return Request(RequestKind.SEARCH, language, text, among=among, broad=broad, leaving_out=leaving_out)
        if scope := self._scopes.part_of(sections, beside):
            return Request(RequestKind.LIST, language, text, scope=scope, leaving_out=leaving_out)
        return Request(RequestKind.SECTION, language, text, named, leaving_out=leaving_out)

    def _at_an_end(self, text: str) -> PassageId | None:
        """The first or last recommendation of all, where that is what is asked for."""
        end = _AT_AN_END.fullmatch(_without_punctuation(text))
        if end is None:
            return None
        return self._scopes.within(Scope())[0 if end["first"] else -1].id

    def _placed(self, references: References) -> PassageId | None:
        """The passage at a place of the one section named, where little else is said: 「中国の節で二つ目」."""
        if (
            len(references.sections) != 1
            or len(set(content_words(references.remainder)) - FILLER) > _FEW_BESIDE_A_PLACE
        ):
            return None
        within = self._scopes.within(Scope(sections=references.sections))
        place = self._references.place_in(references.remainder, len(within))
        return within[place].id if place is not None else None

    def _in_words(self, text: str, history: tuple[Message, ...], language: Language) -> Request:
        """The request of a question in words, with what of the conversation it may lean on."""
        thread = conversation.read_thread(history, text)
        if thread and thread.depends:
            asked = clean(thread.asked)
            earlier = self._standing(asked, language) if asked else None
            if earlier and earlier.kind is RequestKind.LOOKUP:
                return replace(earlier, text=text)
            if thread.just_cited and not content_words(text):
                return Request(RequestKind.LOOKUP, language, text, References(thread.just_cited))
            if earlier and not thread.just_cited:
                return earlier
        return Request(RequestKind.SEARCH, language, text, thread=thread, broad=self._scopes.is_broad(text))

    @staticmethod
    def _language(question: Question, text: str) -> Language:
        """The asker's explicit wish, or the language of the question, or that of the conversation."""
        if question.language:
            return question.language
        if _ENGLISH_WANTED.search(text):
            return Language.ENGLISH
        if _JAPANESE_WANTED.search(text):
            return Language.JAPANESE
        spoken = (text, *(message.content for message in reversed(question.history) if message.role == "user"))
        return next(filter(None, map(detect_language, spoken)), Language.JAPANESE)


def _fault(question: Question, text: str) -> str:
    if any(message.role not in _ROLES for message in question.history):
        return "invalid_history"
    if not text:
        return "invalid_empty"
    if len(text) > LONGEST_QUESTION:
        return "invalid_too_long"
    if not any(unicodedata.category(character)[0] in "LN" for character in text):
        return "invalid_no_words"
    return ""


def _asked_of(references: References) -> str:
    """What is asked about the numbers named, or nothing where they alone are asked for."""
    asks = QUESTION_WORD.search(references.remainder) or set(content_words(references.remainder)) - FILLER
    return references.remainder if asks else ""


def _without_punctuation(text: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text)).strip()
