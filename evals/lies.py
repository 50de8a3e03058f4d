"""Owns the lies of a dishonest chat model: true points of the proposal, altered in one way that is known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import cycle
from random import Random

from assistant.domain import Language, Passage, PassageId, Point, Proposal
from assistant.words import content_words


class Kind(StrEnum):
    """What a sentence of the dishonest model is: true, or in what it lies."""

    TRUE = "true"
    REWORDED = "true, reworded"
    FIGURE = "a changed figure"
    ACTOR = "another actor"
    NEGATION = "turned round"
    MODALITY = "overstated"
    INVENTED = "an invented detail"
    NEIGHBOUR = "another passage's"
    NUMBER = "a number that does not exist"
    UNCITED = "no citation"

    @property
    def honest(self) -> bool:
        """Whether a reader should see it."""
        return self in (Kind.TRUE, Kind.REWORDED)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as the dishonest model writes it, and the passages that it cites."""

    kind: Kind
    text: str
    marker: str
    cited: tuple[PassageId, ...]

    def __str__(self) -> str:
        return f"{self.text} {self.marker}".rstrip()


_FIGURE = re.compile(r"(?<![A-Za-z0-9.+-])[0-9]+(?![A-Za-z0-9.]|プラス)")
_INVENTED: Mapping[Language, Sequence[str]] = {
    Language.JAPANESE: (
        "専門の常設委員会を新設し、", "国民投票を経たうえで、", "民間企業の資金によって、", "欧州連合と共同で、",
        "閣僚級の会合を毎月開き、", "国会の承認を条件に、", "退役軍人の助言を得て、", "秘密裏に、",
    ),
    Language.ENGLISH: (
        "by setting up a permanent committee of experts", "after a referendum", "with money from private companies",
        "together with the European Union", "through monthly meetings of ministers", "in secret",
        "on the advice of retired officers", "on condition that parliament agrees",
    ),
}  # fmt: skip
_TURNS: Mapping[Language, Sequence[tuple[str, str]]] = {
    Language.JAPANESE: (
        ("べきではない。", "べきである。"), ("べきである。", "べきではない。"), ("ていない。", "ている。"),
        ("ている。", "ていない。"), ("する。", "しない。"), ("である。", "ではない。"), ("れる。", "れない。"),
        ("ある。", "ない。"), ("した。", "しなかった。"),
    ),
    Language.ENGLISH: (
        (" should not ", " should "), (" should ", " should not "), (" must ", " must not "), (" is not ", " is "),
        (" is ", " is not "), (" are ", " are not "), (" has ", " has not "), (" have ", " have not "),
        (" was ", " was not "), (" will ", " will not "),
    ),
}  # fmt: skip
_OVERSTATED: Mapping[Language, Sequence[tuple[str, str]]] = {
    Language.JAPANESE: (
        ("べきである。", "ことがすでに決まっている。"), ("可能性がある。", "ことは確実である。"),
        ("望まれる。", "義務づけられている。"), ("恐れがある。", "ことは確実である。"),
        ("必要である。", "法律で定められている。"),
    ),
    Language.ENGLISH: (
        (" should ", " must by treaty "), (" may ", " will certainly "), (" could ", " will certainly "),
        (" might ", " will certainly "), ("is desirable", "is mandatory"),
    ),
}  # fmt: skip
_ACTORS: Mapping[Language, Sequence[tuple[str, str]]] = {
    Language.JAPANESE: (
        ("日米両国は", "日本だけが"), ("日米は", "米国だけが"), ("日本と米国は", "日本と韓国は"),
        ("日本政府は", "米国政府は"), ("米国政府は", "日本政府は"), ("日本は", "米国は"), ("米国は", "日本は"),
        ("日本が", "中国が"), ("米国が", "日本が"),
    ),
    Language.ENGLISH: (
        ("Japan and the United States should", "Japan alone should"),
        ("Japan and the United States", "Japan and South Korea"), ("The United States ", "Japan "),
        ("\nJapan ", "\nThe United States "), (" the United States ", " Japan "), (" Japan ", " the United States "),
    ),
}  # fmt: skip
"""Exchanges tried in this order; a line break stands for the start of the sentence."""
_SAME = 0.6
"""The share of common content words from which another passage may be saying the same as a point."""
_KEEPS_ITS_CAPITAL = re.compile(r"(?!(?:The|It|In|This|If|As|To|With|For|There|One|Such|Since|While) )")


