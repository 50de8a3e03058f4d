"""Owns reading from a question which recommendations a list or a count is to cover, and finding them over all 56."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.domain import Actor, Language, Passage, PassageId, Proposal, Scope, SectionId
from assistant.language import fold
from assistant.words import content_words

_ITEM_JA = r"(?:提言|勧告|項目|条項|ポイント)"
_ITEM_EN = r"(?:recommendations?|items?|proposals?|points|ones|suggestions?|numbers)"
_ASKS_FOR_LIST = re.compile(
    rf"(?:いくつ|幾つ|何(?:件|項目|個|本|点|箇所|か所|ヵ所)).{{0,12}}{_ITEM_JA}|"
    rf"{_ITEM_JA}.{{0,24}}(?:いくつ|幾つ|何(?:件|項目|個|本|点)|一覧|列挙|リスト|全部|すべて|全て|どれ|どの)|"
    rf"(?:一覧|列挙|リスト|全部|すべて|全て|どの|どれ).{{0,24}}{_ITEM_JA}|"
    rf"(?:だけ|のみ)(?:に|を|が|へ)?(?:向けた|対する|求め|宛て|対象).{{0,8}}{_ITEM_JA}|"
    rf"(?:言及|触れ).{{0,10}}{_ITEM_JA}|"
    rf"\bhow many\b.{{0,24}}\b{_ITEM_EN}\b|\bhow many (?:are )?(?:on|about|mention|in)\b|"
    rf"\b(?:list|enumerate|name|show|give)\b.{{0,16}}\b(?:all|every|the|each)?\b.{{0,24}}\b{_ITEM_EN}\b|"
    rf"\b(?:which|what)\b.{{0,24}}\b{_ITEM_EN}\b.{{0,40}}\b(?:mention|are|is|ask|address|concern|deal|cover|about|on|for)",
    re.IGNORECASE | re.DOTALL,
)
_JAPAN = re.compile(r"日本(?:政府|側)?|我が国|\bjapan(?:ese)?\b|\btokyo\b", re.IGNORECASE)
_UNITED_STATES = re.compile(
    r"米国|アメリカ|米政府|米側|\bunited states\b|\bU\.?S\.?A?\b|\bamerican?s?\b|\bwashington\b", re.IGNORECASE
)
_BOTH = re.compile(
    r"日米(?:両国|双方|共同)?|両国|双方|\bboth (?:countries|governments|sides)\b|\btogether\b", re.IGNORECASE
)
_ADDRESSED = re.compile(
    r"向け|求め|宛|要求|課題|やるべき|すべき|主体|対象|\bask(?:s|ed|ing)?\b|\baddress(?:es|ed)?\b|\bfor\b|\bto do\b|\btold?\b|\bto act\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"だけ|のみ|単独|\balone\b|\bonly\b|\bsolely\b|\bexclusively\b", re.IGNORECASE)
_QUOTED = re.compile(r"[「『“\"]([^」』”\"]{1,40})[」』”\"]")
_MENTION = re.compile(
    r"\b(?:mention(?:s|ing)?|contain(?:s|ing)?|name|refer to|use the word)\s+(?:the\s+)?([\w .&/'’-]{2,40}?)\s*[?.!]*$|"
    r"([\w・ー\-]{2,20})(?:に|を|へ)?(?:も)?(?:言及|触れ|出てくる|登場)",
    re.IGNORECASE,
)
_CUE_WORDS = frozenset(
    content_words(
        "提言 項目 勧告 一覧 列挙 リスト 全部 全て 言及 触れる 向ける 求める 件 個 本 点 幾つ だけ 米国 日本 両国 双方 アメリカ 分野 関する 挙げる 全体 合計 総数 "
        "how many list all every enumerate which what recommendations items proposals points mention mentions deal "
        "concern about cover address ask asks japan united states us america alone only total number there subject "
        "section sections part topic field show name count together act towards directed aimed"
    )
)


class ScopeReader:
    """Reads the scope of a list or count from a question, and finds the passages within a scope."""

    def __init__(self, proposal: Proposal) -> None:
        self._proposal = proposal
        self._section_names = sorted(
            ((fold(name), section.id) for section in proposal.sections.values() for name in section.names),
            key=lambda pair: -len(pair[0]),
        )
        self._texts = {passage.id: _text(passage) for passage in proposal.recommendations}
        self._words = {key: frozenset(content_words(text)) for key, text in self._texts.items()}

    def read(self, text: str) -> Scope | None:
        """The scope of a list or count, or None where the question asks for neither."""
        if not _ASKS_FOR_LIST.search(text):
            return None
        actors, only = _actors(text)
        words = _mentioned(text)
        sections = () if words else self._sections(text)
        if not (actors or sections or words):
            words = tuple(dict.fromkeys(word for word in content_words(text) if word not in _CUE_WORDS))
            scope = Scope(words=words)
            return scope if not words or self.within(scope) else None
        return Scope(sections, actors, only, words)

    def within(self, scope: Scope) -> tuple[Passage, ...]:
        """Every recommendation inside the scope, in the proposal's order: exhaustive, never a top-k."""
        return tuple(passage for passage in self._proposal.recommendations if self._holds(passage, scope))

    def _sections(self, text: str) -> tuple[SectionId, ...]:
        folded = fold(text)
        for name, section in self._section_names:
            found = name in folded if not name.isascii() else re.search(rf"\b{re.escape(name)}\b", text.casefold())
            if found:
                return (section,)
        return ()

    def _holds(self, passage: Passage, scope: Scope) -> bool:
        if scope.sections and not any(passage.id in section for section in scope.sections):
            return False
        if scope.actors and not (passage.actors == scope.actors if scope.only else passage.actors >= scope.actors):
            return False
        return all(self._mentions(passage.id, word) for word in scope.words)

    def _mentions(self, passage_id: PassageId, word: str) -> bool:
        return fold(word) in fold(self._texts[passage_id]) or (
            bool(words := content_words(word)) and self._words[passage_id].issuperset(words)
        )


def _text(passage: Passage) -> str:
    return "\n".join(text for language in Language for text in (passage.title[language], passage.body[language]))


def _actors(text: str) -> tuple[frozenset[Actor], bool]:
    """Who is to be asked, and whether alone; `日米` together is the actor `both`."""
    if not _ADDRESSED.search(text):
        return frozenset(), False
    found: Mapping[Actor, bool] = {
        Actor.JAPAN: bool(_JAPAN.search(text)),
        Actor.UNITED_STATES: bool(_UNITED_STATES.search(text)),
    }
    named = frozenset(actor for actor, present in found.items() if present)
    if _BOTH.search(text) or len(named) == len(found):
        return frozenset({Actor.BOTH}), False
    return named, bool(named and _ONLY.search(text))


def _mentioned(text: str) -> tuple[str, ...]:
    quoted = tuple(match[1] for match in _QUOTED.finditer(text))
    if quoted:
        return quoted
    mention = _MENTION.search(text)
    return (next(filter(None, mention.groups())).strip(),) if mention else ()
