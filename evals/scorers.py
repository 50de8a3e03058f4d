"""Owns the judging of one answer: every scorer turns a case and an answer into a score with its explanation.

A failed answer (a crash, a missing row) holds nothing and so scores the worst value wherever its case is in a scorer's
denominator. A case that is not in it is unscored, with the reason; there is no NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain import Outcome, Proposal
from evals.answers import GivenAnswer, GivenStatement
from evals.cases import Case
from evals.readings import is_verbatim, says_not_given, states, written_in

REFUSALS = (Outcome.NOT_IN_PROPOSAL, Outcome.NO_SUCH_RECOMMENDATION)


@dataclass(frozen=True, slots=True)
class Score:
    """One answer's score by one scorer: `hits` of `of`, with the value between 0 and 1, or None and why it has none."""

    value: float | None
    explanation: str
    hits: float = 0.0
    of: float = 0.0


Scorer = Callable[[Case, GivenAnswer], Score]


def share(hits: float, of: float, explanation: str) -> Score:
    """A score that is `hits` of `of`; 0 of 0 is 0, as for an answer that cites nothing."""
    return Score(hits / of if of else 0.0, explanation, hits, of)


def verdict(right: bool, explanation: str) -> Score:
    """A score of 1 or 0."""
    return Score(float(right), explanation, float(right), 1.0)


def unscored(reason: str) -> Score:
    """No score: the case is not in this scorer's denominator."""
    return Score(None, reason)


def only_detail_missing(case: Case, answer: GivenAnswer) -> bool:
    """Whether an answer to an unanswerable question says that it is not given, and cites only optional passages."""
    return (
        case.outcome is Outcome.NOT_IN_PROPOSAL
        and answer.outcome is Outcome.ANSWERED
        and all(source.passage_id in case.optional for source in answer.citations)
        and says_not_given(answer.statements)
    )


def abstains(case: Case, answer: GivenAnswer) -> bool:
    """Whether an answer says that the proposal does not answer the question, or has no such number."""
    return answer.outcome in REFUSALS or only_detail_missing(case, answer)


def citation_precision(case: Case, answer: GivenAnswer) -> Score:
    """The share of what is cited that is gold or optional: |cited ∩ (gold ∪ optional)| / |cited|, 0 for no citation."""
    if not case.gold:
        return unscored("nothing in particular is to be cited")
    allowed = {*case.gold, *case.optional}
    wrong = [source.printed for source in answer.citations if source.passage_id not in allowed]
    of = len(answer.citations)
    return share(of - len(wrong), of, f"wrongly cited: {', '.join(wrong)}" if wrong else f"cited {of}, none wrong")


def citation_recall(case: Case, answer: GivenAnswer) -> Score:
    """The share of the gold passages that are cited: |cited ∩ gold| / |gold|."""
    if not case.gold:
        return unscored("nothing in particular is to be cited")
    missing = [str(key) for key in case.gold if key not in answer.cited]
    return share(len(case.gold) - len(missing), len(case.gold), f"not cited: {', '.join(missing) or 'none'}")


def citation_f1(case: Case, answer: GivenAnswer) -> Score:
    """The harmonic mean of the answer's citation_precision and citation_recall."""
    precision, recall = citation_precision(case, answer).value, citation_recall(case, answer).value
    if precision is None or recall is None:
        return unscored("nothing in particular is to be cited")
    value = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(value, f"precision {precision:.2f}, recall {recall:.2f}", value, 1.0)


def exact_match(case: Case, answer: GivenAnswer) -> Score:
    """Whether the outcome is the expected one, all of gold is cited, and nothing outside gold ∪ optional.

    An unanswerable question is also answered right by saying that the detail is not given and citing only optional
    passages. A count over all 56 names no gold: there, any existing passages may be cited.
    """
    if answer.outcome is not case.outcome and not only_detail_missing(case, answer):
        return verdict(right=False, explanation=f"ended in {answer.outcome}, expected {case.outcome}")
    anything_goes = case.answerable and not case.gold
    allowed = {*case.gold, *case.optional}
    beyond = [s.printed for s in answer.citations if s.passage_id not in allowed and not anything_goes]
    missing = [str(key) for key in case.gold if key not in answer.cited]
    return verdict(
        not beyond and not missing,
        f"not cited: {', '.join(missing) or 'none'}; beyond gold and optional: {', '.join(beyond) or 'none'}",
    )


def first_right(case: Case, answer: GivenAnswer) -> Score:
    """Whether the passage cited first is one of gold."""
    if not case.gold:
        return unscored("nothing in particular is to be cited")
    first = answer.citations[0] if answer.citations else None
    return verdict(first is not None and first.passage_id in case.gold, f"cited first: {first and first.printed}")


def abstention_precision(case: Case, answer: GivenAnswer) -> Score:
    """Of the answers that abstain, the share of those whose question the proposal indeed does not answer."""
    if not abstains(case, answer):
        return unscored("did not abstain")
    return verdict(case.unanswerable, f"abstained; expected {case.outcome}")


def abstention_recall(case: Case, answer: GivenAnswer) -> Score:
    """Of the questions that the proposal does not answer, the share of those on which the system abstains.

    To say that the detail is not given, citing only optional passages, is to abstain too.
    """
    if not case.unanswerable:
        return unscored("not an unanswerable question")
    return verdict(abstains(case, answer), f"ended in {answer.outcome}")


def false_refusal_rate(case: Case, answer: GivenAnswer) -> Score:
    """Of the questions that the proposal answers, the share of those that are not answered; lower is better."""
    if not case.answerable:
        return unscored("not an answerable question")
    return verdict(answer.outcome is not Outcome.ANSWERED, f"ended in {answer.outcome}")


def language_match(case: Case, answer: GivenAnswer) -> Score:
    """Whether the answer's own text is written in the language expected, told by its letters."""
    written = written_in(answer.text)
    return verdict(written is case.language, f"written in {written or 'no language'}")


def fact_coverage(case: Case, answer: GivenAnswer) -> Score:
    """The share of the gold facts that the answer's own statements contain, quotations left out (see `states`)."""
    if not case.facts:
        return unscored("no facts expected")
    missing = [fact.text for fact in case.facts if not states(answer.text, fact)]
    return share(len(case.facts) - len(missing), len(case.facts), f"not stated: {' / '.join(missing) or 'none'}")


def invalid_citation_rate(proposal: Proposal) -> Scorer:
    """The scorer of the share of citations whose passage does not exist; lower is better."""

    def score(_: Case, answer: GivenAnswer) -> Score:
        if not answer.citations:
            return unscored("nothing cited")
        invalid = [source.printed for source in answer.citations if source.passage_id not in proposal.passages]
        return share(len(invalid), len(answer.citations), f"do not exist: {', '.join(invalid) or 'none'}")

    return score


def quote_verbatim_rate(proposal: Proposal) -> Scorer:
    """The scorer of the share of quotations that stand word for word in the passages that their statements cite."""

    def verbatim(statement: GivenStatement) -> bool:
        cited = [proposal.passages[s.passage_id] for s in statement.sources if s.passage_id in proposal.passages]
        return is_verbatim(statement.quote, cited)

    def score(_: Case, answer: GivenAnswer) -> Score:
        quoting = [statement for statement in answer.statements if statement.quote]
        if not quoting:
            return unscored("nothing quoted")
        wrong = [statement.quote for statement in quoting if not verbatim(statement)]
        return share(len(quoting) - len(wrong), len(quoting), f"not verbatim: {' / '.join(wrong) or 'none'}")

    return score
