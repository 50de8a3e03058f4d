"""Owns what the assistant says in its own name: the notices of `prompts/notices.yaml`, rendered strictly."""

from __future__ import annotations

from functools import cache

import yaml

from assistant.domain import Bilingual, Language, Statement, StatementKind
from assistant.errors import PromptError
from assistant.resources import resource_folder
from assistant.templates import render

_FILE = "notices.yaml"


def notice(name: str, language: Language, **values: object) -> Statement:
    """The notice of that name as a statement; raises PromptError where its variables and the values given differ."""
    return Statement(StatementKind.NOTICE, wording(name, language, **values))


def wording(name: str, language: Language, **values: object) -> str:
    """The text of a notice, or of a part of one."""
    if name not in notices():
        raise PromptError(f"prompts/{_FILE}: there is no notice {name!r}; restore the file")
    return render(notices()[name][language], f"prompts/{_FILE}, {name}.{language}", values)


@cache
def notices() -> dict[str, Bilingual]:
    """All notices by name."""
    path = resource_folder("prompts") / _FILE
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        return {name: Bilingual(**texts) for name, texts in content.items()}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, TypeError, AttributeError) as error:
        raise PromptError(f"{path}: cannot be read ({error}); restore the prompts folder") from error
