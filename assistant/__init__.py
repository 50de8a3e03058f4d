"""The alliance assistant: answers about “Toward a Greater Alliance”, citing its recommendations by number.

    from assistant import open_assistant

    answer = open_assistant().answer("What does it say about Guam?")
    print(answer.passage_ids, answer.statements)

The public names are loaded when they are first used, so that importing the package costs and does nothing.
"""

from importlib import import_module
from typing import Any

_HOMES = {
    "Answer": "domain",
    "Assistant": "answering",
    "AssistantError": "errors",
    "Citation": "domain",
    "Language": "domain",
    "Message": "domain",
    "Outcome": "domain",
    "PassageId": "domain",
    "Question": "domain",
    "Settings": "settings",
    "Statement": "domain",
    "open_assistant": "opening",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - the names are those of `_HOMES`


def __getattr__(name: str) -> Any:
    """Load a public name from its module (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
