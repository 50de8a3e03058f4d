"""Owns the decoys: what the proposal does not say, and small talk, as texts that compete with the passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.domain import AbsentSubject, Decoy, DecoyKind, Language, NotGiven, PassageId

ByKind = Mapping[str, Mapping[Language, tuple[str, ...]]]


def decoys_of(
    absent: Iterable[AbsentSubject],
    not_given: Mapping[PassageId, NotGiven],
    small_talk: ByKind,
    elsewhere: ByKind | None = None,
) -> list[Decoy]:
    """Every decoy: absent subjects described and asked about, details not given, small talk, and quite other things."""
    decoys = []
    for subject in absent:
        for language in Language:
            described = Decoy(DecoyKind.ABSENT, subject.key, language, 0, described_subject(subject, language), False)
            decoys += [described, *_asked(DecoyKind.ABSENT, subject.key, language, subject.questions[language])]
    for kind, asked in (
        (DecoyKind.NOT_GIVEN, {str(key): row.not_given for key, row in not_given.items()}),
        (DecoyKind.SMALL_TALK, small_talk),
        (DecoyKind.ELSEWHERE, elsewhere or {}),
    ):
        for owner, questions in asked.items():
            for language in Language:
                decoys += _asked(kind, owner, language, questions[language])
    return decoys


def described_subject(subject: AbsentSubject, language: Language) -> str:
    """An absent subject as one text: what it is, and its names."""
    comma = "、" if language is Language.JAPANESE else ", "
    return comma.join((subject.subject[language], *subject.names[language]))


def _asked(kind: DecoyKind, owner: str, language: Language, questions: tuple[str, ...]) -> list[Decoy]:
    return [Decoy(kind, owner, language, number, text, True) for number, text in enumerate(questions, start=1)]
