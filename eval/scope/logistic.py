"""Logistic regression with a quadratic penalty (Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, §4.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]
from scipy.stats import rankdata  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

Floats = NDArray[np.float64]
STEPS = 500


@dataclass(frozen=True, slots=True)
class Logistic:
    """A learned regression: a question is out of scope with the likelihood 1 / (1 + e^-(weights · x + bias))."""

    weights: Floats  # of the features as they are, not scaled
    bias: float

    def scores(self, features: Floats) -> Floats:
        """The exponent for each row: the greater, the likelier out of scope."""
        return features @ self.weights + self.bias


def learn(features: Floats, is_out: NDArray[np.bool_], counts: Floats, penalty: float) -> Logistic:
    """The regression that makes ``is_out`` likeliest.

    Args:
        features: a row a question.
        is_out: which questions are out of scope.
        counts: how much each question counts.
        penalty: cost of a squared weight of a feature scaled to deviation 1, against the log-likelihood of all questions.
    """
    mean, deviation = features.mean(axis=0), features.std(axis=0)
    scale = np.where(deviation > 0, deviation, 1.0)
    scaled = (features - mean) / scale
    signs = np.where(is_out, 1.0, -1.0)

    def loss(held: Floats) -> tuple[float, Floats]:
        margins = signs * (scaled @ held[1:] + held[0])
        pull = -counts * signs / (1 + np.exp(np.clip(margins, -30, 30)))
        value = float(counts @ np.logaddexp(0.0, -margins)) + penalty * float(held[1:] @ held[1:])
        return value, np.concatenate(([pull.sum()], scaled.T @ pull + 2 * penalty * held[1:]))

    minimized = cast(Callable[..., Mapping[str, object]], minimize)(
        loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}
    )
    held = cast(Floats, minimized["x"])
    weights = held[1:] / scale
    return Logistic(weights, float(held[0] - mean @ weights))


def auc(out: Floats, within: Floats) -> float:
    """How often a question out of scope scores above one within, ties half (Hanley, McNeil, Radiology 143, 1982)."""
    ranks = cast(Callable[[Floats], Floats], rankdata)(np.concatenate((out, within)))
    return float((ranks[: len(out)].sum() - len(out) * (len(out) + 1) / 2) / (len(out) * len(within)))


def caught(out: Floats, within: Floats, touched: float) -> float:
    """Share of ``out`` above the score that at most the share ``touched`` of ``within`` is above."""
    return float((out > threshold(within, touched)).mean())


def threshold(within: Floats, touched: float) -> float:
    """The least score that at most the share ``touched`` of ``within`` is above."""
    ordered = np.sort(within)[::-1]
    return float(ordered[min(int(touched * len(ordered)), len(ordered) - 1)])
