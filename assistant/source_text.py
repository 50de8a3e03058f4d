"""Owns the reading of `corpus/proposal.ja.txt`: pages, lines, sections, headings and sentences with exact spans.

The source is text taken from a PDF: lines are broken inside words and alternate with blank lines, the last line
of a paragraph ends in a space, and a line that opens a page begins with a space directly under the line before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.domain import INTRODUCTION, PassageId, SectionId, Sentence, Span
from assistant.errors import CorpusError

CIRCLED_DIGITS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_SECTION = re.compile(r"[Ａ-Ｆ] (?=\S)")
_SUBSECTION = re.compile(r"[１-９] (?=\S)")
_INTRODUCTION_TITLE = "序 論"


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    """Offset of the first character that is not white space."""
    text: str
    """The line without the white space around it."""
    ends_paragraph: bool


@dataclass(slots=True)
class SourcePassage:
    """What the source alone says of a passage: its number, heading and sentences, each with its span."""

    id: PassageId
    mark: Span
    heading: Sentence
    sentences: list[Sentence] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SourceText:
    """The parsed source: document title lines, section titles (text and span) and passages, in printed order."""

    title_spans: tuple[Span, ...]
    section_titles: dict[SectionId, tuple[str, Span]]
    passages: tuple[SourcePassage, ...]


def join_lines(text: str) -> str:
    """Join lines broken by the page layout: one space between Latin words, none inside Japanese."""
    joined = ""
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        between_latin = joined and joined[-1].isascii() and line[0].isascii() and line[0].isalpha()
        joined += (" " if between_latin else "") + line
    return joined


class _Locator:
    """Turns offsets into spans with line and page numbers."""

    def __init__(self, source: str) -> None:
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", source))]
        self._page_starts = [
            start
            for previous, start in pairwise([0, *self._line_starts])
            if start == 0 or (source[start : start + 1] == " " and source[previous:start].strip())
        ]

    def span(self, start: int, end: int) -> Span:
        return Span(
            start,
            end,
            bisect_right(self._line_starts, start),
            bisect_right(self._line_starts, end - 1),
            bisect_right(self._page_starts, start),
            bisect_right(self._page_starts, end - 1),
        )


def _lines(source: str) -> list[_Line]:
    lines, offset = [], 0
    for raw in source.split("\n"):
        text = raw.strip()
        if text:
            lines.append(_Line(offset + raw.index(text), text, raw != raw.rstrip()))
        offset += len(raw) + 1
    return lines


def parse_source(source: str) -> SourceText:
    """Find every passage of the source; raises CorpusError when the text has no recognisable structure."""
    locator = _Locator(source)
    titles: list[Span] = []
    section_titles: dict[SectionId, tuple[str, Span]] = {}
    passages: list[SourcePassage] = []
    section: SectionId | None = None
    lines = _lines(source)
    position = 0

    def whole(line: _Line) -> Span:
        return locator.span(line.start, line.start + len(line.text))

    while position < len(lines):
        line = lines[position]
        position += 1
        if line.text == _INTRODUCTION_TITLE:
            section = SectionId(INTRODUCTION)
            section_titles[section] = (line.text, whole(line))
        elif section is None:
            titles.append(whole(line))
        elif _SECTION.match(line.text):
            section = SectionId(chr(ord("A") + ord(line.text[0]) - ord("Ａ")))
            section_titles[section] = (line.text[2:], whole(line))
        elif _SUBSECTION.match(line.text):
            section = SectionId(section.letter, ord(line.text[0]) - ord("０"))
            section_titles[section] = (line.text[2:], whole(line))
        elif line.text[0] in CIRCLED_DIGITS or line.text[0] == "【":
            end = _heading_end(lines, position - 1)
            passages.append(_open_passage(source, locator, section, lines[position - 1 : end], passages))
            position = end
        elif passages:
            end = _body_end(lines, position - 1)
            last = lines[end - 1]
            passages[-1].sentences = _sentences(source, locator, line.start, last.start + len(last.text))
            position = end
        else:
            raise CorpusError(_found_instead(line, locator))
    if not passages:
        raise CorpusError("corpus/proposal.ja.txt: found no recommendation (a line beginning with ①); restore the file")
    return SourceText(tuple(titles), section_titles, tuple(passages))


def _found_instead(line: _Line, locator: _Locator) -> str:
    number = locator.span(line.start, line.start + 1).first_line
    return (
        f"corpus/proposal.ja.txt, line {number}: found {line.text[:20]!r} before the first heading; "
        "expected a line beginning with 【 or ①; restore the file as received"
    )


def _heading_end(lines: list[_Line], first: int) -> int:
    """The index after the heading's last line: the first that ends a paragraph.

    No Japanese paragraph begins with the particle を: E-2's heading wraps behind a Latin phrase, where the
    trailing space is that phrase's, not a paragraph's.
    """
    end = first + 1
    while end < len(lines) and (not lines[end - 1].ends_paragraph or lines[end].text.startswith("を")):
        end += 1
    return end


def _body_end(lines: list[_Line], first: int) -> int:
    """The index after the last line before the next heading or section title."""
    end = first + 1
    while end < len(lines):
        text = lines[end].text
        if text[0] in CIRCLED_DIGITS or text[0] == "【" or _SECTION.match(text) or _SUBSECTION.match(text):
            break
        end += 1
    return end


def _open_passage(
    source: str, locator: _Locator, section: SectionId, lines: list[_Line], before: list[SourcePassage]
) -> SourcePassage:
    first, last = lines[0], lines[-1]
    start, end = first.start, last.start + len(last.text)
    if first.text[0] == "【":
        number = 1 + sum(passage.id.section == INTRODUCTION for passage in before)
        text_start, text_end = start + 1, end - 1
    else:
        number = CIRCLED_DIGITS.index(first.text[0]) + 1
        text_start, text_end = start + 1, end
        while source[text_start].isspace():
            text_start += 1
    heading = Sentence(0, join_lines(source[text_start:text_end]), locator.span(text_start, text_end))
    return SourcePassage(PassageId(section.letter, section.subsection, number), locator.span(start, start + 1), heading)


def _sentences(source: str, locator: _Locator, start: int, end: int) -> list[Sentence]:
    sentences: list[Sentence] = []
    while start < end:
        stop = source.find("。", start, end)
        stop = end if stop < 0 else stop + 1
        sentences.append(Sentence(len(sentences) + 1, join_lines(source[start:stop]), locator.span(start, stop)))
        start = stop
        while start < end and source[start].isspace():
            start += 1
    return sentences
