"""Answers are written out with markers that are exactly their citations, and rows hold all that the contract asks."""

from __future__ import annotations

import json
import re

import pytest

from assistant.citations import cite
from assistant.composing import headings
from assistant.domain import Answer, Language, Outcome, PassageId, Statement, StatementKind
from assistant.language import fold
from assistant.notices import notice
from assistant.rendering import answer_row, answer_text, marked, passage_row, quotations

JA, EN = Language.JAPANESE, Language.ENGLISH
ROW = {"outcome", "language", "text", "citations", "related", "statements", "confidence", "elapsed_ms"}


@pytest.fixture(scope="module")
def passage(proposal):
    """Gives a passage by its printed number."""
    return lambda number: proposal.passages[PassageId.parse(number)]


def _claims(passage, language, points=None):
    return [
        Statement(StatementKind.CLAIM, point.text[language], cite(passage, point.sentences, language))
        for point in passage.points
        if points is None or point.number in points
    ]


def _answer(statements, language, related=()):
    return Answer(Outcome.ANSWERED, language, tuple(statements), related, elapsed_ms=12.345)


@pytest.mark.parametrize("language", Language)
def test_the_markers_of_a_text_are_exactly_its_citations(proposal, language):
    """Over all passages together, the markers found in the text are the citations listed."""
    answer = _answer([s for p in proposal.passages.values() for s in _claims(p, language)], language)
    row = answer_row(answer)
    assert set(re.findall(r"\[((?:[A-F]|intro)-[0-9-]+)\]", row["text"])) == set(row["citations"])
    assert row["citations"] == [str(passage_id) for passage_id in proposal.passages]


def test_a_statement_is_marked_with_each_passage_once(passage):
    """Two sentences of one passage make one marker, two passages two."""
    both = Statement(StatementKind.CLAIM, "…", cite(passage("A-7"), [1, 2], JA) + cite(passage("D-3-1"), [1], JA))
    assert marked(both) == "…[A-7][D-3-1]"
    assert marked(notice("list_total", JA)) == notice("list_total", JA).text


@pytest.mark.parametrize(
    ("language", "heading", "quotation"),
    [
        pytest.param(
            JA, "原文の引用：", "[A-7] 4 ページ「日本のサイバー部隊は米国の 6 分の 1 ほどの規模であり、", id="ja"
        ),
        pytest.param(
            EN, "Quotations (unofficial translation):", "[A-7] p. 4: “Japan’s cyber units are about one-sixth", id="en"
        ),
    ],
)
def test_the_text_quotes_the_source_with_its_page(passage, language, heading, quotation):
    """Statements come first, then the verbatim sentences with pages, the translation labelled as unofficial."""
    claims = _claims(passage("A-7"), language, {6, 7})
    lines = answer_text(_answer(claims, language)).split("\n")
    assert lines[:4] == [marked(claims[0]), marked(claims[1]), "", heading]
    assert len(lines) == 5
    assert lines[4].startswith(quotation)


@pytest.mark.parametrize("language", Language)
def test_what_a_statement_gives_word_for_word_is_not_quoted_again(proposal, language):
    """A list of headings has no quotations, since each would repeat its line."""
    answer = _answer(headings(proposal.recommendations, language), language)
    assert quotations(answer) == []
    assert answer_text(answer).count("\n") == 55


def test_a_quotation_is_given_once(passage):
    """Points that restate the same sentence share one quotation."""
    answer = _answer(_claims(passage("A-7"), JA), JA)
    assert [citation.sentence for citation in quotations(answer)] == [0, 1, 2, 3]


@pytest.mark.parametrize("language", Language)
def test_a_row_holds_what_the_contract_asks(passage, language):
    """The batch form has outcome, language, text, citations, related, statements and time, ready for JSON."""
    claims = _claims(passage("E-3"), language, {7})
    row = answer_row(_answer([notice("list_total", language), *claims], language, (PassageId.parse("D-3-1"),)))
    assert set(row) == ROW
    assert json.loads(json.dumps(row)) == row
    assert (row["outcome"], row["language"]) == ("answered", language)
    assert (row["citations"], row["related"], row["elapsed_ms"]) == (["E-3"], ["D-3-1"], 12.3)
    said, claim = row["statements"]
    assert said == {"kind": "notice", "text": notice("list_total", language).text, "citations": []}
    assert (claim["kind"], claim["text"], claim["citations"]) == ("claim", claims[0].text, ["E-3"])
    assert [source["sentence"] for source in claim["sources"]] == [1, 3]


def test_a_row_gives_the_source_of_every_citation(proposal, passage):
    """Whatever the answer's language, page, lines and span lead to the Japanese original."""
    (statement,) = answer_row(_answer(_claims(passage("D-1-4"), EN, {2}), EN))["statements"]
    for source in statement["sources"]:
        start, end = source["span"]
        first, last = source["lines"]
        printed = proposal.source[start:end]
        assert fold(printed) == fold(source["original"])
        assert fold(printed) in fold("\n".join(proposal.source.split("\n")[first - 1 : last]))
        assert (source["page"], source["last_page"]) == (9, 10)


@pytest.mark.parametrize("language", Language)
def test_the_quote_of_a_statement_is_verbatim(proposal, language):
    """The quote in a row is found in the passage as it stands there."""
    made_up = [
        (str(passage.id), [source["sentence"] for source in statement["sources"]])
        for passage in proposal.passages.values()
        for statement in answer_row(_answer(_claims(passage, language), language))["statements"]
        if fold(statement["quote"]) not in fold(passage.title[language] + passage.body[language])
    ]
    assert made_up == []


def test_an_answer_of_notices_alone_has_no_citations():
    """An answer that says the proposal does not say cites nothing and quotes nothing."""
    said = notice("not_in_proposal", EN, nearest="A-1")
    row = answer_row(Answer(Outcome.NOT_IN_PROPOSAL, EN, (said,), (PassageId.parse("A-1"),)))
    assert row["text"] == said.text
    assert (row["citations"], row["related"]) == ([], ["A-1"])
    assert "quote" not in row["statements"][0]


def test_every_passage_has_a_row(proposal):
    """A passage's row holds number, place and text in both languages, and says that the translation is unofficial."""
    for passage in proposal.passages.values():
        row = passage_row(passage)
        assert json.loads(json.dumps(row)) == row
        assert row["id"] == str(passage.id)
        assert row["heading"] == {"ja": passage.title.ja, "en": passage.title.en}
        assert row["body"] == {"ja": passage.body.ja, "en": passage.body.en}
        assert proposal.source[slice(*row["span"])].strip()
        assert row["translation"] == "unofficial"


@pytest.mark.parametrize(
    ("number", "place"),
    [
        pytest.param("D-1-4", ("D", "D-1", 4, 9, 10), id="subsection"),
        pytest.param("E-10", ("E", None, 10, 14, 14), id="section"),
        pytest.param("intro-1", ("intro", None, 1, 1, 1), id="introduction"),
    ],
)
def test_a_row_tells_where_a_passage_stands(passage, number, place):
    """Section, subsection, number and pages are those of the print."""
    row = passage_row(passage(number))
    assert tuple(row[key] for key in ("section", "subsection", "number", "page", "last_page")) == place
    assert (row["subsection_title"] is None) == (row["subsection"] is None)
