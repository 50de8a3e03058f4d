"""Owns who and what a text names: countries, bodies, places and instruments under one key, whatever they are called."""

# ruff: noqa: E501 - the patterns are word lists: broken up, they would be harder to compare
from __future__ import annotations

import re
import unicodedata
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from assistant.domain import LabelKind, Proposal
from assistant.words import content_words, names

JAPAN, UNITED_STATES = "japan", "us"

_OWN_NAMES = {
    JAPAN: ("日本", "我が国", "Japan", "Japanese", "Tokyo", "東京"),
    UNITED_STATES: (
        "米国", "米側", "アメリカ", "合衆国", "ワシントン", "United States", "U.S.", "US", "USA", "America", "American",
        "Americans", "Washington",
    ),
    "north-korea": ("北",),
    "united-kingdom": ("英国", "英政府", "ロンドン", "London", "Britain"),
    "european-union": ("ブリュッセル", "Brussels"),
    "india": ("New Delhi",),
    "islamic-state": ("IS",),
}  # fmt: skip
"""Names beside those of the labels: the two allies have no label, and their capitals stand for them."""
_JOINT = {"日": JAPAN, "米": UNITED_STATES, "中": "china", "韓": "south-korea", "豪": "australia", "印": "india",
          "ロ": "russia", "露": "russia", "英": "united-kingdom", "欧": "europe", "朝": "north-korea",
          "独": "germany", "越": "vietnam", "比": "philippines", "ソ": "soviet-union"}  # fmt: skip
_JOINT_NAME = re.compile(
    r"(?<![一-龠])[日米][中韓豪印ロ露英欧朝独越比米日ソ]{1,2}(?=[^本国軍者程曜々]|$|両国|三国|国境)|(?:対|訪|在|駐|反|親)[日米中韓豪印ロ露英欧朝北](?!方|極|東|西|海|米)|(?<![一-龠])[印中韓][パ朝韓ロ]"
)
_ALLIES = re.compile(
    r"(?:the )?(?:two|both) (?:countries|allies|nations|governments|sides|capitals|partners|states)\b|\bthe allies\b|日米|両国|両政府|双方"
)
_SIDES = {
    JAPAN: frozenset(
        "japan abe-administration japan-nsc national-security-secretariat prime-ministers-office ministry-of-defense "
        "self-defense-forces maritime-self-defense-force japan-coast-guard national-police-agency "
        "strategic-headquarters-for-space".split()
    ),
    UNITED_STATES: frozenset(
        "us trump-administration obama-administration bush-administration clinton-administration us-nsc "
        "national-security-adviser white-house state-department us-department-of-defense homeland-security "
        "federal-reserve republican-party us-forces us-marine-corps".split()
    ),
}


_CAPITALS = ("tokyo", "washington-dc")
"""Labels of capitals: these stand for their countries."""
_SHORT = re.compile(r"(?<![一-龠\0])米(?=[海新国政軍議同])|(?<![一-龠])日(?=本|側)")
_PARTS = {
    "japan-us-australia": (JAPAN, UNITED_STATES, "australia"), "japan-us-india": (JAPAN, UNITED_STATES, "india"),
    "japan-us-south-korea": (JAPAN, UNITED_STATES, "south-korea"), "japan-us-russia": (JAPAN, UNITED_STATES, "russia"),
    "seoul": ("south-korea",), "asean-plus": ("asean",), "washington-dc": (UNITED_STATES,), "tokyo": (JAPAN,),
    "trump-administration": ("trump-administration",), "chinese-government": ("china",),
    "trilateral-defense-guidelines": ("trilateral-defense-guidelines",),
}  # fmt: skip
"""Labels of groups, by those who form them, and capitals that stand for their countries."""
_NO_NAMES = frozenset("平成 昭和 令和 大正 track article radar second world war fiscal gdp".split())
_SYNONYMS = {"Twitter": "tweets", "Second World War": "World War"}


