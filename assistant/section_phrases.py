"""Owns the phrases by which readers confine a question to a section, in their own words, or leave something out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain import INTRODUCTION, Proposal, SectionId

NearestSection = Callable[[str], SectionId | None]
"""From a reader's words for a section to the section that they mean, or None."""

_BEFORE_EN = r"(?:the|an?|in|on|of|from|that|this|under|its|their|for)"
_CALLED = re.compile(
    rf"\b(?:the|its|their) [\"“']?(?P<before>(?:(?!{_BEFORE_EN}\b)[\w'’/&-]+ ){{1,4}}?)[\"”']? ?"
    r"(?:sub-?section|section|chapter|part|bit)\b(?! of)|"
    r"\b(?:sub-?section|section|chapter|part) (?:on|about|that deals with|covering) (?P<after>(?:[\w'’/&-]+ ?){1,5})|"
    r"(?P<japanese>[^、。,.!?！？「」『』（）()\s]{1,16}?)(?:の|に関する|についての)?(?:小節|[章節](?![一-龯目])|セクション|パート)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(
    r"^(?:同じ|その|この|あの|各|どの|全|ほか|他|別|前|次|same|other|next|previous|whole|first two|any|every|which)",
    re.IGNORECASE,
)
_BEFORE_JA = re.compile(r".*(?:では|には|とは|って|ので|から|[はがをで、])")
_ORDINALS = {
    word: place
    for place, words in {
        0: "first opening 最初 冒頭 第一 第1 一番目 一つ目",
        1: "second 第二 第2 二番目 二つ目",
        2: "third 第三 第3 三番目 三つ目",
        3: "fourth 第四 第4 四番目 四つ目",
        4: "fifth 第五 第5 五番目 五つ目",
        5: "sixth 第六 第6 六番目 六つ目",
        -1: "last final closing 最後 末尾",
    }.items()
    for word in words.split()
}
_LEFT_OUT = re.compile(
    r"\b(?:leaving|setting|putting) (?:aside|out) (?P<first>[^,.;:?!]{2,40})|"
    r"\b(?:leaving|setting|putting) (?P<aside>[^,.;:?!]{2,40}?) (?:aside|out)\b|"
    r"\b(?:except(?: for)?|excluding|without|minus|skip(?:ping)?|leav(?:e|ing) out|other than|apart from|but not|"
    r"outside|beyond|not counting) (?P<but>[^,.;:?!]{2,40})|"
    r"(?P<except>[^、。,.!?！？]{1,20}?)(?:の(?:項目|話|部分|点|件|提言))?(?:だけ|のみ)?(?:は|を)?"
    r"(?:除(?:いて|く|き|いた)|以外|抜きで|抜いて|外して|飛ばして|のほか|は?別(?:と|に)して|別で)",
    re.IGNORECASE,
)
_JOINS = re.compile(r".*(?:の(?:章|節|小節)|から|、|うち)")


@dataclass(frozen=True, slots=True)
class Confined:
    """The sections that a question names in its own words, and the question without those words."""

    sections: tuple[SectionId, ...]
    rest: str


def confined_to(text: str, proposal: Proposal, nearest: NearestSection) -> Confined:
    """The sections to which a question confines itself, named by place ("the last chapter") or by other words."""
    letters = [key for key in proposal.sections if key.subsection is None and key.letter != INTRODUCTION]
    found, rest = [], text
    for match in _CALLED.finditer(text):
        name = (match["before"] or match["after"] or _BEFORE_JA.sub("", match["japanese"] or "")).strip()
        if not name or _NOT_A_NAME.match(name):
            continue
        place = _ORDINALS.get(name.lower().removesuffix("の"))
        section = letters[place] if place is not None else nearest(name)
        if section:
            found.append(section)
            rest = rest.replace(match[0], " ")
    return Confined(tuple(dict.fromkeys(found)), rest)


def left_out(text: str) -> tuple[str, str]:
    """The words for what a question leaves out, or nothing, and the question without them."""
    match = _LEFT_OUT.search(text)
    if match is None:
        return "", text
    words = match["first"] or match["aside"] or match["but"] or _JOINS.sub("", match["except"])
    return words.strip(), text[: match.start()] + " " + text[match.end() :]
