"""Owns what is asked: which form of answer a question wants, in which language, about which numbers or passages."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from assistant.conversation import asks_for_next, depends_on_conversation, last_cited, last_standing_question
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

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_ROLES = frozenset({"user", "assistant"})
_ENGLISH_WANTED = re.compile(r"\bin english(?=\s*(?:please|pls|this time|now|[?.!,;]|$))|英語で|英文で", re.IGNORECASE)
_JAPANESE_WANTED = re.compile(
    r"\bin japanese(?=\s*(?:please|pls|this time|now|[?.!,;]|$))|日本語で|和文で|邦文で|\bnihongo de\b", re.IGNORECASE
)
_GREETING = re.compile(
    r"(?:こんにち[はわ]|こんばん[はわ]|おはよう(?:ございます)?|はじめまして|やあ|やっほー|どうも|もしもし|"
    r"(?:(?:どうも|本当に|いろいろ)\s*)*(?:ありがとう|有難う|有り難う|ありがと)"
    r"(?:ございま(?:す|した))?(?:助かりました)?|"
    r"助かり(?:ました|ます)|助かった|お疲れ様(?:です|でした)?|(?:では\s*)?(?:さようなら|またね|またあとで|失礼します)|"
    r"(?:あなた|君|きみ|これ)(?:は|って)?(?:一体)?(?:誰|だれ|何者|何)(?:ですか|なの|なんですか)?|"
    r"自己紹介(?:を)?(?:して(?:ください)?|お願いします)?|"
    r"(?:(?:あなた|君|ここ)(?:は|に|で|では)?\s*)?(?:何|なに|どんなこと|どういうこと)が"
    r"(?:できる|出来る|できます|出来ます|聞けます|聞ける)(?:の|か|んですか|のですか|の\s*ですか)?|使い方(?:は|を教えて(?:ください)?)?|ヘルプ|"
    r"(?:hi|hello|hey|hiya|yo)(?: there| again| everyone)?|good (?:morning|afternoon|evening|day)|greetings|"
    r"(?:ok(?:ay)? |great |perfect )?(?:many )?(?:thanks|thank you|thx|cheers|ty)"
    r"(?: again| a lot| so much| very much| for (?:your|the) help| that (?:is all|helps|helped))*|"
    r"(?:ok(?:ay)? )?(?:good ?)?bye(?: for now| bye)?|see (?:you|ya)(?: later)?|(?:who|what) are you(?: exactly)?|"
    r"are you (?:a |an )?(?:bot|robot|ai|human|person|real)(?: or (?:a |an )?(?:real )?(?:human|person|bot|robot))?|"
    r"what can (?:you|i) (?:do|ask|help with|help me with)(?: for me| here| you| about)?|what do you do|"
    r"how (?:do|can) i use (?:this|you|it)|how does (?:this|it) work|help(?: me)?|introduce yourself)"
    r"(?: (?:please|bot|assistant))?",
    re.IGNORECASE,
)
_FILLER = frozenset(
    content_words(
        "内容 中身 全文 本文 要旨 要約 概要 見せる 表示 説明 教える 知る 詳しい 話 引用 読む 番 番目 項目 "
        "意味 簡単 まとめる お願い 紹介 確認 英語 日本語 原文 そのまま "
        "content text full whole summary summarise summarize show explain read quote see open look detail english "
        "japanese item number describe meaning mean point gist please outline present about verbatim what"
    )
)
"""Words that ask for a numbered recommendation as such, not for something in it."""
_QUESTION_WORD = re.compile(
    r"なぜ|何故|どうして|なんで|理由|誰|だれ|いつ|どこ|どのように|どうやって|いくら|"
    r"\b(?:why|how|who|whom|when|where|which|reason)\b",
    re.IGNORECASE,
)


def clean(text: str) -> str:
    """Any white space becomes a space; control and formatting characters (direction overrides …) are dropped."""
    return "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE
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
            unknown = next((message.role for message in question.history if message.role not in _ROLES), "")
            return Request(RequestKind.INVALID, language, clean(unknown) or text, fault=fault)
        if _GREETING.fullmatch(_without_punctuation(text)):
            return Request(RequestKind.GREETING, language, text)
        return self._standing(text, language) or self._following(text, question.history, language)

    def _standing(self, text: str, language: Language) -> Request | None:
        """The request of a question that names numbers, or that asks for a list or count."""
        references = self._references.read(text)
        if references.passage_ids:
            return Request(RequestKind.LOOKUP, language, _asked_of(references), references)
        if references.missing and not references.sections:
            return Request(RequestKind.MISSING_NUMBER, language, text, references)
        scope = self._scopes.read(text, references.sections)
        if scope is not None:
            return Request(RequestKind.LIST, language, text, scope=scope)
        if references.sections:
            return Request(RequestKind.SECTION, language, text, references)
        return None

    def _following(self, text: str, history: tuple[Message, ...], language: Language) -> Request:
        """The request of a question in words, completed from the conversation where it cannot stand alone."""
        if history and asks_for_next(text) and (cited := last_cited(history)):
            following = self._scopes.next_after(cited[-1])
            if following:
                return Request(RequestKind.LOOKUP, language, "", References((following,)))
        if history and depends_on_conversation(text):
            asked = clean(last_standing_question(history))
            earlier = self._standing(asked, language) if asked else None
            if earlier and earlier.kind is RequestKind.LOOKUP:
                wanted = text if content_words(text) or _QUESTION_WORD.search(text) else earlier.text
                return replace(earlier, text=wanted)
            if earlier:
                return earlier
            if asked:
                return Request(RequestKind.SEARCH, language, f"{asked}\n{text}")
        return Request(RequestKind.SEARCH, language, text)

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
    asks = _QUESTION_WORD.search(references.remainder) or set(content_words(references.remainder)) - _FILLER
    return references.remainder if asks else ""


def _without_punctuation(text: str) -> str:
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text)).strip()
