"""Owns whether a model's sentence may be shown: its markers, language and form, and what the check says of it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.citations import SentenceCheck, StatementCheck, cite
from assistant.domain import Language, PassageId, Proposal, Statement, StatementKind
from assistant.generation.markers import Marked
from assistant.language import detect_language
from assistant.references import ReferenceReader

MOST_CITED = 4
"""Passages that one sentence may rest on; what cites more says nothing in particular."""
LONGEST_SENTENCE = 800
"""Characters; the proposal's own longest has 744 in English."""
WRONG_LANGUAGE = "it is not in the language of the question"
_MARKUP = re.compile(r"[<>`|{}\\$]|!\[|\][(:\[]|https?:|www\.|&#?\w+;", re.IGNORECASE)
_KANA = re.compile("[\u3040-\u30ff]")
_JAPANESE_LETTER = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_TOO_JAPANESE = 0.3
"""The share of Japanese letters from which a sentence is not English: below, it may give an original term."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A sentence as it may be shown, or what is wrong with it."""

    statement: Statement | None
    faults: tuple[str, ...] = ()


class Judge:
    """Turns a model's sentence into a statement with citations, or says why it must not be shown."""

    def __init__(self, proposal: Proposal, check: SentenceCheck, references: ReferenceReader) -> None:
        self._proposal = proposal
        self._check = check
        self._references = references
        self._final = StatementCheck(proposal, check)

    def __call__(self, marked: Marked, given: Collection[PassageId], language: Language) -> Judgement:
        """Judge a sentence that may cite only the passages given to the model."""
        if len(marked.text) > LONGEST_SENTENCE:
            return Judgement(None, ("too long for one sentence",))
        faults = (*self._marker_faults(marked, given), *self._form_faults(marked, language))
        if faults:
            return Judgement(None, faults)
        verdict = self._check(marked.text, marked.cited, language)
        resting = tuple(key for key in marked.cited if any(key == found for found, _ in verdict.sentences))
        if not verdict.faults and resting not in ((), marked.cited):
            verdict = self._check(marked.text, resting, language)  # a number too many supports nothing
        if verdict.faults or not verdict.sentences:
            return Judgement(None, verdict.faults or ("no sentence of the passages cited says it",))
        sentences: dict[PassageId, list[int]] = {}
        for key, number in verdict.sentences:
            sentences.setdefault(key, []).append(number)
        citations = tuple(c for key in sentences for c in cite(self._proposal.passages[key], sentences[key], language))
        statement = Statement(StatementKind.CLAIM, marked.text, citations)
        remaining = self._final.faults(statement, language)
        return Judgement(None, tuple(remaining)) if remaining else Judgement(statement)

    def _marker_faults(self, marked: Marked, given: Collection[PassageId]) -> list[str]:
        faults = [f"{marker} is not a number that was given" for marker in marked.unknown]
        faults += [f"{key} was not given" for key in marked.cited if key not in given]
        if not marked.cited and not marked.unknown:
            faults.append("no number in square brackets at its end")
        if len(marked.cited) > MOST_CITED:
            faults.append(f"more than {MOST_CITED} numbers for one sentence")
        named = self._references.read(marked.text)
        faults += [f"there is no {missing.text}" for missing in named.missing]
        faults += [f"it speaks of {key} without citing it" for key in named.passage_ids if key not in marked.cited]
        return faults

    def _form_faults(self, marked: Marked, language: Language) -> list[str]:
        faults = ["brackets, links or markup in the text"] if _MARKUP.search(marked.text) else []
        if not _is_in(marked.text, language):
            faults.append(WRONG_LANGUAGE)
        return faults


def _is_in(text: str, language: Language) -> bool:
    letters = sum(character.isalpha() for character in text)
    japanese = len(_JAPANESE_LETTER.findall(text)) / max(letters, 1)
    if language is Language.ENGLISH:
        return japanese < _TOO_JAPANESE and detect_language(_JAPANESE_LETTER.sub("", text)) is Language.ENGLISH
    return japanese >= _TOO_JAPANESE and _KANA.search(text) is not None
