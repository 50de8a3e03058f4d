"""Questions that ask for several things: what tells them, and the parts in which they are searched for."""

from __future__ import annotations

import pytest

from assistant.question_parts import MOST_PARTS, asks_for_several, parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        pytest.param(
            "太平洋の島での拠点づくりと、アフリカの角の拠点強化とでは、狙いがどう違うのですか。",
            ["太平洋の島での拠点づくり", "アフリカの角の拠点強化"],
            id="compared-ja",
        ),
        pytest.param(
            "Raising one's own outlays or sharing the bill across the region: how are these two treated?",
            ["Raising one's own outlays", "sharing the bill across the region"],
            id="compared-en",
        ),
        pytest.param(
            "What should Japan buy, and who pays for the bases?",
            ["What should Japan buy", "who pays for the bases"],
            id="two-questions-en",
        ),
        pytest.param(
            "英国の離脱にどう関わるのですか。またインドとの関係はどう位置づけられていますか。",
            ["英国の離脱にどう関わるのですか", "インドとの関係はどう位置づけられていますか"],
            id="two-questions-ja",
        ),
    ],
)
def test_the_parts_are_searched_for_alone(question, parts):
    """Each thing asked for is a part of its own."""
    assert asks_for_several(question)
    assert [part for part in parts if part not in parts_of(question)] == []


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("What should Japan and the United States do about North Korea?", id="joined-names-en"),
        pytest.param("日本と米国は北朝鮮にどう対応すべきですか", id="joined-names-ja"),
        pytest.param("グアムの基地はなぜ共同使用するの？", id="one-thing-ja"),
        pytest.param("", id="empty"),
    ],
)
def test_one_question_has_no_parts(question):
    """A joint between names makes no two questions."""
    assert parts_of(question) == []
    assert not asks_for_several(question)


def test_parts_are_few():
    """A long list does not make a search for each of its items."""
    listed = ", ".join(f"naval base number {n} on island {n}" for n in range(40))
    assert len(parts_of(f"Compare all of these: {listed}")) == MOST_PARTS
