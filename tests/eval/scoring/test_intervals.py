from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import bootstrap

from eval.scoring import intervals
from eval.scoring.intervals import Estimate, estimate, mcnemar, paired_difference, percentile_of, proportion

YES_NO = [1.0] * 40 + [0.0] * 10


def test_interval_agrees_with_scipy() -> None:
    ours = estimate(YES_NO)
    theirs = bootstrap(
        (np.array(YES_NO),), np.mean, n_resamples=2000, method="percentile", rng=np.random.default_rng(1)
    )
    assert ours is not None
    assert ours.value == 0.8
    assert ours.low == pytest.approx(theirs.confidence_interval.low, abs=0.021)
    assert ours.high == pytest.approx(theirs.confidence_interval.high, abs=0.021)


def test_the_same_values_give_the_same_interval() -> None:
    assert estimate(YES_NO) == estimate(YES_NO)


def test_nothing_measured_is_no_figure() -> None:
    assert estimate([]) is None
    assert paired_difference([], []) is None


def test_one_value_is_its_own_interval() -> None:
    assert estimate([0.5]) == Estimate(0.5, 0.5, 0.5, 1)


@pytest.mark.parametrize(
    ("yes", "of", "low", "high"),
    [
        (0, 15, 0.0, 1 - 0.025 ** (1 / 15)),  # none of fifteen may still be one in five
        (15, 15, 0.025 ** (1 / 15), 1.0),
        (0, 233, 0.0, 1 - 0.025 ** (1 / 233)),
        (1, 1, 0.025, 1.0),
    ],
)
def test_a_share_on_which_all_agree_is_not_sure(yes: int, of: int, low: float, high: float) -> None:
    share = proportion([1.0] * yes + [0.0] * (of - yes))
    assert share is not None
    assert (share.value, share.n) == (yes / of, of)
    assert (share.low, share.high) == (pytest.approx(low), pytest.approx(high))


def test_a_share_on_which_they_do_not_agree_is_resampled() -> None:
    assert proportion(YES_NO) == estimate(YES_NO)
    assert proportion([]) is None


def test_resampling_in_parts_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = estimate(YES_NO)
    monkeypatch.setattr(intervals, "CELLS_AT_ONCE", 7 * len(YES_NO))
    assert estimate(YES_NO) == whole


def test_percentiles_are_estimated_too() -> None:
    p95 = estimate([float(ms) for ms in range(1, 101)], percentile_of(95))
    assert p95 is not None
    assert p95.value == pytest.approx(95.05)
    assert p95.low < 95.05 < p95.high


@pytest.mark.parametrize(
    ("better", "worse", "p"),
    [
        (0, 0, 1.0),
        (5, 5, 1.0),
        (0, 5, 2 * 0.5**5),  # all five changed for the worse
        (1, 8, 2 * (1 + 9) * 0.5**9),
    ],
)
def test_mcnemar_counts_only_what_changed(better: int, worse: int, p: float) -> None:
    before = [True] * worse + [False] * better + [True] * 20
    after = [False] * worse + [True] * better + [True] * 20
    assert mcnemar(before, after) == pytest.approx(p)


def test_a_paired_difference_is_surer_than_two_single_figures() -> None:
    before = [float(n % 2) for n in range(100)]
    after = [min(1.0, value + 0.1) if value else value for value in before]
    difference = paired_difference([0.5 * v for v in before], [0.5 * v + 0.05 for v in before])
    assert difference is not None
    assert difference.low == pytest.approx(0.05)
    assert paired_difference(before, after) == estimate([b - a for a, b in zip(before, after, strict=True)])
