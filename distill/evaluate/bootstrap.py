"""Figures over a set of items, with percentile bootstrap intervals and paired differences.

A figure is a function of sums over the items: a mean, or corpus BLEU, whose n-gram
counts add up. A resample then is a row of weights, and all resamples of all columns are
one matrix product. The same weights serve every system, which makes differences paired
(Efron & Tibshirani 1993, chapter 13; Koehn 2004 for BLEU).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Statistic:
    """rows: [items, columns], summed over items; combine: sums [columns] -> the figure."""

    rows: np.ndarray
    combine: Callable[[np.ndarray], float]

    @property
    def value(self) -> float:
        return float(self.combine(self.rows.sum(axis=0)))

    def resampled(self, weights: np.ndarray) -> np.ndarray:
        """The figure of every resample; weights [resamples, items] -> [resamples]."""
        return np.array([self.combine(sums) for sums in weights @ self.rows])


@dataclass(frozen=True)
class Score:
    """A figure with the bounds of its interval; no bounds where resampling has no meaning."""

    value: float
    low: float | None = None
    high: float | None = None


def mean_of(values: Sequence[float | None] | np.ndarray) -> Statistic:
    """The mean over the items that have a value; None or NaN stands for none."""
    array = np.array([np.nan if value is None else value for value in values], dtype=float)
    present = ~np.isnan(array)
    return Statistic(np.stack([np.where(present, array, 0.0), present], axis=1), _ratio)


def resamples(items: int, count: int, seed: int) -> np.ndarray:
    """How often each item is drawn when `items` are drawn with replacement: [count, items]."""
    rng = np.random.default_rng(seed)
    return rng.multinomial(items, np.full(items, 1 / items), size=count).astype(float)


def score(statistic: Statistic, weights: np.ndarray) -> Score:
    """A figure and its percentile interval; no interval with no resamples (weights [0, items])."""
    return Score(statistic.value, *_bounds(statistic.resampled(weights)))


def difference(statistic: Statistic, baseline: Statistic, weights: np.ndarray) -> Score:
    """Figure minus baseline on the same items, resampled together."""
    gaps = statistic.resampled(weights) - baseline.resampled(weights)
    return Score(statistic.value - baseline.value, *_bounds(gaps))


def _ratio(sums: np.ndarray) -> float:
    return sums[0] / sums[1] if sums[1] else np.nan


def _bounds(figures: np.ndarray) -> tuple[float | None, float | None]:
    if not figures.size or np.isnan(figures).all():
        return None, None
    tail = (1 - CONFIDENCE) / 2
    low, high = np.nanquantile(figures, [tail, 1 - tail])
    return float(low), float(high)
