from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from eval.scope.logistic import auc, caught, learn, threshold


@pytest.fixture
def told() -> tuple[np.ndarray, np.ndarray]:
    """200 rows of three features: the first tells, the second is twice as large and says nothing, the third never moves."""
    chance = np.random.default_rng(0)
    is_out = np.arange(200) % 4 == 0
    features = np.column_stack((is_out + chance.normal(size=200), 2 * chance.normal(size=200), np.full(200, 7.0)))
    return features, is_out


def test_the_regression_is_the_one_that_others_learn(told: tuple[np.ndarray, np.ndarray]) -> None:
    features, is_out = told
    ours = learn(features, is_out, np.ones(200), 2.0)
    scaled = (features - features.mean(axis=0)) / np.where(features.std(axis=0) > 0, features.std(axis=0), 1.0)
    theirs = LogisticRegression(C=1 / (2 * 2.0), tol=1e-8).fit(scaled, is_out)
    assert np.allclose(ours.scores(features), theirs.decision_function(scaled), atol=1e-3)


def test_a_feature_that_never_moves_counts_nothing(told: tuple[np.ndarray, np.ndarray]) -> None:
    features, is_out = told
    learned = learn(features, is_out, np.ones(200), 2.0)
    assert learned.weights[0] > 3 * abs(learned.weights[1])
    assert learned.weights[2] == pytest.approx(0.0)


def test_auc_is_that_of_the_reference_with_ties() -> None:
    out, within = np.array([1.0, 2.0, 2.0, 5.0]), np.array([0.0, 2.0, 1.0, 1.0, 3.0])
    labels = [1] * len(out) + [0] * len(within)
    assert auc(out, within) == pytest.approx(roc_auc_score(labels, np.concatenate((out, within))))


def test_no_more_answerable_ones_are_touched_than_allowed() -> None:
    within = np.arange(100.0)
    assert (within > threshold(within, 0.05)).sum() == 5
    assert caught(np.array([94.0, 94.5, 99.0, 200.0]), within, 0.05) == 0.75
    ties = np.array([0.0] * 90 + [1.0] * 10)
    assert (ties > threshold(ties, 0.05)).sum() == 0
