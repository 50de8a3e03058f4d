"""Owns what is asked: which form of answer a question wants, in which language, about which numbers or passages."""

from __future__ import annotations

import re
import unicodedata

from assistant.domain import (
    Language,
    Message,
    Question,
    References,
    Request,
    RequestKind,
)
from assistant.language import detect_language
from assistant.references import ReferenceReader
from assistant.scopes import ScopeReader
from assistant.words import content_words

LONGEST_QUESTION = 4_000
"""Characters; a longer text is a document, not a question."""

_ROLES = frozenset({"user", "assistant"})
_ENGLISH_WANTED = re.compile(r"\bin english\b|英語で|英文で|英語版で", re.IGNORECASE)
_JAPANESE_WANTED = re.compile(r"\bin japanese\b|日本語で|和文で|邦文で|\bnihongo de\b", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:こんにちは|こんにちわ|こんばんは|おはよう(?:ございます)?|はじめまして|やあ|どうも|もしもし|"
    r"(?:どうも)?(?:ありがとう|有難う|ありがと)(?:ございま(?:す|した))?|助かりました|お疲れ様(?:です|でした)?|さようなら|またね|"
    r"(?:あなた|君|きみ)(?:は|って)?(?:誰|だれ|何者|何)(?:ですか|なの)?|自己紹介(?:して(?:ください)?)?|"
    r"(?:あなた(?:は|に))?(?:何|なに)が(?:できる|出来る|できます|出来ます)(?:の|か|んですか|のですか)?|"
    r"使い方(?:は|を教えて(?:ください)?)?|ヘルプ|"
    r"hi|hello|hey|hi there|hello there|good (?:morning|afternoon|evening|day)|greetings|"
    r"(?:many )?thanks(?: a lot| so much| very much)?|thank you(?: so much| very much| for your help)?|cheers|"
    r"(?:good ?)?bye|see you|who are you|what are you|"
    r"what can (?:you|i) (?:do|ask)(?: for me| here| you)?|what do you do|how (?:do|can) i use (?:this|you)|"
    r"how does this work|help|introduce yourself)",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"^(?:それ|その|これ|この|あれ|あの|そこ|そちら|では|じゃあ|もっと|ほか|他に|なぜ|どうして|本当|確か|理由|具体的)|"
    r"^(?:and|but|so|then|why|what about|how about|really|are you sure|more|anything else|in (?:english|japanese))\b|"
    r"\b(?:it|that|this|they|them|those|these|he|she|one)\b",
    re.IGNORECASE,
)
_FEW_WORDS = 4
_ASKS_FOR_CONTENT = re.compile(
    r"内容|中身|全文|本文|要旨|要約|概要|見せ\w*|表示|説明|教え\w*|知り\w*|\b(?:content|text|full|whole|summary|summari[sz]e|show|"
    r"explain|read|quote|what|is|says?|about|me|open|look up|see)\b|(?:英語|日本語)で|in (?:english|japanese)",
    re.IGNORECASE,
)
"""Words that ask for a numbered recommendation as such, not for something in it."""


def clean(text: str) -> str:
    """Drop control and formatting characters (direction overrides, zero-width marks); keep line ends as spaces."""
    return "".join(
        " " if character in "\n\t\r" else character
        for character in text
        if character in "\n\t\r" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    ).strip()


class Understanding:
    """Turns a question and its conversation into a request, by rules alone: the same question, the same request."""

    def __init__(self, references: ReferenceReader, scopes: ScopeReader) -> None:
        self._references = references
        self._scopes = scopes

    def __call__(self, question: Question) -> Request:
        """Understand a question; an unusable one becomes a request of kind `invalid` that names its fault."""
        text = clean(question.text)
        language = self._language(question, text)
        fault = _fault(question, text)
        if fault:
            return Request(RequestKind.INVALID, language, text, fault=fault)
        references = self._references.read(text)
        if _GREETING.fullmatch(_without_punctuation(text)):
            return Request(RequestKind.GREETING, language, text)
        if references.passage_ids or references.sections or references.missing:
            return Request(_kind(references), language, _asked_of(references), references)
        scope = self._scopes.read(text)
        if scope is not None:
            return Request(RequestKind.LIST, language, text, scope=scope)
        return Request(RequestKind.SEARCH, language, _with_context(text, question.history))

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
    words = content_words(_ASKS_FOR_CONTENT.sub(" ", references.remainder))
    return references.remainder if words else ""


def _kind(references: References) -> RequestKind:
    """Existing numbers win over missing ones, single recommendations over whole sections."""
    if references.passage_ids:
        return RequestKind.LOOKUP
    return RequestKind.SECTION if references.sections else RequestKind.MISSING_NUMBER


def _without_punctuation(text: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text)).strip()


def _with_context(text: str, history: tuple[Message, ...]) -> str:
    """Put the last question before one that cannot stand alone."""
    asked = [clean(message.content) for message in history if message.role == "user"]
    if asked and len(content_words(text)) <= _FEW_WORDS and (_POINTS_BACK.search(text) or not content_words(text)):
        return f"{asked[-1]}\n{text}"
    return text
