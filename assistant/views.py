"""Owns the views of a passage: the texts, in both languages, through which the index can find it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.domain import Enrichment, Language, NotGiven, Passage, View, ViewKind

WORDS_A_VIEW = 8
"""Other words are embedded in handfuls: alone they mean too little, all together too much."""


def views_of(passage: Passage, enrichment: Enrichment, not_given: NotGiven | None = None) -> list[View]:
    """Every view of a passage: whole text, sentences, heading, brief, points, words in eights and bank questions.

    The look-alikes in `not_given` that the passage answers are bank questions too.
    """
    return [
        View(passage.id, kind, language, number, text)
        for language in Language
        for kind, texts in _texts(passage, enrichment, not_given, language)
        for number, text in enumerate(texts, start=1)
    ]


def _texts(
    passage: Passage, enrichment: Enrichment, not_given: NotGiven | None, language: Language
) -> Iterator[tuple[ViewKind, list[str]]]:
    sentences = passage.sentences if language is Language.JAPANESE else passage.sentences_en
    yield ViewKind.TEXT, [f"{passage.title[language]}\n{passage.body[language]}"]
    yield ViewKind.HEADING, [passage.title[language]]
    yield ViewKind.SENTENCE, [sentence.text for sentence in sentences]
    yield ViewKind.BRIEF, [enrichment.brief[language]]
    yield ViewKind.POINT, [point.text[language] for point in passage.points]
    yield ViewKind.WORDS, _handfuls(enrichment.words[language], language)
    yield (
        ViewKind.QUESTION,
        [
            *(question.text for question in enrichment.questions if question.language is language),
            *(not_given.answered[language] if not_given else ()),
        ],
    )


def _handfuls(words: tuple[str, ...], language: Language) -> list[str]:
    comma = "、" if language is Language.JAPANESE else ", "
    return [comma.join(words[start : start + WORDS_A_VIEW]) for start in range(0, len(words), WORDS_A_VIEW)]
