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
_WITHIN = re.compile(
    r"(?:とで?(?:は|の)?)?[、,。．]\s*|[:：;—–?？!！]\s*|(?<=[\u4e00-\u9fff\u30a0-\u30ff])[とや](?=[\u4e00-\u9fff\u30a0-\u30ffA-Z])|"
    r"および|及び|ならびに|並びに|もしくは|または|\.\s+|"
    r"\s(?:and|or|from|than|versus|whereas|while|as opposed to|rather than|with)\s",
    re.IGNORECASE,
)
"""Words that may join two of the things asked for, where several are."""
_SEVERAL = re.compile(
    r"すべて|全て|全部|それぞれ|両方|どの提言|箇所|ひととおり|一通り|各|比べ|対比|違い|違う|違って|同じ|差は|相違|異同|どれとどれ|並べ|共通|、また|。また|"
    r"どちらも|逆に|この[二三両]つ|[二三]つの(?:話|件|点|面)|両者|一方で|あちこち|どこどこ|どの(?:項目|部分|章)|(?:話|記述|くだり|ところ|所)はどこ|"
    r"がらみ|洗い出|拾って|網羅|漏れなく|"
    r"\bcompar|\bboth\b|\bdiffer|\bversus\b|\bvs\b|\bevery\b|\ball\b|\bwhich (?:recommendations|bits|parts|"
    r"passages|items)|"
    r"\beach\b|\brespectively\b|\btwo\b|\bcome up\b|\bcontrast|\bside by side|\bwhereas\b|\bwhere (?:does|do|is|are)\b|"
    r"\bwhich (?:sections|ones|places|points|proposals)\b|\bany of it\b|\beverything\b|\bpull\b|"
    r"\band (?:what|how|who|whose|why|under|is|are|do|does|can)\b|\bthe same\b|\bas opposed to\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 2
"""Content words that a part needs to be searched for alone."""
MOST_PARTS = 6


def parts_of(question: str) -> list[str]:
    """The parts that can be searched for alone, where there are several; else nothing."""
    parts = _searchable(_BETWEEN.split(question))
    if asks_for_several(question):
        parts += [part for whole in (parts or [question]) for part in _searchable(_WITHIN.split(whole))]
    return list(dict.fromkeys(parts))[:MOST_PARTS]


def asks_for_several(question: str) -> bool:
    """Whether the words ask for more than one passage: all, both, each, compare."""
    return bool(_SEVERAL.search(question))


def _searchable(parts: list[str]) -> list[str]:
    long_enough = [part for part in parts if part and len(set(content_words(part))) >= _FEWEST_WORDS]
    return long_enough if len(long_enough) > 1 else []
