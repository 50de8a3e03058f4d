"""Owns the kinds of detail that a question asks for (an amount, a date …), and whether a passage gives one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from assistant.domain import Aspect, Language, Passage
from assistant.words import names


class Detail(StrEnum):
    """A kind of detail; the value is the name of the notice's part that names it."""

    NUMBER = "detail_number"
    DATE = "detail_date"
    NAME = "detail_name"
    PLACE = "detail_place"
    WORDING = "detail_wording"
    EXAMPLE = "detail_example"


_ASKED: Mapping[Detail, re.Pattern[str]] = {
    detail: re.compile(pattern, re.IGNORECASE)
    for detail, pattern in {
        Detail.NUMBER: (
            r"いくら|何[千万百十数]?(?:人|基|隻|機|発|個|ヶ所|か所|カ所|箇所|%|パーセント|割|億|兆|円|ドル|名|回|社|校|台|倍|分|キロ|時間|度)|"
            r"金額|予算額|総額|費用|コスト|規模|人数|員数|総数|面積|数値|数字|比率|割合|目標値|(?:どの|どれ)(?:くらい|ぐらい|ほど)|いくつ|"
            r"\bhow (?:much|many|large|big|long|far|often|high)\b|\b(?:percentage|percent|ratio|fraction|headcount|"
            r"share|tonnage)\b|"
            r"\bwhat (?:amount|budget|cost|price|size|number)\b|\bnumbers? of\b|\bin what numbers\b|\b(?:cost|"
            r"price|budget|figure|bill)s?\b"
        ),
        Detail.DATE: (
            r"いつ|何年|何月|何日|日付|時期|期限|年月日|(?:発効|成立|発足|開催|締結|施行|公表)日|\bwhen\b|"
            r"\b(?:what|which|completion) (?:year|date|day|month)\b|\bdeadlines?\b|\bdates?\b|\btimetable\b"
        ),
        Detail.NAME: (
            r"氏名|名前|実名|顔ぶれ|肩書|役職|参加者|どなた|誰|だれ|どの(?:企業|会社|社|議員|大学|部隊|省庁|部署|役所)|"
            r"\bnam(?:e|es|ed)\b|\bwho\b|\bwhom\b|\bparticipants?\b|\bmembers of\b|"
            r"\b(?:which|what) (?:\w+ )?(?:compan(?:y|ies)|officials?|ministers?|firms?|universit\w+|offices?|"
            r"chief|institutes?)\b"
        ),
        Detail.PLACE: (
            r"どこで|どこに|どこ(?:です|なの|[?？])|どの(?:都市|街|町|基地|港|空港|島|国)|場所|会場|開催地|所在地|\bwhere\b|\bvenue\b|"
            r"\b(?:which|what) (?:\w+ )?(?:city|town|place|base|port|airfield|capital|hotel|island|country|"
            r"countries|states?)\b"
        ),
        Detail.WORDING: r"条文|文言|第何条|全文|\bwording\b|\btext of\b|\bclauses?\b|\barticles?\b",
        Detail.EXAMPLE: (
            r"実例|具体例|事例|過去の例|品目|どの事件|例は|例が|\b(?:concrete|specific|actual|real) (?:cases?|"
            r"incidents?|examples?)\b|"
            r"\blist of\b|\bany (?:cases?|examples?|incidents?)\b|\bfor example\b"
        ),
    }.items()
}
_DIGITS = re.compile(
    r"(?<![A-Za-z0-9])[0-9]|[一二三四五六七八九十百千]+(?:つ|割|倍|人|基|大|段階|本|隻)|"
    r"\b(?:half|one-\w+|three|four|five|six|ten|hundred|thousand|million|percent)\b"
)
_DATED = re.compile(r"[0-9]{4}\s*年|[0-9]{1,2}\s*月|\b(?:19|20)[0-9]{2}\b")


def details_asked(question: str) -> frozenset[Detail]:
    """The kinds of detail that the words of a question ask for."""
    folded = unicodedata.normalize("NFKC", question)
    return frozenset(detail for detail, pattern in _ASKED.items() if pattern.search(folded))


def details_in(text: str) -> frozenset[Detail]:
    """The kinds of detail of which a text gives at least one, whatever it is about; examples are not told by words."""
    text = unicodedata.normalize("NFKC", text)
    given = set()
    if _DIGITS.search(_DATED.sub(" ", text)):
        given.add(Detail.NUMBER)
    if _DATED.search(text):
        given.add(Detail.DATE)
    if names(text):
        given |= {Detail.NAME, Detail.PLACE}
    return frozenset(given)


@cache
def details_given(passage: Passage) -> frozenset[Detail]:
    """The kinds of detail of which a passage gives at least one, whatever it is about."""
    given = details_in("\n".join(passage.title[key] + "\n" + passage.body[key] for key in Language))
    examples = any(point.aspect is Aspect.EXAMPLE for point in passage.points)
    return given | {Detail.EXAMPLE} if examples else given
