"""Owns reading from a question which recommendations a list or count covers, and finding them over all 56."""

from __future__ import annotations

import re
import unicodedata

from assistant.domain import INTRODUCTION, Actor, Language, Passage, PassageId, Proposal, Scope, SectionId
from assistant.words import content_words

_ITEM_JA = r"(?:提言|勧告|項目)"
_ITEM_EN = r"(?:recommendations|items|proposals|suggestions|(?:every|each) (?:recommendation|item|proposal))"
_COUNT_JA = r"(?:いくつ|幾つ|何(?:件|項目|個|本|点))"
_LIST_JA = r"(?:一覧|列挙|リスト|全部|すべて|全て|どの(?!よう)|どれ(?!くらい|ほど|だけ)|挙げ|あげて|並べ)"
_ASKS_FOR_LIST = re.compile(
    rf"{_COUNT_JA}.{{0,12}}{_ITEM_JA}|{_ITEM_JA}.{{0,24}}(?:{_COUNT_JA}|{_LIST_JA})|{_LIST_JA}.{{0,24}}{_ITEM_JA}|"
    rf"(?:だけ|のみ)(?:に|を|が|へ)?(?:向けた|対する|求め|宛て|対象).{{0,8}}{_ITEM_JA}|"
    rf"(?:言及|触れ|出てくる|登場|名指し|含む|含まれ).{{0,10}}{_ITEM_JA}|"
    rf"\bhow many\b[^.?!]{{0,40}}\b{_ITEM_EN}\b|\bhow many (?:are |are there )?(?:on|about|in|for|mention|name)\b|"
    rf"\b(?:list|enumerate|name|show|give|which|what)\b[^.?!]{{0,40}}\b{_ITEM_EN}\b",
    re.IGNORECASE | re.DOTALL,
)
_JAPAN = re.compile(r"日本|我が国|\b[Jj]apan(?:ese)?\b|\b[Tt]okyo\b")
_UNITED_STATES = re.compile(
    r"米国|アメリカ|米政府|米側|\b[Uu]nited [Ss]tates\b|\bUSA?\b|\bU\.S\.|\bAmerican?\b|\bWashington\b"
)
_BOTH = re.compile(r"日米|両国|双方|\bboth\b|\btogether\b|\bjoint(?:ly)?\b", re.IGNORECASE)
_ADDRESSED = re.compile(
    r"向け|求め|宛|要求|やるべき|すべき|主体|対象|\bask(?:s|ed|ing)?\b|\baddress(?:es|ed)?\b|\b(?:is|are) for\b|"
    r"\bfor (?:the )?(?:japan|u\.?s|united states|america|both)|\bto (?:do|act)\b|\bdirected\b|\baimed\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"だけ|のみ|単独|\balone\b|\bonly\b|\bsolely\b|\bexclusively\b", re.IGNORECASE)
_QUOTED = re.compile(r"[「『“\"]([^」』”\"]{1,40})[」』”\"]")
_MENTIONED_EN = re.compile(
    r"\b(?:mention(?:s|ing)?|refer(?:s|ring)? to|contain(?:s|ing)?|nam(?:es|ing)|use(?:s)? the words?|"
    r"(?<=recommendations )name)"
    r"\s+(?:the\s+)?(?P<word>[\w.&/'’-]+(?: [\w.&/'’-]+){0,3}?)\s*(?:by name|anywhere)?\s*[?.!]*$",
    re.IGNORECASE,
)
_MENTIONED_JA = re.compile(
    r"(?P<word>[\w・ー\-]{2,20}?)(?:に(?:は|も)?|を|へ|が|という(?:語|言葉)(?:に|が|を)?)?(?:言及|触れ|出てくる|登場|名指し|含む|含まれ)"
)
_CUES = frozenset(
    content_words(
        "提言 項目 勧告 一覧 列挙 リスト 全部 全て 言及 触れる 向ける 求める 件 個 本 点 幾つ だけ 分野 関する "
        "関係 挙げる 全体 合計 総数 数 並べる 日本 米国 "
        "how many list all every enumerate which what recommendations items proposals suggestions "
        "mention deal concern about cover address ask total number there subject section part topic field show name "
        "count direct aim involve relate regard contain touch japan united states us america alone only act make made"
    )
)
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_OTHER_PLACE_BEFORE = r"(?<!north )(?<!south )(?<!east )(?<!southeast )(?<!north-)(?<!south-)"


class ScopeReader:
    """Reads the scope of a list or count from a question, and finds the passages within a scope."""

    def __init__(self, proposal: Proposal) -> None:
        self._proposal = proposal
        names = ((name, section.id) for section in proposal.sections.values() for name in section.names)
        self._sections = [
            (_section_pattern(name), section)
            for name, section in sorted(names, key=lambda pair: -len(pair[0]))
            if section.letter != INTRODUCTION
        ]
        self._texts = {passage.id: _texts(passage) for passage in proposal.recommendations}
        self._words = {key: frozenset(content_words("\n".join(texts))) for key, texts in self._texts.items()}

    def read(self, text: str, named: tuple[SectionId, ...] = ()) -> Scope | None:
        """The scope of a list or count, or None where the question asks for neither.

        `named` are sections that the question names by number; alone they make no list here.
        """
        text = unicodedata.normalize("NFKC", text)
        if not _ASKS_FOR_LIST.search(text):
            return None
        actors, only = _actors(text)
        words = _mentioned(text)
        sections = named or self._named_sections(text, words)
        if actors or words or (sections and not named):
            return Scope(sections, actors, only, words)
        left = _left_over(text)
        scope = Scope(named, words=left)
        return scope if (not left and not named) or (left and self.within(scope)) else None

    def within(self, scope: Scope) -> tuple[Passage, ...]:
        """Every recommendation inside the scope, in the proposal's order: exhaustive, never a top-k."""
        return tuple(passage for passage in self._proposal.recommendations if self._holds(passage, scope))

    def next_after(self, passage_id: PassageId) -> PassageId | None:
        """The passage printed after another one, or None after the last."""
        order = list(self._proposal.passages)
        position = order.index(passage_id) + 1 if passage_id in order else len(order)
        return order[position] if position < len(order) else None

    def _named_sections(self, text: str, words: tuple[str, ...]) -> tuple[SectionId, ...]:
        for word in words:
            text = text.replace(word, " ")
        return next(((section,) for pattern, section in self._sections if pattern.search(text)), ())

    def _holds(self, passage: Passage, scope: Scope) -> bool:
        if scope.sections and not any(passage.id in section for section in scope.sections):
            return False
        if scope.actors and not (passage.actors == scope.actors if scope.only else passage.actors >= scope.actors):
            return False
        return all(self._mentions(passage.id, word) for word in scope.words)

    def _mentions(self, passage_id: PassageId, word: str) -> bool:
        """Whether the passage's own text has the word: whole Latin words, Japanese ones anywhere."""
        pattern = re.escape(unicodedata.normalize("NFKC", word))
        if _KATAKANA.fullmatch(word):  # インド is not in インドネシア
            pattern = rf"(?<![ァ-ヺー]){pattern}(?![ァ-ヺー])"
        if word.isascii():
            pattern = rf"(?<![A-Za-z0-9]){pattern}(?:s|es)?(?![A-Za-z0-9])"
        flags = re.NOFLAG if word.isupper() else re.IGNORECASE
        if any(re.search(pattern, text, flags) for text in self._texts[passage_id]):
            return True
        single = content_words(word)
        return len(single) == 1 and not word.isupper() and single[0] in self._words[passage_id]


def _texts(passage: Passage) -> tuple[str, ...]:
    return tuple(
        unicodedata.normalize("NFKC", f"{passage.title[language]}\n{passage.body[language]}") for language in Language
    )


def _section_pattern(name: str) -> re.Pattern[str]:
    """A pattern that finds a section's name: Latin ones as whole words, never as part of another place's name."""
    name = unicodedata.normalize("NFKC", name).replace("’", "'")
    if name.isascii():
        return re.compile(_OTHER_PLACE_BEFORE + rf"\b{re.escape(name)}\b", re.IGNORECASE)
    return re.compile(re.escape(name))


def _actors(text: str) -> tuple[frozenset[Actor], bool]:
    """Who is to be asked, and whether alone; both together are the actor `both`."""
    if not _ADDRESSED.search(text):
        return frozenset(), False
    named = {Actor.JAPAN: _JAPAN.search(text), Actor.UNITED_STATES: _UNITED_STATES.search(text)}
    actors = frozenset(actor for actor, found in named.items() if found)
    if _BOTH.search(text) or len(actors) == len(named):
        return frozenset({Actor.BOTH}), False
    return actors, bool(actors and _ONLY.search(text))


def _mentioned(text: str) -> tuple[str, ...]:
    quoted = tuple(match[1] for match in _QUOTED.finditer(text))
    if quoted:
        return quoted
    match = _MENTIONED_EN.search(text) or _MENTIONED_JA.search(text)
    return (match["word"].strip(),) if match else ()


def _left_over(text: str) -> tuple[str, ...]:
    """The words of the question that are neither cues of a list nor empty, as typed."""
    typed = re.findall(r"[A-Za-z][A-Za-z.'’-]*|[^\W\da-zA-Z_ぁ-ん]{2,}", text)
    return tuple(dict.fromkeys(word for word in typed if (found := content_words(word)) and not set(found) <= _CUES))
