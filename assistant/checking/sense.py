"""Owns whether a statement keeps the sense of what it rests on: negations, opposites, what is set aside, modality."""

# ruff: noqa: E501 - the patterns are word lists: broken up, they would be harder to compare
from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from assistant.checking.alignment import Alignment, Clause, Encode
from assistant.checking.polarity import fold, negated, opposed
from assistant.checking.wordings import Wording, Wordings
from assistant.domain import Language
from assistant.words import content_words

_SET_ASIDE = {
    Language.ENGLISH: re.compile(
        r"\b(?:rather than|instead of|as opposed to)\s+([^,.;]+)|\bnot\s+(?!only|just|merely|simply)([^,.;]+?),?\s+but\s+(?!also)(?!their|its|the)"
    ),
    Language.JAPANESE: re.compile(
        r"([^、。は]{2,12})(?<!だけ)(?<!のみ)(?<!べき)(?<!ばかり)(?:のではなく|ではなく|よりも?(?=、|[^\s]{1,12}を?優先))"
    ),
}  # fmt: skip
"""What a sentence sets aside for what it asserts: “rather than …”, 「…ではなく」."""
PERFECT = re.compile(r"\b(?:has|have|had) (?!to\b)")
ADDED = tuple("done must certain optional only all most soon should".split())
DROPPED = tuple("consider desirable possible should".split())
OVERSTATING = frozenset("done certain only most optional".split())


class Sense:
    """Features of a sense turned round, and of things put more or less strongly than they are."""

    def __init__(self, wordings: Wordings, encode: Encode) -> None:
        self._contrary = cache(
            lambda wording: encode([negated(wording.text, japanese=wording.language is Language.JAPANESE)])[0]
        )
        self._rows = wordings.rows
        self._said = {key: "\n".join(w.text for w in own) for key, own in wordings.by_passage.items()}

    def __call__(self, alignment: Alignment) -> dict[str, float]:
        """Features by name."""
        said = "\n".join(self._said[key] for key in alignment.cited)
        turns = [min((_turns(group, point, said) for point in points), key=sum) for group, points in _groups(alignment)]
        turned = float(sum((parity + bool(opposite)) % 2 for parity, opposite in turns))
        contrast = self._contrast(alignment)
        near = "\n".join(wording.text for wording in alignment.rests_on)
        return {
            "negated": float(sum(parity for parity, _ in turns)),
            "opposed": float(sum(opposite for _, opposite in turns)),
            "turned": turned,
            "turned_to_contrary": turned * (contrast > 0),
            "opposed_anywhere": float(opposed(alignment.text, near, said)),
            "nearer_contrary": contrast,
            **_set_aside(alignment),
            **_modes(alignment),
        }

    def _contrast(self, alignment: Alignment) -> float:
        """By how much a clause is nearer to the contrary of its point than to the point; the most of all clauses."""
        return max(
            float(self._contrary(clause.point) @ vector)
            - float(alignment.similar[self._rows[clause.point.view], column])
            for column, (clause, vector) in enumerate(
                zip(alignment.clauses, alignment.vectors[-len(alignment.clauses) :], strict=True), start=1
            )
        )


def _groups(alignment: Alignment) -> list[tuple[list[Clause], tuple[Wording, ...]]]:
    """The clauses by the point that they rest on: a condition and what follows from it are one sentence there."""
    groups: dict[Wording, list[Clause]] = defaultdict(list)
    for clause in alignment.clauses:
        groups[clause.point].append(clause)
    return [(group, tuple(dict.fromkeys(p for c in group for p in c.points))) for group in groups.values()]


def _turns(group: list[Clause], wording: Wording, said: str) -> tuple[int, int]:
    negations = sum(clause.negations for clause in group)
    return (negations - wording.negations) % 2, opposed(" ".join(clause.text for clause in group), wording.text, said)


def _set_aside(alignment: Alignment) -> dict[str, float]:
    """Whether what the text sets aside (“rather than …”, 「…ではなく」) is what the statement asserts, or the reverse."""
    mine = _aside(alignment.text, alignment.language)
    asserted = frozenset(alignment.words) - mine
    found = 0.0
    for wording in alignment.rests_on:
        theirs = _aside(wording.text, alignment.language)
        if mine and mine & (wording.words - theirs) and not mine & theirs:
            found = max(found, len(mine & wording.words) / len(mine))
        if theirs and theirs & asserted and not theirs & mine:
            found = max(found, len(theirs & asserted) / len(theirs))
    return {"set_aside": found}


def _aside(text: str, language: Language) -> frozenset[str]:
    matches = _SET_ASIDE[language].finditer(fold(text))
    aside = [group for match in matches for group in match.groups() if group]
    rest = fold(text)
    for group in aside:
        rest = rest.replace(group, " ")
    return frozenset(word for group in aside for word in content_words(group)) - frozenset(content_words(rest))


def _modes(alignment: Alignment) -> dict[str, float]:
    stated = frozenset().union(*(clause.modes for clause in alignment.clauses))
    meant = frozenset().union(*(wording.modes for wording in alignment.rests_on))
    if any(PERFECT.search(wording.text) for wording in alignment.rests_on):
        meant |= {"done"}
    dropped = (
        frozenset().union(
            *(frozenset.intersection(*(point.modes for point in clause.points)) for clause in alignment.clauses)
        )
        - stated
    )
    added = stated - meant
    return {
        **{f"{mode}_added": float(mode in added) for mode in ADDED},
        **{f"{mode}_dropped": float(mode in dropped) for mode in DROPPED},
        "overstated": float(bool(added & OVERSTATING)),
        "must_for_less": float("must" in added and bool({"consider", "desirable", "possible"} & dropped)),
    }
