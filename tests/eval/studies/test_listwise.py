"""Weights learned from lists of candidates of which some are right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from eval.studies.listwise import Floats, Masks, learned_weights, softmax


@dataclass(frozen=True)
class List:
    parts: Floats
    right: Masks


def a_list(parts: list[list[float]], *right: list[bool]) -> List:
    return List(np.array(parts), tuple(np.array(mask) for mask in right))


# The right candidate has most of the first part, a wrong one most of the second.
SEPARABLE = [a_list([[1.0, 0.0], [0.0, 1.0], [0.2, 0.2]], [True, False, False])] * 20
ZERO = {"telling": 0.0, "misleading": 0.0}


def test_weights_separate_what_can_be_separated() -> None:
    weights = learned_weights(SEPARABLE, ZERO, sharpness=4, pull=0.01, steps=100)
    assert weights["telling"] > 0.5 > 0 > weights["misleading"]
    for one in SEPARABLE:
        assert int(np.argmax(one.parts @ np.array(list(weights.values())))) == 0


def test_bounds_hold_and_equal_ones_hold_a_weight() -> None:
    bounds = {"telling": (0.3, 0.3), "misleading": (0.0, None)}
    weights = learned_weights(SEPARABLE, {**ZERO, "telling": 0.3}, sharpness=4, pull=0.01, steps=100, bounds=bounds)
    assert weights == {"telling": 0.3, "misleading": 0.0}


def test_a_stronger_pull_leaves_weights_nearer_their_start() -> None:
    weak, strong = (learned_weights(SEPARABLE, ZERO, sharpness=4, pull=pull, steps=100) for pull in (0.1, 10.0))
    assert 0 < strong["telling"] < weak["telling"]


def test_what_no_candidate_holds_teaches_nothing() -> None:
    lost = [a_list([[1.0, 0.0], [0.0, 1.0]], [False, False])] * 5
    empty = [List(np.zeros((0, 2)), (np.zeros(0, np.bool_),))]
    for lists in (lost, empty, []):
        assert learned_weights(lists, {"telling": 0.4, "misleading": 0.1}, sharpness=4, pull=1, steps=50) == (
            pytest.approx({"telling": 0.4, "misleading": 0.1})
        )


def test_each_thing_asked_for_counts_alike() -> None:
    both = [a_list([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]], [True, False, False], [False, True, False])] * 10
    weights = learned_weights(both, ZERO, sharpness=4, pull=0.1, steps=100)
    assert weights["telling"] == pytest.approx(weights["misleading"], abs=1e-3)
    assert weights["telling"] > 0


def test_shares_are_of_one() -> None:
    assert softmax(np.array([1000.0, 1000.0])).tolist() == [0.5, 0.5]
