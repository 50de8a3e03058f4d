"""The agreement of the rule on facts with a reader, which README reports."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import evals
from evals.rule_agreement import RULES, Agreement, agreement, lines

README = Path(evals.__file__).parent / "README.md"


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
    """A hundred answers were read."""
    facts = (RULES / "facts.jsonl").read_text(encoding="utf-8").splitlines()
    assert len({line.split(",")[0] for line in facts}) == 100
