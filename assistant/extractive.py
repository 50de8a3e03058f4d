"""Owns the choice of points: which things that the found passages say answer the question, best first, no model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol

from assistant.citations import cite
from assistant.domain import Aspect, Language, Passage, PassageId, Point, Request, Statement, StatementKind
from assistant.words import content_words

FEWEST, MOST = 2, 5
"""Points in an answer, where the passages have so many."""
SHARED_WORDS_WEIGHT = 0.06
"""How much sharing all the question's words counts beside the cosine; chosen on the question bank's labels."""
MARGIN = 0.035
"""How far below the best point another may lie and still be said."""
SAME = 0.6
"""The share of common content words from which two points say the same."""


class PointSimilarity(Protocol):
    """Tells how near in meaning every point is to a question."""

    def __call__(self, question: str) -> Mapping[tuple[PassageId, int], float]:
        """The cosine of each point, by passage and point number."""
        ...


class ExtractiveMaker:
    """Makes statements of points alone, each cited to the source sentences that it restates."""

    def __init__(self, similarity: PointSimilarity) -> None:
        self._similarity = similarity

    def __call__(self, request: Request, passages: Sequence[Passage]) -> list[Statement]:
        """The two to five points that best answer the question, best first, passage by passage."""
        ranked = self._ranked(request.text, passages)
        chosen: list[Statement] = []
        for place, passage in enumerate(passages):  # every passage found has its say, the first one more of it
            said: list[Point] = []
            for score, point in ranked:
                if point.passage_id != passage.id or any(_say_the_same(point, other) for other in said):
                    continue
                strong = score >= ranked[0][0] - MARGIN and len(chosen) + len(said) < MOST
                if strong or len(said) < (1 if place else FEWEST):
                    said.append(point)
            chosen += [_claim(point, passage, request) for point in said]
        return chosen

    def _ranked(self, question: str, passages: Sequence[Passage]) -> list[tuple[float, Point]]:
        similarity = self._similarity(question)
        asked = set(content_words(question))
        scored = []
        for passage in passages:
            for point in passage.points:
                said = _words(point, Language.JAPANESE) | _words(point, Language.ENGLISH)
                shared = len(asked & said) / len(asked) if asked else 0.0
                scored.append((similarity[passage.id, point.number] + SHARED_WORDS_WEIGHT * shared, point))
        return sorted(scored, key=lambda pair: -pair[0])


def summarise(request: Request, passage: Passage) -> list[Statement]:
    """The gist of a passage that was asked for by number alone: what it demands and how, in its own order."""
    telling = [point for point in passage.points if point.aspect in (Aspect.DEMAND, Aspect.HOW)] or passage.points
    chosen: list[Point] = []
    for point in telling:
        if len(chosen) < MOST and not any(_say_the_same(point, other) for other in chosen):
            chosen.append(point)
    return [_claim(point, passage, request) for point in chosen]


def _claim(point: Point, passage: Passage, request: Request) -> Statement:
    language = request.language
    return Statement(StatementKind.CLAIM, point.text[language], cite(passage, point.sentences, language))


@cache
def _words(point: Point, language: Language) -> frozenset[str]:
    return frozenset(content_words(point.text[language]))


def _say_the_same(point: Point, other: Point) -> bool:
    words, others = _words(point, Language.JAPANESE), _words(other, Language.JAPANESE)
    return point.passage_id == other.passage_id and len(words & others) >= SAME * min(len(words), len(others))
