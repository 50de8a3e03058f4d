"""Owns the reading and checking of the YAML files of `corpus/`: section names, points and enrichment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.domain import (
    Actor,
    Aspect,
    BankQuestion,
    Bilingual,
    Enrichment,
    Language,
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
    points: tuple[Annotated[int, Field(ge=1)], ...]


class _BothQuestions(_Row):
    ja: tuple[_QuestionRow, ...]
    en: tuple[_QuestionRow, ...]


class _EnrichmentRow(_Row):
    brief: _BothTexts
    words: _BothNames
    questions: _BothQuestions


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
    """Read `enrichment/*.yaml`: per passage brief, words and questions."""
    return {
        key: Enrichment(
            brief=row.brief.bilingual(),
            words={Language.JAPANESE: row.words.ja, Language.ENGLISH: row.words.en},
            questions=tuple(
                BankQuestion(question.text, language, question.points)
                for language, questions in zip(Language, (row.questions.ja, row.questions.en), strict=True)
                for question in questions
            ),
        )
        for path in _section_files(corpus / "enrichment")
        for key, row in _read(path, dict[_PassageKey, _EnrichmentRow]).items()
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
