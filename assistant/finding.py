"""Owns which passages answer a request: by number, by scope, or by the fused search, and when none does."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain import Found, Hit, Outcome, Passage, PassageId, Proposal, Request, RequestKind
from assistant.scopes import ScopeReader
from assistant.search import Search
from assistant.search.fusion import best_raw_scores, fuse

RELATED = 3
"""Nearby passages offered beside an answer."""
MOST_CITED = 3
"""Passages cited for a question in words."""
NEXT_TO_BEST = 0.8
"""The share of the best fused score from which a further passage is cited too."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """The raw scores under which a question is about something else; both must be low.

    Chosen so that next to no question of the bank is refused; the calibrated decision is work to come.
    """

    words: float = 8.0
    meaning: float = 0.84


class Finder:
    """Finds the passages that answer a request."""

    def __init__(self, proposal: Proposal, scopes: ScopeReader, searches: tuple[Search, ...]) -> None:
        self._proposal = proposal
        self._scopes = scopes
        self._searches = searches

    def __call__(self, request: Request) -> Found:
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
                return Found(Outcome.ANSWERED, self._scopes.within(request.scope) if request.scope else ())
            case RequestKind.SEARCH:
                return self._search(request.text)

    def _search(self, question: str) -> Found:
        rankings = [search(question, limit=len(self._proposal.passages)) for search in self._searches]
        hits = fuse(rankings, limit=MOST_CITED + RELATED)
        if refused(best_raw_scores(rankings)):
            return Found(Outcome.NOT_IN_PROPOSAL, related=_ids(hits[:RELATED]))
        cited = [hit for hit in hits[:MOST_CITED] if hit.score >= NEXT_TO_BEST * hits[0].score]
        passages = tuple(self._proposal.passages[hit.passage_id] for hit in cited)
        return Found(Outcome.ANSWERED, passages, _ids(hits[len(cited) : len(cited) + RELATED]))


def refused(best: dict[str, float], refusal: Refusal = Refusal()) -> bool:
    """Whether the best raw scores are so low that the proposal says nothing about the question."""
    return best["words"] < refusal.words and best["meaning"] < refusal.meaning


def _ids(hits: list[Hit]) -> tuple[PassageId, ...]:
    return tuple(hit.passage_id for hit in hits)
