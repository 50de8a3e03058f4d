"""Owns how answers and passages are written out: as plain text with markers, and as rows of JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.domain import Answer, Citation, Language, Passage, Span, Statement
from assistant.notices import wording


def marked(statement: Statement) -> str:
    """A statement with the markers of the passages that it cites: `… すべきである。[D-1-5]`."""
    return statement.text + "".join(f"[{passage_id}]" for passage_id in statement.passage_ids)


def quotations(answer: Answer) -> list[Citation]:
    """The citations whose quotation adds something: those that the statement does not already give word for word."""
    return list(
        dict.fromkeys(
            citation
            for statement in answer.statements
            for citation in statement.citations
            if citation.quote != statement.text
        )
    )


def answer_text(answer: Answer) -> str:
    """The whole answer as plain text: statements with markers, then the verbatim quotations with pages."""
    lines = [marked(statement) for statement in answer.statements]
    quoted = [
        f"[{citation.passage_id}] " + wording("quotation", answer.language, page=citation.page, quote=citation.quote)
        for citation in quotations(answer)
    ]
    if quoted:
        lines += ["", wording("quotations", answer.language), *quoted]
    return "\n".join(lines)


def usage_line(answer: Answer) -> str:
    """What the chat model took for an answer, in one line; empty where none was asked."""
    usage = answer.usage
    if usage is None:
        return ""
    return wording(
        "chat_usage",
        answer.language,
        model=usage.model,
        read=_counted(usage.input_tokens),
        written=_counted(usage.output_tokens),
        seconds=f"{answer.elapsed_ms / 1000:.1f}",
        repaired=usage.repaired,
        dropped=usage.dropped,
    )


def _counted(tokens: int | None) -> str:
    return "–" if tokens is None else f"{tokens:,}"


def answer_row(answer: Answer) -> dict[str, Any]:
    """The answer in the batch form of the contract, without the row's id; with `usage` where a model was asked."""
    row = {
        "outcome": answer.outcome.value,
        "language": answer.language.value,
        "text": answer_text(answer),
        "citations": [str(passage_id) for passage_id in answer.passage_ids],
        "related": [str(passage_id) for passage_id in answer.related],
        "statements": [_statement_row(statement, answer.language) for statement in answer.statements],
        "confidence": None if answer.confidence is None else round(answer.confidence, 3),
        "elapsed_ms": round(answer.elapsed_ms, 1),
    }
    return row if answer.usage is None else {**row, "usage": asdict(answer.usage)}


def _statement_row(statement: Statement, language: Language) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": statement.kind.value,
        "text": statement.text,
        "citations": [str(passage_id) for passage_id in statement.passage_ids],
    }
    if statement.citations:
        row["quote"] = _longest_run(statement.citations, language)
        row["sources"] = [
            {
                "id": str(citation.passage_id),
                "sentence": citation.sentence,
                "quote": citation.quote,
                "original": citation.original,
                **_span_row(citation.span),
            }
            for citation in statement.citations
        ]
    return row


def _longest_run(citations: tuple[Citation, ...], language: Language) -> str:
    """The longest stretch of the cited sentences that stands so in the text: never sentences that are apart."""
    runs: list[list[Citation]] = []
    for citation in sorted(citations, key=lambda citation: citation.span.start):
        follows = runs and runs[-1][-1].sentence and citation.sentence == runs[-1][-1].sentence + 1
        if follows and citation.passage_id == runs[-1][-1].passage_id:
            runs[-1].append(citation)
        else:
            runs.append([citation])
    longest = max(runs, key=lambda run: (run[0].sentence > 0, len(run)))
    return ("" if language is Language.JAPANESE else " ").join(citation.quote for citation in longest)


def passage_row(passage: Passage) -> dict[str, Any]:
    """A passage with everything a program needs to cite it."""
    return {
        "id": str(passage.id),
        "section": passage.id.section,
        "subsection": str(passage.id.section_id) if passage.subsection else None,
        "number": passage.id.number,
        "section_title": _both(passage.section.title.ja, passage.section.title.en),
        "subsection_title": passage.subsection and _both(passage.subsection.title.ja, passage.subsection.title.en),
        **_span_row(passage.span),
        "heading": _both(passage.title.ja, passage.title.en),
        "body": _both(passage.body.ja, passage.body.en),
        "actors": sorted(passage.actors),
        "translation": "unofficial",
    }


def _both(japanese: str, english: str) -> dict[str, str]:
    return {"ja": japanese, "en": english}


def _span_row(span: Span) -> dict[str, Any]:
    return {
        "page": span.page,
        "last_page": span.last_page,
        "lines": [span.first_line, span.last_line],
        "span": [span.start, span.end],
    }
