"""Owns the evidence that a passage answers a question: readable features of each passage, and of the whole question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.details import Detail, details_asked, details_given
from assistant.domain import AbsentSubject, DecoyKind, Hit, Language, NearDecoy, NearView, Passage, PassageId, ViewKind
from assistant.index import Index
from assistant.language import detect_language, name_pattern
from assistant.search import QuestionVector
from assistant.search.fusion import fuse
from assistant.search.lexical import LexicalSearch
from assistant.search.recognition import RecognitionSearch
from assistant.search.semantic import SemanticSearch
from assistant.words import content_words, names

NEAREST_DECOYS = 40
_LEAST = -12.0
"""The least log-probability that counts: smaller ones tell nothing more."""

PASSAGE_FEATURES = (
    "fused", "margin", "log_rank", "meaning", "best_question", "best_point", "best_sentence",
    "question_over_absent", "question_over_not_given", "question_over_small_talk", "question_over_elsewhere",
    "recognition", "recognition_over_absent", "recognition_over_elsewhere", "words_per_word", "words_over_absent",
    "log_words_over_absent", "coverage", "coverage_over_absent", "words_share_of_best", "english", "log_length",
)  # fmt: skip
"""What is known of a passage and a question: the columns of `Evidence.passages`."""

QUESTION_FEATURES = (
    "names_absent_subject", "unknown_names", "asks_number", "number_not_given", "asks_date", "date_not_given",
    "asks_name", "asks_place", "asks_wording", "asks_example", "example_not_given",
)  # fmt: skip
"""What is known of a question beside the features of its best passage."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the searches say about a question.

    `passages` is of shape (passages, PASSAGE_FEATURES), its rows in the order of `passage_ids`. `named` are the absent
    subjects whose names stand in the question; `alike` those that questions like it are about, nearest first.
    """

    question: str
    passage_ids: tuple[PassageId, ...]
    passages: np.ndarray
    named: tuple[str, ...]
    bare: bool
    """Whether the question holds nothing but such names."""
    alike: tuple[str, ...]
    recognised: str
    """The absent subject that both words and meaning put before every passage, if there is one."""
    unknown: tuple[str, ...]
    """Names in the question that stand nowhere in the proposal nor in anything written about it."""
    small_talk: float
    """How probably this is said to the assistant itself, from 0 to 1."""


class EvidenceGatherer:
    """Asks all searches about a question."""

    def __init__(
        self,
        index: Index,
        vector_of: QuestionVector,
        searches: tuple[SemanticSearch, RecognitionSearch, LexicalSearch],
        passages: Mapping[PassageId, Passage],
        absent: Sequence[AbsentSubject],
    ) -> None:
        self._index = index
        self._vector_of = vector_of
        self._semantic, self._recognition, self._lexical = searches
        self._passages = passages
        names = [(subject.key, name) for subject in absent for key in Language for name in subject.names[key]]
        self._names = [(key, _folded(name), name_pattern(name)) for key, name in names]

    def __call__(self, question: str) -> Evidence:
        """The evidence for every passage; the same question, the same evidence."""
        views = self._semantic.near_views(question)
        decoys = self._index.nearest_decoys(self._vector_of(question), limit=NEAREST_DECOYS)
        small_talk = self._recognition.log_probabilities(question).get(DecoyKind.SMALL_TALK, _LEAST)
        folded = unicodedata.normalize("NFKC", question)
        lowered = _folded(question)  # thousands of names: a plain search first
        named = [(key, p) for key, name, p in self._names if name in lowered and p.search(folded)]
        about = [decoy.owner for decoy in decoys if decoy.kind is DecoyKind.ABSENT]
        return Evidence(
            question,
            tuple(self._passages),
            self._of_passages(question, views, decoys),
            tuple(dict.fromkeys(key for key, _ in named)),
            not content_words(_without(folded, [pattern for _, pattern in named])),
            tuple(dict.fromkeys(about)),
            self._recognised(question, views, decoys),
            tuple(name for name in names(question) if not self._lexical.knows(name)),
            float(np.exp(small_talk)),
        )

    def _recognised(self, question: str, views: Sequence[NearView], decoys: Sequence[NearDecoy]) -> str:
        words = self._lexical.scores(question)
        absent = [decoy for decoy in decoys if decoy.kind is DecoyKind.ABSENT]
        if not absent or not words.absent.size or words.absent.max() <= words.passages.max():
            return ""
        worded = self._lexical.absent[int(words.absent.argmax())]
        return worded if absent[0].owner == worded and absent[0].similarity > views[0].similarity else ""

    def of_question(self, evidence: Evidence, best: PassageId) -> np.ndarray:
        """The QUESTION_FEATURES of a question whose best passage is `best`."""
        asked, given = details_asked(evidence.question), details_given(self._passages[best])
        return np.array([
            bool(evidence.named),
            len(evidence.unknown),
            Detail.NUMBER in asked,
            Detail.NUMBER in asked - given,
            Detail.DATE in asked,
            Detail.DATE in asked - given,
            Detail.NAME in asked,
            Detail.PLACE in asked,
            Detail.WORDING in asked,
            Detail.EXAMPLE in asked,
            Detail.EXAMPLE in asked - given,
        ], dtype=float)  # fmt: skip

    def _of_passages(self, question: str, views: Sequence[NearView], decoys: Sequence[NearDecoy]) -> np.ndarray:
        """PASSAGE_FEATURES of every passage."""
        count = len(self._passages)
        meant, recognised = self._semantic.ranked(views), self._recognition(question, limit=count)
        words = self._lexical.scores(question)
        by_words = self._lexical(question, limit=count)
        fused = self._column(fuse((recognised, meant, by_words), limit=count))
        best = {kind: self._best(kind, views) for kind in (ViewKind.QUESTION, ViewKind.POINT, ViewKind.SENTENCE)}
        near = {kind: self._nearest(kind, decoys, views[-1].similarity) for kind in DecoyKind}
        not_given = self._not_given(decoys, views[-1].similarity)
        classes = self._recognition.log_probabilities(question)
        others = {kind: max(classes.get(kind, _LEAST), _LEAST) for kind in DecoyKind}
        recognition = np.maximum(self._column(recognised), _LEAST)
        most_absent = words.absent.max(initial=0.0)
        length = max(len(content_words(question)), 1)
        return np.column_stack([
            fused,
            fused - _best_other(fused),
            np.log1p((-fused).argsort(kind="stable").argsort(kind="stable")),
            self._column(meant),
            best[ViewKind.QUESTION],
            best[ViewKind.POINT],
            best[ViewKind.SENTENCE],
            best[ViewKind.QUESTION] - near[DecoyKind.ABSENT],
            best[ViewKind.QUESTION] - not_given,
            best[ViewKind.QUESTION] - near[DecoyKind.SMALL_TALK],
            best[ViewKind.QUESTION] - near[DecoyKind.ELSEWHERE],
            recognition,
            recognition - others[DecoyKind.ABSENT],
            recognition - others[DecoyKind.ELSEWHERE],
            words.passages / length,
            (words.passages - most_absent) / length,
            np.log1p(words.passages) - np.log1p(most_absent),
            words.coverage,
            words.coverage - words.coverage_absent.max(initial=0.0),
            words.passages / (words.passages.max() or 1.0),
            np.full(count, detect_language(question) is Language.ENGLISH),
            np.full(count, np.log1p(length)),
        ])  # fmt: skip

    def _column(self, hits: Sequence[Hit]) -> np.ndarray:
        scores = {hit.passage_id: hit.score for hit in hits}
        return np.array([scores[key] for key in self._passages])

    def _best(self, kind: ViewKind, views: Sequence[NearView]) -> np.ndarray:
        """The similarity of each passage's nearest view of a kind; one that is not near counts as the last that is."""
        nearest: dict[PassageId, float] = {}
        for view in views:
            if view.kind is kind:
                nearest.setdefault(view.passage_id, view.similarity)
        return np.array([nearest.get(key, views[-1].similarity) for key in self._passages])

    @staticmethod
    def _nearest(kind: DecoyKind, decoys: Sequence[NearDecoy], floor: float) -> float:
        return max((decoy.similarity for decoy in decoys if decoy.kind is kind), default=floor)

    def _not_given(self, decoys: Sequence[NearDecoy], floor: float) -> np.ndarray:
        """The similarity of the nearest question for a detail that each passage does not give."""
        nearest: dict[str, float] = {}
        for decoy in decoys:
            if decoy.kind is DecoyKind.NOT_GIVEN:
                nearest.setdefault(decoy.owner, decoy.similarity)
        lowest = min([floor, *(decoy.similarity for decoy in decoys)])
        return np.array([nearest.get(str(key), lowest) for key in self._passages])


def _best_other(scores: np.ndarray) -> np.ndarray:
    """For each passage the best score among the others."""
    first, second = np.partition(scores, -2)[[-1, -2]]
    return np.where(scores == first, second, first)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _without(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(" ", text)
    return text