def tell(proposal: Proposal, passages: Sequence[Passage], language: Language, seed: str) -> list[Told]:
    """What the model says of these passages: two true sentences and one lie of each kind that can be made, shuffled.

    Each is made of another point, as far as the points last; the same seed gives the same sentences.
    """
    random = Random(seed)  # noqa: S311 - the lies must be the same each time
    points = [(passage, point) for passage in passages for point in passage.points]
    random.shuffle(points)
    told: list[Told] = []
    used: set[str] = set()
    makers = _makers(proposal, language, random)
    for kind in random.sample(list(makers), len(makers)):
        rested = [pair for pair in points if pair[1].text[language] not in used]
        made = next(
            ((point, line) for passage, point in rested if (line := makers[kind](passage, point)) is not None), None
        )
        if made:
            used.add(made[0].text[language])
            told.append(made[1])
    random.shuffle(told)
    return told


def _makers(
    proposal: Proposal, language: Language, random: Random
) -> Mapping[Kind, Callable[[Passage, Point], Told | None]]:
    invented = cycle(random.sample(_INVENTED[language], len(_INVENTED[language])))

    def cited(kind: Kind, text: str | None, passage: Passage) -> Told | None:
        return Told(kind, text, f"[{passage.id}]", (passage.id,)) if text else None

    def altered(kind: Kind, alter: Callable[[str], str | None]) -> Callable[[Passage, Point], Told | None]:
        return lambda passage, point: cited(kind, alter(point.text[language]), passage)

    def neighbour(passage: Passage, point: Point) -> Told | None:
        others = [p for p in _beside(proposal, passage) if not _says(p, point, language)]
        return cited(Kind.NEIGHBOUR, point.text[language], others[0]) if others else None

    def nowhere(passage: Passage, point: Point) -> Told:
        return Told(Kind.NUMBER, point.text[language], f"[{passage.id.section_id}-{passage.id.number + 50}]", ())

    return {
        Kind.TRUE: altered(Kind.TRUE, lambda text: text),
        Kind.REWORDED: altered(Kind.REWORDED, lambda text: _reworded(text, language)),
        Kind.FIGURE: altered(Kind.FIGURE, _with_another_figure),
        Kind.ACTOR: altered(Kind.ACTOR, lambda text: _exchanged(text, _ACTORS[language])),
        Kind.NEGATION: altered(Kind.NEGATION, lambda text: _exchanged(text, _TURNS[language])),
        Kind.MODALITY: altered(Kind.MODALITY, lambda text: _exchanged(text, _OVERSTATED[language])),
        Kind.INVENTED: altered(Kind.INVENTED, lambda text: _with_a_detail(text, next(invented), language)),
        Kind.NEIGHBOUR: neighbour,
        Kind.NUMBER: nowhere,
        Kind.UNCITED: lambda _, point: Told(Kind.UNCITED, point.text[language], "", ()),
    }


def _beside(proposal: Proposal, passage: Passage) -> Iterator[Passage]:
    """The passages of the same section, the nearest first."""
    others = [other for other in proposal.within(passage.id.section_id) if other is not passage]
    yield from sorted(others, key=lambda other: abs(other.id.number - passage.id.number))


def _says(passage: Passage, point: Point, language: Language) -> bool:
    """Whether a passage may be saying the same as another one's point, by the words of its own points."""
    words = set(content_words(point.text[language]))
    return any(len(words & set(content_words(other.text[language]))) >= _SAME * len(words) for other in passage.points)


def _reworded(text: str, language: Language) -> str:
    if language is Language.JAPANESE:
        return f"本提言によれば、{text}"
    return f"According to the proposal, {text if _KEEPS_ITS_CAPITAL.match(text) else text[0].lower() + text[1:]}"


def _with_another_figure(text: str) -> str | None:
    match = _FIGURE.search(text)
    if match is None:
        return None
    value = int(match[0])
    return text[: match.start()] + str(value + 2) + text[match.end() :]


def _exchanged(text: str, pairs: Sequence[tuple[str, str]]) -> str | None:
    """The text with the first of the pairs that it has exchanged, at its first place."""
    whole = f"\n{text}"
    return next((whole.replace(said, lie, 1).strip() for said, lie in pairs if said in whole), None)


def _with_a_detail(text: str, detail: str, language: Language) -> str | None:
    if language is Language.ENGLISH:
        return f"{text[:-1]}, {detail}." if text.endswith(".") else None
    subject = re.match(r"[^、。]{1,20}は、?", text)
    return f"{subject[0].rstrip('、')}、{detail}{text[subject.end() :]}" if subject else detail + text
