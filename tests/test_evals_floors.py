"""The assistant does not fall below the floors in `evals/floors.json`, on a fixed part of the development cases."""

from __future__ import annotations

from assistant.settings import Settings
from evals.floors import fast_cases, read_floors, regressions
from evals.running import contestants, measure
from evals.systems import ASSISTANT, Bench, System


def test_no_measure_is_below_its_floor(proposal):
    """Every measure in both languages is at its floor or better, and no question crashes.

    When this fails, `python -m evals.run --split development --systems assistant` shows what is answered wrong.
    """
    cases = fast_cases()
    entered = contestants([System(ASSISTANT)], [], cases, Bench(proposal, Settings.from_env()))
    result, _ = measure("floors", cases, entered, proposal, lambda *_: None)
    assert not result.systems[0].failures
    assert not (found := regressions(result.systems[0], read_floors())), "\n".join(map(str, found))
