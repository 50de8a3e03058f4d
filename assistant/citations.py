"""Owns the citations: made from fixed spans, and the check that every statement passes before it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from assistant.domain import Citation, Language, Passage, PassageId, Proposal, Statement, StatementKind, Verdict
from assistant.language import fold_width
from assistant.source_text import join_lines

_MARKER = re.compile(r"\[\s*(?:intro|[A-Z])(?:-?[0-9]+)*\s*\]")


def cite(passage: Passage, sentences: Iterable[int], language: Language) -> tuple[Citation, ...]:
    """Citations of the numbered sentences of a passage (0 is the heading), quoted verbatim in the answer's language."""
    return tuple(
        Citation(
            passage_id=passage.id,
            sentence=number,
            span=passage.sentence(number).span,
            quote=passage.verbatim(number, language),
            original=passage.sentence(number).text,
        )
        for number in sentences
    )


class SentenceCheck(Protocol):
    """Tells whether a freely written sentence says what the passages that it cites say, and which sentences do."""

    def __call__(self, text: str, cited: Sequence[PassageId], language: Language) -> Verdict:
        """The verdict on a sentence without its markers, and on the passages that these cite."""


class StatementCheck:
    """Holds statements against the proposal."""

    def __init__(self, proposal: Proposal, free: SentenceCheck | None = None) -> None:
        """`free` judges what is no point nor sentence of the proposal; without it nothing else passes."""
        self._proposal = proposal
        self._free = free

    def faults(self, statement: Statement, language: Language) -> list[str]:
        """What is wrong with a statement; an empty list lets it pass.

        A claim must cite; each citation must be a sentence with its own span, quoted verbatim (width and white space
        folded); and of every passage cited the claim must be a point or sentence that rests on the very ones cited,
        or be a sentence that the check of free sentences finds to rest on them.
        """
        if _MARKER.search(statement.text):
            return [f"the text carries a marker of its own: {statement.text!r}"]
        if statement.kind is StatementKind.NOTICE:
            return ["a notice cites"] if statement.citations else []
        if not statement.citations:
            return [f"a claim without a citation: {statement.text!r}"]
        faults = [fault for citation in statement.citations for fault in self._citation_faults(citation, language)]
        if not faults and not self._supported(statement, language) and not self._rests_freely(statement, language):
            faults.append(f"the sentences cited do not say this: {statement.text!r}")
        return faults

    def _citation_faults(self, citation: Citation, language: Language) -> list[str]:
        passage = self._proposal.passages.get(citation.passage_id)
        if passage is None:
            return [f"there is no passage {citation.passage_id}"]
        if not 0 <= citation.sentence <= len(passage.sentences):
            return [f"{citation.passage_id} has no sentence {citation.sentence}"]
        printed = join_lines(self._proposal.source[citation.span.start : citation.span.end])
        if citation.span != passage.sentence(citation.sentence).span or printed != citation.original:
            return [f"the span of {citation.passage_id} reads {printed[:30]!r}, not {citation.original[:30]!r}"]
        if fold_width(citation.quote) != fold_width(passage.verbatim(citation.sentence, language)):
            return [f"not verbatim in {citation.passage_id}: {citation.quote!r}"]
        return []

    def _rests_freely(self, statement: Statement, language: Language) -> bool:
        if self._free is None:
            return False
        verdict = self._free(statement.text, statement.passage_ids, language)
        return not verdict.faults and {(c.passage_id, c.sentence) for c in statement.citations} == set(
            verdict.sentences
        )

    def _supported(self, statement: Statement, language: Language) -> bool:
        said = fold_width(statement.text)

        def says(passage: Passage, sentences: set[int]) -> bool:
            if len(sentences) == 1 and said == fold_width(passage.verbatim(*sentences, language)):
                return True
            return any(
                said == fold_width(point.text[language]) and set(point.sentences) == sentences
                for point in passage.points
            )

        return all(
            says(
                self._proposal.passages[passage_id],
                {citation.sentence for citation in statement.citations if citation.passage_id == passage_id},
            )
            for passage_id in statement.passage_ids
        )
