"""A reply is cut into whole sentences with their markers, however it is broken into pieces."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Language
from assistant.generation import MarkerReader
from assistant.generation.sentences import LONGEST_WAIT, SentenceStream
from assistant.references import ReferenceReader


@pytest.fixture(scope="module")
def markers(proposal):
    """The reader of markers."""
    names = {section.id: section.names for section in proposal.sections.values()}
    return MarkerReader(ReferenceReader(proposal.outline(), names))


def _pieces(text, size):
    return [text[start : start + size] for start in range(0, len(text), size)]


def _told(marked):
    return (marked.text, " ".join(map(str, marked.cited)))


def _follow(markers, pieces, seen):
    """Keep each sentence in `seen` at the moment at which it comes."""
    for marked in SentenceStream(markers).read(pieces):
        seen.append(_told(marked))


@pytest.mark.parametrize("size", [1, 3, 1000], ids=["characters", "threes", "whole"])
@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        pytest.param("甲だ。[A-1]乙だ[A-2]。丙だ。", [("甲だ。", "A-1"), ("乙だ。", "A-2"), ("丙だ。", "")], id="ja"),
        pytest.param("One. [A-1] Two [A-2]. Three.", [("One.", "A-1"), ("Two.", "A-2"), ("Three.", "")], id="en"),
        pytest.param("One. [A-1] [A-2][A-3]\nTwo.", [("One.", "A-1 A-2 A-3"), ("Two.", "")], id="several-markers"),
        pytest.param("One. [A-1]. Two. [A-2].", [("One.", "A-1"), ("Two.", "A-2")], id="a-stop-after-the-marker"),
        pytest.param(
            "The U.S. and Mr. Abe meet at Mt. Fuji. [A-1] So.",
            [("The U.S. and Mr. Abe meet at Mt. Fuji.", "A-1"), ("So.", "")],
            id="abbreviations",
        ),
        pytest.param("3.5 of 10 remain. [A-1] Yes.", [("3.5 of 10 remain.", "A-1"), ("Yes.", "")], id="decimals"),
        pytest.param(
            "「甲だ。」とする。[A-1]乙。", [("「甲だ。」とする。", "A-1"), ("乙。", "")], id="quoted-sentence"
        ),
        pytest.param("“It is.” [A-1] It ends.", [("“It is.”", "A-1"), ("It ends.", "")], id="quotation-mark-after"),
        pytest.param("It (NATO). (2017) is a year.", [("It (NATO).", ""), ("(2017) is a year.", "")], id="brackets"),
        pytest.param(
            "- **One** thing [A-1]\n1. Two. [A-2]\n・三つ目。[A-3]\n## End\n---\n",
            [("One thing", "A-1"), ("Two.", "A-2"), ("三つ目。", "A-3"), ("End", "")],
            id="lists",
        ),
        pytest.param("<think>Hm. [A-5]</think>One. [A-1]", [("One.", "A-1")], id="reasoning-aloud"),
        pytest.param("No stop [A-1]", [("No stop", "A-1")], id="no-stop"),
        pytest.param("One\u202e.\u200b [A-1]", [("One.", "A-1")], id="invisible-characters"),
        pytest.param("", [], id="nothing"),
        pytest.param("[A-1]\n***", [], id="no-words"),
    ],
)
def test_a_reply_is_cut_into_sentences(markers, reply, sentences, size):
    """The pieces in which a reply arrives make no difference."""
    assert [_told(marked) for marked in SentenceStream(markers).read(_pieces(reply, size))] == sentences


def test_a_sentence_is_given_before_the_reply_ends(markers):
    """A reader sees a sentence as soon as the next one begins, not when all have arrived."""
    seen = []

    def pieces():
        yield "One. [A-1] T"
        assert seen == [("One.", "A-1")]
        yield "wo. [A-2]"

    _follow(markers, pieces(), seen)
    assert seen == [("One.", "A-1"), ("Two.", "A-2")]


def test_what_is_cut_off_is_no_sentence(markers):
    """Where the stream breaks, the half sentence is not given out."""
    seen = []

    def pieces():
        yield "One. [A-1] Japan should not"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        _follow(markers, pieces(), seen)
    assert seen == [("One.", "A-1")]


@pytest.mark.parametrize("language", Language)
def test_all_points_are_told_apart(proposal, markers, language):
    """Every point of the proposal, followed by its marker, comes out as it went in."""
    joint = " " if language is Language.ENGLISH else ""
    for passage in proposal.passages.values():
        texts = [point.text[language] for point in passage.points]
        reply = joint.join(f"{text}{joint}[{passage.id}]" for text in texts)
        found = list(SentenceStream(markers).read(_pieces(reply, 7)))
        assert [_told(marked) for marked in found] == [(text, str(passage.id)) for text in texts]


@pytest.mark.parametrize(
    "hostile",
    [
        "[" * 12_000,
        "A. " * 1_500,
        "「。」と" * 3_000,
        "D-1-" * 3_000,
        "あ" * 12_000,
        "**a" * 4_000,
        "a。[D-1-5, " * 1_000,
    ],
    ids=lambda text: text[:8],
)
def test_hostile_text_is_cheap(markers, hostile):
    """What has no end, or only seems to have many, is read in a time that grows no faster than the text."""
    started = time.perf_counter()
    for marked in SentenceStream(markers).read(_pieces(hostile, 4)):
        assert len(marked.text) <= LONGEST_WAIT + 4
    assert time.perf_counter() - started < 6  # a second or less where nothing else runs


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="あA1. 。[]【】（)\n-D,「」", max_size=60), st.integers(1, 5))
def test_pieces_make_no_difference(markers, text, size):
    """Whatever a model writes, the same sentences come out however it is cut into pieces."""
    whole = list(SentenceStream(markers).read([text]))
    assert list(SentenceStream(markers).read(_pieces(text, size))) == whole
