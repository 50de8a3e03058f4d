"""Owns the words for a place in a list: "the third item", "the last but one", 「三つ目の提言」, 「最後から2番目」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.references.numerals import AFTER_LOOSE, NUMBER, number_value


@dataclass(frozen=True, slots=True)
class Place:
    """The items `first` to `last` of a list, counted from 1; a negative number counts from the end."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PlacePhrase:
    """The places that a stretch of text names, and how it names them.

    `numbered`: by a number with its sign ("item 5", "no. 5"); `item`: with a word for an item ("the third one");
    `recommendation`: that word is "recommendation", so that a large number may be meant to run through the proposal;
    `alone`: nothing follows that would make the place something else's (「3番目は」, not 「3番目に大きな国」).
    """

    places: tuple[Place, ...]
    end: int
    numbered: bool
    item: bool
    recommendation: bool
    alone: bool
    japanese: bool


_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_ORDINALS = {word: value for value, word in enumerate(_ORDINAL_WORDS, 1)}
_CARDINAL_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_CARDINALS = {word: value for value, word in enumerate(_CARDINAL_WORDS, 1)}

_ORDINAL = rf"(?:{'|'.join(_ORDINAL_WORDS)}|[0-9]{{1,2}}(?:st|nd|rd|th))(?![A-Za-z])"
_CARDINAL = rf"(?:{'|'.join(_CARDINAL_WORDS[1:])}|[0-9]{{1,2}})(?![A-Za-z0-9])"  # "the first one" is one item
_RECOMMENDATION = r"(?:recommendations?|recs?\.?)"
ITEM = rf"(?:{_RECOMMENDATION}|items?|proposals?|points?|entry|entries|bullets?|suggestions?|ones?)(?![A-Za-z])"
ITEM_JA = r"(?:提言|勧告|提案|項目)(?![書者集])"
NUMBER_SIGN = r"(?:no\.?|nr\.?|number|#)"

_NUMBER_OR_WORD = rf"(?:{NUMBER}|(?<=[ .])(?:{'|'.join(_CARDINAL_WORDS)}))"

_START_JA = r"(?:一番|いちばん)?(?:最初|冒頭|先頭)"
_END_JA = r"(?:一番|いちばん)?(?:最後|末尾|ラスト|後ろ|うしろ|終わり|下)"
_NTH_JA = r"(?:番[目め]|つ[目め]|個[目め]|件[目め]|点目|本目|項目[目め])"
_FEW_JA = r"(?:つ|個|件|項目)(?![目め])"
# 「一番」 is a number only where it cannot mean "most": not in 「一番大事な」 or 「一番いい」.
_NOT_MOST = rf"(?!(?:1|一)番(?![目め]|$|[\s、。,.?!」』)はをにがもと]|って|(?<=1番)の|の(?:{ITEM_JA}|内容|本文|要旨)))"

_LABELLED_JA = rf"(?P<labelled_ja>{NUMBER})(?:(?:番[目め]?|号)(?![一-龯ァ-ヶA-Za-z])|{AFTER_LOOSE})"

