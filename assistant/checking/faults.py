"""Owns the hard faults of a statement: a figure or a name that stands nowhere in the passages it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction

from assistant.checking.entities import JAPAN, UNITED_STATES
from assistant.checking.polarity import fold
from assistant.checking.quantities import Quantity, quantities
from assistant.checking.wordings import Wording, Wordings
from assistant.domain import PassageId
from assistant.language import fold as fold_quotation

GENERAL = frozenset({JAPAN, UNITED_STATES, "asia", "pacific", "japan-us-alliance", "trump-administration", "us-forces"})
"""What every passage is about: the two allies, their alliance, the administration of the day, where it acts."""
_NEAR = {
    "asean": frozenset({"southeast-asia"}), "southeast-asia": frozenset({"asean"}),
    "us-nsc": frozenset({"national-security-secretariat"}), "european-union": frozenset({"europe"}),
    "europe": frozenset({"european-union"}), "korean-peninsula": frozenset({"north-korea", "south-korea"}),
    "united-nations": frozenset({"security-council"}), "east-asia": frozenset({"asia"}),
    "asia-pacific": frozenset({"asia", "pacific"}), "indo-pacific": frozenset({"asia", "pacific"}),
}  # fmt: skip
"""What may be named where these are: a body for its region, a whole for its part."""
_THREE = re.compile(r"日米[韓豪印ロ]|Japan-U\.S\.-|trilateral|三国")
_QUOTED = re.compile(r"「([^「」]+)」|『([^『』]+)』|“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»")
_COUNTS_THREE = re.compile(
    r"(?:3|三)\s*(?:[カか]?国|者|首脳)|\b(?:three|3)[ -](?:\w+ )?"
    r"(?:countries|nations|allies|partners|powers|governments|states|sides|parties|way)\b",
    re.IGNORECASE,
)
LONGEST_SPAN = 10
"""Years."""


class Faults:
    """Finds hard faults."""

    def __init__(self, wordings: Wordings) -> None:
        self._entities = wordings.entities
        self._own = wordings.by_passage
        self._said = {key: "\n".join(fold(w.text) for w in own) for key, own in self._own.items()}
        self._words = {key: frozenset(word for w in own for word in w.words) for key, own in self._own.items()}
        self._named = {key: frozenset(e for w in own for e in w.roles.named) for key, own in self._own.items()}

    def __call__(self, text: str, cited: Sequence[PassageId]) -> tuple[tuple[str, str], ...]:
        """Kind (`figure`, `name` or `quotation`) and the thing itself, as it can be told."""
        return (
            *(("figure", figure) for figure in self._figures(text, cited)),
            *(("name", name) for name in self._names(text, cited)),
            *(("quotation", quoted) for quoted in self._quotations(text, cited)),
        )

    def _quotations(self, text: str, cited: Sequence[PassageId]) -> list[str]:
        said = "\n".join(fold_quotation(w.text) for key in cited for w in self._own[key] if not w.is_point)
        quoted = [next(filter(None, match)) for match in _QUOTED.findall(text)]
        return [words for words in quoted if fold_quotation(words).strip(".,。、") not in said]

    def _figures(self, text: str, cited: Sequence[PassageId]) -> list[str]:
        wordings = [w for key in cited for w in self._own[key]]
        said = frozenset(q for w in wordings for q in w.quantities)
        return [printed(q) for q in sorted(quantities(text) - said) if not _follows(q, text, said, wordings)]

    def _names(self, text: str, cited: Sequence[PassageId]) -> list[str]:
        named = frozenset().union(*(self._named[key] for key in cited)) | GENERAL
        strange = [m for m in self._entities.read(text) if m.key not in named and not _NEAR.get(m.key, set()) & named]
        said = "\n".join(self._said[key] for key in cited)
        words = frozenset().union(*(self._words[key] for key in cited))
        printed_names = [text[m.start : m.end] for m in strange if fold(text[m.start : m.end]) not in said]
        return [*dict.fromkeys(printed_names), *self._entities.unknown(text, said, words)]


def printed(quantity: Quantity) -> str:
    """A quantity as a reader can recognise it."""
    return f"{quantity.value}{quantity.unit if quantity.unit == '%' else ''}"


def _follows(stated: Quantity, text: str, said: AbstractSet[Quantity], wordings: Sequence[Wording]) -> bool:
    """Whether a quantity follows from others: three countries named together, the last year of a span."""
    if stated.unit == "year":
        spans = [q.value for q in said if q.unit == "years" and q.value <= LONGEST_SPAN]
        return any(stated.value == year.value + span - 1 for year in said if year.unit == "year" for span in spans)
    counts = stated == Quantity(Fraction(3), "") and _COUNTS_THREE.search(fold(text))
    return bool(counts) and any(_THREE.search(w.text) for w in wordings)
