"""Owns the sentences of a model's reply: cut from the stream once each is whole, with the markers that close it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.generation.markers import CLOSING, LONGEST_MARKER, OPENING, Marked, MarkerReader
from assistant.understanding import clean

_END = re.compile(r"[。！？!?]+[」』”’\"')）]*|\.[”’\"')]*(?=\s|[\[［【〔(（]|$)|\n+")
_GOES_ON = re.compile(r"(?:\b[A-Z]|(?:^|\n)\s*[0-9]{1,2}|\b(?:Mr|Mrs|Ms|Mt|Dr|St|vs|cf|No|pp?|Art|Inc|e\.g|i\.e))$")
"""What stands before a full stop that ends no sentence: an initial, the number of a list's item, an abbreviation."""
_REACH = 12
"""Characters before a full stop that are looked at."""
LONGEST_WAIT = 1_000
"""Characters without an end that are cut off as they are: no sentence is so long, and hostile text stays cheap."""
_QUOTE_GOES_ON = re.compile(r"[」』)）][とはをがのに、]")
_BULLET = re.compile(r"^\s*(?:(?:[-*>]|[0-9]{1,2}[.)]|#{1,6})\s+|(?:[•・●▪]|[0-9]{1,2}[．、])\s*)+")
_EMPHASIS = re.compile(r"(\*\*|__|\*)(?=\S)(.+?)(?<=\S)\1")
_BEFORE_A_STOP = re.compile(r"\s+(?=[.。、,!?！？])")
_DOUBLE_STOP = re.compile(r"([。.])[。.]$")
_THINKING = ("<think>", "</think>")


class SentenceStream:
    """Takes a reply piece by piece and gives back its sentences, each once what follows it has been seen."""

    def __init__(self, markers: MarkerReader) -> None:
        self._markers = markers
        self._rest = ""

    def read(self, pieces: Iterable[str]) -> Iterator[Marked]:
        """The sentences of a whole reply; where `pieces` raises, what is not yet a whole sentence is lost."""
        for piece in pieces:
            self._rest += piece
            yield from self._whole(final=False)
        yield from self._whole(final=True)

    def _whole(self, *, final: bool) -> Iterator[Marked]:
        if self._rest.lstrip().startswith(_THINKING[0]):  # some open models reason aloud before they answer
            _, closed, after = self._rest.partition(_THINKING[1])
            if not closed:
                return
            self._rest = after
        while end := self._first_end(final=final):
            sentence, self._rest = self._rest[:end], self._rest[end:]
            if marked := self._cleaned(sentence):
                yield marked

    def _first_end(self, *, final: bool) -> int:
        """Where the first sentence and its markers end; 0 where that cannot be told yet, or nothing is left."""
        text = self._rest
        for match in _END.finditer(text):
            end = match.end()
            if match[0].startswith("\n"):
                if text[: match.start()].strip():
                    return end
                continue
            if match[0].startswith(".") and _GOES_ON.search(text, max(0, match.start() - _REACH), match.start()):
                continue
            if _QUOTE_GOES_ON.match(text, end - 1):
                continue
            if not text[end:].strip(" ") and not final:
                return 0
            return self._after_markers(text, end, final=final)
        return len(text) if final or len(text) > LONGEST_WAIT else 0

    def _after_markers(self, text: str, end: int, *, final: bool) -> int:
        while True:
            at = end + len(text[end:]) - len(text[end:].lstrip(" "))
            if at == len(text):
                return end if final else 0
            if text[at] not in OPENING:
                return end
            closes = next((i for i in range(at + 1, min(len(text), at + LONGEST_MARKER + 2)) if text[i] in CLOSING), 0)
            if not closes:
                short = len(text) - at <= LONGEST_MARKER and "\n" not in text[at:]
                return 0 if short and not final else end
            if not self._markers.is_marker(text[at : closes + 1]):
                return end
            if closes + 1 == len(text) and not final:
                return 0
            end = closes + 1
            if text.startswith((".", "。"), end):
                end += 1

    def _cleaned(self, sentence: str) -> Marked | None:
        """The sentence without markers, bullets and emphasis; None where no words are left."""
        marked = self._markers.read(sentence)
        text = _EMPHASIS.sub(r"\2", _BULLET.sub("", clean(marked.text)))
        text = _DOUBLE_STOP.sub(r"\1", _BEFORE_A_STOP.sub("", " ".join(text.split())))
        if not any(character.isalnum() for character in text):
            return None
        return Marked(text, marked.cited, marked.unknown)
