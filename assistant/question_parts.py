"""Owns the parts of a question that asks several things, and the words by which it asks for more than one passage."""

from __future__ import annotations

import re

from assistant.words import content_words

_BETWEEN = re.compile(
    r"[。．？！?!;；]\s*|、?また、?|、?それと|、?それから|、?加えて|"
    r",?\s+and\s+(?=(?:what|how|who|why|when|where|which|is|are|do|does|can|should|whether|on)\b)|"
    r"\s+(?:versus|vs\.?)\s+|\s+-\s+|、(?=(?:日本|米国|アメリカ|英国|中国|韓国|インド|ロシア)[^、。]{0,6}(?:は|の|に))",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"すべて|全て|全部|それぞれ|両方|どの提言|箇所|ひととおり|一通り|各|比べ|対比|違い|差は|相違|異同|どれとどれ|並べ|共通|、また|。また|"
    r"\bcompar|\bboth\b|\bdiffer|\bversus\b|\bvs\b|\bevery\b|\ball\b|\bwhich (?:recommendations|bits|parts|"
    r"passages|items)|"
    r"\beach\b|\brespectively\b|\btwo\b|\bcome up\b|\bcontrast|\bside by side|\bwhereas\b|\bwhere does\b|"
    r"\band (?:what|how|who|why|is|are|do|does|can)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 2
"""Content words that a part needs to be searched for alone."""


def parts_of(question: str) -> list[str]:
    """The parts that can be searched for alone, where there are several; else nothing."""
    parts = [part for part in _BETWEEN.split(question) if part and len(set(content_words(part))) >= _FEWEST_WORDS]
    return parts if len(parts) > 1 else []


def asks_for_several(question: str) -> bool:
    """Whether the words ask for more than one passage: all, both, each, compare."""
    return bool(_SEVERAL.search(question))
