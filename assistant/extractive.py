"""Owns the choice of points: which things that the found passages say answer the question, best first, no model."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import numpy as np

from assistant.citations import cite
from assistant.domain import (
    Aspect,
    Language,
    NearView,
    Passage,
    PassageId,
    Point,
    Request,
    Statement,
    StatementKind,
    ViewKind,
)
from assistant.indexing import QuestionPoints
from assistant.search.calibration import LogisticModel, probability
from assistant.words import content_words

MOST = 5
"""Points in an answer."""
NEEDED = 0.25
"""The least probability with which a point beside a passage's best is told."""
SAME = 0.6
"""The share of common content words from which two points say the same."""
_NEAREST_QUESTIONS = 8
"""Bank questions of a passage whose points count for a question like them."""
_SECOND_LABEL = 0.6
"""What a further label of a bank question counts beside its first."""

_ASKED: Mapping[Aspect, re.Pattern[str]] = {
    aspect: re.compile(pattern, re.IGNORECASE)
    for aspect, pattern in {
        Aspect.WHY: r"なぜ|何故|なんで|どうして|理由|根拠|背景|目的|狙い|何のため|"
        r"\bwhy\b|\breasons?\b|\bpurpose\b|\bwhat for\b|\baims?\b|\bgoal\b",
        Aspect.HOW: r"どう(?:やって|すれば|いう)|どのように|方法|手段|具体的|仕組み|手順|"
        r"\bhow\b|\bmeans\b|\bways?\b|\bsteps?\b|\bmechanism\b",
        Aspect.WHEN: r"いつ|何年|時期|期限|までに|\bwhen\b|\bby what\b|\byear\b|\bdate\b|\bdeadline\b",
        Aspect.EXAMPLE: r"例|たとえば|具体例|\bexamples?\b|\bfor instance\b|\bsuch as\b",
        Aspect.RISK: r"危険|リスク|懸念|恐れ|脅威|問題|弊害|\brisks?\b|\bdangers?\b|\bthreats?\b|\bworr|\bproblems?\b",
        Aspect.CONDITION: r"条件|前提|場合|ただし|\bconditions?\b|\bprovided\b|\bunless\b|\bif\b",
        Aspect.DEMAND: r"べき|求め|提言|要求|主張|対策|\bshould\b|\bask\b|\brecommend|\burge|\bpropos|\bcall for\b",
        Aspect.FACT: r"現状|事実|何(?:基|人|%|パーセント)|いくつ|どれくらい|"
        r"\bhow (?:many|much|large)\b|\bwhat is\b|\bcurrent",
        Aspect.OUTLOOK: r"今後|将来|見通し|見込み|\bfuture\b|\boutlook\b|\bexpect|\bwill\b",
    }.items()
}


class PointChooser:
    """Gives each point of the found passages the probability that an answer needs it."""

    def __init__(
        self,
        near_views: Callable[[str], Sequence[NearView]],
        similarity: Callable[[str], Mapping[tuple[PassageId, int], float]],
        question_points: QuestionPoints,
        model: LogisticModel,
    ) -> None:
        self._near_views = near_views
        self._similarity = similarity
        self._question_points = question_points
        self._model = model

    def __call__(self, question: str, passages: Sequence[Passage]) -> dict[tuple[PassageId, int], float]:
        """The probability of every point, by passage and number."""
        keys = [(passage.id, point.number) for passage in passages for point in passage.points]
        rows = np.vstack([self.features(question, passage) for passage in passages])
        return dict(zip(keys, probability(self._model.logits(rows)).tolist(), strict=True))

    def features(self, question: str, passage: Passage) -> np.ndarray:
        """The POINT_FEATURES of a passage's points, of shape (points, features)."""
        near = self._similarity(question)
        similarity = np.array([near[passage.id, point.number] for point in passage.points])
        votes = self._votes(question, passage)
        asked_words = set(content_words(question))
        asked = {aspect for aspect, pattern in _ASKED.items() if pattern.search(question)}
        shared = np.array([
            len(asked_words & (_words(p, Language.JAPANESE) | _words(p, Language.ENGLISH))) / max(len(asked_words), 1)
            for p in passage.points
        ])  # fmt: skip
        fits = np.array([point.aspect in asked for point in passage.points], dtype=float)
        heading = np.array([0 in p.sentences and p.aspect is Aspect.DEMAND for p in passage.points], dtype=float)
        count = len(passage.points)
        return np.column_stack([
            similarity, similarity - similarity.max(), (-similarity).argsort().argsort() / count,
            shared, shared - shared.max(), votes, votes - votes.max(), fits, heading, np.full(count, np.log(count)),
        ])  # fmt: skip

    def _votes(self, question: str, passage: Passage) -> np.ndarray:
        """How the passage's bank questions nearest to this one are answered: each point's share of their labels."""
        weights: dict[int, float] = defaultdict(float)
        total, seen = 0.0, 0
        for view in self._near_views(question):
            labels = self._question_points.get((view.passage_id, view.language, view.number), ())
            if view.kind is not ViewKind.QUESTION or view.passage_id != passage.id or not labels:
                continue
            weight = float(np.exp((view.similarity - 1) * 10))
            total += weight
            for place, label in enumerate(labels):
                weights[label] += weight * (_SECOND_LABEL if place else 1.0)
            seen += 1
            if seen == _NEAREST_QUESTIONS:
                break
        return np.array([weights[point.number] / (total or 1.0) for point in passage.points])


class ExtractiveMaker:
    """Makes statements of points alone, each cited to the source sentences that it restates."""

    def __init__(self, chooser: PointChooser) -> None:
        self.choose = chooser

    def __call__(self, request: Request, passages: Sequence[Passage]) -> list[Statement]:
        """The points that answer the question, best first, passage by passage."""
        if not passages:
            return []
        needed = self.choose(request.text, passages)
        chosen: list[Statement] = []
        most = max(1, MOST // len(passages)) if len(passages) > 1 else MOST
        for passage in passages:  # every passage found has its say
            ranked = sorted(passage.points, key=lambda point: -needed[point.passage_id, point.number])
            said: list[Point] = []
            for point in ranked:
                if len(said) == most or any(_say_the_same(point, other) for other in said):
                    continue
                if not said or needed[point.passage_id, point.number] >= NEEDED:
                    said.append(point)
            chosen += [_claim(point, passage, request) for point in said]
        return chosen


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
