"""The page as a reader meets it: typed into, read and looked at in headless Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parent.parent
ARTEFACTS = Path(__file__).parent / "artefacts"
PATIENCE = 60
"""Seconds for the page to start and for an answer to appear, on a busy machine."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
HARMLESS = ("favicon", "manifest.json", "fonts")
"""What a console may complain of without harm to the reader: files of Gradio's own that it does not ship."""
HERE = ("127.0.0.1", "localhost", "")

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium():
    """A headless Chromium of this machine; without one the tests are skipped, in CI they fail."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        message = "no Chromium on this machine; `make browser` installs Debian's"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - its driver only where there is a browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(assistant, data_folder):  # noqa: ARG001 - `assistant` builds the index
    """The address that `python app.py` prints."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASSISTANT_", "GRADIO_"))}
    ours = {"ASSISTANT_DATA_FOLDER": str(data_folder), "GRADIO_SERVER_PORT": str(port), "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, ROOT / "app.py"], cwd=ROOT, env=kept | ours, stdout=subprocess.PIPE, encoding="utf-8"
    ) as served:
        patience = threading.Timer(PATIENCE, served.kill)
        patience.start()
        printed = served.stdout.readline().strip()
        patience.cancel()
        try:
            assert printed == f"http://127.0.0.1:{port}"
            yield printed
        finally:
            served.kill()


@pytest.fixture(params=[pytest.param((1280, 900), id="wide")])
def page(request, chromium, address):
    """The page, opened; afterwards no request may have left this machine and the console must be clean."""
    width, height = request.param
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
    tab = context.new_page()
    asked, complaints = [], []
    tab.on("request", lambda sent: asked.append(sent.url))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("console", lambda said: complaints.append(f"{said.text} {said.location}") if said.type == "error" else None)
    for _ in range(100):
        try:
            tab.goto(address, timeout=PATIENCE * 1000)
            break
        except Exception as error:
            if "ERR_CONNECTION_REFUSED" not in str(error):
                raise
            tab.wait_for_timeout(100)
    _box(tab).wait_for(timeout=PATIENCE * 1000)
    yield tab
    ARTEFACTS.mkdir(exist_ok=True)
    tab.screenshot(path=ARTEFACTS / f"{request.node.name.replace('/', '-')}.png")
    context.close()
    outside = [url for url in asked if urlsplit(url).hostname not in (*HERE, None)]
    assert outside == []
    assert [said for said in complaints if not any(harmless in said for harmless in HARMLESS)] == []


narrow = pytest.mark.parametrize("page", [pytest.param((390, 844), id="narrow")], indirect=True)


def _box(tab):
    return tab.locator("#question textarea")


def _ask(tab, question):
    """Type a question, send it with Enter, and wait until its answer stands still."""
    before = tab.locator(".bot.message, .message.bot").count()
    _box(tab).click()
    tab.keyboard.type(question)
    tab.keyboard.press("Enter")
    answer = tab.locator(".bot.message, .message.bot").nth(before)
    answer.wait_for(timeout=PATIENCE * 1000)
    tab.locator("#question button[aria-label*=top], #question .stop-button").wait_for(
        state="hidden", timeout=PATIENCE * 1000
    )
    tab.wait_for_timeout(500)
    return answer


def _cited_card(tab, number):
    card = tab.locator(f"#sources article[id='{number}']")
    card.wait_for(timeout=PATIENCE * 1000)
    return card


def _passage(proposal, number):
    return next(passage for passage in proposal.recommendations if str(passage.id) == number)


def test_a_japanese_question_is_answered_with_its_source(page, proposal):
    """Typed and sent with Enter, a Japanese question gets a linked number and the passage with its sentence marked."""
    answer = _ask(page, "グアム基地の日米共同使用はなぜ必要なのか")

    link = answer.locator("a[href='#D-1-5']").first
    assert link.inner_text() == "[D-1-5]"
    card = _cited_card(page, "D-1-5")
    assert card.is_visible()
    passage = _passage(proposal, "D-1-5")
    marked = card.locator("[lang=ja] mark").all_inner_texts()
    assert marked
    assert set(marked) <= {passage.title.ja, *(sentence.text for sentence in passage.sentences)}
    quoted = answer.inner_text()
    assert any(text in quoted for text in marked)
    assert "原文 10 ページ" in card.inner_text()
    assert passage.title.en in card.inner_text()


def test_a_number_in_the_answer_leads_to_its_card(page):
    """A click on a number brings its passage into sight and leaves the conversation where it is."""
    answer = _ask(page, "ジブチの拠点は今後どうするべき？")

    answer.locator("a[href='#D-1-6']").first.click()
    page.wait_for_timeout(300)

    assert len(page.context.pages) == 1
    assert _box(page).is_visible()
    box = _cited_card(page, "D-1-6").bounding_box()
    assert 0 <= box["y"] < page.viewport_size["height"]


def test_an_english_question_is_answered_in_english(page, proposal):
    """An English question gets an English answer; the card shows both languages and says which is ours."""
    answer = _ask(page, "Should the Iran nuclear deal be kept?")

    assert answer.locator("a[href='#C-1']").count() > 0
    assert "unofficial translation" in answer.inner_text()
    card = _cited_card(page, "C-1")
    assert card.locator("[lang=en] mark").count() > 0
    assert _passage(proposal, "C-1").title.ja in card.inner_text()
    assert "Unofficial translation" in card.inner_text()


def test_a_missing_number_is_said_so(page):
    """A number that does not exist is answered with the range that does, and no card is shown."""
    answer = _ask(page, "A-9は何と言っていますか？")

    said = answer.inner_text()
    for number in ("A-9", "A-1", "A-7"):
        assert number in said
    assert page.locator("#sources article").count() == 0


def test_markup_in_a_question_fetches_and_runs_nothing(page):
    """HTML and Markdown in a question load no image, run no script and leave no live link."""
    _ask(page, "<img src=x onerror=\"document.title='bad'\"> ![x](http://evil.invalid/x.png) グアム基地の共同使用は？")

    assert page.title() != "bad"
    assert page.locator("img[src*='evil']").count() == 0
    assert page.locator("[onerror]").count() == 0


def test_a_conversation_goes_on(page):
    """A second question is answered below the first, and the cards are those of the last answer."""
    _ask(page, "D-1-5")
    _cited_card(page, "D-1-5")

    answer = _ask(page, "それはなぜですか？")

    assert answer.locator("a[href='#D-1-5']").count() > 0
    assert page.locator(".bot.message, .message.bot").count() == 2


@narrow
def test_a_telephone_is_wide_enough(page):
    """At 390 pixels the question can be typed and read, and nothing scrolls sideways."""
    answer = _ask(page, "米国だけに向けた提言は？")

    assert answer.locator("a").count() > 1
    box = _box(page).bounding_box()
    assert box["width"] > 150
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    too_wide = "Array.from(document.querySelectorAll('#sources article, .message')).filter(e => e.scrollWidth > 390)"
    assert page.evaluate(f"{too_wide}.map(e => e.outerHTML.slice(0, 200))") == []
