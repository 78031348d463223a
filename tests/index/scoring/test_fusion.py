"""One score of several rankings."""

import numpy as np
import pytest

from index.rankers.protocol import Ranking
from index.scoring.fusion import ADDRESS_WEIGHT, ENGLISH_WEIGHTS, WEIGHTS, balanced, fuse
from index.store.store import ALL_WEIGHTS, ENGLISH_RANKERS, RANKERS


def ranking(scores: dict[int, float]) -> Ranking:
    return Ranking(np.array(list(scores), np.int64), np.array(list(scores.values()), np.float32))


def test_weights_are_shares_of_the_rankers_there_are() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert set(WEIGHTS) | {"address"} == {ranker.name for ranker in RANKERS}


@pytest.mark.parametrize(
    ("scores", "fused"),
    [
        ({0: 10.0, 1: 5.0, 2: 0.0}, [1.0, 0.5, 0.0]),
        ({2: 0.9, 0: 0.8}, [0.0, 0.0, 1.0]),  # the last of a list counts as much as what is not listed
        ({1: 3.0}, [0.0, 1.0, 0.0]),  # the only one is the best
        ({0: 2.0, 2: 2.0}, [1.0, 0.0, 1.0]),
        ({}, [0.0, 0.0, 0.0]),
    ],
)
def test_min_max_over_what_is_listed(scores: dict[int, float], fused: list[float]) -> None:
    for name, weight in WEIGHTS.items():
        assert fuse({name: ranking(scores)}, 3) == pytest.approx(np.array(fused) * weight, abs=1e-6)


def test_a_named_clause_comes_before_the_best_of_all_others() -> None:
    everything = {name: ranking({0: 1.0, 1: 0.0}) for name in WEIGHTS}
    fused = fuse({**everything, "address": ranking({1: 1.0})}, 2)
    assert fused[1] > fused[0]
    assert fused[1] == pytest.approx(ADDRESS_WEIGHT)


def test_no_ranking_at_all_scores_nothing() -> None:
    assert fuse({}, 2).tolist() == [0.0, 0.0]


def test_english_rankers_that_speak_leave_the_best_possible_score() -> None:
    assert set(ENGLISH_WEIGHTS) == {ranker.name for ranker in ENGLISH_RANKERS}
    rankings = {name: ranking({0: 1.0, 1: 0.0}) for name in (*WEIGHTS, *ENGLISH_WEIGHTS)}
    in_english = balanced(ALL_WEIGHTS, rankings)
    in_chinese = {name: weight for name, weight in ALL_WEIGHTS.items() if name not in ENGLISH_WEIGHTS}
    assert sum(in_english.values()) == pytest.approx(sum(in_chinese.values()))
    assert in_english["english_words"] / in_english["words"] == pytest.approx(
        ALL_WEIGHTS["english_words"] / ALL_WEIGHTS["words"]
    )
    assert sum(in_english.values()) < ADDRESS_WEIGHT


def test_english_rankers_that_list_nothing_change_no_weight() -> None:
    rankings = {"words": ranking({0: 1.0}), **{name: ranking({}) for name in ENGLISH_WEIGHTS}}
    assert balanced(ALL_WEIGHTS, rankings) is ALL_WEIGHTS
