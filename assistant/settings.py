"""Owns the settings: one frozen `Settings`, and the only reading of the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from assistant.errors import SettingsError

PREFIX = "ASSISTANT_"
GRADIO = {"GRADIO_SERVER_NAME": "host", "GRADIO_SERVER_PORT": "port"}
LAST_PORT = 65535


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
    host: str = "127.0.0.1"
    """The address on which the page is served."""
    port: int = 7860
    """The port on which the page is served."""

    @classmethod
    def from_env(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; raises SettingsError naming every variable that is unknown or empty."""
        given = {name: value for name, value in environment.items() if name.startswith(PREFIX) or name in GRADIO}
        known = {**{PREFIX + name.upper(): name for name in ("embedding_model", "data_folder")}, **GRADIO}
        complaints = [_unknown(name, list(known)) for name in sorted(given) if name not in known]
        complaints += [f"{name} is empty; give it a value or unset it" for name in sorted(given) if not given[name]]
        if complaints:
            raise SettingsError("\n".join(complaints))
        return cls(**{known[name]: _READERS.get(known[name], str)(value) for name, value in given.items()})


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= LAST_PORT:
        raise SettingsError(f"GRADIO_SERVER_PORT is {text!r}; expected a port number from 1 to {LAST_PORT}")
    return int(text)


_READERS: Mapping[str, Callable[[str], Any]] = {
    "data_folder": lambda text: Path(text).expanduser(),
    "port": _port,
}


def _unknown(name: str, known: list[str]) -> str:
    close = get_close_matches(name, known, n=1, cutoff=0.8)
    hint = f"did you mean {close[0]}?" if close else f"known are {', '.join(known)}"
    return f"unknown setting {name}; {hint}"
