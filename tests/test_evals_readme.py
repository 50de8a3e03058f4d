"""README's table of results is the saved result that it names, measured on what is checked out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.cases import Split
from evals.errors import ResultError
from evals.fingerprints import ROOT, content_hashes
from evals.readme_table import END, START, named_result, table_text, write_table, written_table
from evals.results import RESULTS, load, save
from evals.running import newest_whole_run
from evals.testing import toy_cases, toy_result, toy_system

README = ROOT / "README.md"


@pytest.fixture(scope="module")
def table() -> str:
    """What README has between its markers."""
    written = written_table(README)
    if not written:
        pytest.skip("no saved result named in README yet")
    return written


def test_the_table_is_the_file_that_it_names(table):
    """Nobody edited the table, and the file is there (`python -m evals.run --write-readme` writes it anew)."""
    name = named_result(table)
    assert name, "README's table names no file of evals/results"
    assert table == table_text(load(RESULTS / name))


def test_the_named_result_was_measured_on_what_is_checked_out(table):
    """Assistant, corpus, prompts, cases and measures are those of the saved result (`make evals` runs anew)."""
    saved, present = load(RESULTS / named_result(table)).hashes, content_hashes()
    assert saved == present, f"changed since: {', '.join(key for key in present if saved.get(key) != present[key])}"


@pytest.fixture
def result(proposal):
    """A result of two systems over toy cases of both splits."""
    cases = (*toy_cases(Split.DEVELOPMENT), *toy_cases(Split.TEST))
    cases = tuple(replace(case, id=f"{case.split}-{case.id}") for case in cases)
    systems = [toy_system(proposal, {}, title, cases) for title in ("bm25", "assistant")]
    return toy_result(*systems, cases=cases)


def test_the_table_goes_between_the_markers(tmp_path, result):
    """The rest of README stays; the table names its file, and to write it again changes nothing."""
    readme = tmp_path / "README.md"
    readme.write_text(f"# Title\n\n{START}\nold\n{END}\n\nRest.\n", encoding="utf-8")
    write_table(readme, result)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# Title\n") and text.endswith("\nRest.\n") and "old" not in text  # noqa: PT018
    written = written_table(readme)
    assert written == table_text(result)
    assert named_result(written) == "toys-0123456789ab.json"
    write_table(readme, result)
    assert readme.read_text(encoding="utf-8") == text


def test_the_table_shows_test_questions_by_language_with_intervals(result):
    """Test before development, one table a language, this assistant in bold, less-is-better marked, n in the head."""
    written = table_text(result)
    assert "test questions" in written
    assert "| Japanese questions | first_right (n 3) |" in written
    assert "| English questions |" in written
    assert "false_refusal_rate ↓ (n 3)" in written
    assert "| **the assistant system** | .33 (.06–.79) |" in written


def test_without_markers_there_is_no_table(tmp_path, result):
    """A README without markers has no table and gets none."""
    readme = tmp_path / "README.md"
    readme.write_text("# Title\n", encoding="utf-8")
    assert written_table(readme) is None
    with pytest.raises(ResultError, match="put these two lines"):
        write_table(readme, result)


def test_the_newest_whole_run_is_taken(tmp_path, proposal):
    """Of several saved runs of all cases the newest counts; none is an error."""
    with pytest.raises(ResultError, match="found no saved run"):
        newest_whole_run(tmp_path)
    plain = toy_result(toy_system(proposal, {}))
    for commit, date in (("a" * 12, "2026-01-02"), ("b" * 12, "2026-01-03"), ("c" * 12, "2026-01-01")):
        save(replace(plain, suite="all", commit=commit, date=date), tmp_path)
    save(replace(plain, suite="development", date="2027-01-01"), tmp_path)
    assert newest_whole_run(tmp_path).commit == "b" * 12
