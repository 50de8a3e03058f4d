"""The command line end to end: every command as a process of its own, on the real proposal."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.resources import BUNDLED_ENCODER

ROOT = Path(__file__).parent.parent
PATIENCE = 120
"""Seconds for one command on a busy machine; it takes three."""
ROW = {"id", "section", "subsection", "number", "page", "lines", "heading", "body"}


@dataclass(frozen=True)
class Finished:
    """What a command left behind."""

    status: int
    output: str
    messages: str

    @property
    def content(self):
        """The output read as JSON."""
        return json.loads(self.output)


def _environment(data_folder, **settings):
    """The environment without settings of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ASSISTANT_", "GRADIO_"))}
    return kept | {"ASSISTANT_DATA_FOLDER": str(data_folder), "PYTHONUTF8": "1"} | settings


@pytest.fixture(scope="module")
def alliance(assistant, data_folder):  # noqa: ARG001 - `assistant` builds the index
    """Runs `python -m assistant …` and holds that no command ever shows a traceback."""

    def run(*arguments, typed=None, **settings):
        done = subprocess.run(
            [sys.executable, "-m", "assistant", *map(str, arguments)],
            cwd=ROOT,
            env=_environment(data_folder, **settings),
            input=typed,
            stdin=subprocess.DEVNULL if typed is None else None,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        finished = Finished(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
        assert "Traceback" not in finished.output + finished.messages
        return finished

    return run


@pytest.fixture
def taken_port():
    """A port of this machine on which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.mark.parametrize(
    ("question", "marker", "said"),
    [
        pytest.param("ジブチの拠点は今後どうするべきだと言っているか", "[D-1-6]", "原文の引用：", id="japanese"),
        pytest.param(
            "Should the Iran nuclear deal be kept?", "[C-1]", "Quotations (unofficial translation):", id="english"
        ),
    ],
)
def test_ask_answers_with_numbers_and_quotations(alliance, question, marker, said):
    """An answer is printed in the question's language with its markers, quotations and pages."""
    asked = alliance("ask", question)

    assert asked.status == 0, asked.messages
    assert marker in asked.output
    assert said in asked.output
    assert re.search(r"[0-9]+ ページ「|p\. [0-9]+: “", asked.output)


def test_ask_gives_json_in_the_language_wanted(alliance):
    """--json prints one object in the form of the contract; --language wins over the question's."""
    asked = alliance("ask", "ジブチの拠点は今後どうするべき？", "--json", "--language", "en")

    assert asked.status == 0, asked.messages
    row = asked.content
    assert set(row) == {"outcome", "language", "text", "citations", "related", "statements", "confidence", "elapsed_ms"}
    assert (row["outcome"], row["language"]) == ("answered", "en")
    assert "D-1-6" in row["citations"]
    assert set(re.findall(r"\[([A-F](?:-[0-9]+)+)\]", row["text"])) == set(row["citations"])
    for statement in row["statements"]:
        assert statement["kind"] in {"claim", "notice"}
        assert bool(statement["citations"]) == ("quote" in statement)


def test_an_answer_comes_without_noise(alliance):
    """On a sound index, nothing but the answer is written, not even an empty line."""
    assert alliance("ask", "D-1-5").messages == ""


def test_a_batch_loses_no_line(alliance, tmp_path):
    """One bad line gets an error row with its line number; all others are answered, in order."""
    questions, answers = tmp_path / "質問.jsonl", tmp_path / "回答.jsonl"
    rows = [
        {"id": "ja", "question": "ジブチ基地は？"},
        {"id": "wanted", "question": "ジブチ基地は？", "language": "en"},
        {"id": "number", "question": "D-3-1"},
        {"id": "missing", "question": "What does A-9 say?", "history": []},
        {"id": "empty", "question": ""},
        {"id": "emoji", "question": "😀😀"},
        {
            "id": "next",
            "question": "それはなぜですか？",
            "history": [{"role": "user", "content": "D-1-5は？"}, {"role": "assistant", "content": "…[D-1-5]"}],
        },
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines.insert(2, '{"id": "broken", "question": ')
    questions.write_text("\n".join(lines) + "\n", encoding="utf-8")

    asked = alliance("ask", "--batch", questions, "--out", answers)

    assert asked.status == 0, asked.messages
    given = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in given] == ["ja", "wanted", None, "number", "missing", "empty", "emoji", "next"]
    assert [row["outcome"] for row in given] == [
        "answered", "answered", "invalid_question", "answered", "no_such_recommendation", "invalid_question",
        "invalid_question", "answered",
    ]  # fmt: skip
    broken = given[2]
    assert broken["line"] == 3
    assert broken["error"]
    assert broken["citations"] == []
    assert [row["language"] for row in given[:2]] == ["ja", "en"]
    assert given[3]["citations"] == ["D-3-1"]
    assert "D-1-5" in given[7]["citations"]


def test_a_batch_that_is_not_there_is_said_so(alliance, tmp_path):
    """A missing file of questions is named."""
    asked = alliance("ask", "--batch", tmp_path / "none.jsonl", "--out", tmp_path / "out.jsonl")

    assert asked.status == 1
    assert "none.jsonl" in asked.messages


def test_a_question_comes_from_standard_input(alliance):
    """Without an argument the question is read from standard input."""
    asked = alliance("ask", "--json", typed="イランとの核合意は破棄すべきか\n".encode())

    assert asked.status == 0, asked.messages
    assert "C-1" in asked.content["citations"]


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(b"\xff\xfe D-1-5", id="stray-bytes"),
        pytest.param("ジブチ基地は？".encode()[:-1], id="cut-in-a-character"),
        pytest.param("ジブチ基地は？".encode("shift_jis"), id="shift-jis"),
    ],
)
def test_broken_utf_8_is_refused_clearly(alliance, typed):
    """Bytes that are not UTF-8 give one message that says so and where."""
    asked = alliance("ask", typed=typed)

    assert asked.status == 1
    assert asked.output == ""
    assert "UTF-8" in asked.messages
    assert "position" in asked.messages


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("", "空", id="empty"),
        pytest.param("あ" * 20_000, "長すぎる", id="20000-characters"),
        pytest.param("😀🎉👍🏽", "文字がない", id="emoji"),
    ],
)
def test_an_unusable_question_is_told_why(alliance, question, said):
    """An empty, endless or wordless question gets a sentence that says what is wrong with it."""
    asked = alliance("ask", question)

    assert asked.status == 0, asked.messages
    assert said in asked.output


