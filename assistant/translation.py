"""Owns the reading of `corpus/proposal.en.md`, this project's unofficial translation and its alignment."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from assistant.domain import PassageId, TranslatedSentence
from assistant.errors import CorpusError

_HEADING = re.compile(r"### (?P<id>\S+) (?P<heading>.+)")
_SENTENCE = re.compile(r"\((?P<renders>[0-9]+)\) (?P<text>.+)")


@dataclass(slots=True)
class TranslatedPassage:
    """The English of one passage: heading, sentences in order, and the translator's notes."""

    heading: str
    sentences: list[TranslatedSentence] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_translation(path: Path) -> dict[PassageId, TranslatedPassage]:
    """Read the whole translation; raises CorpusError naming the first line that has no known form."""
    passages: dict[PassageId, TranslatedPassage] = {}
    current: TranslatedPassage | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if heading := _HEADING.fullmatch(line):
            current = passages[_passage_id(heading["id"], path, number)] = TranslatedPassage(heading["heading"])
        elif current is None or not line or line.startswith(("# ", "## ")):
            continue
        elif sentence := _SENTENCE.fullmatch(line):
            current.sentences.append(TranslatedSentence(sentence["text"], int(sentence["renders"])))
        elif line.startswith("> "):
            current.notes.append(line[2:])
        else:
            raise CorpusError(
                f"{path.name}, line {number}: found {line[:40]!r}; expected a heading '### D-1-5 …', "
                "a sentence '(2) …', a note '> …' or an empty line"
            )
    return passages


def _passage_id(text: str, path: Path, number: int) -> PassageId:
    try:
        return PassageId.parse(text)
    except ValueError as error:
        raise CorpusError(f"{path.name}, line {number}: {error}") from error
