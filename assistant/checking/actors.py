"""Owns who acts in a clause and on whom: the entities before and after its verb, compared with the text's."""

# ruff: noqa: E501 - the patterns are word lists: broken up, they would be harder to compare
from __future__ import annotations

import re
from typing import NamedTuple

from assistant.checking.entities import EntityReader, Mention, folded, side
from assistant.domain import Language

_VERB = re.compile(
    r"\b(?:should|must|ought|needs?|shall|will|would|can|could|may|might|is|are|was|were|has|have|had|do|does|did|"
    r"asks?|asked|urges?|calls?|wants?|seeks?|faces?|plans?|remains?|plays?|makes?|gives?|gave|made|labell?ed|called|took|"
    r"launched|introduced|considered|announced|branded|dropped|abandoned|pursues?|shares?|views?|operates?|holds?|owns?|uses?)\b"
)
_OPENING = re.compile(
    r"^(?:the (?:proposal|document|authors?|report|text|recommendation)[^,]{0,20}? (?:says?|urges?|argues?|hopes?|calls? for|asks?|wants?|proposes?)(?: that)?|"
    r"according to [^,]+,|it is (?:hoped|desirable|important|necessary|assumed|expected|forecast)[a-z ]*? (?:that|for)|it (?:was|is)|"
    r"no[:,]|yes[:,])\s*"
)
_SUBJECT = re.compile(
    r"(?:[）)]|両?国?政府|両国|両政府|双方|側|諸国|の(?:両?政府|首脳|指導者|新?政権)|氏|大統領|首相|政権|軍|部隊|それぞれ|とも)*(?:は|が|も|には|とも|では)(?![ちっ])"
)
_OBJECT = re.compile(r"[^、。はがもをにへで]{0,8}?(?:に対し|に対する|へ|に|から|を)")
_ATTRIBUTE = re.compile(
    r"[ -](?!(?:and|or|nor|but|should|must|ought|needs?|shall|will|would|can|could|may|might|is|are|was|were|has|have|had|do|does|did|"
    r"to|in|on|with|as|at|also|both|alone|itself|themselves|jointly|then|first|plans?|asks?|wants?|seeks?|faces?|government|"
    r"administration|forces|leaders|side|not|never|together|too|which|who|that)\b)[a-z]"
)
"""After a name in English: a noun that the name describes (the China policy), so that the name itself does nothing."""
_PASSIVE_BY = re.compile(r"\bby\s+(?:the\s+)?$")


class Roles(NamedTuple):
    """The entities that act in a clause, those acted on, and all that it names."""

    subjects: frozenset[str]
    objects: frozenset[str]
    named: frozenset[str]


def roles(clause: str, language: Language, reader: EntityReader) -> Roles:
    """Who acts in a clause, as far as its form tells."""
    mentions = reader.read(clause)
    text = folded(clause)
    find = _japanese if language is Language.JAPANESE else _english
    subjects, objects = find(text, mentions)
    return Roles(frozenset(subjects), frozenset(objects) - frozenset(subjects), frozenset(m.key for m in mentions))


def _english(text: str, mentions: tuple[Mention, ...]) -> tuple[set[str], set[str]]:
    lower = text.casefold()
    opening = _OPENING.match(lower)
    start = opening.end() if opening else 0
    verb = _VERB.search(lower, start)
    if verb is None:
        return set(), set()
    subjects, objects = set(), set()
    for mention in mentions:
        if mention.start < start:
            continue
        possessive = text[mention.end : mention.end + 2] in ("'s", "s'") or bool(_ATTRIBUTE.match(text, mention.end))
        if _PASSIVE_BY.search(lower[: mention.start]):
            continue
        if mention.start < verb.start():
            if (
                not re.search(
                    r"\b(?:of|for|to|in|on|with|toward|from|between)\s+(?:the\s+)?$", lower[start : mention.start]
                )
                and not possessive
            ):
                subjects.add(mention.key)
        elif not possessive:
            objects.add(mention.key)
    return subjects, objects


def _japanese(text: str, mentions: tuple[Mention, ...]) -> tuple[set[str], set[str]]:
    subjects, objects = set(), set()
    for position, mention in enumerate(mentions):
        last = max(m.end for m in mentions if m.start == mention.start)
        following = [m.start for m in mentions[position + 1 :] if m.start >= last]
        rest = text[last : following[0] if following else len(text)]
        joined = following and re.fullmatch(r"[とや、・及びおよ]{1,3}", rest)
        if joined:
            after = [m for m in mentions if m.start >= following[0]]
            rest = text[after[0].end :]
        if _SUBJECT.match(rest):
            subjects.add(mention.key)
        elif _OBJECT.match(rest):
            objects.add(mention.key)
    return subjects, objects


def sides(keys: frozenset[str]) -> frozenset[str]:
    """The sides to which entities belong."""
    return frozenset(side(key) for key in keys)
