"""Owns the floors: the least that the assistant must reach on a fixed, fast part of the development cases.

`floors.json` holds them for each language and measure, one case's worth below what was measured when they were set:
processors round differently, and one answer may tip. Pooled measures that were perfect, such as `quote_verbatim_rate`,
have no such leeway. `--raise-floors` only ever raises; to lower one, edit the file and say why in CHANGELOG.md.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path
from typing import Any

from assistant.domain import Language
from evals.cases import Case, Split, load_cases
from evals.errors import FloorError
from evals.measures import MEASURES, Measured, Pooling
from evals.results import ALL_TYPES, SystemResult

FLOORS = Path(__file__).parent / "floors.json"
EVERY = 6
"""Every which development case is in the part; the order of files and lines is fixed."""

Table = Mapping[Language, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Regression:
    """A measure that is worse than its floor."""

    language: Language
    measure: str
    floor: float
    measured: Measured

    def __str__(self) -> str:
        found = "nothing" if self.measured.value is None else f"{self.measured.value:.3f}"
        expected = f"at {'most' if MEASURES[self.measure].lower_is_better else 'least'} {self.floor:.3f}"
        return f"{self.measure} ({self.language}): found {found} over {self.measured.n}; expected {expected}"


def fast_cases(every: int = EVERY) -> tuple[Case, ...]:
    """The fixed part of the development cases, of all types in both languages."""
    return load_cases(Split.DEVELOPMENT)[::every]


def read_floors(path: Path = FLOORS) -> Table:
    """Read the floors; raises FloorError where a measure or language is unknown."""
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))["floors"]
        floors = {Language(language): {name: float(v) for name, v in row.items()} for language, row in saved.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FloorError(f"{path}: cannot be read ({error}); restore it with git checkout") from error
    unknown = sorted({name for row in floors.values() for name in row} - set(MEASURES))
    if unknown:
        raise FloorError(f"{path}: found the measures {', '.join(unknown)}; known are {', '.join(MEASURES)}")
    return floors


def regressions(measured: SystemResult, floors: Table) -> list[Regression]:
    """The measures that are worse than their floors; one that can no longer be measured is a regression too."""
    return [
        Regression(language, name, least, found)
        for language, row in floors.items()
        for name, least in row.items()
        for found in (_measures(measured, language)[name],)
        if found.value is None or _worse(name, found.value, least)
    ]


def raised(measured: SystemResult, floors: Table) -> dict[Language, dict[str, float]]:
    """The floors, each raised to one case below what was measured where that is better."""
    new: dict[Language, dict[str, float]] = {}
    for language in Language:
        for name, found in _measures(measured, language).items():
            if found.value is None:
                continue
            value = _with_leeway(name, found.value, found.n)
            old = floors.get(language, {}).get(name)
            new.setdefault(language, {})[name] = value if old is None or _worse(name, old, value) else old
    return new


def write_floors(floors: Table, path: Path = FLOORS) -> None:
    """Save the floors."""
    content: dict[str, Any] = {"split": Split.DEVELOPMENT, "every": EVERY, "floors": floors}
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def _measures(measured: SystemResult, language: Language) -> Mapping[str, Measured]:
    return measured.table[Split.DEVELOPMENT, language, ALL_TYPES]


def _with_leeway(name: str, value: float, n: int) -> float:
    """The value less one case, rounded away from what was measured; nothing off a perfect pooled share."""
    measure = MEASURES[name]
    perfect = 0.0 if measure.lower_is_better else 1.0
    if measure.pooling is Pooling.MICRO and value == perfect:
        return perfect
    if measure.lower_is_better:
        return min(1.0, ceil((value + 1 / n) * 1000) / 1000)
    return max(0.0, floor((value - 1 / n) * 1000) / 1000)


def _worse(name: str, value: float, than: float) -> bool:
    return value > than if MEASURES[name].lower_is_better else value < than
