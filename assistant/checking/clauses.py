"""Owns the cutting of a statement into clauses, each of which says one thing."""

# ruff: noqa: E501 - the patterns are word lists: broken up, they would be harder to compare
from __future__ import annotations

import re
import unicodedata

from assistant.domain import Language

_ENGLISH = re.compile(
    r"(?<=[a-z0-9\"”)])[.;:](?:\s+|$)|,?\s+(?:but|while|whereas|although|though|because|so that|so as to|in order to|since|yet)\s+"
    r"|,\s+(?:and|with|which|as|if|so|unless|including|by|to|or|even if|rather than)\s+|\s+[–—]\s+"
)
_JAPANESE = re.compile(r"[。；]|(?<=[^、]{7})、(?=[^、]{7})")
_SHORTEST = {Language.ENGLISH: 20, Language.JAPANESE: 8}
"""Characters below which a piece is no clause of its own."""


def clauses(text: str, language: Language) -> tuple[str, ...]:
    """The clauses of a text in order; a text of one clause is given back whole."""
    pattern = _ENGLISH if language is Language.ENGLISH else _JAPANESE
    text = unicodedata.normalize("NFKC", text)
    pieces: list[str] = []
    start = 0
    for match in (*pattern.finditer(text), None):
        piece = text[start : match.start() if match else len(text)]
        if len(piece.strip()) >= _SHORTEST[language]:
            pieces.append(piece.strip())
            start = match.start() if match else len(text)
    if pieces and (rest := text[start:].strip()):
        pieces[-1] += rest
    return tuple(piece.strip(" 、,。.") for piece in pieces) or (text,)
