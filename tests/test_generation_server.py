"""A real server on this machine that speaks OpenAI's streaming protocol, well or badly, through LangChain's client."""

from __future__ import annotations

import json
import threading
import time
import tomllib
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.domain import Language, PassageId, StatementKind
from assistant.errors import ModelUnavailableError, SettingsError
from assistant.generation import ChatModel, open_chat_model
from assistant.generation.chat_model import EXTRAS, how_to_install
from assistant.notices import wording
from assistant.opening import open_assistant, with_chat_model
from assistant.rendering import answer_text
from assistant.settings import Settings
from assistant.testing import PointCheck

pytest.importorskip("langchain_openai", reason="the extra `openai` is not installed")
JA = Language.JAPANESE
GUAM = "グアムの基地の共同使用はなぜ必要ですか"
KEY = PassageId.parse("D-1-5")


@dataclass
class _Behaviour:
    """How the server answers: its status, the pieces of the reply, and what it does at the end."""

    status: int = 200
    pieces: list[Any] = field(default_factory=list)
    finish: str | None = "stop"
    done: bool = True
    end: str = ""
    """`stall` before the end, `reset` the connection, send `garbage`, or go on `for ever`."""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, self.headers.get("Authorization"), asked))
        behaviour = self.server.behaviour
        self.send_response(behaviour.status)
        if behaviour.status != 200:
            self.send_header("Content-Type", "application/json")
            self.send_header("Retry-After", "0")
            self.end_headers()
            self.wfile.write(json.dumps({"error": {"message": "no", "type": "fault", "code": "fault"}}).encode())
            return
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        try:
            self._stream(behaviour)
        except (BrokenPipeError, ConnectionResetError):
            self.server.left.set()

    def _stream(self, behaviour):
        for piece in behaviour.pieces:
            self._event({"choices": [{"index": 0, "delta": piece if isinstance(piece, dict) else {"content": piece}}]})
        while behaviour.end == "for ever":
            self._event({"choices": [{"index": 0, "delta": {"content": "あ" * 50}}]})
        if behaviour.end == "stall":
            self.server.released.wait(10)
        if behaviour.end == "garbage":
            self.wfile.write(b"data: {not json\n\n")
        if behaviour.end == "reset":
            self.connection.shutdown(2)
            return
        if behaviour.finish:
            self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": behaviour.finish}]})
            self._event({"choices": [], "usage": {"prompt_tokens": 900, "completion_tokens": 42, "total_tokens": 942}})
        if behaviour.done:
            self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, content):
        whole = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", **content}
        self.wfile.write(f"data: {json.dumps(whole)}\n\n".encode())
        self.wfile.flush()

    def log_message(self, *_):
        """Nothing is printed."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behaviour = _Behaviour()
        self.asked = []
        self.left, self.released = threading.Event(), threading.Event()

    def handle_error(self, *_):
        """A client that leaves is what some tests are about."""


@pytest.fixture
def server():
    """The server, listening on a free port of this machine."""
    with _Server() as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield listening
        listening.released.set()
        listening.shutdown()


@pytest.fixture
def ask(server, assistant, proposal):
    """Asks about Guam through the settings, with the server behaving as told."""

    def answered(behaviour, timeout=20.0, max_tokens=2000):
        server.behaviour = behaviour
        settings = Settings(
            chat_model="openai:some-model",
            chat_base_url=f"http://127.0.0.1:{server.server_address[1]}/v1",
            chat_timeout=timeout,
            chat_max_tokens=max_tokens,
        )
        model: ChatModel = open_chat_model(settings)
        return with_chat_model(assistant, model, PointCheck(proposal)).answer(GUAM)

    return answered


@pytest.fixture
def points(proposal):
    """The points of D-1-5 in Japanese, each with its marker."""
    return [f"{point.text.ja}[{KEY}]" for point in proposal.passages[KEY].points]


def _claims(answer):
    return [statement.text for statement in answer.statements if statement.kind is StatementKind.CLAIM]


def _notices(answer):
    return [statement.text for statement in answer.statements if statement.kind is StatementKind.NOTICE]


def test_a_good_server_is_heard(server, ask, points):
    """Any OpenAI-compatible server works by its base URL: its sentences are shown, its tokens counted."""
    text = "".join(points[:3])
    answer = ask(_Behaviour(pieces=[text[start : start + 5] for start in range(0, len(text), 5)]))
    assert [f"{claim}[{KEY}]" for claim in _claims(answer)] == points[:3]
    assert (answer.usage.model, answer.usage.input_tokens, answer.usage.output_tokens) == ("openai:some-model", 900, 42)
    ((path, _, asked),) = server.asked
    assert path == "/v1/chat/completions"
    assert (asked["model"], asked["stream"]) == ("some-model", True)
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert GUAM in asked["messages"][1]["content"]
    assert 2000 in (asked.get("max_tokens"), asked.get("max_completion_tokens"))


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        pytest.param(401, "chat_key_refused", id="refused-key"),
        pytest.param(403, "chat_key_refused", id="no-permission"),
        pytest.param(404, "chat_unknown_model", id="unknown-model"),
        pytest.param(429, "chat_rate_limited", id="rate-limit"),
        pytest.param(500, "chat_server_fault", id="server-fault"),
        pytest.param(418, "chat_failed", id="anything-else"),
    ],
)
def test_a_refusal_is_answered_without_the_model(ask, assistant, status, reason):
    """A status that is not 200 becomes a notice that says what it means, and the default answer."""
    answer = ask(_Behaviour(status=status))
    assert _notices(answer) == [wording("chat_fell_back", JA, reason=wording(reason, JA))]
    assert _claims(answer) == _claims(assistant.answer(GUAM))


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        pytest.param({"finish": None, "done": False}, "chat_cut_off", id="ends-without-a-word"),
        pytest.param({"finish": None}, "chat_cut_off", id="done-without-a-reason"),
        pytest.param({"end": "stall"}, "chat_timeout", id="stalls"),
        pytest.param({"end": "garbage"}, "chat_failed", id="not-json"),
        pytest.param({"finish": "length"}, "chat_endless", id="token-limit"),
        pytest.param({"finish": "content_filter"}, "chat_withheld", id="filtered"),
        pytest.param({"end": "for ever"}, "chat_endless", id="never-ends"),
    ],
)
def test_half_an_answer_does_not_look_whole(ask, assistant, points, behaviour, reason):
    """What had passed is followed by a notice that the rest is missing and why, and by the default answer."""
    slow = behaviour.get("end") == "stall"
    pieces = [points[1], "\n両国は基地を"]
    answer = ask(_Behaviour(pieces=pieces, **behaviour), timeout=1.0 if slow else 20.0, max_tokens=200)
    first, broke_off, *rest = answer.statements
    assert f"{first.text}[{KEY}]" == points[1]
    assert broke_off.text == wording("chat_broke_off", JA, reason=wording(reason, JA))
    assert {statement.text for statement in rest} >= set(_claims(assistant.answer(GUAM))) - {first.text}
    assert "両国は基地を" not in answer_text(answer)


def test_a_broken_connection_is_said(ask, points):
    """A connection that breaks in mid-sentence, as the client reports it, is never taken for the end."""
    answer = ask(_Behaviour(pieces=[points[1], "\n両国は基地を"], end="reset", finish=None, done=False))
    reasons = [wording(reason, JA) for reason in ("chat_cut_off", "chat_failed", "chat_unreachable")]
    assert _notices(answer)[0] in [wording("chat_broke_off", JA, reason=reason) for reason in reasons]


@pytest.mark.parametrize(
    ("pieces", "finish"),
    [
        pytest.param([], "stop", id="empty"),
        pytest.param([{"content": None}], "stop", id="null"),
        pytest.param([{"refusal": "I cannot."}], "stop", id="refusal"),
    ],
)
def test_a_reply_without_text_is_replaced(ask, assistant, pieces, finish):
    """A reply that holds no text gives the default answer and says so."""
    answer = ask(_Behaviour(pieces=pieces, finish=finish))
    assert _notices(answer) == [wording("chat_fell_back", JA, reason=wording("chat_empty", JA))]
    assert _claims(answer) == _claims(assistant.answer(GUAM))


def test_a_server_that_is_not_there_is_said(assistant, proposal):
    """Where nobody listens, the reader gets the default answer at once."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as closed:
        port = closed.server_address[1]
    settings = Settings(chat_model="openai:m", chat_base_url=f"http://127.0.0.1:{port}/v1")
    built = with_chat_model(assistant, open_chat_model(settings), PointCheck(proposal))
    assert _notices(built.answer(GUAM)) == [wording("chat_fell_back", JA, reason=wording("chat_unreachable", JA))]