def test_markup_in_a_question_is_inert(alliance):
    """Rich's markup, HTML and control sequences in a question neither colour nor break the output."""
    asked = alliance("ask", "[bold red]グアム基地[/] </b><script>alert(1)</script> \x1b[31m の共同使用は？")

    assert asked.status == 0, asked.messages
    assert "[D-1-5]" in asked.output
    assert "\x1b" not in asked.output
    assert "<script" not in asked.output


@pytest.mark.parametrize("number", ["Ｄ−１−５", "D-1⑤", "防衛政策１の５番", "d-1-5"])
def test_show_reads_every_notation(alliance, number):
    """However its number is typed, the recommendation is shown whole, with place and page."""
    shown = alliance("show", number)

    assert shown.status == 0, shown.messages
    assert shown.output.startswith("D-1-5 グアム基地の日米共同使用を進めよ\n")
    assert "原文 10 ページ" in shown.output


def test_show_gives_the_translation(alliance, proposal):
    """--language en shows the English text, labelled as an unofficial translation."""
    shown = alliance("show", "D-1-5", "--language", "en")

    passage = next(p for p in proposal.recommendations if str(p.id) == "D-1-5")
    assert shown.status == 0, shown.messages
    assert shown.output.startswith("D-1-5 Advance Japan-U.S. joint use of the Guam base\n")
    assert passage.body.en in shown.output
    assert "unofficial translation" in shown.output


def test_show_gives_every_field_as_json(alliance, proposal):
    """--json gives id, section, subsection, number, page, lines, heading and body in both languages."""
    shown = alliance("show", "B-2-3", "--json")

    passage = next(p for p in proposal.recommendations if str(p.id) == "B-2-3")
    assert shown.status == 0, shown.messages
    row = shown.content
    assert set(row) >= ROW
    assert (row["id"], row["section"], row["subsection"], row["number"], row["page"]) == ("B-2-3", "B", "B-2", 3, 6)
    assert row["heading"] == {"ja": passage.title.ja, "en": passage.title.en}
    assert row["body"] == {"ja": passage.body.ja, "en": passage.body.en}
    first, last = row["lines"]
    printed = "".join("".join(proposal.source.split("\n")[first - 1 : last]).split())
    assert "".join(passage.title.ja.split()) in printed
    assert "".join(passage.body.ja.split()) in printed


def test_show_lists_a_subsection(alliance):
    """A bare subsection shows all its recommendations."""
    shown = alliance("show", "B-2", "--json")

    assert [row["id"] for row in shown.content] == ["B-2-1", "B-2-2", "B-2-3", "B-2-4"]


