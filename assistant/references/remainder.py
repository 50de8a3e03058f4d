"""Owns what is left of a question when its references are taken out: what is asked about them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BETWEEN = re.compile(
    r"[\s,、，・/／&＆+＋~〜～→-]*"
    r"(?:(?:and|or|to|through|versus|vs\.?|と|や|及び|および|または|から|対)[\s,、]*)?(?:the )?",
    re.IGNORECASE,
)
_BRACKETS = {
    "(": ")",
    "[": "]",
    "（": "）",
    "［": "］",
    "「": "」",
    "『": "』",
    "【": "】",
    "〔": "〕",
    "“": "”",
    '"': '"',
}
_BEFORE_SIGN = re.compile(r"\s+(?=[,.;:?!、。，．？！)）」』])")
_LOOSE_ENDS = " ,;:、，・：；"
_LONGEST_JOINT = 20


def remainder(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """`text` without the `spans`, the brackets around them and the words that join them; white space is tidied."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] <= _LONGEST_JOINT and _BETWEEN.fullmatch(text, joined[-1][1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    kept: list[str] = []
    at = 0
    for start, end in joined:
        opening, closing = text[max(at, start - 1) : start], text[end : end + 1]
        inside = text[start:end]
        alone = opening in _BRACKETS and _BRACKETS[opening] == closing
        closed_inside = opening in _BRACKETS and _BRACKETS[opening] in inside and opening not in inside
        opened_inside = any(shut == closing and bracket in inside for bracket, shut in _BRACKETS.items())
        kept.append(text[at : start - (alone or closed_inside)])
        at = end + (alone or (opened_inside and closing not in inside))
    kept.append(text[at:])
    tidy = _BEFORE_SIGN.sub("", " ".join("".join(kept).split()))
    if not spans:
        return tidy
    return tidy.lstrip(_LOOSE_ENDS + ".。").rstrip(_LOOSE_ENDS) if any(map(str.isalnum, tidy)) else ""
