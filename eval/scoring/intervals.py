"""How sure a figure is: bootstrap intervals, and paired tests between two runs of the same questions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binomtest  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]  # untyped

Numbers = NDArray[np.float64]

RESAMPLES = 2000
"""Enough that the ends of a 95 % interval move by less than .005 between seeds at 250 questions."""

SEED = 20261122
"""Fixed, so that the same results always give the same intervals."""

CELLS_AT_ONCE = 2_000_000
"""Resampled values held in memory at a time (16 MB)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over ``n`` questions with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def mean_of(samples: Numbers) -> Numbers:
    """The mean of each row."""
    return samples.mean(axis=1)


def percentile_of(percent: float) -> Callable[[Numbers], Numbers]:
    """The function that gives a percentile of each row."""
    return lambda samples: np.percentile(samples, percent, axis=1)


def estimate(values: Sequence[float], statistic: Callable[[Numbers], Numbers] = mean_of) -> Estimate | None:
    """A figure with its 95 % interval; None without values.

    Percentile bootstrap (Efron, Tibshirani, An Introduction to the Bootstrap, 1993, §13.3). The same values in the
    same order give the same interval.
    """
    if not values:
        return None
    sample = np.asarray(values, dtype=np.float64)
    low, high = np.percentile(_resampled(sample, statistic), [2.5, 97.5])
    return Estimate(float(statistic(sample[None, :])[0]), float(low), float(high), len(values))


def proportion(values: Sequence[float]) -> Estimate | None:
    """The share of yes (1) among yes and no (0) with its 95 % interval; None without values.

    As :func:`estimate`, but where all questions agree every resample does too, and none of 15 would look as sure as
    none of 1,500: then the exact binomial interval (Clopper, Pearson, Biometrika 26, 1934).
    """
    found = estimate(values)
    if found is None or found.value not in (0.0, 1.0):
        return found
    exact = cast("Any", binomtest(round(found.value * found.n), found.n)).proportion_ci(0.95, method="exact")
    return replace(found, low=float(exact.low), high=float(exact.high))


def _resampled(sample: Numbers, statistic: Callable[[Numbers], Numbers]) -> Numbers:
    generator = np.random.default_rng(SEED)
    at_once = max(1, CELLS_AT_ONCE // len(sample))
    parts: list[Numbers] = []
    for done in range(0, RESAMPLES, at_once):
        rows = min(at_once, RESAMPLES - done)
        parts.append(statistic(sample[generator.integers(0, len(sample), (rows, len(sample)))]))
    return np.concatenate(parts)


def mcnemar(before: Sequence[bool], after: Sequence[bool]) -> float:
    """Two-sided exact p of McNemar's test: of the questions that changed, as many for the better as for the worse?

    McNemar, Psychometrika 12, 1947, in its exact binomial form; 1.0 when nothing changed.
    """
    better = sum(new and not old for old, new in zip(before, after, strict=True))
    worse = sum(old and not new for old, new in zip(before, after, strict=True))
    return 1.0 if better + worse == 0 else float(cast("float", binomtest(worse, better + worse, 0.5).pvalue))


def paired_difference(before: Sequence[float], after: Sequence[float]) -> Estimate | None:
    """Mean of ``after`` minus ``before`` per question, with its bootstrap interval; None without questions."""
    return estimate([new - old for old, new in zip(before, after, strict=True)])
