"""Sections are found by what readers call them."""

from __future__ import annotations

import pytest

from assistant.embedding import load_embedding
from assistant.search import question_vector
from assistant.search.sections import SectionSearch


@pytest.fixture(scope="module")
def nearest(proposal):
    """The search with the bundled encoder."""
    return SectionSearch(proposal, question_vector(load_embedding(None)))


@pytest.mark.parametrize(
    ("words", "section"),
    [
        pytest.param("hacking", "D-3", id="hacking"),
        pytest.param("ハッキング対策", "D-3", id="hacking-ja"),
        pytest.param("trade and money", "E", id="economy"),
        pytest.param("日米の頭脳交流", "F", id="exchange-ja"),
        pytest.param("people-to-people", "F", id="exchange"),
        pytest.param("自衛隊を強くする", "D-1", id="build-up-ja"),
        pytest.param("worldwide diplomacy", "C", id="diplomacy"),
        pytest.param("Beijing", "B-1", id="china"),
        pytest.param("important", None, id="no-name"),
        pytest.param("結論", None, id="no-name-ja"),
        pytest.param("US", None, id="everywhere"),
    ],
)
def test_the_nearest_section_is_found(nearest, words, section):
    """Words near to one section's names mean it; words near to none or to two mean nothing."""
    assert str(nearest(words) or "") == (section or "")
