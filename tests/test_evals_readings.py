"""The stated rules by which an answer's words are read, on examples of both languages."""

from __future__ import annotations

import pytest

from evals.answers import GivenStatement
from evals.cases import Fact
from evals.readings import is_verbatim, says_not_given, states


@pytest.mark.parametrize(
    ("text", "key", "stated"),
    [
        pytest.param("自衛隊がグアムに駐留する。", "グアム", True, id="word"),
        pytest.param("自衛隊がｸﾞｱﾑに駐留する。", "グアム", True, id="half-width kana"),
        pytest.param("ＮＡＴＯの目標", "NATO", True, id="full-width letters"),
        pytest.param("The HostRegional  support scheme", "Host Regional Support", True, id="case and white space"),
        pytest.param("the alliance’s goal", "alliance's", True, id="quotation marks"),
        pytest.param("２％を目指す", "2%|2パーセント", True, id="alternative"),
        pytest.param("It rises to 12.", "2", False, id="a figure inside another"),
        pytest.param("It rises to 2.5.", "2", False, id="a figure before its decimals"),
        pytest.param("It rises to 2.", "2", True, id="a figure before a full stop"),
        pytest.param("1,200 people", "200", False, id="a figure behind its thousands"),
        pytest.param("in 2024 10 satellites", "10", True, id="a figure beside another"),
        pytest.param("a network is built", "two", False, id="inside a word"),
        pytest.param("they tend to", "ten", False, id="a short word's start"),
        pytest.param("the twos", "two", True, id="plural of a short word"),
        pytest.param("logistical support", "logistic", True, id="start of a longer word"),
        pytest.param("interoperability", "operability", False, id="end of a longer word"),
        pytest.param("It is strong.", "IS", False, id="acronym against a word"),
        pytest.param("the UN's role", "UN", True, id="acronym"),
        pytest.param("gray-zone", "gray zone|gray-zone", True, id="hyphen as written"),
        pytest.param(
            "彼は「この提言はグアムへの自衛隊の駐留を強く求めている」と述べた。", "グアム", False, id="quotation"
        ),
        pytest.param("「グアム」を挙げる。", "グアム", True, id="a term in marks is no quotation"),
    ],
)
def test_a_key_occurs_folded_but_whole(text, key, stated):
    """Width, case and white space are folded, and short alternatives are not found inside other words or figures."""
    assert states(text, Fact("", (tuple(key.split("|")),))) is stated


def test_every_key_must_occur():
    """A fact is stated when each of its keys is."""
    fact = Fact("", (("Guam",), ("two", "2")))
    assert states("Guam has two.", fact)
    assert not states("Guam.", fact)


@pytest.mark.parametrize(
    ("text", "notice", "said"),
    [
        pytest.param("本提言は、費用を示していない。", True, True, id="示していない"),
        pytest.param("提言に金額の記載はありません。", True, True, id="ありません"),
        pytest.param("The proposal does not say.", True, True, id="does not say"),
        pytest.param("There is no mention of AUKUS in the text.", True, True, id="no mention"),
        pytest.param("Nothing about this is in the document.", False, True, id="without a mark"),
        pytest.param("「2018」は、引用した箇所には書かれていない。", True, False, id="premise notice"),
        pytest.param("“2018” does not appear in the passage cited.", True, False, id="premise notice, English"),
        pytest.param("日本は核合意を破棄すべきではない。", False, False, id="what the proposal says"),
    ],
)
def test_not_given_is_said_of_the_proposal(text, notice, said):
    """Only a sentence that denies something of the proposal as a whole says that it is not given."""
    assert says_not_given([GivenStatement(text, notice=notice)]) is said


def test_claims_are_not_read_where_notices_are_marked():
    """A claim may repeat a "not" of the proposal; a system that marks notices is read by these alone."""
    claim = GivenStatement("The text does not name the city.")
    assert says_not_given([claim])
    assert not says_not_given([GivenStatement("Two recommendations:", notice=True), claim])


def test_quotations_are_verbatim_or_not(proposal):
    """Folding forgives width and white space, joins and marked gaps; never another word or figure."""
    passage = next(passage for passage in proposal.passages.values() if len(passage.sentences) > 3)
    first, second, *_, last = (sentence.text for sentence in passage.sentences)
    english = [sentence.text for sentence in passage.sentences_en]

    def verbatim(quote: str) -> bool:
        return is_verbatim(quote, [passage])

    assert all(map(verbatim, (first, first + second, first + last, passage.title.ja + second, first[3:20])))
    assert verbatim(f"{first[:12]} … {second[-10:]}")
    assert verbatim(" ".join(english))
    assert verbatim(english[0].upper())
    assert not verbatim(second[5:] + first[:5])
    assert not verbatim(first[:-3] + "ではない。")
    assert not verbatim("")
    assert not is_verbatim(first, [])
