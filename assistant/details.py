"""Owns the kinds of detail that a question asks for (an amount, a date …), and whether a passage gives one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from assistant.domain import Language, Passage
from assistant.words import names


class Detail(StrEnum):
    """A kind of detail; the value is the name of the notice's part that names it."""

    NUMBER = "detail_number"
    DATE = "detail_date"
    NAME = "detail_name"
    PLACE = "detail_place"
    WORDING = "detail_wording"


_ASKED: Mapping[Detail, re.Pattern[str]] = {
    detail: re.compile(pattern, re.IGNORECASE)
    for detail, pattern in {
        Detail.NUMBER: (
            r"いくら|何(?:人|基|隻|機|ヶ所|か所|カ所|箇所|%|パーセント|割|億|兆|円|ドル|名|回|社|校|台|倍|分の)|金額|予算額|総額|"
            r"費用|コスト|規模|人数|面積|(?:どの|どれ)(?:くらい|ぐらい|ほど)|いくつ|\bhow (?:much|many|large|big|"
            r"long|far|often)\b|"
            r"\bwhat (?:percentage|share|amount|budget|cost|price|size|number)\b|\b(?:cost|price|budget|figure)s?\b"
        ),
        Detail.DATE: (
            r"いつ|何年|何月|何日|日付|時期|期限|年月日|(?:発効|成立|発足|開催|締結|施行|公表)日|\bwhen\b|"
            r"\b(?:what|which) (?:year|date|day|month)\b|\bdeadlines?\b|\bdates?\b|\btimetable\b"
        ),
        Detail.NAME: (
            r"氏名|名前|実名|顔ぶれ|どなた|誰|だれ|どの(?:企業|会社|社|議員|大学|部隊|省庁)|"
            r"\bnam(?:e|es|ed)\b|\bwho\b|\bwhom\b|\bwhich (?:compan(?:y|ies)|officials?|ministers?|firms?|"
            r"universit\w+)\b"
        ),
        Detail.PLACE: (
            r"どこで|どこに|どの(?:都市|街|町|基地|港|国)|場所|開催地|所在地|\bwhere\b|\bvenue\b|"
            r"\bwhich (?:city|town|place|base|port|country|countries)\b"
        ),
        Detail.WORDING: r"条文|文言|第何条|全文|\bwording\b|\btext of\b|\bclauses?\b|\barticles?\b",
    }.items()
}
_DIGITS = re.compile(
    r"[0-9]|[一二三四五六七八九十百千]+(?:つ|カ国|か国|割|倍|人|基)|\b(?:half|twice|one-\w+|two|three|four)\b"
)
_DATED = re.compile(r"[0-9]{4}\s*年|[0-9]{1,2}\s*月|\b(?:19|20)[0-9]{2}\b")


def details_asked(question: str) -> frozenset[Detail]:
    """The kinds of detail that the words of a question ask for."""
    folded = unicodedata.normalize("NFKC", question)
    return frozenset(detail for detail, pattern in _ASKED.items() if pattern.search(folded))


@cache
def details_given(passage: Passage) -> frozenset[Detail]:
    """The kinds of detail of which a passage gives at least one, whatever it is about."""
    text = unicodedata.normalize("NFKC", "\n".join(passage.title[key] + "\n" + passage.body[key] for key in Language))
    given = set()
    if _DIGITS.search(_DATED.sub(" ", text)):
        given.add(Detail.NUMBER)
    if _DATED.search(text):
        given.add(Detail.DATE)
    if names(text):
        given |= {Detail.NAME, Detail.PLACE}
    return frozenset(given)
