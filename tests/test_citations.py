"""The check lets every point and heading through, and nothing that the cited sentences do not say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant.citations import StatementCheck, cite
from assistant.composing import headings
from assistant.domain import Language, PassageId, Statement, StatementKind, Verdict
from assistant.figures import figures
from assistant.notices import notice

JA, EN = Language.JAPANESE, Language.ENGLISH


@pytest.fixture(scope="module")
def check(proposal):
    """The check that every statement passes before a reader sees it."""
    return StatementCheck(proposal)


@pytest.fixture(scope="module")
def passage(proposal):
    """Gives a passage by its printed number."""
    return lambda number: proposal.passages[PassageId.parse(number)]


def _claim(passage, point, language):
    said = passage.points[point - 1]
    return Statement(StatementKind.CLAIM, said.text[language], cite(passage, said.sentences, language))


def _recited(statement, **changes):
    """The statement with its first citation changed."""
    first, *rest = statement.citations
    return replace(statement, citations=(replace(first, **changes), *rest))


@pytest.mark.parametrize("language", Language)
def test_every_point_passes(proposal, check, language):
    """All 449 points, each cited to the sentences that it restates, are let through."""
    claims = [
        _claim(passage, point.number, language) for passage in proposal.passages.values() for point in passage.points
    ]
    assert len(claims) == 449

    assert [fault for claim in claims for fault in check.faults(claim, language)] == []


@pytest.mark.parametrize("language", Language)
def test_every_heading_and_sentence_passes(proposal, check, language):
    """What the proposal itself says, cited to where it says so, is let through."""
    claims = headings(tuple(proposal.passages.values()), language)
    claims += [
        Statement(StatementKind.CLAIM, passage.verbatim(s.number, language), cite(passage, [s.number], language))
        for passage in proposal.passages.values()
        for s in passage.sentences
    ]
    assert len(claims) == 58 + 181

    assert [fault for claim in claims for fault in check.faults(claim, language)] == []


@pytest.mark.parametrize("language", Language)
def test_width_and_white_space_of_a_quotation_do_not_matter(passage, check, language):
    """A quotation is folded on both sides before it is looked for."""
    claim = _claim(passage("A-7"), 6, language)
    quote = claim.citations[0].quote
    for typed in (quote.replace(" ", ""), quote.replace("6", "６"), quote.replace("、", "、\n"), f" {quote} "):
        assert check.faults(_recited(claim, quote=typed), language) == []


@pytest.mark.parametrize("language", Language)
def test_every_changed_number_is_refused(proposal, check, language):
    """No quotation of the whole proposal passes with one of its digits changed."""
    tried, passed = 0, []
    for passage in proposal.passages.values():
        for sentence in (passage.heading, *passage.sentences):
            quote = passage.verbatim(sentence.number, language)
            claim = Statement(StatementKind.CLAIM, quote, cite(passage, [sentence.number], language))
            for digit in re.finditer("[0-9０-９]", quote):
                changed = quote[: digit.start()] + str((int(digit[0]) + 1) % 10) + quote[digit.end() :]
                tried += 1
                if not check.faults(_recited(claim, quote=changed), language):
                    passed.append(changed)
    assert tried > 50
    assert passed == []


@pytest.mark.parametrize("language", Language)
def test_every_changed_number_of_a_claim_is_refused(proposal, check, language):
    """No point passes with one of its digits changed, however well it is cited."""
    passed = []
    for passage in proposal.passages.values():
        for point in passage.points:
            claim = _claim(passage, point.number, language)
            for digit in re.finditer("[0-9]", claim.text):
                changed = claim.text[: digit.start()] + str((int(digit[0]) + 1) % 10) + claim.text[digit.end() :]
                if not check.faults(replace(claim, text=changed), language):
                    passed.append(changed)
    assert passed == []


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        pytest.param(JA, "6 分の 1", "5 分の 1", id="number-ja"),
        pytest.param(EN, "one-sixth", "one-fifth", id="number-en"),
        pytest.param(JA, "日本の", "韓国の", id="name-ja"),
        pytest.param(EN, "Japan’s", "Korea’s", id="name-en"),
        pytest.param(JA, "求められる", "求められない", id="negation-ja"),
        pytest.param(EN, "is called for", "is not called for", id="negation-en"),
        pytest.param(JA, "、まず、", "……", id="left-out-ja"),
        pytest.param(EN, ", first,", " …", id="left-out-en"),
        pytest.param(JA, "日本の", "日本軍の", id="put-in-ja"),
        pytest.param(EN, "cyber units", "large cyber units", id="put-in-en"),
        pytest.param(JA, "進めることが求められる。", "進めることが求められる。以上。", id="added-ja"),
        pytest.param(EN, "the United States.", "the United States. Indeed.", id="added-en"),
    ],
)
def test_a_changed_quotation_is_refused(passage, check, language, old, new):
    """One word or number of a quotation changed, left out or put in is enough."""
    claim = _claim(passage("A-7"), 6, language)
    quote = claim.citations[0].quote
    assert old in quote
    (fault,) = check.faults(_recited(claim, quote=quote.replace(old, new)), language)
    assert fault.startswith("not verbatim in A-7")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda c, _: _recited(c, quote=""), "not verbatim", id="empty-quotation"),
        pytest.param(lambda c, o: _recited(c, quote=o.quote), "not verbatim", id="quote-of-another-sentence"),
        pytest.param(lambda c, o: _recited(c, span=o.span), "the span of A-7 reads", id="span-of-another-sentence"),
        pytest.param(lambda c, o: _recited(c, original=o.original), "the span of A-7 reads", id="other-original"),
        pytest.param(
            lambda c, o: _recited(c, sentence=o.sentence), "the span of A-7 reads", id="number-of-another-sentence"
        ),
        pytest.param(
            lambda c, _: _recited(c, passage_id=PassageId.parse("D-3-2")), "the span of D-3-2 reads", id="wrong-passage"
        ),
        pytest.param(
            lambda c, _: _recited(c, passage_id=PassageId.parse("A-9")), "there is no passage A-9", id="no-such-passage"
        ),
        pytest.param(
            lambda c, _: _recited(c, span=replace(c.citations[0].span, start=0)),
            "the span of A-7 reads",
            id="long-span",
        ),
        pytest.param(
            lambda c, _: _recited(c, span=replace(c.citations[0].span, end=c.citations[0].span.end - 1)),
            "the span of A-7 reads",
            id="span-one-character-short",
        ),
        pytest.param(
            lambda c, o: _recited(c, span=o.span, original=o.original), "span", id="span-and-original-of-elsewhere"
        ),
        pytest.param(lambda c, _: _recited(c, span=replace(c.citations[0].span, page=9)), "span", id="wrong-page"),
        pytest.param(
            lambda c, _: _recited(c, span=replace(c.citations[0].span, first_line=1)), "span", id="wrong-line"
        ),
    ],
)
def test_a_wrong_citation_is_refused(passage, check, language, spoil, said):
    """Passage, sentence, quotation, original and span of a citation must all be those of one place."""
    other = cite(passage("A-7"), [1], language)[0]
    faults = check.faults(spoil(_claim(passage("A-7"), 6, language), other), language)
    assert [said in fault for fault in faults] == [True]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("number", [99, -1])
def test_a_sentence_that_does_not_exist_is_refused(passage, check, language, number):
    """A sentence number out of range is a fault, not a crash."""
    claim = _recited(_claim(passage("A-1"), 1, language), sentence=number)
    assert check.faults(claim, language)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    ("number", "point", "cited"),
    [
        pytest.param("A-7", 6, [1], id="another-sentence"),
        pytest.param("A-7", 6, [0], id="the-heading"),
        pytest.param("E-3", 7, [1], id="one-of-two-sentences"),
        pytest.param("E-3", 7, [3], id="the-other-of-two-sentences"),
        pytest.param("A-7", 6, [1, 3], id="one-sentence-too-many"),
    ],
)
def test_a_point_must_cite_the_very_sentences_it_rests_on(passage, check, language, number, point, cited):
    """A point cited to more, fewer or other sentences than it restates is refused."""
    claim = replace(_claim(passage(number), point, language), citations=cite(passage(number), cited, language))
    assert check.faults(claim, language) == [f"the sentences cited do not say this: {claim.text!r}"]


@pytest.mark.parametrize("language", Language)
def test_every_citation_of_a_claim_must_support_it(passage, check, language):
    """A claim that cites another passage beside its own is refused: the marker would be false."""
    claim = _claim(passage("A-7"), 6, language)
    claim = replace(claim, citations=claim.citations + cite(passage("E-10"), [1], language))
    assert check.faults(claim, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param(JA, "日本のサイバー部隊は、米国の5分の1ほどの規模である。", id="number-changed-ja"),
        pytest.param(
            EN,
            "Japan’s cyber units are about one-fifth the size of those of the United States.",
            id="number-changed-en",
        ),
        pytest.param(JA, "日本のサイバー部隊は、米国の6分の1ほどの規模ではない。", id="negated-ja"),
        pytest.param(
            EN, "Japan’s cyber units are not about one-sixth the size of those of the United States.", id="negated-en"
        ),
        pytest.param(JA, "日本のサイバー部隊は小さい。", id="paraphrase-ja"),
        pytest.param(EN, "Japan’s cyber units are small.", id="paraphrase-en"),
        pytest.param(
            JA, "日本のサイバー部隊は、米国の6分の1ほどの規模である。だから増やすべきだ。", id="more-than-a-point-ja"
        ),
        pytest.param(
            EN,
            "It is known that Japan’s cyber units are about one-sixth the size of those of the United States.",
            id="more-than-a-point-en",
        ),
        pytest.param(
            JA,
            "Japan’s cyber units are about one-sixth the size of those of the United States.",
            id="point-in-the-other-language",
        ),
        pytest.param(EN, "日本のサイバー部隊は、米国の6分の1ほどの規模である。", id="point-in-the-other-language-en"),
        pytest.param(JA, "日本は、まずサイバー部隊の拡充を", id="half-a-point"),
        pytest.param(JA, "", id="nothing"),
    ],
)
def test_a_claim_that_is_no_point_is_refused(passage, check, language, text):
    """Only the points and sentences of the cited passages may be claimed, word for word."""
    claim = replace(_claim(passage("A-7"), 6, language), text=text)
    assert check.faults(claim, language) == [f"the sentences cited do not say this: {text!r}"]


@pytest.mark.parametrize("language", Language)
def test_a_claim_without_a_citation_is_refused(passage, check, language):
    """What the proposal says is never said uncited."""
    claim = replace(_claim(passage("A-7"), 6, language), citations=())
    assert check.faults(claim, language) == [f"a claim without a citation: {claim.text!r}"]


@pytest.mark.parametrize("language", Language)
def test_a_notice_passes_without_a_citation_only(passage, check, language):
    """A notice cites nothing."""
    said = notice("list_total", language)
    assert check.faults(said, language) == []
    assert check.faults(replace(said, citations=cite(passage("A-7"), [1], language)), language) == ["a notice cites"]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("marker", ["[D-1-5]", "[A-7]", "[intro-1]", "[A-99]"])
def test_a_smuggled_marker_is_refused(passage, check, language, marker):
    """Markers come from citations alone; a text that carries one of its own is refused."""
    claim = _claim(passage("A-7"), 6, language)
    for statement in (claim, notice("list_total", language)):
        marked = replace(statement, text=f"{statement.text}{marker}")
        assert check.faults(marked, language) == [f"the text carries a marker of its own: {marked.text!r}"]


@pytest.mark.parametrize("language", Language)
def test_a_citation_is_made_of_fixed_spans(proposal, language):
    """A citation carries the page, span and Japanese of its sentence, and the quotation in the answer's language."""
    for passage in proposal.passages.values():
        for sentence, citation in zip(
            passage.sentences, cite(passage, range(1, 99)[: len(passage.sentences)], language), strict=True
        ):
            assert (citation.passage_id, citation.sentence) == (passage.id, sentence.number)
            assert (citation.span, citation.page) == (sentence.span, sentence.span.page)
            assert citation.original == sentence.text
            assert citation.quote == passage.verbatim(sentence.number, language)
            assert figures(sentence.text) <= figures(citation.quote)


