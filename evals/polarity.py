"""Owns two checks on free sentences that shared words cannot make: unknown names, and a sense turned round.

Both are crude and stated: names are proper names as `assistant.words` finds them, and the sense of a sentence is the
parity of its negations and of words such as "abolish" or 「撤退」 that turn a demand into its opposite.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from assistant.words import content_words, names

_CAPITALS = {
    "tokyo": "japan", "washington": "united states", "beijing": "china", "moscow": "russia", "seoul": "south korea",
    "pyongyang": "north korea", "tehran": "iran", "america": "united states", "american": "united states",
    "americans": "united states", "us": "united states", "u.s.": "united states", "china's": "china",
    "東京": "日本", "ワシントン": "米国", "アメリカ": "米国", "北京": "中国", "モスクワ": "ロシア", "ソウル": "韓国",
    "平壌": "北朝鮮", "テヘラン": "イラン",
}  # fmt: skip
_NO_NEGATION = re.compile(
    r"(?:なけれ|なくて|ね)ば?(?:は)?な(?:らない|りません)|ざるを得ない|かもしれない|不可欠|のみならず|だけでなく|しかない|"
    r"\bnot (?:only|just|merely)\b|\bwithout fail\b|\bindispensable\b"
)
"""What looks like a negation and is none."""
_NEGATION = re.compile(
    r"(?<=[てで])は(?:いけ|なら)ない|ない|なく|ません|ずに|"
    r"\b(?:not|no|never|nothing|neither|cannot|without)\b|n't\b"
)
_TURN = re.compile(
    r"廃止|撤廃|撤収|撤退|離脱|脱退|放棄|破棄|反対|拒否|断念|弱め|緩め|無効|"
    r"\b(?:abolish|abandon|withdraw|abrogat|repeal|scrap|reject|oppos|refus|weaken|quit|break off|give up|walk away|"
    r"leav|nullif)\w*"
)


def unknown_names(text: str, words: AbstractSet[str], wordings: Iterable[str]) -> list[str]:
    """The proper names of a text that stand in none of the wordings; a capital stands for its country."""
    said = "\n".join(_folded(wording) for wording in wordings)
    return [name for name in names(text) if not _known(_folded(name), words, said)]


def _known(name: str, words: AbstractSet[str], said: str) -> bool:
    return any(
        form in said or ((content := set(content_words(form))) and content <= words)
        for form in (name, _CAPITALS.get(name, name))
    )


def turned(text: str) -> bool:
    """Whether a sentence's negations and turning words, counted together, turn its sense round."""
    folded = _NO_NEGATION.sub(" ", _folded(text))
    return (len(_NEGATION.findall(folded)) + len(_TURN.findall(folded))) % 2 == 1


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
