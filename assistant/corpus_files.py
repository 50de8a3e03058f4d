"""Owns the reading and checking of the YAML files of `corpus/`: names, points, enrichment, what is not in the text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.domain import (
    AbsentSubject,
    Actor,
    Aspect,
    BankQuestion,
    Bilingual,
    Enrichment,
    Label,
    LabelKind,
    Language,
    NotGiven,
    PassageId,
    Point,
    SectionId,
)
from assistant.errors import CorpusError

_Text = Annotated[str, Field(min_length=1)]
_PassageKey = Annotated[PassageId, BeforeValidator(PassageId.parse)]
_SectionKey = Annotated[SectionId, BeforeValidator(SectionId.parse)]
_Content = TypeVar("_Content")


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _BothTexts(_Row):
    ja: _Text
    en: _Text

    def bilingual(self) -> Bilingual:
        return Bilingual(self.ja, self.en)


class _BothNames(_Row):
    ja: tuple[_Text, ...]
    en: tuple[_Text, ...]

    def by_language(self) -> dict[Language, tuple[str, ...]]:
        return {Language.JAPANESE: self.ja, Language.ENGLISH: self.en}


class _SectionRow(_Row):
    title: _BothTexts
    names: _BothNames


class _PointRow(_BothTexts):
    number: Annotated[int, Field(ge=1)]
    sentences: Annotated[tuple[Annotated[int, Field(ge=0)], ...], Field(min_length=1)]
    aspect: Aspect
    actor: Actor | None = None


class _QuestionRow(_Row):
    text: _Text
    points: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1)]
    also: tuple[_PassageKey, ...] = ()


class _BothQuestions(_Row):
    ja: tuple[_QuestionRow, ...]
    en: tuple[_QuestionRow, ...]


class _EnrichmentRow(_Row):
    brief: _BothTexts
    words: _BothNames
    questions: _BothQuestions
    related: tuple[_PassageKey, ...]


class _AbsentRow(_Row):
    subject: _BothTexts
    names: _BothNames
    nearest: Annotated[tuple[_PassageKey, ...], Field(min_length=1)]
    questions: _BothNames


class _LabelsFile(_Row):
    lists: dict[LabelKind, dict[str, _BothNames]]
    passages: dict[_PassageKey, dict[LabelKind, tuple[str, ...]]]


class _NotGivenRow(_Row):
    not_given: _BothNames
    answered: _BothNames


def read_section_names(corpus: Path) -> dict[SectionId, tuple[Bilingual, tuple[str, ...]]]:
    """Read `sections.yaml`: per section its title and all names by which readers may mean it."""
    return {
        key: (row.title.bilingual(), (row.title.ja, row.title.en, *row.names.ja, *row.names.en))
        for key, row in _read(corpus / "sections.yaml", dict[_SectionKey, _SectionRow]).items()
    }


def read_points(corpus: Path) -> dict[PassageId, tuple[Point, ...]]:
    """Read `points/*.yaml`: per passage its points in order."""
    points: dict[PassageId, tuple[Point, ...]] = {}
    for path in _section_files(corpus / "points"):
        for key, rows in _read(path, dict[_PassageKey, tuple[_PointRow, ...]]).items():
            if [row.number for row in rows] != list(range(1, len(rows) + 1)):
                raise CorpusError(f"{path.name}, {key}: expected points numbered 1, 2, 3 … in order")
            points[key] = tuple(
                Point(key, row.number, row.bilingual(), row.sentences, row.aspect, row.actor) for row in rows
            )
    return points


def read_enrichment(corpus: Path) -> dict[PassageId, Enrichment]:
    """Read `enrichment/*.yaml`: per passage brief, words, questions and related passages."""
    return {
        key: Enrichment(
            brief=row.brief.bilingual(),
            words=row.words.by_language(),
            questions=tuple(
                BankQuestion(question.text, language, question.points, question.also)
                for language, questions in zip(Language, (row.questions.ja, row.questions.en), strict=True)
                for question in questions
            ),
            related=row.related,
        )
        for path in _section_files(corpus / "enrichment")
        for key, row in _read(path, dict[_PassageKey, _EnrichmentRow]).items()
    }


def read_labels(corpus: Path) -> tuple[tuple[Label, ...], dict[PassageId, tuple[Label, ...]]]:
    """Read `labels.yaml`: the controlled labels, and those of each passage."""
    path = corpus / "labels.yaml"
    content = _read(path, _LabelsFile)
    labels = {
        (kind, key): Label(kind, key, (row.ja, row.en))
        for kind, rows in content.lists.items()
        for key, row in rows.items()
    }
    unnamed = [key for (_, key), label in labels.items() if not all(label.names)]
    used = {
        passage: [(kind, key) for kind, keys in row.items() for key in keys]
        for passage, row in content.passages.items()
    }
    unknown = [f"{passage}: {pair[1]}" for passage, pairs in used.items() for pair in pairs if pair not in labels]
    if unnamed or unknown:
        raise CorpusError(
            f"{path.name}: found {unnamed or unknown}; expected labels with names in both languages, all in the lists"
        )
    return tuple(labels.values()), {passage: tuple(labels[pair] for pair in pairs) for passage, pairs in used.items()}


def read_small_talk(corpus: Path) -> dict[str, dict[Language, tuple[str, ...]]]:
    """Read `small_talk.yaml`: by kind of talk, what people say to the assistant itself."""
    return _read_by_kind(corpus / "small_talk.yaml")


def read_elsewhere(corpus: Path) -> dict[str, dict[Language, tuple[str, ...]]]:
    """Read `elsewhere.yaml`: by kind of subject, questions about quite other things."""
    return _read_by_kind(corpus / "elsewhere.yaml")


def _read_by_kind(path: Path) -> dict[str, dict[Language, tuple[str, ...]]]:
    return {kind: row.by_language() for kind, row in _read(path, dict[str, _BothNames]).items()}


def read_absent_subjects(corpus: Path) -> tuple[AbsentSubject, ...]:
    """Read `absent.yaml`: the subjects that the proposal does not treat."""
    return tuple(
        AbsentSubject(key, row.subject.bilingual(), row.names.by_language(), row.nearest, row.questions.by_language())
        for key, row in _read(corpus / "absent.yaml", dict[str, _AbsentRow]).items()
    )


def read_not_given(corpus: Path) -> dict[PassageId, NotGiven]:
    """Read `not_given.yaml`: per passage questions for details that it does not give, and look-alikes."""
    return {
        key: NotGiven(row.not_given.by_language(), row.answered.by_language())
        for key, row in _read(corpus / "not_given.yaml", dict[_PassageKey, _NotGivenRow]).items()
    }


def _section_files(folder: Path) -> list[Path]:
    """One file per section, in the order of the proposal: the introduction before A to F."""
    return sorted(folder.glob("*.yaml"), key=lambda path: (path.stem != "intro", path.stem))


def _read(path: Path, content: type[_Content]) -> _Content:
    try:
        return TypeAdapter(content).validate_python(yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader))
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); restore the corpus folder") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path.name} is not valid YAML: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = " › ".join(str(step) for step in first["loc"])
        raise CorpusError(f"{path.name}, {where}: found {first['input']!r}; {first['msg']}") from error
