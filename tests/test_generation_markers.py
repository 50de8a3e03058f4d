"""Markers are read in every form that a model may give them, and those that name nothing are kept from the reader."""

from __future__ import annotations

import pytest

from assistant.generation import MarkerReader
from assistant.references import ReferenceReader


@pytest.fixture(scope="module")
def markers(proposal):
    """The reader of markers."""
    names = {section.id: section.names for section in proposal.sections.values()}
    return MarkerReader(ReferenceReader(proposal.outline(), names))


@pytest.mark.parametrize(
    ("marker", "cited"),
    [
        pytest.param("[D-1-5]", "D-1-5", id="printed"),
        pytest.param("【D-1-5】", "D-1-5", id="lenticular"),
        pytest.param("(D1-5)", "D-1-5", id="round"),
        pytest.param("（Ｄ−１−⑤）", "D-1-5", id="round-full-width"),
        pytest.param("［D-1-5］", "D-1-5", id="full-width-brackets"),
        pytest.param("〔提言D-1-5〕", "D-1-5", id="with-a-word"),
        pytest.param("[Recommendation D-1-5]", "D-1-5", id="with-an-english-word"),
        pytest.param("[D-1-5, D-1-6]", "D-1-5 D-1-6", id="two-in-one"),
        pytest.param("[D-1-5、D-1-6]", "D-1-5 D-1-6", id="two-in-one-japanese"),
        pytest.param("[D-1-5][D-1-6]", "D-1-5 D-1-6", id="two"),
        pytest.param("[D-1-5–7]", "D-1-5 D-1-6 D-1-7", id="range"),
        pytest.param("[A-1〜A-3]", "A-1 A-2 A-3", id="range-japanese"),
        pytest.param("[[D-1-5]](#D-1-5)", "D-1-5", id="link"),
        pytest.param("[intro-1]", "intro-1", id="introduction"),
        pytest.param("[D-1-5][D-1-5]", "D-1-5", id="twice"),
    ],
)
def test_every_form_is_read(markers, marker, cited):
    """A marker in any form gives the printed numbers and leaves nothing of itself in the text."""
    found = markers.read(f"使用する{marker}。")
    assert (" ".join(map(str, found.cited)), found.text, found.unknown) == (cited, "使用する。", ())


@pytest.mark.parametrize(
    "marker", ["[D-9-9]", "【D-1-99】", "(D-1-99)", "[G-1]", "[1]", "[^1]", "[B-2]", "[D-1-5, D-1-99]", "[D-1-5, p. 9]"]
)
def test_what_names_nothing_is_unknown(markers, marker):
    """A marker with a number that does not exist, or that is no recommendation's, cites nothing and is taken out."""
    found = markers.read(f"It is used {marker}.")
    assert (found.cited, found.text, found.unknown) == ((), "It is used .", (marker,))


@pytest.mark.parametrize(
    "text", ["NATO (2017) acts.", "弾道ミサイル［防衛］システム", "missile [defense] systems", "(B-2)"]
)
def test_words_in_brackets_are_text(markers, text):
    """What a sentence says in brackets stays in it."""
    found = markers.read(text)
    assert (found.text, found.cited, found.unknown) == (text, (), ())
