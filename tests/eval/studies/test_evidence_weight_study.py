"""Weights of sentences: what is learned of them, and that they are measured on questions they were not learned from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest

from bot.evidence.weights import FEATURES, EvidenceWeights
from bot.pipeline import PolicyBot
from bot.step_log import StepLog
from eval.cases.cases import Case, Evidence
from eval.studies import evidence_weight_study
from eval.studies.evidence_weight_study import (
    Measured,
    Row,
    Weighed,
    evidence_weights_table,
    fold_of,
    learned,
    of_other_folds,
)
from eval.studies.weight_study import FOLDS

NO_BOT = cast(PolicyBot, None)  # learning asks none
HELD = {"other_good": -2.0}
BEGUN = EvidenceWeights({}, HELD, dict.fromkeys(FEATURES, 0.0))


def weighed(identity: str, quote: str = "", features: Sequence[dict[str, float]] = (), right: Sequence[bool] = ()):
    """A question whose candidates have ``features``, of which those in ``right`` say what is asked for."""
    case = Case(identity, ("问",), evidence=(Evidence(quote or identity),), answer=(("答",),))
    parts = np.array([[one.get(name, 0.0) for name in FEATURES] for one in features]).reshape(-1, len(FEATURES))
    return Weighed(NO_BOT, "made", case, StepLog(), (), parts, (np.array(right, np.bool_),))


def separable(number: int) -> Weighed:
    """The right sentence covers most; a wrong one is of the first clause, another one is a mere title."""
    features = [{"covers": 0.9}, {"covers": 0.2, "first_clause": 1.0}, {"covers": 0.9, "title_only": 1.0}]
    return weighed(f"A{number:03}", features=features, right=[True, False, False])


def test_where_the_right_sentence_can_be_told_apart_it_is_learned() -> None:
    questions = [separable(number) for number in range(40)]
    weights = learned(questions, BEGUN)
    assert weights["covers"] > 0
    assert weights["title_only"] < 0
    for question in questions:
        assert int(np.argmax(question.parts @ np.array([weights[name] for name in FEATURES]))) == 0


def test_a_weight_stays_on_its_side_and_a_held_one_where_it_is() -> None:
    features = [{"title_only": 1.0, "other_good": 1.0}, {"first_clause": 1.0, "preamble": 1.0}]
    weights = learned([weighed(f"A{n}", features=features, right=[True, False]) for n in range(40)], BEGUN)
    assert (weights["title_only"], weights["first_clause"], weights["other_good"]) == (0.0, 0.0, -2.0)
    assert weights["preamble"] < 0


def test_what_no_question_teaches_stays_as_it_was_set_by_hand() -> None:
    by_hand = {name: 0.15 * side for name, side in FEATURES.items()}
    weights = learned([separable(number) for number in range(40)], EvidenceWeights({}, HELD, by_hand))
    taught = {"covers", "first_clause", "title_only", *HELD}
    assert {name: weight for name, weight in weights.items() if name not in taught} == pytest.approx(
        {name: weight for name, weight in by_hand.items() if name not in taught}
    )
    assert weights["covers"] > by_hand["covers"]


def test_weights_are_round_and_the_same_every_time() -> None:
    questions = [separable(number) for number in range(40)]
    weights = learned(questions, BEGUN)
    assert list(weights) == list(FEATURES)
    assert all(weight == round(round(weight / 0.05) * 0.05, 2) for weight in weights.values())
    assert weights == learned(questions, BEGUN)


def test_no_question_is_measured_with_weights_that_knew_it(monkeypatch: pytest.MonkeyPatch) -> None:
    questions = [weighed(f"A{number:03}", quote=f"证据{number // 2}") for number in range(60)]
    known: dict[int, set[str]] = {}

    def remember(asked: Sequence[Weighed], begun: EvidenceWeights) -> dict[str, float]:
        assert begun is BEGUN
        known[len(known)] = {item.case.evidence[0].quote for item in asked}
        return {"lesson": float(len(known) - 1)}

    monkeypatch.setattr(evidence_weight_study, "learned", remember)
    weights = of_other_folds(questions, BEGUN, seed=0)
    assert len(known) == FOLDS
    for question, its in zip(questions, weights, strict=True):
        taught = known[int(its["lesson"])]
        assert question.case.evidence[0].quote not in taught  # nor any other question about the same words
        assert len(taught) > 30 / 2  # and most others did teach


def test_the_fold_of_a_question_is_that_of_the_words_that_prove_it() -> None:
    cases = [Case(f"A{n}", ("问",), evidence=(Evidence(f"证据{n}"),)) for n in range(100)]
    assert {fold_of(case, 0) for case in cases} == set(range(FOLDS))
    assert [fold_of(case, 0) for case in cases] != [fold_of(case, 1) for case in cases]
    for case in cases:
        assert fold_of(Case("B", ("别的问法",), evidence=(Evidence(f" {case.evidence[0].quote}\n"),)), 3) == fold_of(
            case, 3
        )


def test_the_table_shows_all_questions_and_the_first_two_rows_of_each_set() -> None:
    half, whole = Measured(0.5, 0.25, 0.75, 0.6, 150.4), Measured(1.0, 1.0, 1.0, 1.0, 99.0)
    rows = [Row(name, half, {"dev": whole}) for name in ("in use", "learned on other folds", "without near")]
    head, *lines = evidence_weights_table(rows).splitlines()
    assert head.split("  ")[-1] == "characters"
    assert [line.split("  ")[0] for line in lines] == [
        *("in use", "learned on other folds", "without near"),
        *("dev: in use", "dev: learned on other folds"),
    ]
    assert lines[0].split()[-5:] == ["0.500", "0.250", "0.750", "0.600", "150"]
    assert lines[-1].split()[-5:] == ["1.000"] * 4 + ["99"]
