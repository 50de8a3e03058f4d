"""Owns the citation markers of a model's sentence, in whatever form: `[D-1-5]`, `【D-1-5】`, `(D1-5)`, `[D-1-5–7]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.domain import PassageId
from assistant.language import fold_width
from assistant.references import ReferenceReader

LONGEST_MARKER = 80
"""Characters between the brackets of a marker."""
OPENING, CLOSING = "[［【〔(（", "]］】〕)）"
_BRACKETED = re.compile(
    rf"(?P<open>[{re.escape(OPENING)}]){{1,2}}(?P<inside>[^{re.escape(OPENING + CLOSING)}\n]{{1,{LONGEST_MARKER}}})"
    rf"[{re.escape(CLOSING)}]{{1,2}}(?:\(#[^)\s]*\))?"
)
_WORDS = re.compile(r"(?!.*[0-9])(?=.*[^\W_]{2})")
"""What an editor adds to a sentence in brackets, as in “missile [defense] systems”, has letters and no number."""
_ROUND = "(（"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text without its markers, the passages that they cite, and the markers that cite none of the proposal's."""

    text: str
    cited: tuple[PassageId, ...] = ()
    unknown: tuple[str, ...] = ()


class MarkerReader:
    """Reads markers with the project's own reader of numbers."""

    def __init__(self, references: ReferenceReader) -> None:
        self._references = references

    def read(self, text: str) -> Marked:
        """Take the markers out of a text.

        Numbers in square or lenticular brackets that are none of the proposal's are unknown markers; round brackets
        are markers only where nothing but numbers of recommendations stands in them.
        """
        cited: list[PassageId] = []
        unknown: list[str] = []

        def taken(match: re.Match[str]) -> str:
            kind = self._passages(match)
            if kind is None:
                return match[0]
            if kind:
                cited.extend(kind)
            else:
                unknown.append(match[0])
            return ""

        rest = _BRACKETED.sub(taken, text)
        return Marked(rest, tuple(dict.fromkeys(cited)), tuple(unknown))

    def is_marker(self, bracketed: str) -> bool:
        """Whether a text in brackets is a marker, known or unknown, and not part of the sentence."""
        match = _BRACKETED.fullmatch(bracketed)
        return match is not None and self._passages(match) is not None

    def _passages(self, match: re.Match[str]) -> tuple[PassageId, ...] | None:
        """The passages that a bracket cites, none for an unknown marker; None where it is no marker."""
        named = self._references.read(match["inside"])
        alone = not named.remainder.strip()
        if alone and named.passage_ids and not named.missing and not named.sections:
            return named.passage_ids
        if match["open"] in _ROUND and not (alone and named.missing):
            return None
        return None if _WORDS.match(fold_width(match["inside"])) else ()