class Mention(NamedTuple):
    """An entity named in a text, and where its name begins and ends."""

    key: str
    start: int
    end: int


def side(key: str) -> str:
    """Japan or the United States for themselves and what belongs to them; anything else is a side of its own."""
    return next((name for name, keys in _SIDES.items() if key in keys), key)


def folded(text: str) -> str:
    """The text in the form in which mentions count their characters."""
    return unicodedata.normalize("NFKC", text).replace("’", "'")


class EntityReader:
    """Finds what a text names, by the labels of the proposal and a few names more."""

    def __init__(self, proposal: Proposal) -> None:
        labels = [label for label in proposal.labels if label.kind is not LabelKind.TOPIC]
        pairs = [(folded(n), label.key) for label in labels for of in label.names for n in of if _is_name(n)]
        pairs += [(name, key) for key, own in _OWN_NAMES.items() for name in own]
        self._keys = {name.casefold(): key for name, key in reversed(pairs) if key not in _CAPITALS}
        names_found = sorted({name for name, key in pairs if key not in _CAPITALS}, key=len, reverse=True)
        self._pattern = re.compile("|".join(_pattern(name) for name in names_found))
        self.read = cache(self._read)

    def _read(self, text: str) -> tuple[Mention, ...]:
        """Every entity named, in the order of the text; the two allies named together are both."""
        left = folded(text)
        found: list[Mention] = []

        def take(match: re.Match[str], keys: tuple[str, ...]) -> str:
            found.extend(Mention(key, match.start(), match.end()) for key in keys)
            return "\0" * len(match[0])

        left = self._pattern.sub(lambda match: take(match, self._meant(match[0])), left)
        left = _JOINT_NAME.sub(lambda match: take(match, tuple(_JOINT[c] for c in match[0] if c in _JOINT)), left)
        left = _SHORT.sub(lambda match: take(match, (_JOINT[match[0]],)), left)
        _ALLIES.sub(lambda match: take(match, (JAPAN, UNITED_STATES)), left)
        return tuple(sorted(set(found), key=lambda mention: (mention.start, mention.key)))

    def _meant(self, name: str) -> tuple[str, ...]:
        folded_name = name.casefold()
        key = self._keys.get(folded_name) or self._keys[re.sub(r"e?s$", "", folded_name)]
        return tuple(_PARTS.get(key, (key,)))

    def keys(self, text: str) -> frozenset[str]:
        """The entities named, each once."""
        return frozenset(mention.key for mention in self.read(text))

    def unknown(self, text: str, said: str, words: AbstractSet[str]) -> tuple[str, ...]:
        """Proper names and acronyms in a text that are no entity and stand neither in `said`, folded, nor in `words`."""
        text = folded(text)
        for mention in self.read(text):
            text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
        return tuple(
            name for name in names(text)
            if name.casefold() not in said and name.casefold() not in _NO_NAMES
            and not (name.isascii() and set(content_words(_SYNONYMS.get(name, name))) <= words)
        )  # fmt: skip


def _pattern(name: str) -> str:
    """As `assistant.language.name_pattern`, but as a part of one pattern for all names."""
    if name.isascii():
        exact = re.escape(name) if name.isupper() else f"(?i:{re.escape(name)}(?:e?s)?)"
        return rf"(?<![A-Za-z0-9]){exact}(?![A-Za-z0-9])"
    if re.fullmatch(r"[ァ-ヺー・]+", name):
        return rf"(?<![ァ-ヺー]){re.escape(name)}(?![ァ-ヺー])"
    return re.escape(name)


def _is_name(name: str) -> bool:
    """Whether a label's other name names it, and is no description nor a word used of other things too."""
    if name.isascii():
        return bool(re.search(r"[A-Z]", name)) and not re.search(
            r"[0-9]%|percent|policy|reform|exit from|framework", name
        )
    return len(name) > 1 and not re.search(r"[0-9０-９]+[%％年]|の見直し|改革|離脱", name)
