"""Owns the scoring of a whole set of answers: every scorer on every case, no case left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.citations import SentenceCheck
from assistant.domain import Proposal
from assistant.embedding import load_embedding
from evals import scorers, statement_scorers
from evals.answers import GivenAnswer
from evals.cases import Case
from evals.check_figures import open_check
from evals.measures import Scored
from evals.retrieval import retrieval_scores
from evals.scorers import Score, Scorer
from evals.support import Support


class Scoring:
    """All scorers over one proposal.

    Free sentences are judged by the assistant's check with the bundled encoder, whichever encoder the systems use, so
    that measures stay the same; it is opened when the first such sentence comes. `check` stands for it.
    """

    def __init__(self, proposal: Proposal, check: Callable[[], SentenceCheck] | None = None) -> None:
        self.support = Support(proposal, check or (lambda: open_check(proposal, load_embedding())))
        self._scorers = all_scorers(proposal, self.support)

    def __call__(self, cases: Sequence[Case], answers: Mapping[str, GivenAnswer]) -> list[Scored]:
        """One row of scores for every case, in order; a case without an answer is a bug and raises KeyError."""
        ranked = retrieval_scores(cases, answers)
        return [
            Scored(
                case.id,
                case.group,
                {
                    name: _with_error(score, answers[case.id])
                    for name, score in (
                        *((name, scorer(case, answers[case.id])) for name, scorer in self._scorers.items()),
                        *ranked[case.id].items(),
                    )
                },
            )
            for case in cases
        ]


def all_scorers(proposal: Proposal, support: Support) -> dict[str, Scorer]:
    """Every scorer of single answers by name; the retrieval measures come from `evals.retrieval`."""
    plain = (
        scorers.first_right,
        scorers.exact_match,
        scorers.citation_precision,
        scorers.citation_recall,
        scorers.citation_f1,
        scorers.abstention_precision,
        scorers.abstention_recall,
        scorers.false_refusal_rate,
        scorers.language_match,
        scorers.fact_coverage,
    )
    over_proposal = (scorers.invalid_citation_rate, scorers.quote_verbatim_rate)
    over_support = (
        statement_scorers.alce_citation_recall,
        statement_scorers.alce_citation_precision,
        statement_scorers.liu_citation_recall,
        statement_scorers.liu_citation_precision,
    )
    return {
        **{scorer.__name__: scorer for scorer in plain},
        **{make.__name__: make(proposal) for make in over_proposal},
        **{make.__name__: make(support) for make in over_support},
    }


def _with_error(score: Score, answer: GivenAnswer) -> Score:
    """The score, explained by the answer's error where it has one and counts."""
    return replace(score, explanation=answer.error) if answer.error and score.value is not None else score
