"""Owns the settings: one frozen `Settings`, and the only reading of the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from assistant.errors import SettingsError

PREFIX = "ASSISTANT_"
GRADIO = {"GRADIO_SERVER_NAME": "host", "GRADIO_SERVER_PORT": "port"}
LAST_PORT = 65535
CHAT_PASSAGES = ("found", "all")


def _default_data_folder() -> Path:
    return user_data_path("alliance-assistant", appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting of the assistant, with its default.

    Each is read from `ASSISTANT_` and its name in capitals; host and port from Gradio's own `GRADIO_SERVER_NAME` and
    `GRADIO_SERVER_PORT`.
    """

    embedding_model: str | None = None
    """A sentence-transformers model by hub name or folder; none stands for the bundled encoder."""
    data_folder: Path = field(default_factory=_default_data_folder)
    """Where the index is kept; made when missing."""
    chat_model: str | None = None
    """A LangChain chat model as `provider:model`; none stands for answers without a model."""
    chat_base_url: str | None = None
    """The address of the server that speaks the provider's protocol, where it is not the provider's own."""
    chat_passages: str = "found"
    """What the chat model is given: the passages `found` for the question, or `all` of them."""
    chat_timeout: float = 60.0
    """Seconds within which the chat model must have written its answer."""
    chat_max_tokens: int = 2000
    """The most tokens that the chat model may write for an answer, its reasoning included."""
    host: str = "127.0.0.1"
    """The address on which the page is served."""
    port: int = 7860
    """The port on which the page is served."""

    @classmethod
    def from_env(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; raises SettingsError naming every variable that is unknown or empty."""
        given = {name: value for name, value in environment.items() if name.startswith(PREFIX) or name in GRADIO}
        ours = (each.name for each in fields(cls) if each.name not in GRADIO.values())
        known = {**{PREFIX + name.upper(): name for name in ours}, **GRADIO}
        complaints = [_unknown(name, list(known)) for name in sorted(given) if name not in known]
        complaints += [f"{name} is empty; give it a value or unset it" for name in sorted(given) if not given[name]]
        if f"{PREFIX}CHAT_BASE_URL" in given and f"{PREFIX}CHAT_MODEL" not in given:
            complaints.append(f"{PREFIX}CHAT_BASE_URL is set without {PREFIX}CHAT_MODEL; expected both, or neither")
        if complaints:
            raise SettingsError("\n".join(complaints))
        return cls(**{known[name]: _READERS.get(known[name], str)(value) for name, value in given.items()})


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LAST_PORT:
        raise SettingsError(f"GRADIO_SERVER_PORT is {text!r}; expected a port number from 1 to {LAST_PORT}")
    return int(text)


def _chat_model(text: str) -> str:
    if not re.fullmatch(r"[a-z_]+:\S+", text):
        raise SettingsError(f"ASSISTANT_CHAT_MODEL is {text!r}; expected provider:model, such as ollama:qwen3")
    return text


def _chat_base_url(text: str) -> str:
    if not re.fullmatch(r"https?://\S+", text):
        raise SettingsError(f"ASSISTANT_CHAT_BASE_URL is {text!r}; expected an address as http://localhost:8000/v1")
    return text


def _chat_passages(text: str) -> str:
    if text not in CHAT_PASSAGES:
        raise SettingsError(f"ASSISTANT_CHAT_PASSAGES is {text!r}; expected {' or '.join(CHAT_PASSAGES)}")
    return text


def _chat_timeout(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,5}(?:\.[0-9]{1,3})?", text, re.ASCII) or not float(text):
        raise SettingsError(f"ASSISTANT_CHAT_TIMEOUT is {text!r}; expected a number of seconds, such as 60")
    return float(text)


def _chat_max_tokens(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{1,5}", text, re.ASCII):
        raise SettingsError(f"ASSISTANT_CHAT_MAX_TOKENS is {text!r}; expected a number of tokens from 10 to 999999")
    return int(text)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "data_folder": lambda text: Path(text).expanduser(),
    "port": _port,
    "chat_model": _chat_model,
    "chat_base_url": _chat_base_url,
    "chat_passages": _chat_passages,
    "chat_timeout": _chat_timeout,
    "chat_max_tokens": _chat_max_tokens,
}


def _unknown(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.8)
    hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
    return f"unknown setting {name}; {hint}"
