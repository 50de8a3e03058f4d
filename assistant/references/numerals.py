"""Owns the numerals that people type: folding their width, dashes and enclosures, and reading their values."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_KANJI_NUMBER = r"(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
NUMBER = rf"(?:\([0-9]{{1,3}}\)|[0-9]{{1,3}}(?![0-9])|\({_KANJI_NUMBER}\)|{_KANJI_NUMBER})"
NUMBER_WORDS = "one two three four five six seven eight nine ten".split()
NUMBER_WORD = rf"(?i:{'|'.join(NUMBER_WORDS)})(?![A-Za-z])"
_ROMAN_NUMERALS = "I II III IV V VI VII VIII IX".split()
ROMAN = rf"(?:{'|'.join(reversed(_ROMAN_NUMERALS))})(?![A-Za-z])"

# What may not follow a number that is joined tightly to its letter: `F-35B`, `トラック1.5`, `2%`, `A 5-year plan`.
AFTER_TIGHT = (
    r"(?![0-9A-Za-z%°_]|\.[0-9]|,[0-9]{3}(?![0-9])|\+[0-9]|[-–](?![A-F][-–]?[0-9])[0-9A-Za-z]|[年階級系型種歳つ]"
    r"|[カかヶヵケ][国月所条年])"
)

_VERBS = (
    r"says?|said|saying|means?|meant|is|was|are|were|do|does|did|calls?|recommends?|proposes?|covers?|mentions?"
    r"|address(?:es)?|suggests?|asks?|demands?|states?|deals?|urges?|requires?|has|have|should|would|will|can|could"
    r"|please|also|actually|exactly|about|that|about|vs\.?|versus"
)
_PREPOSITIONS = (
    r"and|or|to|through|thru|of|in|on|from|under|for|regarding|within|with|without|but|if|as|at|by|than|into|only"
)
_CLOSED = (
    r"$|\n|[!?;:、。！？・&~()「」『』【】\[\]\"']|[,.](?![0-9])|,(?=[0-9]{1,2}(?![0-9]))|[-–](?=[0-9(])"
    r"|/(?![0-9])|(?!つ|こ|か[国月所年条店])[ぁ-ん]"
)

_COUNTED = "年月日時分秒歳階級国社人名個件本回度倍割点円万億兆基機隻番"

# A number that is joined loosely (`A 3`, `Dの5`, `and 4`) counts only where nothing follows that it could be counting.
AFTER_LOOSE = rf"(?= ?(?:{_CLOSED}|(?:{_VERBS}|{_PREPOSITIONS})(?![A-Za-z])))"
AFTER_SPACED_LETTER = (
    rf"(?= (?![{_COUNTED}])[ァ-ヶ一-龯]| ?(?:{_CLOSED}|(?:{_VERBS})(?![A-Za-z])|(?:and|or|to) [A-F][-–. ]?[0-9]))"
)

_DASHES = dict.fromkeys("‐‑‒—―−﹘﹣-", "-")
_FOLDED_SIGNS = str.maketrans(_DASHES | {"’": "'", "‘": "'", "“": '"', "”": '"', "〜": "~", "∼": "~"})
_MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f\ufe0e\ufe0f\u20e3"
# At most eight marks fold with their character: composing an endless run of them takes quadratic time.
_CLUSTER = re.compile(rf"(?P<plain>[!-~]+(?![{_MARKS}]))|[^{_MARKS}][{_MARKS}]{{0,8}}|.", re.DOTALL)
_LINE_ENDS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text in one width and one set of signs; `starts` and `ends` give each character's place in the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold(text: str) -> FoldedText:
    """Fold `text` for matching, keeping the way back to the original.

    `⑤` becomes `(5)` before anything else, because NFKC would fuse it with the digit before it. The en dash stays:
    it often means a range. A run of blanks becomes one blank, or one line break if it holds one.
    """
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(text):
        start, end = cluster.span()
        folded = cluster["plain"] or _fold_cluster(cluster[0])
        if folded.isspace():
            blank = " " if set(folded).isdisjoint(_LINE_ENDS) else "\n"
            if characters and characters[-1] in " \n":
                characters[-1] = max(blank, characters[-1], key=" \n".index)
                ends[-1] = end
                continue
            folded = blank
        characters.extend(folded)
        whole = cluster["plain"] is None
        starts.extend([start] * len(folded) if whole else range(start, end))
        ends.extend([end] * len(folded) if whole else range(start + 1, end + 1))
    return FoldedText("".join(characters), tuple(starts), tuple(ends))


def number_value(numeral: str) -> int:
    """The value of a text that one of the patterns above matched: `5`, `(5)`, `五`, `十二`, `five` or `IV`."""
    plain = numeral.strip("()")
    if plain.lower() in NUMBER_WORDS:
        return NUMBER_WORDS.index(plain.lower()) + 1
    if plain in _ROMAN_NUMERALS:
        return _ROMAN_NUMERALS.index(plain) + 1
    if plain.isdecimal():
        return int(plain)
    tens, ten, ones = plain.partition("十")
    return (_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)) if ten else _DIGITS[plain]


@lru_cache(maxsize=4096)
def _fold_cluster(cluster: str) -> str:
    if cluster.isascii():
        return cluster
    first = cluster[0]
    if unicodedata.category(first) in {"Cf", "Mn", "Me"}:
        return ""  # invisible: zero-width joiners, direction marks, variation selectors, keycaps
    enclosed = unicodedata.category(first) == "No" or first in "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹ"
    if enclosed and not unicodedata.decomposition(first).startswith(("<super>", "<sub>", "<fraction>")):
        return f"({int(unicodedata.numeric(first, 0))})"
    visible = "".join(character for character in cluster if character not in "\ufe0e\ufe0f\u20e3")
    return unicodedata.normalize("NFKC", visible).translate(_FOLDED_SIGNS)
