"""Owns the assembly of `corpus/` into one checked `Proposal`."""

from __future__ import annotations

from pathlib import Path

from assistant.corpus_files import read_labels, read_points, read_section_names
from assistant.domain import INTRODUCTION, Label, Passage, PassageId, Point, Proposal, Section, SectionId
from assistant.errors import CorpusError
from assistant.resources import resource_folder
from assistant.source_text import SourcePassage, SourceText, parse_source
from assistant.translation import TranslatedPassage, read_translation


def load_proposal(corpus: Path | None = None) -> Proposal:
    """Read source, translation, sections and points; raises CorpusError where they do not fit together."""
    corpus = corpus or resource_folder("corpus")
    try:
        source = (corpus / "proposal.ja.txt").read_text(encoding="utf-8")
        translation = read_translation(corpus / "proposal.en.md")
    except OSError as error:
        raise CorpusError(f"{error.filename}: cannot be read ({error.strerror}); restore the corpus folder") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"corpus: a text is not UTF-8 ({error}); restore the corpus folder") from error
    text = parse_source(source)
    sections = _sections(corpus, text)
    points = read_points(corpus)
    labels, labelled = read_labels(corpus)
    found = {passage.id for passage in text.passages}
    for name, ids in (
        ("proposal.en.md", set(translation)),
        ("points/*.yaml", set(points)),
        ("labels.yaml", set(labelled)),
    ):
        if ids != found:
            missing = ", ".join(map(str, sorted(map(str, found ^ ids))))
            raise CorpusError(f"{name} and proposal.ja.txt do not hold the same passages; they differ in {missing}")
    passages = [_passage(p, sections, translation[p.id], points[p.id], labelled[p.id]) for p in text.passages]
    return Proposal(
        source=source,
        title_spans=text.title_spans,
        sections=sections,
        passages={passage.id: passage for passage in passages},
        labels=labels,
    )


def _sections(corpus: Path, text: SourceText) -> dict[SectionId, Section]:
    names = read_section_names(corpus)
    if set(names) != set(text.section_titles):
        raise CorpusError("sections.yaml and proposal.ja.txt do not hold the same sections")
    sections = {}
    for section_id, (printed, span) in text.section_titles.items():
        title, other_names = names[section_id]
        if title.ja != printed.replace(" ", ""):
            raise CorpusError(f"sections.yaml, {section_id}: found the title {title.ja!r}; printed is {printed!r}")
        sections[section_id] = Section(section_id, title, span, other_names)
    return sections


def _passage(
    source: SourcePassage,
    sections: dict[SectionId, Section],
    translation: TranslatedPassage,
    points: tuple[Point, ...],
    labels: tuple[Label, ...],
) -> Passage:
    rendered = {sentence.renders for sentence in translation.sentences}
    if rendered != {sentence.number for sentence in source.sentences}:
        raise CorpusError(
            f"proposal.en.md, {source.id}: found renderings of the Japanese sentences {sorted(rendered)}; "
            f"expected each of 1 to {len(source.sentences)}"
        )
    for point in points:
        if max(point.sentences) > len(source.sentences):
            raise CorpusError(
                f"points, {source.id}, point {point.number}: found source sentence {max(point.sentences)}; "
                f"{source.id} has {len(source.sentences)} sentences"
            )
    passage = Passage(
        id=source.id,
        section=sections[SectionId(source.id.section)],
        subsection=_subsection(source.id, sections),
        mark=source.mark,
        heading=source.heading,
        sentences=tuple(source.sentences),
        heading_en=translation.heading,
        sentences_en=tuple(translation.sentences),
        translator_notes=tuple(translation.notes),
        points=points,
        labels=labels,
    )
    if passage.id.section != INTRODUCTION and not passage.actors:
        raise CorpusError(
            f"points, {passage.id}: no demand that restates the heading names an actor; add `actor:` to it"
        )
    return passage


def _subsection(passage_id: PassageId, sections: dict[SectionId, Section]) -> Section | None:
    return sections[passage_id.section_id] if passage_id.subsection else None
