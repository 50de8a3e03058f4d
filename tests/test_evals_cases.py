"""The loader of the cases refuses what is not a case, and names where it stands."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from assistant.domain import Language, Outcome, PassageId
from evals.cases import CaseType, Split, load_cases
from evals.errors import CaseError

KNOWN = [PassageId.parse(text) for text in ("A-1", "A-2", "B-1-1")]
ROW = {
    "id": "single-ja-001",
    "split": "development",
    "type": "single",
    "kind": "who",
    "language": "ja",
    "question": "誰が書いたのか。",
    "history": [],
    "outcome": "answered",
    "gold": ["A-1"],
    "optional": ["A-2"],
    "facts": [{"text": "有識者が書いた", "keys": ["有識者|専門家", "2017"]}],
    "group": "authors",
}


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    """A folder of case files with these rows, each in the file of its type and split."""
    for row in rows:
        with (folder / f"{row['type']}.{row['split']}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return folder


def test_a_row_becomes_a_case(tmp_path):
    """A row is read whole: ids parsed, alternatives of a key split at the bar."""
    (case,) = load_cases(folder=write(tmp_path, ROW), passage_ids=KNOWN)
    assert (case.gold, case.optional) == ((KNOWN[0],), (KNOWN[1],))
    assert case.facts[0].keys == (("有識者", "専門家"), ("2017",))
    assert (case.language, case.outcome, case.asked.text) == (Language.JAPANESE, Outcome.ANSWERED, ROW["question"])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"gold": ["A-9"]}, "found A-9; there is no such passage", id="unknown gold"),
        pytest.param({"optional": ["C-1"]}, "found C-1; there is no such passage", id="unknown optional"),
        pytest.param({"gold": ["Ａ-1"]}, "not a recommendation number", id="another notation"),
        pytest.param({"gold": []}, "found no gold passage", id="no gold"),
        pytest.param({"facts": []}, "found no fact", id="no facts"),
        pytest.param({"facts": [{"text": "x", "keys": []}]}, "keys", id="a fact without keys"),
        pytest.param({"facts": [{"text": "x", "keys": ["a||b"]}]}, "empty alternative", id="an empty alternative"),
        pytest.param({"optional": ["A-1"]}, "both gold and optional", id="gold and optional"),
        pytest.param({"gold": ["B-1-1", "B-1-1"]}, "named twice", id="the same passage twice"),
        pytest.param({"language": "fr"}, "language: found 'fr'", id="unknown language"),
        pytest.param({"outcome": "refused"}, "outcome: found 'refused'", id="unknown outcome"),
        pytest.param({"type": "riddle"}, "type: found 'riddle'", id="unknown type"),
        pytest.param({"outcome": "not_in_proposal"}, "has neither", id="gold on an unanswerable case"),
        pytest.param({"history": [{"role": "system", "content": "x"}]}, "role", id="unknown role"),
        pytest.param({"colour": "red"}, "colour", id="unknown field"),
    ],
)
def test_a_bad_row_is_refused_with_its_place(tmp_path, change, message):
    """Every fault of a row is an error that names file and line."""
    row = {**ROW, **change}
    other = {**ROW, "type": row["type"], "id": "other", "question": "別の質問", "group": "other"}
    place = f"{row['type']}.development.jsonl, line 2: "
    if row["type"] not in set(CaseType):
        place, other = f"{row['type']}.development.jsonl, line 1: ", None
    with pytest.raises(CaseError, match=message) as caught:
        load_cases(folder=write(tmp_path, *filter(None, (other, row))), passage_ids=KNOWN)
    assert str(caught.value).startswith(place)


def test_a_count_over_all_may_have_no_gold(tmp_path):
    """Only a count may be answered without any passage in particular."""
    row = {**ROW, "type": "count", "gold": [], "optional": []}
    assert load_cases(folder=write(tmp_path, row), passage_ids=KNOWN)[0].answerable


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"question": "別の質問"}, "the same id as in single.development.jsonl, line 1", id="id"),
        pytest.param(
            {"id": "b", "question": "誰が 書いたのか｡"}, "the same question and history", id="folded question"
        ),
        pytest.param(
            {"id": "b", "question": "別の質問", "split": "test"},
            "'authors' straddles the splits",
            id="group in both splits",
        ),
    ],
)
def test_cases_that_do_not_go_together_are_refused(tmp_path, change, message):
    """Ids and questions are unique, width and white space aside, and a group stands in one split."""
    with pytest.raises(CaseError, match=message):
        load_cases(folder=write(tmp_path, ROW, {**ROW, **change}), passage_ids=KNOWN)


def test_the_same_question_after_another_history_is_another_case(tmp_path):
    """A follow-up may repeat the words of a question."""
    followup = {**ROW, "id": "b", "history": [{"role": "user", "content": "グアムは？"}]}
    assert len(load_cases(folder=write(tmp_path, ROW, followup), passage_ids=KNOWN)) == 2


def test_a_row_in_the_wrong_file_is_refused(tmp_path):
    """The file's name says type and split, and its rows agree."""
    write(tmp_path, ROW)
    (tmp_path / "single.development.jsonl").rename(tmp_path / "multi.development.jsonl")
    with pytest.raises(CaseError, match=r"belongs into single\.development\.jsonl"):
        load_cases(folder=tmp_path, passage_ids=KNOWN)


@pytest.mark.parametrize("text", ["", "not json\n"], ids=["no file", "not JSON"])
def test_an_unreadable_folder_is_refused(tmp_path, text):
    """A folder without cases, or with a line that is not JSON, is an error for people."""
    if text:
        (tmp_path / "single.development.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError):
        load_cases(folder=tmp_path, passage_ids=KNOWN)


def test_the_real_cases_are_as_many_as_promised():
    """Over a thousand cases load, half Japanese, and every kind stands in both splits and languages often enough."""
    cases = load_cases()
    counts = Counter((case.type, case.language, case.split) for case in cases)
    assert len(cases) >= 1000
    assert abs(sum(case.language is Language.JAPANESE for case in cases) - len(cases) / 2) < len(cases) / 50
    assert {case.id for case in cases} == {case.id for split in Split for case in load_cases(split)}
    for language in Language:
        for split in Split:
            combined = sum(counts[kind, language, split] for kind in (CaseType.MULTI, CaseType.COMPARE, CaseType.ACTOR))
            assert combined >= 30
            assert counts[CaseType.OVERVIEW, language, split] + counts[CaseType.COUNT, language, split] >= 15
            for kind, least in (
                (CaseType.SINGLE, 58),
                (CaseType.HARD_SINGLE, 30),
                (CaseType.UNANSWERABLE, 30),
                (CaseType.ANSWERABLE_TWIN, 30),
                (CaseType.FOLLOWUP, 30),
                (CaseType.LOOKUP, 15),
                (CaseType.FALSE_PREMISE, 15),
            ):
                assert counts[kind, language, split] >= least, (kind, language, split)


def test_every_passage_is_asked_for_in_every_language_and_split(proposal):
    """No passage is left out of the single questions."""
    for split in Split:
        cases = load_cases(split, [CaseType.SINGLE])
        for language in Language:
            asked = {key for case in cases if case.language is language for key in case.gold}
            assert asked == set(proposal.passages)