def test_a_claim_in_one_language_is_refused_in_the_other(passage, check):
    """The check holds quotation and claim against the text of the answer's language."""
    assert check.faults(_claim(passage("A-7"), 6, JA), EN)
    assert check.faults(_claim(passage("A-7"), 6, EN), JA)


@pytest.mark.parametrize(
    ("verdict", "passes"),
    [
        pytest.param(Verdict((), ((PassageId.parse("D-1-5"), 1),)), True, id="passed"),
        pytest.param(Verdict(("an altered figure",), ((PassageId.parse("D-1-5"), 1),)), False, id="faulty"),
        pytest.param(Verdict((), ((PassageId.parse("D-1-5"), 0),)), False, id="other-sentence"),
        pytest.param(Verdict(()), False, id="no-support"),
    ],
)
def test_a_free_sentence_rests_on_what_its_check_found(proposal, passage, verdict, passes):
    """A sentence of a chat model passes only with the very citations that the check of free sentences found for it."""
    statement = Statement(StatementKind.CLAIM, "両国は同じ基地を使うべきだ。", cite(passage("D-1-5"), [1], JA))
    asked = []

    def free(text, cited, language):
        asked.append((text, tuple(map(str, cited)), language))
        return verdict

    assert (StatementCheck(proposal, free).faults(statement, JA) == []) is passes
    assert asked == [("両国は同じ基地を使うべきだ。", ("D-1-5",), JA)]
    assert StatementCheck(proposal).faults(statement, JA) != []
