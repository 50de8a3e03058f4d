"""Owns the one command that makes `calibration.json`: `python -m evals.calibrate`, from development questions alone.

Beside the development cases it reads `calibration/`: 1,108 more questions with their gold passages, written for this
alone by readers who had seen neither code nor cases.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.domain import Message, Outcome, PassageId, Proposal, Question, Request, RequestKind
from assistant.extractive import PointChooser
from assistant.finding import Finder
from assistant.opening import open_assistant
from assistant.search.calibration import (
    ANSWER_FEATURES,
    CITATION_FEATURES,
    CONVERSATION_FEATURES,
    FILE,
    POINT_FEATURES,
    LogisticModel,
    answer_row,
    blank_calibration,
)
from assistant.search.evidence import PASSAGE_FEATURES, Evidence
from evals.cases import Case, CaseType, Split, load_cases
from evals.readings import states

QUESTIONS = Path(__file__).parent / "calibration"
CANDIDATES = 10
"""Passages of a question that are learnt from: the best by the fused searches; all others are plain."""
FOLDS = 5
NOT_OF_POINTS = frozenset({CaseType.LOOKUP, CaseType.COUNT, CaseType.OVERVIEW})
"""Types of questions that are answered with headings, or with a passage's gist."""
REGULARISATION = {"passage": 0.3, "conversation": 1.0, "answer": 0.1, "citation": 1.0, "point": 0.3, "check": 0.1}
"""Inverse strength, chosen by cross-validation on the same questions."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to learn from: what is understood, what the searches say, and what is right."""

    request: Request
    evidence: Evidence
    answered: bool
    gold: frozenset[PassageId]
    optional: frozenset[PassageId]


def questions() -> list[tuple[Question, Outcome, frozenset[PassageId], frozenset[PassageId]]]:
    """Development cases and calibration questions that are answered or not in the proposal, in a fixed order."""
    found = [
        (case.asked, case.outcome, frozenset(case.gold), frozenset(case.optional))
        for case in load_cases(Split.DEVELOPMENT)
    ]
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            history = tuple(Message(message["role"], message["content"]) for message in row["history"])
            gold, optional = (frozenset(map(PassageId.parse, row[name])) for name in ("gold", "optional"))
            found.append((Question(row["question"], history), Outcome(row["outcome"]), gold, optional))
    return [row for row in found if row[1] in (Outcome.ANSWERED, Outcome.NOT_IN_PROPOSAL)]


def learn(asked: Sequence[Asked], finder: Finder) -> dict[str, Any]:
    """The weights of the three models, and how often each was right on questions that it was not fitted to."""
    alone = [one for one in asked if one.request.thread is None]
    following = [one for one in asked if one.request.thread and not one.request.among and not one.request.excluded]
    passage = fit(PASSAGE_FEATURES, *stacked((one.evidence.passages, one) for one in alone), "passage")
    conversation_rows = [
        (finder.conversation_rows(one.request, one.evidence, one.request.thread, passage.logits(one.evidence.passages),
                                  passage), one)
        for one in following if one.request.thread
    ]  # fmt: skip
    conversation = fit(CONVERSATION_FEATURES, *stacked(conversation_rows), "conversation")
    rows, labels, citations = [], [], []
    for fold in range(FOLDS):
        held_out = [one for place, one in enumerate(alone) if place % FOLDS == fold]
        rest = [one for place, one in enumerate(alone) if place % FOLDS != fold]
        of_rest = fit(PASSAGE_FEATURES, *stacked((one.evidence.passages, one) for one in rest), "passage")
        for one in held_out:
            logits = of_rest.logits(one.evidence.passages)
            rows.append(_answer_row(one, logits, finder))
            labels.append(one.answered)
            if one.answered:
                citations.append((finder.citation_rows(one.request, one.evidence, logits, of_rest), one))
    for features, one in conversation_rows:
        rows.append(_answer_row(one, conversation.logits(features), finder))
        labels.append(one.answered)
        if one.answered:
            citations.append((finder.citation_rows(one.request, one.evidence, conversation.logits(features)), one))
    answer = fit(ANSWER_FEATURES, np.array(rows), np.array(labels), "answer")
    citation = fit(CITATION_FEATURES, *stacked(citations), "citation")
    return {
        "questions": len(alone),
        "follow_ups": len(following),
        **{name: written(model) for name, model in
           (("passage", passage), ("conversation", conversation), ("answer", answer), ("citation", citation))},
    }  # fmt: skip


