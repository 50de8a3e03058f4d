"""The rules on names and sense, and the agreement with a reader that README reports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import evals
from evals.polarity import turned, unknown_names
from evals.rule_agreement import BLIND, RULES, SEEN, Agreement, agreement, lines

README = Path(evals.__file__).parent / "README.md"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("日本はジブチの基地機能の強化を図るべきである。", False, id="plain"),
        pytest.param("日本はジブチから撤収すべきである。", True, id="turning word"),
        pytest.param("破棄すべきではない。", False, id="turned twice"),
        pytest.param("軽んじてはならない。", True, id="must not"),
        pytest.param("強化しなければならない。", False, id="must"),
        pytest.param("エリートだけでなく国民も参加する。", False, id="not only"),
        pytest.param("The United States should maintain the agreement.", False, id="plain English"),
        pytest.param("The United States should abrogate the agreement.", True, id="turning word, English"),
        pytest.param("Leaders need not attend.", True, id="negation, English"),
        pytest.param("Leaders should attend without fail.", False, id="without fail"),
        pytest.param("It should not be abolished.", False, id="turned twice, English"),
    ],
)
def test_a_sense_is_turned_by_an_odd_number(text, expected):
    """Negations and turning words are counted together; what only looks like a negation is not."""
    assert turned(text) is expected


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        pytest.param("Japan and the IMF should advise China.", ["IMF"], id="unknown acronym"),
        pytest.param("Tokyo should advise Beijing.", [], id="capitals for countries"),
        pytest.param("日本は中国に助言する。", [], id="known in the other language"),
        pytest.param("日本はハワイに駐留する。", ["ハワイ"], id="unknown place"),
    ],
)
def test_names_must_be_known(text, unknown):
    """A name stands in the wordings, in either language, or is the capital of a country that does."""
    wordings = ["Japan should advise China on the renminbi.", "日本は中国に人民元について助言すべきである。"]
    assert unknown_names(text, {"japan", "china"}, wordings) == unknown


def test_agreement_by_hand():
    """Of ten things, six yes to both, two no to both: .8 agree; by chance .58 would."""
    found = agreement([(True, True)] * 6 + [(False, False)] * 2 + [(True, False), (False, True)])
    assert found == Agreement(6, 1, 1, 2)
    assert (found.n, found.agreed) == (10, 8)
    assert found.kappa == pytest.approx((0.8 - 0.58) / (1 - 0.58))
    assert str(found) == "8 of 10 (0.80, 0.49–0.94), κ 0.52"


def test_readme_reports_the_agreement_as_it_is():
    """The lines between README's markers are those that `python -m evals.rule_agreement` prints."""
    written = re.search(
        r"<!-- agreement:start -->\n(.*?)<!-- agreement:end -->", README.read_text(encoding="utf-8"), re.DOTALL
    )
    assert written, "README has lost its markers"
    assert written[1] == "".join(f"- {line}\n" for line in lines())


def test_the_readings_are_as_many_as_reported():
    """A hundred answers and two hundred sentences were read."""
    facts = (RULES / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({line.split(",")[0] for line in facts}) == 100
    for name in (BLIND, SEEN):
        assert len((RULES / name).read_text(encoding="utf-8").splitlines()) == 200
