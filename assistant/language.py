"""Owns telling Japanese from English, and folding width and form so that texts can be matched."""

from __future__ import annotations

import re
import unicodedata

from assistant.domain import Language

_JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f々〆]")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_FULL_WIDTH = re.compile(r"[！-～①-⑳]")
_ROMANISED_PARTICLES = frozenset("wa ga wo ni de to no mo ka he".split())
_ROMANISED = _ROMANISED_PARTICLES | frozenset(
    "desu masu desuka masuka suru shite kudasai oshiete nani nan dou doko itsu dare naze "
    "nihon beikoku domei doumei nichibei teigen kitachosen kankoku chugoku bouei keizai tsuite subeki arimasu ikura "
    "dono donna saiba toha nitsuite chousen seisaku beigun jieitai".split()
)
_ENGLISH = frozenset(
    "the a an of in on to and or is are was were what which who how why when where does do did should would can could "
    "for about with from by that this it its as be has have not any tell me please show list give say says said "
    "japan us u.s proposal recommendation recommendations alliance number".split()
)
_ROMANISED_SHARE = 0.4
_SYLLABLES = re.compile(
    r"(?:(?:kk?|g|ss?h?|z|tt?|t?ch|ts|d|n|h|f|b|pp?|m|r|w|j|(?:[kgnhbpmr])?y)?[aiueo]+(?:n(?![aiueoy]))?)+",
    re.IGNORECASE,
)
"""Words that may be Japanese in Latin letters: open syllables throughout."""
_SYLLABLE_SHARE = 0.8
_JAPANESE_ONLY = frozenset("wa ga wo ni eno mo ka desu".split())
_KATAKANA = re.compile(r"[ァ-ヺー・]+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'"})


def detect_language(text: str) -> Language | None:
    """The language of a text, or None where it has no words (`D-1-5`, `???`).

    Japanese is told by its script (half-width kana too) or, in Latin letters, by romanised function words.
    """
    if _JAPANESE.search(text):
        return Language.JAPANESE
    words = [word.lower() for word in _LATIN_WORD.findall(text) if len(word) > 1]
    if not words:
        return Language.JAPANESE if _FULL_WIDTH.search(text) else None
    romanised = sum(word in _ROMANISED for word in words) * any(w in _ROMANISED - _ROMANISED_PARTICLES for w in words)
    english = sum(word in _ENGLISH for word in words)
    if romanised > english and romanised / len(words) >= _ROMANISED_SHARE:
        return Language.JAPANESE
    open_syllables = sum(bool(_SYLLABLES.fullmatch(word)) for word in words) / len(words)
    if open_syllables >= _SYLLABLE_SHARE and not _JAPANESE_ONLY.isdisjoint(words):
        return Language.JAPANESE
    return Language.ENGLISH


def fold_width(text: str) -> str:
    """Fold width and drop white space: two texts that fold alike are the same in print."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def fold(text: str) -> str:
    """Fold case and quotation marks too: two texts that fold alike say the same."""
    return fold_width(text).translate(_QUOTES).casefold()


def name_pattern(name: str) -> re.Pattern[str]:
    """A pattern that finds a name in text of normal width, whole: Latin names as words, katakana ones by themselves.

    Names all in capitals are found in capitals only; others in any case, and in the plural.
    """
    name = unicodedata.normalize("NFKC", name).replace("’", "'")
    flags = re.NOFLAG if name.isupper() else re.IGNORECASE
    if name.isascii():
        plural = "" if name.isupper() else "(?:s|es)?"
        return re.compile(rf"(?<![A-Za-z0-9]){re.escape(name)}{plural}(?![A-Za-z0-9])", flags)
    if _KATAKANA.fullmatch(name):  # インド is not in インドネシア
        return re.compile(rf"(?<![ァ-ヺー]){re.escape(name)}(?![ァ-ヺー])")
    return re.compile(re.escape(name), flags)
