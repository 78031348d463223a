"""What weights of search are worth, on folds."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest

from eval.cases.cases import Case
from eval.studies.weight_study import FOLDS, MEASURES, LabelledQuery, WeightsRow, fold_of, learned, weights_table
from index.store.store import ClauseIndex
from index.types import Query

NO_INDEX = cast(ClauseIndex, None)  # learning searches none
START = {"words": 0.5, "vectors": 0.5}


def asked(parts: list[list[float]], right: list[bool]) -> LabelledQuery:
    return LabelledQuery(NO_INDEX, Case("A001", ("问",)), Query.of("问"), np.array(parts), (np.array(right),))


def test_a_question_is_in_one_fold_whatever_others_there_are() -> None:
    folds = {identity: fold_of(identity) for identity in (f"A{number:03}" for number in range(200))}
    assert set(folds.values()) == set(range(FOLDS))
    assert all(fold_of(identity) == fold for identity, fold in reversed(folds.items()))


def test_weight_goes_to_what_points_at_the_evidence() -> None:
    questions = [asked([[1.0, 0.0], [0.0, 1.0], [0.2, 0.2]], [True, False, False])] * 20
    weights = learned(questions, START)
    assert weights["words"] > START["words"]
    assert weights["vectors"] < START["vectors"]


def test_weights_stay_where_nothing_is_to_be_learned() -> None:
    same = [asked([[0.4, 0.3], [0.4, 0.3]], [True, False])] * 5
    nothing_found = [asked([[1.0, 0.0], [0.0, 1.0]], [False, False])] * 5
    for questions in (same, nothing_found):
        assert learned(questions, START) == pytest.approx(START)


def test_few_questions_move_weights_less_than_many() -> None:
    question = asked([[1.0, 0.0], [0.0, 1.0]], [True, False])
    few, many = learned([question], START), learned([question] * 100, START)
    assert START["words"] < few["words"] < many["words"]


def test_the_table_has_a_line_a_row_and_says_what_was_learned() -> None:
    means = dict.fromkeys(MEASURES, 0.5)
    text = weights_table([WeightsRow("as set", means, {}), WeightsRow("without words", means, means)], START)
    head, *rows, last = text.splitlines()
    assert [row.split("  ")[0] for row in rows] == ["as set", "without words"]
    assert head.split()[:4] == list(MEASURES)
    assert rows[0].endswith("–")
    assert rows[1].endswith("0.500")
    assert last == "learned on all: words 0.500, vectors 0.500"
