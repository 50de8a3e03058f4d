"""Owns reading from a question which controlled labels it names: topics, places, institutions, instruments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from assistant.domain import Label, LabelKind
from assistant.language import name_pattern


class LabelReader:
    """Finds the labels that a text names, by the longest of their names in either language."""

    def __init__(self, labels: Iterable[Label]) -> None:
        labels = tuple(labels)
        names = [(_folded(name), label) for label in labels for of_language in label.names for name in of_language]
        self._alike = {
            name.casefold(): tuple(other for of_language in label.names for other in of_language)
            for name, label in names
            if label.kind is not LabelKind.TOPIC
        }
        self._patterns = [
            (name_pattern(name), label)
            for name, label in sorted(names, key=lambda pair: -len(pair[0]))
            if len(name) > 1
        ]

    def read(self, text: str) -> tuple[tuple[Label, ...], str]:
        """The labels named, in the order of the text, and the text without their names."""
        left = _folded(text)
        found: dict[int, Label] = {}
        for pattern, label in self._patterns:
            for match in pattern.finditer(left):
                found[match.start()] = label
            left = pattern.sub(lambda match: "\0" * len(match[0]), left)
        labels = dict.fromkeys(label for _, label in sorted(found.items(), key=lambda pair: pair[0]))
        return tuple(labels), left.replace("\0", " ")

    def alike(self, name: str) -> tuple[str, ...]:
        """The name, and the other names, in both languages, of the place, body or instrument that it stands for."""
        return (name, *self._alike.get(_folded(name).casefold(), ()))

    def names_in(self, text: str) -> tuple[str, ...]:
        """The names of labels as the text has them, in its order."""
        folded, (_, left) = _folded(text), self.read(text)
        gone = "".join(" " if kept == typed else typed for typed, kept in zip(folded, left, strict=True))
        return tuple(dict.fromkeys(re.split(r"\s{2,}", gone.strip()))) if gone.strip() else ()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'")
