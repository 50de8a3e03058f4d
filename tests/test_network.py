"""Nothing that the assistant does reaches out of this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OUTSIDE = "203.0.113.7"
"""An address reserved for documentation (RFC 5737): nobody answers there."""
SWITCHES = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "GRADIO_ANALYTICS_ENABLED", "ANONYMIZED_TELEMETRY", "CI")

SCRIPT = """
import json, socket, sys

seen = []


def listen(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        address = arguments[:1]
    else:
        return
    host = address[0] if isinstance(address, tuple) else ""  # a path is a socket of this machine
    host = host.decode() if isinstance(host, bytes) else host or ""
    if host not in ("", "localhost", "0.0.0.0", "::") and not host.startswith("127.") and host != "::1":
        seen.append([event, str(host)])


sys.addaudithook(listen)

import threading, time, urllib.request
from assistant.domain import Question
from assistant.opening import open_assistant
from assistant.page import launch
from assistant.settings import Settings

settings = Settings.from_env()
assistant = open_assistant(settings)
texts = ("ジブチ基地の共同使用は？", "Should the Iran nuclear deal be kept?", "A-9", "How to bake bread?", "B-2")
outcomes = [assistant.invoke(Question(text)).outcome for text in texts]
threading.Thread(target=launch, args=(assistant, "127.0.0.1", settings.port), daemon=True).start()
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
for _ in range(300):
    try:
        page = opener.open(f"http://127.0.0.1:{settings.port}/", timeout=30).read().decode()
        break
    except OSError:
        time.sleep(0.1)
time.sleep(1)  # whatever a thread of a package would still send
reached_out = list(seen)

# The proof that this would have been noticed.
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as control:
    control.setblocking(False)
    control.connect_ex(("OUTSIDE", 9))
print(json.dumps({"outcomes": outcomes, "page": len(page), "reached_out": reached_out, "noticed": seen}), flush=True)
import os
os._exit(0)  # the server's thread has no end of its own
"""


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(scope="module")
def report(assistant, data_folder):  # noqa: ARG001 - `assistant` builds the index
    """What was seen while the index was opened, questions were asked, and the page was served once."""
    hidden = {name for name in os.environ if name.lower().endswith("_proxy") or name in SWITCHES}
    kept = {k: v for k, v in os.environ.items() if k not in hidden and not k.startswith(("ASSISTANT_", "GRADIO_"))}
    ours = {"ASSISTANT_DATA_FOLDER": str(data_folder), "GRADIO_SERVER_PORT": str(_free_port()), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", SCRIPT.replace("OUTSIDE", OUTSIDE)]
    done = subprocess.run(
        command, cwd=ROOT, env=kept | ours, capture_output=True, encoding="utf-8", timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_no_connection_leaves_this_machine(report):
    """No name is looked up and no address connected to but this machine's own, with no switch set that forbids it."""
    assert report["reached_out"] == []


def test_the_assistant_was_really_used(report):
    """Questions were answered and the page was served while nothing was seen."""
    assert report["outcomes"] == ["answered", "answered", "no_such_recommendation", "not_in_proposal", "answered"]
    assert report["page"] > 1_000


def test_a_connection_would_have_been_noticed(report):
    """The hook that saw nothing sees a connection that is made on purpose."""
    assert report["noticed"] == [["socket.connect", OUTSIDE]]
