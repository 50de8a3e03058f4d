"""Owns the drawings of the report: SVG that takes its colours from the page, readable from 360 pixels of width.

Every drawing is 360 units wide and fills a column of about that width, so that its letters stay readable on a phone;
series differ in shape and filling as well as in colour, and each drawing has a title for screen readers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from evals.measures import Measured

WIDTH = 360
_LABELS = 132
_RIGHT = 12
_ROW = 17
_GAP = 9
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of mark: its name in the legend and its class (`first`, `second`)."""

    name: str
    css: str


@dataclass(frozen=True, slots=True)
class PlotRow:
    """A label with one measured value for each series."""

    label: str
    values: tuple[Measured, ...]


def interval_plot(title: str, series: Sequence[Series], rows: Sequence[PlotRow]) -> str:
    """A dot with its interval for every row and series, between 0 and 1."""
    top, parts = 22, []
    row_height = _ROW * len(series) + _GAP
    bottom = top + row_height * len(rows)
    for tick in _TICKS:
        x = _x(tick)
        parts.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{top}" y2="{bottom}"/>')
        parts.append(f'<text class="tick" x="{x:.1f}" y="14" text-anchor="middle">{tick:g}</text>')
    for number, row in enumerate(rows):
        middle = top + number * row_height + row_height / 2
        parts.append(f'<text x="{_LABELS - 8}" y="{middle + 4:.1f}" text-anchor="end">{escape(row.label)}</text>')
        for place, (kind, measured) in enumerate(zip(series, row.values, strict=True)):
            y = middle + (place - (len(series) - 1) / 2) * _ROW
            parts.append(_mark(kind, measured, y, f"{row.label}, {kind.name}"))
    return _svg(title, bottom + 6, parts)


def _mark(kind: Series, measured: Measured, y: float, label: str) -> str:
    if measured.value is None or measured.low is None or measured.high is None:
        return f'<text class="tick" x="{_LABELS + 4}" y="{y + 4:.1f}">no value: {escape(measured.reason)}</text>'
    x, low, high = _x(measured.value), _x(measured.low), _x(measured.high)
    told = f"{label}: {measured.value:.3f} ({measured.low:.3f}–{measured.high:.3f}), n {measured.n}"
    if kind.css == "first":
        dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'
    else:
        dot = f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
    return (
        f'<g class="{kind.css}"><title>{escape(told)}</title>'
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>{dot}</g>'
    )


def reliability_diagram(title: str, bins: Sequence[tuple[float, float, int]]) -> str:
    """How often answers of a confidence are right: `bins` are mean confidence, share right and number of answers."""
    left, top, size = 44, 12, 250
    most = max(n for *_, n in bins)

    def at(confidence: float, right: float) -> tuple[float, float]:
        return left + size * confidence, top + size * (1 - right)

    parts = []
    for tick in _TICKS:
        x, y = at(tick, tick)
        parts.append(f'<line class="grid" x1="{left}" x2="{left + size}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick" x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{tick:g}</text>')
        parts.append(f'<text class="tick" x="{x:.1f}" y="{top + size + 16}" text-anchor="middle">{tick:g}</text>')
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    parts.append(f'<line class="diagonal" x1="{x0}" y1="{y0}" x2="{x1}" y2="{y1}"/>')
    for confidence, right, n in bins:
        x, y = at(confidence, right)
        told = f"confidence {confidence:.2f}: {right:.2f} right of {n}"
        radius = 3 + 7 * (n / most) ** 0.5
        parts.append(f'<g class="first"><title>{told}</title><circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/></g>')
    axes = "confidence → / share right ↑ (area: answers)"
    parts.append(f'<text class="tick" x="{left}" y="{top + size + 34}">{axes}</text>')
    return _svg(title, top + size + 42, parts)


def histogram(title: str, values: Sequence[float], unit: str, bars: int = 24) -> str:
    """How the values are distributed, up to their 99th percentile; what lies beyond is told in the last bar."""
    ordered = sorted(values)
    most = ordered[int(0.99 * (len(ordered) - 1))] or 1.0
    counts = [0] * bars
    for value in ordered:
        counts[min(bars - 1, int(bars * value / most))] += 1
    left, top, width, height = 40, 12, WIDTH - 52, 120
    parts = [f'<line class="grid" x1="{left}" x2="{left + width}" y1="{top + height}" y2="{top + height}"/>']
    for number, count in enumerate(counts):
        bar = height * count / max(counts)
        x = left + width * number / bars
        told = f"{number * most / bars:.0f} to {(number + 1) * most / bars:.0f} {unit}: {count}"
        parts.append(
            f'<g class="bar"><title>{told}</title><rect x="{x:.1f}" y="{top + height - bar:.1f}" '
            f'width="{width / bars - 1:.1f}" height="{bar:.1f}"/></g>'
        )
    for share in (0.0, 0.5, 1.0):
        x = left + width * share
        parts.append(
            f'<text class="tick" x="{x:.1f}" y="{top + height + 15}" text-anchor="middle">{most * share:.0f}</text>'
        )
    parts.append(f'<text class="tick" x="{left - 6}" y="{top + 10}" text-anchor="end">{max(counts)}</text>')
    parts.append(f'<text class="tick" x="{left}" y="{top + height + 31}">{unit} (last bar: all beyond too)</text>')
    return _svg(title, top + height + 40, parts)


def _x(share: float) -> float:
    return _LABELS + (WIDTH - _LABELS - _RIGHT) * share


def _svg(title: str, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title, quote=True)}">'
        f"{''.join(parts)}</svg>"
    )
