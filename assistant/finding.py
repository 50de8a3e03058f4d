"""Owns which passages answer a request: by number, by scope, or by calibrated search, and when none does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.details import Detail, details_asked, details_given
from assistant.domain import AbsentSubject, Found, Outcome, Passage, PassageId, Proposal, Request, RequestKind, Thread
from assistant.question_parts import asks_for_several, parts_of
from assistant.scopes import ScopeReader
from assistant.search.calibration import (
    Calibration,
    LogisticModel,
    citation_rows,
    conversation_rows,
    probability,
)
from assistant.search.evidence import Evidence, EvidenceGatherer

RELATED = 3
"""Nearby passages offered beside an answer."""
CITED = 0.43
"""The least probability with which a passage beside the best is cited: precision .95 on one-passage questions."""
MOST_CITED = 8
ANSWERED = 0.35
"""The least probability, that the proposal answers at all, with which anything is cited."""
LEAST_LIKELY = 0.1
"""The probability of the best passage below which nothing is cited, whatever else speaks for an answer."""
CERTAIN = 0.95
"""The probability from which on a detail asked for is not doubted to be given."""
NEAR_ENOUGH = 0.3
"""The least probability with which the best passage is told of where only a detail is not given."""
SMALL_TALK = 0.5
"""The least probability with which something is taken as said to the assistant itself."""


class Finder:
    """Finds the passages that answer a request."""

    def __init__(
        self,
        proposal: Proposal,
        scopes: ScopeReader,
        gather: EvidenceGatherer,
        calibration: Calibration,
        absent: Sequence[AbsentSubject],
    ) -> None:
        self._proposal = proposal
        self._scopes = scopes
        self.gather = gather
        self.calibration = calibration
        self._absent: Mapping[str, AbsentSubject] = {subject.key: subject for subject in absent}

    def __call__(self, request: Request) -> Found:  # noqa: PLR0911 - one per kind
        """The passages, in the order in which the answer treats them, and the outcome that follows."""
        match request.kind:
            case RequestKind.INVALID:
                return Found(Outcome.INVALID_QUESTION)
            case RequestKind.GREETING:
                return Found(Outcome.GREETING)
            case RequestKind.MISSING_NUMBER:
                return Found(Outcome.NO_SUCH_RECOMMENDATION)
            case RequestKind.INSTRUCTION:
                return Found(Outcome.NOT_IN_PROPOSAL)
            case RequestKind.LOOKUP:
                return Found(
                    Outcome.ANSWERED, tuple(self._proposal.passages[key] for key in request.references.passage_ids)
                )
            case RequestKind.SECTION:
                sections = request.references.sections
                within = tuple(p for section in sections for p in self._proposal.within(section))
                return Found(Outcome.ANSWERED, self._but(within, request.leaving_out))
            case RequestKind.LIST if request.scope.by_section:
                return Found(Outcome.ANSWERED)
            case RequestKind.LIST:
                return Found(Outcome.ANSWERED, self._but(self._scopes.within(request.scope), request.leaving_out))
            case RequestKind.SEARCH:
                return self._search(request)

    def _but(self, passages: tuple[Passage, ...], words: str) -> tuple[Passage, ...]:
        """The passages but for those that the words are about: by label, or else the likeliest by search."""
        if not words:
            return passages
        named = self._scopes.labels_named(words)
        if any(not named.isdisjoint(passage.labels) for passage in passages):
            return tuple(passage for passage in passages if named.isdisjoint(passage.labels))
        evidence = self.gather(words)
        logits = dict(zip(evidence.passage_ids, self.calibration.passage.logits(evidence.passages), strict=True))
        likeliest = max(logits[passage.id] for passage in passages)
        return tuple(passage for passage in passages if logits[passage.id] < min(likeliest, 0.0))

    def _search(self, request: Request) -> Found:
        evidence = self.gather(request.text)
        if evidence.small_talk >= SMALL_TALK and not (request.thread and request.thread.depends):
            return Found(Outcome.GREETING)
        logits = self.logits(request, evidence)
        order = [evidence.passage_ids[row] for row in np.argsort(-logits, kind="stable")]
        probabilities = dict(zip(evidence.passage_ids, probability(logits).tolist(), strict=True))
        answerable = self._answerable(logits, evidence)
        nothing_else = bool(evidence.named) and evidence.bare and not request.thread
        pointed = bool(request.thread and request.among)
        unlikely = (answerable < ANSWERED and not request.excluded) or nothing_else
        if (unlikely or probabilities[order[0]] < LEAST_LIKELY) and not pointed:
            treated = [] if evidence.named else [passage.id for passage in self._scopes.named_alone(request.text)]
            if not treated:
                return self._nothing(evidence, order, probabilities)
            best = sorted(treated, key=order.index)[:RELATED]
            return Found(Outcome.ANSWERED, self._passages(best), tuple(k for k in order if k not in best)[:RELATED])
        rows = self.citation_rows(request, evidence, logits)
        citable = dict(zip(evidence.passage_ids, probability(self.calibration.citation.logits(rows)), strict=True))
        cited = [key for place, key in enumerate(order) if not place or citable[key] >= CITED][:MOST_CITED]
        return Found(
            Outcome.ANSWERED,
            self._passages(cited),
            tuple(key for key in order if key not in cited)[:RELATED],
            evidence.unknown,
            detail=self._detail(evidence, self._proposal.passages[order[0]]) if answerable < CERTAIN else "",
            confidence=probabilities[order[0]],
        )

    def logits(self, request: Request, evidence: Evidence) -> np.ndarray:
        """The log odds that each passage answers, in a conversation weighed with what was asked and cited before."""
        logits = self.calibration.passage.logits(evidence.passages)
        thread = request.thread
        if thread:
            logits = self.calibration.conversation.logits(self.conversation_rows(request, evidence, thread, logits))
        keys = evidence.passage_ids
        barred = np.array([
            key in request.excluded or bool(request.among and key not in request.among) for key in keys
        ])  # fmt: skip
        return np.where(barred, logits - 20.0, logits)

    def conversation_rows(
        self,
        request: Request,
        evidence: Evidence,
        thread: Thread,
        alone: np.ndarray,
        passage: LogisticModel | None = None,
    ) -> np.ndarray:
        """The CONVERSATION_FEATURES of every passage, by the model of passages that is calibrated or another one."""
        in_context = alone
        if thread.asked:
            asked = self.gather(f"{thread.asked}\n{request.text}")
            in_context = (passage or self.calibration.passage).logits(asked.passages)
        just = np.array([key in thread.just_cited for key in evidence.passage_ids], dtype=float)
        before = np.array([key in thread.cited_before for key in evidence.passage_ids], dtype=float)
        return conversation_rows(alone, in_context, just, before, depends=thread.depends)

    def citation_rows(
        self, request: Request, evidence: Evidence, logits: np.ndarray, passage: LogisticModel | None = None
    ) -> np.ndarray:
        """The CITATION_FEATURES of every passage; a follow-up is not taken apart."""
        model = passage or self.calibration.passage
        parts = [] if request.thread else [model.logits(self.gather(p).passages) for p in parts_of(request.text)]
        sections = [key.section_id for key in evidence.passage_ids]
        several = asks_for_several(request.text)
        named = self._scopes.labels_named(request.text)
        labels = np.array([not named.isdisjoint(passage.labels) for passage in self._proposal.passages.values()])
        return citation_rows(logits, parts, sections, labels, several=several, broad=request.broad)

    def _answerable(self, logits: np.ndarray, evidence: Evidence) -> float:
        best = evidence.passage_ids[int(logits.argmax())]
        return self.calibration.answerable(logits, self.gather.of_question(evidence, best), evidence.passages)

    def _nothing(self, evidence: Evidence, order: list[PassageId], probabilities: Mapping[PassageId, float]) -> Found:
        """Nothing answers: a subject that the proposal does not treat, or only a detail that it does not give."""
        subject = self._subject(evidence)
        best = self._proposal.passages[order[0]]
        detail = self._detail(evidence, best)
        if not subject and detail and probabilities[best.id] >= NEAR_ENOUGH:
            return Found(
                Outcome.NOT_IN_PROPOSAL,
                (best,),
                tuple(order[1 : 1 + RELATED]),
                evidence.unknown,
                detail=detail,
            )
        nearest = dict.fromkeys((*(self._absent[subject].nearest if subject else ()), *order))
        return Found(
            Outcome.NOT_IN_PROPOSAL,
            related=tuple(nearest)[:RELATED],
            unknown=evidence.unknown,
            absent=subject,
        )

    def _subject(self, evidence: Evidence) -> str:
        """The subject that the question names, the one most like it first, or that it is plainly about, or nothing."""
        named = set(evidence.named)
        first = evidence.named[0] if named else evidence.recognised
        return next((key for key in evidence.alike if key in named), first)

    @staticmethod
    def _detail(evidence: Evidence, best: Passage) -> str:
        asked = details_asked(evidence.question)
        missing = [detail for detail in Detail if detail in asked - details_given(best)]
        return next(iter([*missing, *(detail for detail in Detail if detail in asked)]), "")

    def _passages(self, keys: Sequence[PassageId]) -> tuple[Passage, ...]:
        return tuple(self._proposal.passages[key] for key in keys)