def learn_points(cases: Sequence[Case], chooser: PointChooser, proposal: Proposal) -> dict[str, Any]:
    """The weights of the model of points: an answer needs those points that state a fact which the case expects."""
    rows, labels = [], []
    for case in cases:
        if case.type in NOT_OF_POINTS or case.history or not case.answerable:
            continue
        for passage in (proposal.passages[key] for key in case.gold):
            stated = [any(states(point.text[case.language], fact) for fact in case.facts) for point in passage.points]
            if any(stated):
                rows.append(chooser.features(case.question, passage))
                labels += stated
    return {"point": written(fit(POINT_FEATURES, np.vstack(rows), np.array(labels), "point"))}


def _answer_row(one: Asked, logits: np.ndarray, finder: Finder) -> np.ndarray:
    best = one.evidence.passage_ids[int(logits.argmax())]
    return answer_row(logits, finder.gather.of_question(one.evidence, best), one.evidence.passages)


def stacked(rows: Iterable[tuple[np.ndarray, Asked]]) -> tuple[np.ndarray, np.ndarray]:
    """The candidates' features and whether each answers; passages that may but need not be cited are left out."""
    features, labels = [], []
    for matrix, one in rows:
        fused = one.evidence.passages[:, PASSAGE_FEATURES.index("fused")]
        candidates = set(np.argsort(-fused, kind="stable")[:CANDIDATES].tolist())
        candidates |= {row for row, key in enumerate(one.evidence.passage_ids) if key in _pointed_to(one)}
        for row in sorted(candidates):
            key = one.evidence.passage_ids[row]
            if one.answered and key in one.optional:
                continue
            features.append(matrix[row])
            labels.append(key in one.gold)
    return np.array(features), np.array(labels)


def _pointed_to(one: Asked) -> frozenset[PassageId]:
    thread = one.request.thread
    return frozenset((*thread.just_cited, *thread.cited_before)) if thread else frozenset()


def fit(features: tuple[str, ...], rows: np.ndarray, labels: np.ndarray, name: str) -> LogisticModel:
    """Logistic regression on standardised features, its weights given back in the features' own units."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - heavy, and only this command needs it

    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread = np.where(spread == 0, 1.0, spread)
    model = LogisticRegression(C=REGULARISATION[name], max_iter=5_000).fit((rows - mean) / spread, labels)
    weights = model.coef_[0] / spread
    return LogisticModel(features, weights, float(model.intercept_[0] - weights @ mean))


def written(model: LogisticModel) -> dict[str, Any]:
    """A model as the file has it."""
    weights = dict(zip(model.features, (round(float(w), 5) for w in model.weights), strict=True))
    return {"bias": round(model.bias, 5), "weights": weights}


def main() -> int:
    """Gather the evidence, learn, write the file."""
    assistant = open_assistant(calibration=blank_calibration())
    finder = assistant.find
    asked = []
    for question, outcome, gold, optional in questions():
        request = assistant.understand(question)
        if request.kind is RequestKind.SEARCH:
            asked.append(Asked(request, finder.gather(request.text), outcome is Outcome.ANSWERED, gold, optional))
    learnt = learn(asked, finder) | learn_points(
        load_cases(Split.DEVELOPMENT), assistant.compose.make.choose, assistant.proposal
    )
    FILE.write_text(json.dumps(learnt, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {learnt['questions']} questions, {learnt['follow_ups']} follow-ups")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
