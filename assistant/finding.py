"""Owns which passages answer a request: by number, by scope, or by the fused search, and when none does."""

from __future__ import annotations

from collections.abc import Callable

from assistant.domain import Found, Hit, Language, Outcome, PassageId, Proposal, Request, RequestKind
from assistant.language import detect_language
from assistant.scopes import ScopeReader
from assistant.search import Search
from assistant.search.fusion import fuse
from assistant.words import names

RELATED = 3
"""Nearby passages offered beside an answer."""
MOST_CITED = 4
"""Passages cited for a question in words."""
NEXT_TO_BEST = 0.8
"""The share of the best fused score from which a further passage is cited too; chosen on the development questions."""
PLAINLY_FEW_WORDS = 5.0
PLAINLY_FAR = {Language.JAPANESE: 0.86, Language.ENGLISH: 0.825}
"""Raw scores (BM25; cosine by the question's language) under which, both together, a question is about something else.

Chosen on the development questions: they refuse 61% of the off-topic ones and 3% of those that can be answered.
"""


class Finder:
    """Finds the passages that answer a request."""

    def __init__(
        self,
        proposal: Proposal,
        scopes: ScopeReader,
        searches: tuple[Search, ...],
        knows: Callable[[str], bool],
    ) -> None:
        self._proposal = proposal
        self._scopes = scopes
        self._searches = searches
        self._knows = knows

    def __call__(self, request: Request) -> Found:  # noqa: PLR0911 - one per kind
        """The passages, in the order in which the answer treats them, and the outcome that follows."""
        match request.kind:
            case RequestKind.INVALID:
                return Found(Outcome.INVALID_QUESTION)
            case RequestKind.GREETING:
                return Found(Outcome.GREETING)
            case RequestKind.MISSING_NUMBER:
                return Found(Outcome.NO_SUCH_RECOMMENDATION)
            case RequestKind.LOOKUP:
                return Found(
                    Outcome.ANSWERED, tuple(self._proposal.passages[key] for key in request.references.passage_ids)
                )
            case RequestKind.SECTION:
                sections = request.references.sections
                return Found(Outcome.ANSWERED, tuple(p for section in sections for p in self._proposal.within(section)))
            case RequestKind.LIST:
                return Found(Outcome.ANSWERED, self._scopes.within(request.scope))
            case RequestKind.SEARCH:
                return self._search(request.text)

    def _search(self, question: str) -> Found:
        rankings = [search(question, limit=len(self._proposal.passages)) for search in self._searches]
        hits = fuse(rankings, limit=MOST_CITED + RELATED)
        unknown = tuple(name for name in names(question) if not self._knows(name))
        if _plainly_elsewhere(question, rankings):
            return Found(Outcome.NOT_IN_PROPOSAL, related=_ids(hits[:RELATED]), unknown=unknown)
        cited = [hit for hit in hits[:MOST_CITED] if hit.score >= NEXT_TO_BEST * hits[0].score]
        passages = tuple(self._proposal.passages[hit.passage_id] for hit in cited)
        return Found(Outcome.ANSWERED, passages, _ids(hits[len(cited) : len(cited) + RELATED]), unknown)


def _plainly_elsewhere(question: str, rankings: list[list[Hit]]) -> bool:
    """Whether the best raw scores are plainly low; standard scores are relative to the question and cannot tell."""
    best = {ranking[0].found_by: ranking[0].score for ranking in rankings}
    far = PLAINLY_FAR[detect_language(question) or Language.JAPANESE]
    return best["words"] < PLAINLY_FEW_WORDS and best["meaning"] < far


def _ids(hits: list[Hit]) -> tuple[PassageId, ...]:
    return tuple(hit.passage_id for hit in hits)
