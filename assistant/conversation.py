"""Owns what a follow-up leaves unsaid: the question, or the numbers, of the conversation that it points back to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Message, PassageId
from assistant.words import content_words

_POINTS_BACK = re.compile(
    r"^(?:それ|その|これ|この|あれ|あの|そこ|そちら|では|じゃあ?|もっと|もう少し|ほか|他に|なぜ|どうして|なんで|本当|確か|理由|具体的|詳しく|"
    r"短く|要約|英語|日本語|原文|要するに|つまり)|"
    r"^(?:and|but|so|then|why|how come|what about|how about|really|are you sure|more|anything else|shorter|"
    r"in (?:english|japanese)|quote|by whom|by when|who|ok(?:ay)?)\b|"
    r"\b(?:it|that|this|they|them|those|these|he|she|one|there)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"^(?:では|じゃあ?|それでは)?、?(?:その)?次(?:の(?:提言|項目|番号|もの)?)?(?:は|を|も|について|お願い|$)|"
    r"^(?:ok(?:ay)?,? |and |then |so )?(?:what about |how about |what(?:'s| is) |show me )?(?:the )?"
    r"next(?: one| item| recommendation)?\b",
    re.IGNORECASE,
)
_MARKER = re.compile(r"\[((?:[A-F](?:-[1-9])?|intro)-[0-9]+)\]")
_FEW_WORDS = 4


def depends_on_conversation(text: str) -> bool:
    """Whether a question cannot stand alone: it points back and brings few words of its own, or none."""
    words = content_words(text)
    return not words or (len(words) <= _FEW_WORDS and bool(_POINTS_BACK.search(text)))


def last_standing_question(history: Sequence[Message]) -> str:
    """The last thing that the reader asked which stands alone, or nothing."""
    asked = [message.content for message in history if message.role == "user"]
    return next((text for text in reversed(asked) if not depends_on_conversation(text)), asked[0] if asked else "")


def last_cited(history: Sequence[Message]) -> list[PassageId]:
    """The numbers cited in the assistant's last message, in order."""
    answers = [message.content for message in history if message.role == "assistant"]
    found = _MARKER.findall(answers[-1]) if answers else []
    return [PassageId.parse(text) for text in dict.fromkeys(found)]


def asks_for_next(text: str) -> bool:
    """Whether the recommendation after the one just treated is asked for."""
    return bool(_NEXT.search(text.strip()))
