"""Owns the 95% intervals: Wilson's for shares, the bootstrap's for means and for paired differences.

The bootstrap draws whole groups (a question in both languages, a question and its answerable twin), with a
fixed seed: the same scores give the same interval, and versions of one question are not taken for independent evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import sqrt
from typing import NamedTuple

import numpy as np

Z = 1.959963984540054
"""The normal quantile of a two-sided 95% interval."""
RESAMPLES = 2000
SEED = 20170401


class Interval(NamedTuple):
    """The ends of a 95% interval."""

    low: float
    high: float


def wilson(hits: float, n: int) -> Interval:
    """Wilson's score interval of the share `hits / n` (Wilson 1927, J. Am. Stat. Assoc. 22), for n of 1 and more."""
    share = hits / n
    centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def bootstrap(
    columns: Sequence[Sequence[float]], groups: Sequence[str], statistic: Callable[..., np.ndarray]
) -> Interval:
    """The percentile interval of a statistic of the columns' sums, taken for all resamples at once.

    The columns have a number for every item; `groups` names the group of each.
    """
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    sums = np.zeros((len(numbers), len(columns)))
    np.add.at(sums, [numbers[group] for group in groups], np.array(columns, dtype=float).T)
    low, high = np.percentile(statistic(*(_draws(len(numbers)) @ sums).T), (2.5, 97.5))
    return Interval(float(low), float(high))


def bootstrap_mean(values: Sequence[float], groups: Sequence[str]) -> Interval:
    """The percentile interval of a mean; of paired differences, where `values` are those."""
    return bootstrap((values, [1.0] * len(values)), groups, ratio)


def ratio(upper: np.ndarray, lower: np.ndarray) -> np.ndarray:
    """`upper / lower`, and 0 where there is nothing to divide by."""
    return np.divide(upper, lower, out=np.zeros_like(upper), where=lower > 0)


@lru_cache(maxsize=64)
def _draws(n: int) -> np.ndarray:
    """How often each of `n` groups is drawn in each resample, of shape (resamples, n)."""
    return np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(float)
