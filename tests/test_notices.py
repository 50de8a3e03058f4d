"""Notices exist in both languages, with the same variables, and are rendered strictly."""

from __future__ import annotations

import re
from string import Template

import pytest

from assistant.domain import Language, StatementKind
from assistant.errors import PromptError
from assistant.language import detect_language
from assistant.notices import notice, notices, wording


def _variables(text):
    return sorted(Template(text).get_identifiers())


@pytest.fixture(params=sorted(notices()))
def name(request):
    """The name of every notice in turn."""
    return request.param


def test_both_languages_have_the_same_variables(name):
    """What a notice tells in Japanese it tells in English."""
    assert _variables(notices()[name].ja) == _variables(notices()[name].en)


def test_a_notice_is_in_its_language(name):
    """Each wording is in the language under which it stands."""
    assert detect_language(notices()[name].ja) is Language.JAPANESE
    assert detect_language(Template(notices()[name].en).safe_substitute()) is Language.ENGLISH


@pytest.mark.parametrize("language", Language)
def test_a_rendered_notice_has_no_variable_left(name, language):
    """Given its variables, a notice is whole: each value appears and no `$` remains."""
    values = {variable: f"({variable} given)" for variable in _variables(notices()[name][language])}
    text = wording(name, language, **values)
    assert "$" not in text
    assert all(value in text for value in values.values())


@pytest.mark.parametrize("language", Language)
def test_a_notice_carries_no_marker(name, language):
    """A notice never looks like a citation."""
    assert not re.search(r"[\[\]［］]", notices()[name][language])


def test_a_notice_is_a_statement_without_citations():
    """A notice is recognisable as such."""
    said = notice("list_total", Language.ENGLISH)
    assert said.kind is StatementKind.NOTICE
    assert said.citations == ()
    assert said.text == wording("list_total", Language.ENGLISH)


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        pytest.param("no_such_notice", {}, "no notice 'no_such_notice'", id="unknown-notice"),
        pytest.param("section_listing", {}, "given were []", id="no-values"),
        pytest.param(
            "invalid_too_long", {"length": 5_000}, "found the variables ['length', 'limit']", id="one-missing"
        ),
        pytest.param("greeting", {"whom": "you"}, "given were ['whom']", id="one-too-many"),
        pytest.param("invalid_too_long", {"length": 1, "limits": 2}, "given were ['length', 'limits']", id="misspelt"),
    ],
)
def test_rendering_is_strict(name, values, said):
    """Missing variables, unused values and unknown names are refused, saying what was found and what was given."""
    with pytest.raises(PromptError, match=re.escape(said)):
        wording(name, Language.JAPANESE, **values)


def test_a_value_is_put_in_as_it_is():
    """A `$` that a reader typed is not read as a variable."""
    assert "$first" in wording("scope_word", Language.ENGLISH, word="$first")


def test_the_numbers_in_notices_are_those_of_the_proposal(proposal):
    """The wordings say how many recommendations there are, and which are the first and the last."""
    count = str(len(proposal.recommendations))
    first, last = (str(proposal.recommendations[position].id) for position in (0, -1))
    for language in Language:
        for name in ("list_total", "list_count", "list_none", "range_of_all"):
            assert re.findall("[0-9]{2,}", notices()[name][language]) == [count]
        assert first in notices()["range_of_all"][language]
        assert last in notices()["range_of_all"][language]
