"""Owns the citations: making them from fixed spans, and the check that every statement passes before a reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.domain import Citation, Language, Passage, Proposal, Statement, StatementKind
from assistant.language import fold
from assistant.source_text import join_lines

_MARKER = re.compile(r"\[[^\]]*\]")


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


class StatementCheck:
    """Holds statements against the proposal."""

    def __init__(self, proposal: Proposal) -> None:
        self._proposal = proposal

    def faults(self, statement: Statement, language: Language) -> list[str]:
        """What is wrong with a statement; an empty list lets it pass.

        A claim must cite, each quotation must be found verbatim (width and white space folded) where its span says,
        and the claim must be a point or a sentence of a cited passage that rests on the very sentences cited.
        """
        if _MARKER.search(statement.text):
            return [f"the text carries a marker of its own: {statement.text!r}"]
        if statement.kind is StatementKind.NOTICE:
            return ["a notice cites"] if statement.citations else []
        if not statement.citations:
            return [f"a claim without a citation: {statement.text!r}"]
        faults = [fault for citation in statement.citations for fault in self._citation_faults(citation, language)]
        if not faults and not self._supported(statement, language):
            faults.append(f"the sentences cited do not say this: {statement.text!r}")
        return faults

    def _citation_faults(self, citation: Citation, language: Language) -> list[str]:
        passage = self._proposal.passages.get(citation.passage_id)
        if passage is None:
            return [f"there is no passage {citation.passage_id}"]
        printed = join_lines(self._proposal.source[citation.span.start : citation.span.end])
        if printed != citation.original:
            return [f"the span of {citation.passage_id} reads {printed[:30]!r}, not {citation.original[:30]!r}"]
        text = passage.verbatim(citation.sentence, language)
        if not citation.quote or fold(citation.quote) not in fold(text):
            return [f"not verbatim in {citation.passage_id}: {citation.quote!r}"]
        return []

    def _supported(self, statement: Statement, language: Language) -> bool:
        cited = {(citation.passage_id, citation.sentence) for citation in statement.citations}
        said = fold(statement.text)
        for passage_id in statement.passage_ids:
            passage = self._proposal.passages[passage_id]
            sentences = [number for cited_id, number in cited if cited_id == passage_id]
            if any(said == fold(passage.verbatim(number, language)) for number in sentences):
                return True
            for point in passage.points:
                if said == fold(point.text[language]) and set(point.sentences) <= set(sentences):
                    return True
        return False
