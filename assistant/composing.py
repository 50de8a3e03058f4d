"""Owns the making of an answer's statements: notices, lists and counts, and what the found passages say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from assistant.citations import cite
from assistant.details import details_in
from assistant.domain import (
    INTRODUCTION,
    Actor,
    Bilingual,
    Found,
    Language,
    MissingNumber,
    Outcome,
    Passage,
    PassageId,
    Proposal,
    Request,
    RequestKind,
    Scope,
    SectionId,
    Statement,
    StatementKind,
    Usage,
)
from assistant.extractive import summarise
from assistant.figures import figures, typed_figures
from assistant.notices import notice, wording
from assistant.understanding import LONGEST_QUESTION

MOST_IN_FULL = 2
"""Recommendations asked for by number that are told in full; of more, each is given by its heading."""

SMALLEST_PREMISE = 10
"""Smaller figures in a question mostly count the asker's own things: “give me 3 reasons”."""
_PART_OF_A_NAME = re.compile(r"[A-Za-z][A-Za-z-]*[0-9]+|[0-9]+[A-Za-z-]+[0-9]*")


Maker = Callable[[Request, Sequence[Passage]], Iterable[Statement | Usage]]
"""Says what passages say that answers a request; a maker that asks a chat model ends with what that took."""


class Composer:
    """Turns a request and what was found for it into statements."""

    def __init__(self, proposal: Proposal, maker: Maker, subjects: Mapping[str, Bilingual]) -> None:
        """`subjects` are the names, by key, of what the proposal does not treat."""
        self._proposal = proposal
        self.make = maker
        self._subjects = subjects

    def with_maker(self, maker: Maker) -> Composer:
        """The same composer with another maker of what the found passages say."""
        return Composer(self._proposal, maker, self._subjects)

    def __call__(  # noqa: C901, PLR0911 - one per kind
        self, request: Request, found: Found
    ) -> Iterable[Statement | Usage]:
        """The statements in reading order: what the question needs to be told first, then what the proposal says."""
        language = request.language
        match request.kind:
            case RequestKind.INVALID:
                return [self._fault(request)]
            case RequestKind.GREETING:
                return [notice("greeting", language)]
            case RequestKind.MISSING_NUMBER:
                return self._missing(request)
            case RequestKind.SECTION:
                sections = request.references.sections
                listed = [s for section in sections for s in self._section(section, found, request)]
                return [*self._missing(request), *listed]
            case RequestKind.INSTRUCTION:
                return [notice("instruction", language)]
            case RequestKind.LIST if request.scope.by_section:
                return self._by_section(language)
            case RequestKind.LIST:
                return [self._count(request, found), *headings(found.passages, language)]
            case RequestKind.LOOKUP:
                return chain(self._missing(request), self._looked_up(request, found))
            case RequestKind.SEARCH if found.outcome is Outcome.GREETING:
                return [notice("greeting", language)]
            case RequestKind.SEARCH if found.outcome is Outcome.NOT_IN_PROPOSAL:
                return chain([self._not_in_proposal(found, language)], self.make(request, found.passages))
            case RequestKind.SEARCH:
                return chain(_premises(request, found), self._said(request, found))

    def _said(self, request: Request, found: Found) -> Iterator[Statement | Usage]:
        """What the passages say, after a notice where the detail asked for, and not surely given, is in none of it."""
        said = self.make(request, found.passages)
        if found.detail:
            said = list(said)
            if found.detail not in details_in("\n".join(part.text for part in said if isinstance(part, Statement))):
                detail = wording(found.detail, request.language)
                ids = _listed(_ids(found.passages), request.language)
                yield notice("detail_not_given", request.language, detail=detail, passages=ids)
        yield from said

    def _looked_up(self, request: Request, found: Found) -> Iterable[Statement | Usage]:
        if len(found.passages) > MOST_IN_FULL:
            return headings(found.passages, request.language)
        if request.text:
            return self.make(request, found.passages)
        return [statement for passage in found.passages for statement in summarise(request, passage)]

    @staticmethod
    def _fault(request: Request) -> Statement:
        match request.fault:
            case "invalid_too_long":
                return notice(request.fault, request.language, length=len(request.text), limit=LONGEST_QUESTION)
            case "invalid_history":
                return notice(request.fault, request.language, role=request.text)
            case _:
                return notice(request.fault, request.language)

    def _not_in_proposal(self, found: Found, language: Language) -> Statement:
        nearest = _listed(found.related, language)
        if found.detail:
            detail = wording(found.detail, language)
            return notice("detail_not_given", language, detail=detail, passages=_listed(_ids(found.passages), language))
        if found.absent:
            subject = self._subjects[found.absent][language]
            return notice("not_in_proposal_subject", language, subject=subject, nearest=nearest)
        if found.unknown:
            return notice("not_in_proposal_subject", language, subject=found.unknown[0], nearest=nearest)
        return notice("not_in_proposal", language, nearest=nearest)

    def _missing(self, request: Request) -> list[Statement]:
        return [
            notice(
                "no_such_recommendation",
                request.language,
                number=missing.text,
                range=self._range(missing, request.language),
            )
            for missing in request.references.missing
        ]

    def _range(self, missing: MissingNumber, language: Language) -> str:
        if missing.section is None:
            return wording("range_of_all", language)
        section = self._proposal.sections[missing.section]
        passages = self._proposal.within(missing.section)
        ends = {
            "section": section.id,
            "title": section.title[language],
            "first": passages[0].id,
            "last": passages[-1].id,
        }
        parts = [key for key in self._proposal.sections if key.letter == section.id.letter and key.subsection]
        if missing.section.subsection or not parts:
            return wording("range_of_section", language, **ends)
        return wording("range_of_subsections", language, subsections=_listed(parts, language), **ends)

    def _section(self, section_id: SectionId, found: Found, request: Request) -> list[Statement]:
        section = self._proposal.sections[section_id]
        passages = [passage for passage in found.passages if passage.id in section_id]
        told = {"section": section.id, "title": section.title[request.language], "count": len(passages)}
        if request.leaving_out:
            said = notice("section_listing_without", request.language, without=request.leaving_out, **told)
        else:
            said = notice("section_listing", request.language, **told)
        return [said, *headings(passages, request.language)]

    def _by_section(self, language: Language) -> list[Statement]:
        """How many recommendations each section holds, and all together."""
        letters = [key for key in self._proposal.sections if not key.subsection and key.letter != INTRODUCTION]
        parts = [
            wording(
                "section_count",
                language,
                section=key,
                title=self._proposal.sections[key].title[language],
                count=len(self._proposal.within(key)),
            )
            for key in letters
        ]
        return [notice("list_total", language), notice("list_by_section", language, sections=_listed(parts, language))]

    def _count(self, request: Request, found: Found) -> Statement:
        scope, language = request.scope, request.language
        if scope == Scope():
            return notice("list_total", language)
        said = self._described(scope, language)
        if request.leaving_out:
            said += wording("scope_leaving_out", language, words=request.leaving_out)
        if not found.passages:
            return notice("list_none", language, scope=said)
        return notice("list_count", language, scope=said, count=len(found.passages))

    def _described(self, scope: Scope, language: Language) -> str:
        parts = [
            wording("scope_section", language, section=section, title=self._proposal.sections[section].title[language])
            for section in scope.sections
        ]
        names = {Actor.JAPAN: "scope_japan", Actor.UNITED_STATES: "scope_us", Actor.BOTH: "scope_both"}
        how = "_only" if scope.only else "_anywhere" if scope.anywhere and Actor.BOTH not in scope.actors else ""
        parts += [wording(names[actor] + how, language) for actor in sorted(scope.actors)]
        parts += [wording("scope_word", language, word=word) for word in scope.words]
        parts += [wording("scope_label", language, label=label.title(language)) for label in scope.labels]
        parts += [
            wording("scope_without", language, section=key, title=self._proposal.sections[key].title[language])
            for key in scope.without
        ]
        return ("、" if language is Language.JAPANESE else " and ").join(parts)


def headings(passages: Sequence[Passage], language: Language) -> list[Statement]:
    """One claim a passage: its heading, verbatim."""
    return [
        Statement(StatementKind.CLAIM, passage.title[language], cite(passage, [0], language)) for passage in passages
    ]


def _premises(request: Request, found: Found) -> list[Statement]:
    """A notice for every figure of the question that no cited passage contains, and every name found nowhere."""
    written = {
        figure
        for passage in found.passages
        for language in Language
        for figure in figures(passage.title[language] + "\n" + passage.body[language])
    }
    asked = typed_figures(_PART_OF_A_NAME.sub(" ", request.text)).items()
    premises = [
        printed
        for figure, printed in asked
        if figure not in written and (figure >= SMALLEST_PREMISE or printed.endswith("%"))
    ]
    return [notice("premise", request.language, premise=premise) for premise in (*premises, *found.unknown)]


def _ids(passages: Sequence[Passage]) -> list[PassageId]:
    return [passage.id for passage in passages]


def _listed(ids: Sequence[object], language: Language) -> str:
    return ("、" if language is Language.JAPANESE else ", ").join(map(str, ids))
