"""Results are saved small and read back, compared question by question, and held against floors."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from assistant.domain import Language
from evals import fingerprints, floors
from evals.cases import Split, load_cases
from evals.comparison import compare
from evals.errors import FloorError, ResultError
from evals.fingerprints import content_hashes, current_commit
from evals.measures import MEASURES
from evals.results import ALL_TYPES, CORE, KEPT, load, save
from evals.testing import a_case, toy_cases, toy_result, toy_system

CASES = toy_cases()


def test_a_result_is_read_back_as_it_was_saved(proposal, tmp_path):
    """Values to four decimals, n, reasons, rows and failures survive; the file bears suite and commit."""
    result = toy_result(toy_system(proposal, {"ja-1": "B-1-1 A-1"}))
    path = save(result, tmp_path)
    assert path.name == "toys-0123456789ab.json"
    again = load(path)
    assert (again.cases, again.hashes, again.date) == (result.cases, result.hashes, result.date)
    (before,), (after,) = result.systems, again.systems
    for old, new in zip(before.rows, after.rows, strict=True):
        assert (new.outcome, new.cited) == (old.outcome, old.cited)
        assert new.scores == pytest.approx(old.scores, abs=5e-5)
    assert set(after.table) == set(before.table)
    for key, measures in before.table.items():
        for name, found in measures.items():
            assert after.table[key][name].n == found.n
            assert after.table[key][name].value == pytest.approx(found.value, abs=5e-5), name
    assert (
        after.table[Split.DEVELOPMENT, Language.ENGLISH, ALL_TYPES]["abstention_precision"].reason == "did not abstain"
    )
    assert save(again, tmp_path / "again").read_bytes() == path.read_bytes()


def test_the_whole_table_is_measured_and_its_types_in_short(proposal):
    """Over all types every measure, over one type the core; Japanese and English apart."""
    table = toy_system(proposal, {}).table
    assert set(table[Split.DEVELOPMENT, Language.JAPANESE, ALL_TYPES]) == set(MEASURES)
    assert set(table[Split.DEVELOPMENT, Language.JAPANESE, "single"]) == set(CORE) <= set(KEPT)
    assert {language for _, language, _ in table} == set(Language)
    assert table[Split.DEVELOPMENT, Language.JAPANESE, ALL_TYPES]["first_right"].value == pytest.approx(1 / 3)


@pytest.mark.parametrize("content", ["{}", "no JSON", None], ids=["another form", "no JSON", "no file"])
def test_what_is_no_result_is_refused(tmp_path, content):
    """The message names the file."""
    path = tmp_path / "result.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ResultError, match=r"result\.json"):
        load(path)


def test_a_comparison_pairs_the_cases(proposal):
    """One more right in Japanese, one fewer in English: +1/3 and -1/3, with the two cases named."""
    before = toy_result(toy_system(proposal, {"en-1": "B-1-1"}))
    after = toy_result(toy_system(proposal, {"ja-1": "B-1-1"}))
    found = compare(before, after)
    moved = {(one.language.value, one.measure): one for one in found.differences}
    for language, move in (("ja", 1 / 3), ("en", -1 / 3)):
        one = moved[language, "first_right"]
        assert (one.n, one.after - one.before) == (3, pytest.approx(move))
        assert one.interval.low <= move <= one.interval.high
        assert one.verdict == ""
    assert {(change.case.id, change.gained, change.lost) for change in found.changes} == {
        ("ja-1", ("exact_match", "first_right"), ()),
        ("en-1", (), ("exact_match", "first_right")),
    }
    assert found.left_out == 0


def test_a_clear_difference_has_a_verdict(proposal):
    """A measure on which every case moved is better or worse; of a rate, less is better."""
    cases = [a_case(id=f"c{n}", group=f"g{n}") for n in range(6)]
    good = toy_system(proposal, {}, cases=cases)
    bad = toy_system(proposal, {case.id: "F-1" for case in cases}, cases=cases)
    (worse,) = (
        one
        for one in compare(toy_result(good, cases=cases), toy_result(bad, cases=cases)).differences
        if one.measure == "first_right"
    )
    assert (worse.verdict, worse.interval) == ("worse", (-1.0, -1.0))
    assert replace(worse, measure="false_refusal_rate").verdict == "better"


def test_only_common_cases_and_systems_are_compared(proposal):
    """Cases that one side lacks are counted; systems go by title; nothing in common is an error."""
    one, two = toy_system(proposal, {}, "one"), toy_system(proposal, {}, "two")
    part = toy_result(toy_system(proposal, {}, "two", CASES[:2]), cases=CASES[:2])
    found = compare(toy_result(one, two), part)
    assert (found.before.title, found.left_out) == ("two", len(CASES) - 2)
    assert compare(toy_result(one, two), toy_result(one, two), ["one", "two"]).after.title == "two"
    with pytest.raises(ResultError, match="expected one to compare"):
        compare(toy_result(one, two), toy_result(one, two), ["three"])
    others = [replace(case, id=case.id + "-other") for case in CASES]
    with pytest.raises(ResultError, match="no case in common"):
        compare(toy_result(two), toy_result(toy_system(proposal, {}, "two", others), cases=others))


def test_a_floor_catches_what_is_worse(proposal):
    """Below a floor, above a ceiling, or without a value: each is a regression that says what was expected."""
    system = toy_system(proposal, {})
    table = {Language.ENGLISH: {"first_right": 0.5, "false_refusal_rate": 0.1, "abstention_precision": 0.5}}
    found = {regression.measure: str(regression) for regression in floors.regressions(system, table)}
    assert set(found) == {"first_right", "abstention_precision"}
    assert "found 0.333 over 3; expected at least 0.500" in found["first_right"]
    assert "found nothing" in found["abstention_precision"]
    assert not floors.regressions(system, {Language.ENGLISH: {"first_right": 0.33}})


def test_floors_are_raised_and_never_lowered(proposal):
    """A new floor lies one case below what was reached; a higher old one stays."""
    system = toy_system(proposal, {"ja-1": "B-1-1"})
    old = {Language.JAPANESE: {"first_right": 0.9}, Language.ENGLISH: {"first_right": 0.0}}
    new = floors.raised(system, old)
    assert new[Language.JAPANESE]["first_right"] == 0.9
    assert new[Language.ENGLISH]["first_right"] == 0.0
    assert floors.raised(system, {})[Language.JAPANESE]["first_right"] == 0.333
    assert new[Language.JAPANESE]["invalid_citation_rate"] == 0.0
    assert new[Language.JAPANESE]["false_refusal_rate"] == pytest.approx(1 / 3, abs=0.001)
    assert not floors.regressions(toy_system(proposal, {"ja-1": "B-1-1"}), floors.raised(system, {}))


def test_floors_are_read_or_refused(tmp_path):
    """An unknown measure or an unreadable file is an error for people."""
    path = tmp_path / "floors.json"
    floors.write_floors({Language.JAPANESE: {"first_right": 0.5}}, path)
    assert floors.read_floors(path) == {Language.JAPANESE: {"first_right": 0.5}}
    path.write_text(json.dumps({"floors": {"ja": {"accuracy": 1}}}), encoding="utf-8")
    with pytest.raises(FloorError, match="found the measures accuracy"):
        floors.read_floors(path)
    with pytest.raises(FloorError, match="cannot be read"):
        floors.read_floors(tmp_path / "none.json")


def test_the_fast_part_is_fixed_and_of_all_types():
    """Every sixth development case: all types, both languages, the same every time."""
    part = floors.fast_cases()
    assert part == floors.fast_cases()
    assert 100 <= len(part) <= 130
    assert {case.type for case in part} == {case.type for case in load_cases(Split.DEVELOPMENT)}
    assert {case.language for case in part} == set(Language)


def test_hashes_see_every_change_but_leftovers(tmp_path):
    """Another content or name is another hash; what Python leaves behind is not seen."""
    for name in ("assistant/a.py", "corpus/b.txt", "prompts/c.yaml", "evals/cases/d.jsonl"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    before = current(tmp_path)
    (tmp_path / "assistant/__pycache__").mkdir()
    (tmp_path / "assistant/__pycache__/a.pyc").write_text("1", encoding="utf-8")
    assert current(tmp_path) == before
    (tmp_path / "assistant/a.py").write_text("2", encoding="utf-8")
    assert {name for name, value in current(tmp_path).items() if value != before[name]} == {"assistant"}
    (tmp_path / "corpus/b.txt").rename(tmp_path / "corpus/e.txt")
    assert current(tmp_path)["corpus"] != before["corpus"]


def current(root):
    """The hashes of a folder that holds the present measuring code."""
    (root / "evals").mkdir(exist_ok=True)
    for name in fingerprints._MEASURING:  # noqa: SLF001
        (root / "evals" / name).touch()
    return content_hashes(root)


def test_without_git_the_commit_is_zeros(tmp_path):
    """A folder that is no repository has no commit, and counts as changed."""
    assert current_commit(tmp_path) == ("000000000000", True)
    assert len(current_commit().id) == 12
