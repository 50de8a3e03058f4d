"""Owns the stated rules by which an answer's words are read: facts, language, verbatim quotations, and "not given"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from assistant.domain import Language, Passage
from assistant.language import fold
from evals.answers import GivenStatement
from evals.cases import Fact

LONG_QUOTATION = 20
"""Characters from which a stretch in quotation marks is a quotation, not a term."""
ACRONYM = 3
"""Letters up to which an alternative in capitals keeps its case, and one in Latin letters is a whole word."""
JAPANESE_SHARE = 0.2
"""The share of Japanese among the letters of a text from which it is Japanese: English may quote 「自衛隊」."""

_MARKS = ("「」", "『』", "“”", '""')
_QUOTED = re.compile("|".join(f"{first}[^{first}{last}]{{{LONG_QUOTATION},}}{last}" for first, last in _MARKS))
_JAPANESE = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿ｦ-ﾟ々〆]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_MARKER = re.compile(r"\[[^\[\]]*\]")
_GAP = re.compile(r"\.\.\.|…|\[[^\]]*\]|\n")
_NOT_GIVEN = re.compile(
    r"(?:提言|文書|本文|報告書)[^。]{0,80}?(?:(?<!べきでは)(?<!べきで)(?<!かもしれ)(?<!なら)ない|ません|ておらず|(?:記載|言及|記述)(?:は|が)?なく)|"
    r"\b(?:proposal|document|text|recommendations?|report|paper)\b[^.]{0,100}?"
    r"\b(?:does not|doesn['’]t|do not|don['’]t|nothing|no (?:mention|figure|information|detail)|never|nowhere|"
    r"not (?:say|state|give|mention|name|specif|address|cover)\w*)\b|"
    r"\b(?:no|not|nothing|nowhere)\b[^.]{0,60}\b(?:in|by|from) (?:the|this) "
    r"(?:proposal|document|text|report|paper)\b|"
    r"\b(?:no|none of the(?: [0-9]+)?) recommendations?\b",
    re.IGNORECASE,
)


def states(text: str, fact: Fact) -> bool:
    """Whether a text states a fact: of every key, one alternative occurs in it, quotations left out.

    Width, case, quotation marks and white space are folded. So that short alternatives are not found inside other
    words, a figure is found only whole, a Latin alternative only at the start of a word, one of up to three Latin
    letters only as a word (a plural s aside), and up to three capitals (UN, IS) only in capitals.
    """
    said = _width_folded(_QUOTED.sub(" ", text))
    return all(any(_pattern(alternative).search(said) for alternative in key) for key in fact.keys)


@cache
def _pattern(alternative: str) -> re.Pattern[str]:
    written = "".join(_width_folded(alternative).split())
    body = r"\s*".join(map(re.escape, written))
    first, last = written[0], written[-1]
    word = written.isascii() and written.isalpha()
    if first.isdecimal():
        body = r"(?<![0-9])(?<![0-9][.,])" + body
    elif first.isascii() and first.isalpha():
        body = r"(?<![A-Za-z])" + body
    if last.isdecimal():
        body += r"(?![0-9]|[.,][0-9])"
    elif word and len(written) <= ACRONYM:
        body += r"(?:['’]?s)?(?![A-Za-z])"
    acronym = word and written.isupper() and 1 < len(written) <= ACRONYM
    return re.compile(body, 0 if acronym else re.IGNORECASE)


def _width_folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(str.maketrans("‘’“”", "''\"\""))


def written_in(text: str) -> Language | None:
    """The language of an answer's own text, by its letters; None where it has none."""
    text = _MARKER.sub(" ", text)
    japanese, latin = len(_JAPANESE.findall(text)), len(_LATIN.findall(text))
    if not japanese and not latin:
        return None
    return Language.JAPANESE if japanese / (japanese + latin) >= JAPANESE_SHARE else Language.ENGLISH


def says_not_given(statements: Iterable[GivenStatement]) -> bool:
    """Whether an answer says of the proposal that something is not in it.

    Only notices are read where the system marks any: a claim repeats the proposal, which says "not" too.
    """
    read = list(statements)
    notices = [statement for statement in read if statement.notice]
    return any(_NOT_GIVEN.search(statement.text) for statement in notices or read)


def is_verbatim(quote: str, passages: Iterable[Passage]) -> bool:
    """Whether a quotation stands word for word in the passages cited, in the source or in the translation.

    Width, case and white space are folded; a quotation may join whole sentences and leave out what `…` marks.
    """
    texts = [
        [fold(passage.verbatim(number, language)) for number in range(len(passage.sentences) + 1)]
        for passage in passages
        for language in Language
    ]
    pieces = [folded for piece in _GAP.split(quote) if (folded := fold(piece))]
    return bool(pieces) and all(_stands(piece, texts) for piece in pieces)


def _stands(piece: str, texts: list[list[str]]) -> bool:
    """Whether what is left of a quotation, after the whole sentences at its start, is a stretch of one passage."""
    if any(piece in "".join(sentences) for sentences in texts):
        return True
    starts = [sentence for sentences in texts for sentence in sentences if sentence and piece.startswith(sentence)]
    return any(piece == sentence or _stands(piece[len(sentence) :], texts) for sentence in set(starts))