@pytest.mark.parametrize("number", ["A-9", "nonsense", ""])
def test_show_refuses_a_missing_number(alliance, number):
    """A number that does not exist gives one message that names it and the range."""
    shown = alliance("show", number)

    assert shown.status == 1
    assert shown.output == ""
    assert repr(number) in shown.messages
    assert "F-4" in shown.messages


@pytest.mark.parametrize(
    ("section", "count"),
    [(None, 58), ("D", 19), ("d-3", 6)],
    ids=["all", "section", "small-letter"],
)
def test_list_gives_every_field_as_json(alliance, section, count):
    """`list --json` gives the rows of `show --json`, of all or of one section, in printed order."""
    listed = alliance("list", "--json", *(["--section", section] if section else []))

    assert listed.status == 0, listed.messages
    rows = listed.content
    assert len(rows) == count
    assert all(set(row) >= ROW for row in rows)
    lines = [row["lines"] for row in rows]
    assert lines == sorted(lines)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_list_prints_number_page_and_heading(alliance, language):
    """`list --section D-3` prints the six cyber recommendations in the language wanted."""
    listed = alliance("list", "--section", "D-3", "--language", language)

    assert listed.status == 0, listed.messages
    assert re.findall(r"^(D-3-[0-9]) +12 ", listed.output, re.MULTILINE) == [f"D-3-{n}" for n in range(1, 7)]
    assert {"ja": "サイバー攻撃能力を向上させよ", "en": "Improve cyberattack capabilities"}[language] in listed.output


@pytest.mark.parametrize("section", ["D-9", "nonsense"])
def test_list_refuses_an_unknown_section(alliance, section):
    """A section that does not exist is named in one message."""
    listed = alliance("list", "--section", section)

    assert listed.status == 1
    assert listed.output == ""
    assert repr(section) in listed.messages


def test_index_says_that_it_is_ready(alliance, data_folder):
    """`index` on a sound index says where it is and builds nothing."""
    built = alliance("index")

    assert built.status == 0
    assert str(data_folder) in built.messages.replace("\n", "")
    assert "Building" not in built.messages


@pytest.mark.parametrize("command", [["ask", "D-1-5"], ["index"]], ids=lambda command: command[0])
def test_a_misspelt_setting_is_refused_with_a_suggestion(alliance, command):
    """A setting that does not exist is not passed over: the message names it and the one that was meant."""
    refused = alliance(*command, ASSISTANT_EMBEDING_MODEL="x")

    assert refused.status == 1
    assert refused.output == ""
    assert "ASSISTANT_EMBEDING_MODEL" in refused.messages
    assert "did you mean ASSISTANT_EMBEDDING_MODEL?" in refused.messages


def test_a_model_folder_with_a_file_missing_is_refused(alliance, tmp_path):
    """An incomplete model is refused with the name of the missing file."""
    model = tmp_path / "model"
    shutil.copytree(BUNDLED_ENCODER, model)
    (model / "tokenizer.json").unlink()

    refused = alliance(
        "ask", "D-1-5", ASSISTANT_EMBEDDING_MODEL=str(model), ASSISTANT_DATA_FOLDER=str(tmp_path / "index")
    )

    assert refused.status == 1
    assert refused.output == ""
    assert "tokenizer.json" in refused.messages


def test_serve_refuses_a_port_in_use(alliance, taken_port):
    """A port on which somebody else listens gives one clear line."""
    refused = alliance("serve", "--port", taken_port)

    assert refused.status == 1
    assert refused.output == ""
    (line,) = refused.messages.strip().splitlines()
    assert f"127.0.0.1:{taken_port}" in line


def test_the_page_prints_its_address(alliance, data_folder):  # noqa: ARG001 - the index is built before
    """`python app.py` prints the address at which the page can be opened."""
    port = _free_port()
    environment = _environment(data_folder, GRADIO_SERVER_PORT=str(port))
    with subprocess.Popen(
        [sys.executable, ROOT / "app.py"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8"
    ) as page:
        patience = threading.Timer(PATIENCE, page.kill)
        patience.start()
        try:
            assert page.stdout.readline() == f"http://127.0.0.1:{port}\n"
        finally:
            patience.cancel()
            page.kill()


def test_an_unknown_command_is_refused(alliance):
    """A command that does not exist is a usage error."""
    assert alliance("asc", "D-1-5").status == 2


def test_help_names_every_command(alliance):
    """--help lists the commands."""
    shown = alliance("--help")

    assert shown.status == 0
    for command in ("ask", "show", "list", "index", "serve"):
        assert re.search(rf"\b{command}\b", shown.output)
