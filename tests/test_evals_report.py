"""The command runs, shows, saves and compares; the page is self-contained and hides test questions."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from markupsafe import escape
from typer.testing import CliRunner

from evals.cases import Split, load_cases
from evals.measures import Measured
from evals.plots import PlotRow, Series, histogram, interval_plot, reliability_diagram
from evals.results import load
from evals.run import commands, main

LONG = 12
"""Characters of a question that no other text contains by chance."""
OUTSIDE = re.compile(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//|@import|fetch\(", re.IGNORECASE)


@pytest.fixture(scope="module")
def rival(tmp_path_factory):
    """A file of answers to some development questions: right ones, a wrong one with markup, one with a confidence."""
    path = tmp_path_factory.mktemp("rival") / "rival.jsonl"
    rows = [
        {
            "id": case.id,
            "outcome": case.outcome,
            "text": "<b>bold</b> & more",
            "citations": [str(key) for key in case.gold] if number % 3 else ["F-4"],
            "confidence": 0.9 if number % 3 else 0.2,
            "elapsed_ms": 5 + number,
        }
        for number, case in enumerate(load_cases(Split.DEVELOPMENT))
        if number % 5
    ]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def run(rival, tmp_path_factory):
    """Output, saved result and page of a run that scores the rival beside BM25, over both splits."""
    folder = tmp_path_factory.mktemp("out")
    done = CliRunner().invoke(commands, ["--answers", str(rival), "--systems", "bm25", "--out", str(folder)])
    assert done.exit_code == 0, done.output
    (saved,) = folder.glob("*.json")
    return done.output, saved, saved.with_suffix(".html").read_text(encoding="utf-8")


def test_a_rival_stands_in_the_same_table(run):
    """The file's name is the system's; both splits and languages are shown, and the missing rows are listed."""
    output, saved, _ = run
    result = load(saved)
    assert [system.title for system in result.systems] == ["bm25", "rival"]
    assert saved.name == f"all-rival-{result.commit}.json"
    assert "development, Japanese" in output
    assert "rival failed on" in output
    assert "the file has no row for this case" in output
    assert len(result.systems[1].failures) > 700
    assert result.systems[1].latency_ms["n"] == pytest.approx(534, abs=1)


def test_a_second_run_gives_the_same_numbers(run, rival, tmp_path):
    """Date and times aside, the saved result is the same, byte for byte."""
    done = CliRunner().invoke(commands, ["--answers", str(rival), "--systems", "bm25", "--out", str(tmp_path)])
    assert done.exit_code == 0
    (again,) = tmp_path.glob("*.json")

    def timeless(path):
        return re.sub(r'"(date|latency_ms)":.*', "", path.read_text(encoding="utf-8"))

    assert timeless(again) == timeless(run[1])


def test_the_page_asks_for_nothing_outside_itself(run):
    """No address of another place is fetched; style, script and drawings are in the page."""
    page = run[2]
    # Development questions of the type `injection` hold markup of their own, which the page shows escaped.
    assert not OUTSIDE.search(re.sub(r"(?s)<details.*?</details>", "", page))
    assert page.count("<script") == page.count("</script>") == 1
    assert page.count("<svg") >= 12
    assert 'aria-label="reliability of the confidence"' in page


def test_the_page_shows_development_misses_only(run):
    """Questions of the test split are counted, never printed; what answers say is escaped."""
    page = run[2]
    questions = [escape(case.question) for case in load_cases(Split.TEST) if len(case.question) > LONG]
    assert len(questions) > 500
    assert not any(question in page for question in questions)
    assert re.search(r"\d+ of development, and \d+ of test, which are not shown", page)
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; more" in page
    assert "<b>bold</b>" not in page


def test_a_comparison_is_shown(run):
    """Two systems of two saved results are compared measure by measure and question by question."""
    done = CliRunner().invoke(commands, ["--compare", str(run[1]), str(run[1]), "--systems", "bm25,rival"])
    assert done.exit_code == 0, done.output
    assert "bm25 → rival" in done.output
    assert "question by question" in done.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--types", "riddle"], "found the types riddle", id="type"),
        pytest.param(["--systems", "magic"], "found the systems magic", id="system"),
        pytest.param(["--answers", "none.jsonl", "--split", "development"], "none.jsonl", id="answers"),
        pytest.param(["--compare", "a.json", "b.json"], "a.json: cannot be read", id="compare"),
    ],
)
def test_errors_are_one_message(arguments, message, capsys):
    """What the person typed is answered without a traceback, with exit status 1."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 1
    assert message in capsys.readouterr().err


def test_drawings_tell_their_values():
    """Marks have titles for screen readers and pointers; labels are escaped; a missing value is said."""
    series = (Series("Japanese", "first"), Series("English", "second"))
    rows = [PlotRow("<a>", (Measured(0.5, 8, 0.2, 0.8), Measured(None, 0, reason="no such case")))]
    drawn = interval_plot("title", series, rows)
    assert "&lt;a&gt;, Japanese: 0.500 (0.200–0.800), n 8" in drawn
    assert "no value: no such case" in drawn
    assert "confidence 0.90: 0.80 right of 10" in reliability_diagram("title", [(0.9, 0.8, 10)])
    assert "ms: 3" in histogram("title", [1.0, 1.0, 1.0], "ms")


@pytest.mark.browser
def test_the_page_fits_wide_and_narrow_light_and_dark(run):
    """At 1280 and 390 pixels nothing runs out of the page, nothing is fetched, and the filter narrows the misses."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or pytest.skip("no Chromium here")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width, scheme in ((1280, "light"), (390, "dark")):
            page = browser.new_page(viewport={"width": width, "height": 844}, color_scheme=scheme)
            asked: list[str] = []
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(run[1].with_suffix(".html").as_uri())
            assert [url for url in asked if not url.startswith("file:")] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            before = page.locator("details.miss:visible").count()
            page.select_option("#type", "lookup")
            assert 0 < page.locator("details.miss:visible").count() < before
            page.locator("details.miss:visible").first.locator("summary").click()
            assert page.get_by_text("Expected").first.is_hidden() or page.locator("details[open]").count() == 1
        browser.close()