def test_a_model_that_is_given_up_is_left(server, ask):
    """The connection to a model that never ends is closed, not read on in the background."""
    ask(_Behaviour(end="for ever"), max_tokens=100)
    assert server.left.wait(10)


def test_time_is_counted_from_the_question(ask):
    """A silent server costs the reader the time allowed, not a multiple of it."""
    started = time.monotonic()
    ask(_Behaviour(end="stall"), timeout=1.0)
    assert time.monotonic() - started < 3


def test_what_a_server_writes_faces_the_real_check(data_folder, server, points):
    """By the settings alone, a sentence is held against the proposal: an invented figure never shows."""
    server.behaviour = _Behaviour(pieces=[points[0], "自衛隊員1万5千人が2023年までに常駐すべきである。[D-1-5]"])
    url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    settings = Settings(data_folder=data_folder, chat_model="openai:m", chat_base_url=url)
    answer = open_assistant(settings).answer(GUAM)
    claims = [statement.text for statement in answer.statements if statement.kind is StatementKind.CLAIM]
    assert claims
    assert all("2023" not in text for text in claims)
    assert answer.usage is not None
    assert answer.usage.dropped == 1


@pytest.mark.parametrize("model", ["no_such_provider:m", "m"])
def test_an_unknown_provider_is_named(model):
    """The message says what was found and what is expected."""
    with pytest.raises(SettingsError, match=f"'{model}' cannot be opened .*; expected provider:model"):
        open_chat_model(Settings(chat_model=model))


def test_a_missing_package_gives_the_command():
    """Where a provider's package is not installed, the command that installs it is in the message."""
    with pytest.raises(ModelUnavailableError, match="python -m pip install langchain-baseten"):
        open_chat_model(Settings(chat_model="baseten:m"))


@pytest.mark.parametrize("provider", EXTRAS)
def test_the_extras_are_those_of_the_package(provider):
    """Each provider of the README has an extra of its own in pyproject.toml."""
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f'".[{EXTRAS[provider]}]"' in how_to_install(provider)
    assert project["optional-dependencies"][EXTRAS[provider]] == [f"langchain-{provider.replace('_', '-')}"]
