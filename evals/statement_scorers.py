"""Owns the judging of an answer statement by statement: does what is cited support what is said?

Two pairs of measures of the field, over claims; notices speak of the proposal as a whole and need no citation. ALCE's
are per answer, for questions that the proposal answers (an answer without a claim scores 0); Liu et al.'s are pooled
over all claims and citations of all answers. What counts as support is `evals.support`'s business.
"""

from __future__ import annotations

from assistant.domain import Outcome
from evals.answers import GivenAnswer, GivenStatement, Source
from evals.cases import Case
from evals.scorers import Score, Scorer, share, unscored
from evals.support import Support


def alce_citation_recall(support: Support) -> Scorer:
    """The scorer of the share of an answer's claims that their citations, taken together, fully support.

    Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations", §4.3, with the corpus' spans for
    the entailment model.
    """

    def score(case: Case, answer: GivenAnswer) -> Score:
        if case.outcome is not Outcome.ANSWERED:
            return unscored("not an answerable question")
        unsupported = [claim.text for claim in answer.claims if not support.fully(claim.text, claim.sources)]
        of = len(answer.claims)
        return share(of - len(unsupported), of, f"not fully supported: {' / '.join(unsupported) or 'none'}")

    return score


def alce_citation_precision(support: Support) -> Scorer:
    """The scorer of the share of an answer's citations that are not irrelevant.

    Gao et al. 2023, §4.3: a citation counts when its claim is fully supported and it is needed, that is, it supports
    the claim alone or the other citations no longer do without it.
    """

    def score(case: Case, answer: GivenAnswer) -> Score:
        if case.outcome is not Outcome.ANSWERED:
            return unscored("not an answerable question")
        citations = [(claim, source) for claim in answer.claims for source in claim.sources]
        irrelevant = [source.printed for claim, source in citations if not _is_relevant(support, claim, source)]
        of = len(citations)
        return share(of - len(irrelevant), of, f"irrelevant: {', '.join(irrelevant) or 'none'}")

    return score


def liu_citation_recall(support: Support) -> Scorer:
    """The scorer of the claims that their citations fully support, of all claims.

    Liu, Zhang & Liang 2023, "Evaluating Verifiability in Generative Search Engines", §2.3.
    """

    def score(_: Case, answer: GivenAnswer) -> Score:
        if not answer.claims:
            return unscored("nothing claimed")
        supported = sum(support.fully(claim.text, claim.sources) for claim in answer.claims)
        return share(supported, len(answer.claims), f"{supported} of {len(answer.claims)} claims supported")

    return score


def liu_citation_precision(support: Support) -> Scorer:
    """The scorer of the citations that support their claims, of all citations: (T_fs + T_ps) / N.

    Liu, Zhang & Liang 2023, §2.3: T_fs support their claim fully; T_ps support it partly, where the claim is fully
    supported by all its citations together and by none alone.
    """

    def score(_: Case, answer: GivenAnswer) -> Score:
        cited = [claim for claim in answer.claims if claim.sources]
        if not cited:
            return unscored("nothing cited by a claim")
        supporting, of = 0, 0
        for claim in cited:
            alone = [support.fully(claim.text, [source]) for source in claim.sources]
            together = not any(alone) and support.fully(claim.text, claim.sources)
            partly = [together and support.partly(claim.text, source) for source in claim.sources]
            supporting += sum(full or part for full, part in zip(alone, partly, strict=True))
            of += len(claim.sources)
        return share(supporting, of, f"{supporting} of {of} citations support their claim")

    return score


def _is_relevant(support: Support, claim: GivenStatement, source: Source) -> bool:
    if not support.fully(claim.text, claim.sources):
        return False
    others = [other for other in claim.sources if other != source]
    return support.fully(claim.text, [source]) or not support.fully(claim.text, others)
