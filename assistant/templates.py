"""Owns the strict rendering of the texts in prompts/: a variable too many or too few is an error."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

from assistant.errors import PromptError


def render(text: str, place: str, values: Mapping[str, object]) -> str:
    """Fill in the `$variables` of a text; raises PromptError, naming `place`, where they and the values differ."""
    template = Template(text)
    if set(template.get_identifiers()) != set(values):
        raise PromptError(
            f"{place}: found the variables {sorted(template.get_identifiers())}; given were {sorted(values)}"
        )
    return template.substitute({key: str(value) for key, value in values.items()})
