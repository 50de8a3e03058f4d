"""What the proposal does not say, and small talk, are texts that compete with the passages, each with its own id."""

from __future__ import annotations

import pytest

from assistant.corpus_files import read_absent_subjects, read_elsewhere, read_not_given, read_small_talk
from assistant.decoys import decoys_of, described_subject
from assistant.domain import AbsentSubject, Bilingual, Decoy, DecoyKind, Language, NotGiven, PassageId

JA, EN = Language.JAPANESE, Language.ENGLISH
ABSENT = AbsentSubject(
    key="moon-base",
    subject=Bilingual("月面基地", "A base on the Moon"),
    names={JA: ("月面基地計画", "アルテミス"), EN: ("Artemis",)},
    nearest=(PassageId("A", None, 7),),
    questions={JA: ("月に基地を造る？",), EN: ("A base on the Moon?", "Who goes to the Moon?")},
)
NOT_GIVEN = NotGiven(
    not_given={JA: ("拠点の面積は？",), EN: ("How large is it?",)},
    answered={JA: ("拠点は誰が使う？",), EN: ("Who uses it?",)},
)
NOTHING = {JA: (), EN: ()}


@pytest.fixture(scope="module")
def decoys(corpus):
    """All decoys of the real corpus."""
    return decoys_of(
        read_absent_subjects(corpus), read_not_given(corpus), read_small_talk(corpus), read_elsewhere(corpus)
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param(JA, "月面基地、月面基地計画、アルテミス", id="ja"),
        pytest.param(EN, "A base on the Moon, Artemis", id="en"),
    ],
)
def test_an_absent_subject_is_described(language, text):
    """A subject is told with its names, separated as its language does."""
    assert described_subject(ABSENT, language) == text


def test_an_absent_subject_is_described_and_asked_about():
    """The description is number 0 of each language, the questions follow from 1."""
    assert decoys_of([ABSENT], {}, {}) == [
        Decoy(DecoyKind.ABSENT, "moon-base", JA, 0, "月面基地、月面基地計画、アルテミス", False),
        Decoy(DecoyKind.ABSENT, "moon-base", JA, 1, "月に基地を造る？", True),
        Decoy(DecoyKind.ABSENT, "moon-base", EN, 0, "A base on the Moon, Artemis", False),
        Decoy(DecoyKind.ABSENT, "moon-base", EN, 1, "A base on the Moon?", True),
        Decoy(DecoyKind.ABSENT, "moon-base", EN, 2, "Who goes to the Moon?", True),
    ]


def test_only_what_is_not_given_is_a_decoy():
    """Questions for details not given compete with their passage; those that it answers do not."""
    assert decoys_of([], {PassageId("D", 1, 6): NOT_GIVEN}, {}) == [
        Decoy(DecoyKind.NOT_GIVEN, "D-1-6", JA, 1, "拠点の面積は？", True),
        Decoy(DecoyKind.NOT_GIVEN, "D-1-6", EN, 1, "How large is it?", True),
    ]


def test_small_talk_is_a_decoy_of_its_sort():
    """What people say to the assistant itself belongs to a sort of talk, in either language."""
    assert decoys_of([], {}, {"thanks": {JA: ("どうも", "助かった"), EN: ()}, "silence": NOTHING}) == [
        Decoy(DecoyKind.SMALL_TALK, "thanks", JA, 1, "どうも", True),
        Decoy(DecoyKind.SMALL_TALK, "thanks", JA, 2, "助かった", True),
    ]


def test_nothing_written_makes_no_decoys():
    """Without absent subjects, details and talk nothing competes."""
    assert decoys_of([], {}, {}) == []


@pytest.mark.parametrize(
    ("decoy", "printed"),
    [
        pytest.param(Decoy(DecoyKind.ABSENT, "moon-base", JA, 0, "月", False), "absent/moon-base/ja/0", id="absent"),
        pytest.param(Decoy(DecoyKind.NOT_GIVEN, "D-1-6", EN, 2, "?", True), "not_given/D-1-6/en/2", id="not-given"),
        pytest.param(Decoy(DecoyKind.SMALL_TALK, "thanks", EN, 1, "Ta", True), "small_talk/thanks/en/1", id="talk"),
    ],
)
def test_a_decoy_prints_its_id(decoy, printed):
    """The id in the index names kind, owner, language and number."""
    assert decoy.id == printed


def test_every_decoy_has_its_own_id_and_text(decoys):
    """No two decoys of the real corpus share an id, and none is blank."""
    assert len({decoy.id for decoy in decoys}) == len(decoys)
    assert [decoy.id for decoy in decoys if not decoy.text.strip()] == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", DecoyKind)
def test_every_owner_is_asked_about_in_both_languages(decoys, corpus, kind, language):
    """Each absent subject, each passage and each sort of talk has questions in either language."""
    owners = {
        DecoyKind.ABSENT: {subject.key for subject in read_absent_subjects(corpus)},
        DecoyKind.NOT_GIVEN: set(map(str, read_not_given(corpus))),
        DecoyKind.SMALL_TALK: set(read_small_talk(corpus)),
        DecoyKind.ELSEWHERE: set(read_elsewhere(corpus)),
    }
    asked = {decoy.owner for decoy in decoys if decoy.kind is kind and decoy.language is language and decoy.asked}
    assert asked == owners[kind]


def test_only_absent_subjects_are_described(decoys):
    """A description is not asked, and only an absent subject has one, once a language."""
    described = [decoy for decoy in decoys if not decoy.asked]
    assert {decoy.kind for decoy in described} == {DecoyKind.ABSENT}
    assert {decoy.number for decoy in described} == {0}
    assert len(described) == len(Language) * len({decoy.owner for decoy in described})