_ELEMENT = re.compile(
    "|".join(
        (
            rf"{_END_JA}から(?:数えて)?(?P<back_ja>{NUMBER})(?:番[目め]?|つ[目め]|個[目め])",
            rf"{_END_JA}の?(?P<lasts_ja>{NUMBER}){_FEW_JA}",
            rf"{_START_JA}の?(?P<firsts_ja>{NUMBER}){_FEW_JA}",
            rf"(?P<start_ja>{_START_JA})(?![一-龯ァ-ヶA-Za-z0-9])",
            r"(?P<end_ja>(?:一番|いちばん)?(?:最後|末尾|ラスト))(?![一-龯ァ-ヶA-Za-z0-9])",
            rf"第?(?P<nth_ja>{NUMBER}){_NTH_JA}",
            r"(?P<hiragana>ひと|ふた|みっ|よっ|いつ|むっ|なな|やっ|ここの)つ[目め]",
            rf"第(?P<running_ja>{NUMBER})(?:号|番)?(?=の?{ITEM_JA})",
            rf"{_NOT_MOST}第?(?P<number_ja>{NUMBER})(?:番|号|項)(?![一-龯ァ-ヶA-Za-z目め])",
            rf"(?P<label_ja>{ITEM_JA}|番号|ナンバー) ?の? ?第?(?:{NUMBER_SIGN} ?)?{_LABELLED_JA}",
            rf"(?P<back>{_ORDINAL})[- ](?:(?:to|from)[- ](?:the[- ])?(?:last|end|bottom|final)|last)(?![A-Za-z])",
            r"(?P<penultimate>penultimate|next[- ]to[- ]last|last[- ]but[- ]one)(?![A-Za-z])",
            rf"(?:last|final) (?P<lasts>{_CARDINAL})",
            rf"first (?P<firsts>{_CARDINAL})",
            r"(?P<end_en>last|final)(?![A-Za-z])",
            rf"(?P<nth>{_ORDINAL})",
            rf"(?:(?P<label>{ITEM})(?: {NUMBER_SIGN})?|{NUMBER_SIGN}) ?#?(?P<labelled>{_NUMBER_OR_WORD}){AFTER_LOOSE}",
        )
    ),
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r" ?[,、・/&] ?(?:and |or )?(?:the )?| ?(?:と|や|及び|および|または) ?| (?:and|or) (?:the )?", re.IGNORECASE
)
_RANGE = re.compile(r" ?(?:[-–~]|から) ?| (?:to|through|thru) ", re.IGNORECASE)
_PLAIN_NUMBER = re.compile(rf"({NUMBER}){AFTER_LOOSE}", re.IGNORECASE)
_ITEM_AFTER = re.compile(rf"(?: ?の ?|にある)?(?:{ITEM_JA}|もの|やつ)| {ITEM}", re.IGNORECASE)
_ALONE_AFTER = re.compile(
    r"$|[\s,.;:?!、。・()「」『』\[\]~]|[はをがもとで]|って|について|に(?:は|書|ある|あっ|挙|載|出)"
    r"|の(?:内容|本文|要旨|要約|概要|狙い|根拠|背景|理由|詳細|趣旨)"
)
_HIRAGANA = {word: value for value, word in enumerate("ひと ふた みっ よっ いつ むっ なな やっ ここの".split(), 1)}
_LIST_LIMIT = 12  # a longer list is no question; the bound keeps hostile text linear
_RECOMMENDATION_WORD = re.compile(rf"{_RECOMMENDATION}|提言|勧告", re.IGNORECASE)
PLACE_START = (
    rf"第|(?<![0-9])[0-9]{{1,3}}(?=[番つ個件点本項号snrt])|(?<![十一二三四五六七八九])[一二三四五六七八九十]{{1,3}}(?=[番つ個件点本項号])"
    rf"|最初|最後|冒頭|先頭|一番|いちばん|末尾|ラスト|(?:後ろ|うしろ|終わり|下)から|(?:{'|'.join(_HIRAGANA)})つ?[目め]"
    rf"|(?<![A-Za-z])(?:{'|'.join(_ORDINAL_WORDS)}|last|final|penultimate|next)(?![A-Za-z])"
)
"""Where a phrase for a place may begin, sections and words for items aside."""


def read_places(text: str, at: int) -> PlacePhrase | None:
    """Read the places named in the folded `text` from `at` on, with the word for an item that belongs to them."""
    match = _ELEMENT.match(text, at)
    if match is None:
        return None
    places = [_place(match)]
    numbered = bool(match["labelled"] or match["labelled_ja"])
    end = match.end()
    while len(places) < _LIST_LIMIT:
        separator = _SEPARATOR.match(text, end)
        further = separator and _ELEMENT.match(text, separator.end())
        number = numbered and separator and _PLAIN_NUMBER.match(text, separator.end())
        range_sign = numbered and _RANGE.match(text, end)
        last = range_sign and _PLAIN_NUMBER.match(text, range_sign.end())
        if last:
            places[-1] = Place(places[-1].first, number_value(last[1]))
            end = last.end()
        elif number:
            places.append(Place(number_value(number[1]), number_value(number[1])))
            end = number.end()
        elif further and not (further["label"] or further["label_ja"]):
            places.append(_place(further))
            end = further.end()
        else:
            break
    item = _ITEM_AFTER.match(text, end)
    end = item.end() if item else end
    word = match["label"] or match["label_ja"] or (item[0] if item else "")
    return PlacePhrase(
        places=tuple(places),
        end=end,
        numbered=numbered or bool(match["running_ja"]),
        item=bool(word),
        recommendation=_RECOMMENDATION_WORD.search(word) is not None,
        alone=bool(word) or _ALONE_AFTER.match(text, end) is not None,
        japanese=(match.lastgroup or "").endswith(("_ja", "hiragana")),
    )


def place_among(text: str, count: int) -> int | None:
    """The index, from 0, of the item that the folded `text` names in a list of `count`, or None."""
    end = 0
    for start in re.finditer(PLACE_START, text, re.IGNORECASE):
        phrase = read_places(text, start.start()) if start.start() >= end else None
        if phrase is None:
            continue
        end = phrase.end
        first = phrase.places[0].first
        index = first - 1 if first > 0 else count + first
        if 0 <= index < count:
            return index
    return None


def _place(match: re.Match[str]) -> Place:
    """The place that one element names."""
    group = match.lastgroup or ""
    if group in {"start_ja", "end_ja", "end_en", "penultimate"}:
        index = {"start_ja": 1, "penultimate": -2}.get(group, -1)
        return Place(index, index)
    value = _value(match[group])
    if group in {"lasts", "lasts_ja"}:
        return Place(-value, -1)
    if group in {"firsts", "firsts_ja"}:
        return Place(1, value)
    return Place(-value, -value) if group in {"back", "back_ja"} else Place(value, value)


def _value(word: str) -> int:
    lowered = word.lower()
    known = _ORDINALS.get(lowered) or _CARDINALS.get(lowered) or _HIRAGANA.get(word)
    return known or number_value(re.sub(r"(?<=[0-9])[a-z]+", "", lowered))
