"""Owns the content words of a text in either language, as lexical search and the checks on questions see them."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from threading import local
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sudachipy import Dictionary, Tokenizer

_LATIN = re.compile(r"[a-z0-9]+(?:[.'’&][a-z0-9]+)*")
_LATIN_NAME = re.compile(
    r"(?<![A-Za-z])(?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*|(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*)(?![A-Za-z])"
)
"""Acronyms anywhere; capitalised words where they do not open a sentence."""
_SUFFIX = re.compile(r"(?<=[a-z]{3})(?:ations?|ments?|ings?|ions?|ers?|ies|ied|ed|es|s|ly|(?<=[a-z]{5})y|e)$")
_SUDACHI_LIMIT = 12_000
"""Characters a call: SudachiPy refuses input of over 49,149 bytes."""
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞"})
_EMPTY_JAPANESE = frozenset(
    "為る 有る 居る 成る 出来る 言う 行く 来る 見る 呉れる 貰う 下さる 事 物 者 つく 就く そのまま 為 様 所 時 等 "
    "何 誰 何処 何時 如何 何故 どう どの どんな こう そう ああ 此の 其の 的 化 性 方 達 さ 御 "
    "提言 勧告 本 文書 教える 知る 述べる 書く "
    "又 まだ もう 更に 最も とても 良い 無い 可き".split()
)
_EMPTY_ENGLISH = frozenset(
    "a an the of in on at to for from by with about and or but nor if then than that this these those it its is are "
    "was were be been being do does did done has have had having will would should shall can could may might must "
    "i we you he she they me us them my our your his her their what which who whom whose how why when where there "
    "here not no any some all each every both few more most other such only own same so too very just also into over "
    "under again further once as because while during before after above below up down out off between through "
    "proposal recommendation recommendations report document paper say says said tell please give let know "
    "mention mentions according does anything something".split()
)


_thread = local()


@cache
def _dictionary() -> Dictionary:
    from sudachipy import Dictionary  # noqa: PLC0415 - loading costs time, and only a search needs it

    return Dictionary(dict="core")


def _tokenizer() -> Tokenizer:
    """A tokenizer of the thread's own: SudachiPy's refuse to be used by two threads at once."""
    if not hasattr(_thread, "tokenizer"):
        from sudachipy import SplitMode  # noqa: PLC0415 - as above

        _thread.tokenizer = _dictionary().tokenizer(mode=SplitMode.A)
    return _thread.tokenizer


def content_words(text: str) -> list[str]:
    """The content words in order: Japanese ones in SudachiPy's normalised form, English ones without light suffixes."""
    folded = unicodedata.normalize("NFKC", text).lower()
    latin = (word.replace("’", "'").removesuffix("'s") for word in _LATIN.findall(folded))
    words = [_stem(word) for word in latin if word not in _EMPTY_ENGLISH]
    japanese = _LATIN.sub(" ", folded)
    for start in range(0, len(japanese), _SUDACHI_LIMIT):
        words += _japanese_words(japanese[start : start + _SUDACHI_LIMIT])
    return words


def names(text: str) -> list[str]:
    """The proper names in a text as typed: SudachiPy's for Japanese, acronyms and capitalised words for English."""
    folded = unicodedata.normalize("NFKC", text)[:_SUDACHI_LIMIT]
    found = [match[0] for match in _LATIN_NAME.finditer(folded)]
    japanese = re.sub(r"[A-Za-z]+", " ", folded)
    found += [m.surface() for m in _tokenizer().tokenize(japanese) if m.part_of_speech()[1] == "固有名詞"]
    return list(dict.fromkeys(name for name in found if len(name) > 1))


def _stem(word: str) -> str:
    return _SUFFIX.sub("", word.replace(".", ""))


def _japanese_words(text: str) -> list[str]:
    return [
        morpheme.normalized_form()
        for morpheme in _tokenizer().tokenize(text)
        if (part := morpheme.part_of_speech())[0] in _CONTENT
        and part[1] not in ("非自立可能", "助動詞語幹")
        and morpheme.normalized_form() not in _EMPTY_JAPANESE
        and morpheme.surface().strip()
    ]
