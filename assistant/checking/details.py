"""Owns whether the details of a statement stand where the passages have them: figures, names, and who acts."""

# ruff: noqa: E501 - the patterns are word lists: broken up, they would be harder to compare
from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator

from assistant.checking.actors import sides
from assistant.checking.alignment import Alignment, Clause
from assistant.checking.entities import JAPAN, UNITED_STATES, EntityReader, folded, side
from assistant.checking.wordings import Wording, Wordings
from assistant.domain import Actor, Language, PassageId
from assistant.words import content_words

COMMON = frozenset({JAPAN, UNITED_STATES})
_ACTORS = {
    Actor.JAPAN: frozenset({JAPAN}), Actor.UNITED_STATES: frozenset({UNITED_STATES}), Actor.BOTH: COMMON,
}  # fmt: skip
_JOINED = re.compile(r"(?P<how>の|を|に|へ|)(?P<word>[一-龠ァ-ヺー]{2,})|(?P<how_en>)(?:'s)? (?P<word_en>[a-z]+)")
"""A name's own word: a possessive or compound, or in Japanese the verb of which it is the object."""
_ADJECTIVE = re.compile(r"(?:ese|an|ish|U\.S\.|US)$")
MISDATED = 0.35
"""How much nearer than any that has a year of a clause the nearest point must be, for the year to be another's."""
_ASKS = re.compile(
    r"\b(?:request|urge|encourag|ask|advis|help|support|assist|caus|let|enabl|have)|要請|促|求め|助言|支援|させ|働きかけ"
)
_AGENTS = frozenset(
    "china north-korea south-korea russia australia india pakistan vietnam iran united-kingdom european-union nato asean "
    "g7 united-nations putin-administration kim-jong-un-regime islamic-state europe".split()
)
"""Who can act, beside the two allies and what belongs to them."""


class Details:
    """Features of details that stand elsewhere in the passages than in the statement."""

    def __init__(self, wordings: Wordings) -> None:
        self._entities: EntityReader = wordings.entities
        self._beside: dict[tuple[PassageId, Language], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for wording in wordings.all:
            for word, key in beside(wording.text, self._entities):
                self._beside[wording.passage_id, wording.language][word].add(key)

    def __call__(self, alignment: Alignment) -> dict[str, float]:
        """Features by name."""
        clauses = alignment.clauses
        known = frozenset(q for clause in clauses for _, wording in clause.scores for q in wording.quantities)
        conflicts = [_actors(clause) for clause in clauses]
        return {
            "name_gap": max(_gap(c, c.roles.named - COMMON, lambda w: w.roles.named) for c in clauses),
            "figure_gap": max(_gap(c, c.quantities, lambda w: w.quantities) for c in clauses),
            "name_replaced": float(sum(_replaced(c, c.roles.named - COMMON, lambda w: w.roles.named) for c in clauses)),
            "figure_replaced": float(sum(_replaced(c, c.quantities & known, lambda w: w.quantities) for c in clauses)),
            "misplaced_names": self._misplaced(alignment),
            "actor_conflict": float(sum(conflict for conflict, _, _, _ in conflicts)),
            "actor_wider": float(sum(wider for _, wider, _, _ in conflicts)),
            "subject_conflict": float(sum(subject for _, _, subject, _ in conflicts)),
            "roles_swapped": float(sum(swapped for _, _, _, swapped in conflicts)),
        }

    @staticmethod
    def misdated(alignment: Alignment) -> tuple[tuple[str, str], ...]:
        """The years that the passages give to other things than the clause in which they stand."""
        return tuple(
            ("figure", str(year.value))
            for clause in alignment.clauses
            for year in sorted(clause.quantities)
            if year.unit == "year" and _gap(clause, frozenset({year}), lambda w: w.quantities) > MISDATED
        )

    def _misplaced(self, alignment: Alignment) -> float:
        """How many words that the passages join to one side's name are joined to another's in the statement."""
        mine: dict[str, set[str]] = defaultdict(set)
        for word, key in beside(alignment.text, self._entities):
            mine[word].add(side(key))
        found = 0
        for word, keys in mine.items():
            theirs = {
                side(key) for cited in alignment.cited for key in self._beside[cited, alignment.language].get(word, ())
            }
            found += bool(theirs) and not keys & theirs
        return float(found)


def beside(text: str, entities: EntityReader) -> Iterator[tuple[str, str]]:
    """The content words joined to a name (the U.S. base, 米国の専門家, 東京を経由), each with the name's entity."""
    read = folded(text)
    for mention in entities.read(text):
        joined = _JOINED.match(read[mention.end :])
        owns = joined and (joined["word"] or "'s" in joined[0] or _ADJECTIVE.search(read[: mention.end]))
        if owns:
            yield from (
                (f"{joined['how'] or ''}{word}", mention.key)
                for word in content_words(joined["word"] or joined["word_en"])[:1]
            )


def _gap(clause: Clause, stated: frozenset, of: Callable[[Wording], frozenset]) -> float:
    """By how much the wordings that have a detail are farther from the clause than the nearest one."""
    points = [(score, wording) for score, wording in clause.scores if wording.is_point]
    widest = 0.0
    for detail in stated:
        having = [score for score, wording in points if detail in of(wording)]
        if having:
            widest = max(widest, points[0][0] - max(having))
    return widest


def _replaced(clause: Clause, stated: frozenset, of: Callable[[Wording], frozenset]) -> bool:
    """Whether the nearest points lack a detail that the clause has, and have one that it lacks."""
    if not stated:
        return False
    return all(stated - of(w) - of(clause.sentence) and of(w) - COMMON - stated for w in clause.points)


def _actors(clause: Clause) -> tuple[bool, bool, bool, bool]:
    """Whether others act than in any of the nearest points; more than there; another subject; roles exchanged."""
    acting = acting_sides(clause.roles.subjects)
    compared = [_against(clause, acting, wording) for wording in clause.points]
    return tuple(all(column) for column in zip(*compared, strict=True))  # type: ignore[return-value]


def _against(clause: Clause, acting: frozenset[str], wording: Wording) -> tuple[bool, bool, bool, bool]:
    mine, theirs = clause.roles, wording.roles
    stated = acting_sides(theirs.subjects)
    asked = stated or _ACTORS.get(wording.actor, frozenset())
    others = acting_sides(theirs.objects)
    told = acting & others and _ASKS.search(wording.text) and not acting_sides(mine.objects) & asked
    comparable = bool(acting and asked) and not told and bool(stated or acting <= COMMON)
    return (
        comparable and bool(acting - asked) and bool(asked - acting),
        comparable and acting > asked,
        comparable and bool(acting & asked) and not mine.subjects & theirs.subjects and bool(theirs.subjects),
        comparable and bool(acting & (others - asked)) and bool(acting_sides(mine.objects) & (asked - others)),
    )


def acting_sides(keys: frozenset[str]) -> frozenset[str]:
    """The sides of entities that can act."""
    return sides(keys) & (_AGENTS | COMMON)
