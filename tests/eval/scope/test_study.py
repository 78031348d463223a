from __future__ import annotations

from dataclasses import replace

import pytest

from bot.refuse.constraints.types import ConstraintChecks
from eval.scope.collecting import DECLINED, HEDGED, WITHIN, Scoped
from eval.scope.features import LIKENESS, NOTHING_FOUND
from eval.scope.study import CHECKS, Table, by_rules_table, fold_of, measure_scope, scope_table
from ingest.errors import EvaluationUnusable

NO_COUNTS = {name: float(count) for name, count in ConstraintChecks().counts().items()}


def scoped(number: int, reason: str, foreign: float = 0.0, by_rules: float = 0.0) -> Scoped:
    likeness = {**NOTHING_FOUND, "foreignness": foreign + number % 7 / 100}
    return Scoped("s", f"{number}", "single", reason, f"q{number}", likeness, NO_COUNTS, by_rules, by_rules == 0)


ASKED = [
    *(scoped(number, WITHIN) for number in range(60)),
    *(scoped(number, "off-topic", foreign=1.0) for number in range(60, 80)),
    *(scoped(number, "near-miss", by_rules=DECLINED) for number in range(80, 90)),
]


def row_of(table: Table, name: str):
    return next(row for row in table.rows if row.name == name)


def test_what_tells_is_seen_and_what_does_not_is_chance() -> None:
    everything, _, silent, _ = measure_scope(ASKED, [], 0)
    told = row_of(everything, "likeness").cells["off-topic"]
    assert (told.questions, told.auc, told.caught) == (20, 1.0, (1.0, 1.0))
    assert row_of(everything, "checks").cells["off-topic"].auc == pytest.approx(0.5, abs=0.35)
    assert row_of(everything, "rules").cells["near-miss"].caught == (1.0, 1.0)
    assert set(row_of(silent, "both").cells) == {"off-topic"}, "where a rule speaks nothing is left to find"


def test_each_check_and_each_feature_is_left_out_in_turn() -> None:
    _, ablation, _, of_silent = measure_scope(ASKED, [], 0)
    assert [row.name for row in of_silent.rows] == [row.name for row in ablation.rows]
    assert [row.name for row in ablation.rows] == ["both", *(f"without {name}" for name in (*CHECKS, *LIKENESS))]
    assert row_of(ablation, "both").cells["off-topic"].auc == 1.0
    assert row_of(ablation, "without foreignness").cells["off-topic"].auc < 0.9


def test_pairs_are_learned_from_and_not_measured() -> None:
    upside_down = [replace(item, reason=WITHIN if item.reason != WITHIN else "near-miss") for item in ASKED * 20]
    everything = measure_scope(ASKED, upside_down, 0)[0]
    assert row_of(everything, "likeness").cells["off-topic"].auc == 1.0
    assert row_of(everything, "likeness, pairs learned from").cells["off-topic"].auc == 0.0
    assert everything.within == 60


def test_questions_on_the_same_words_share_a_fold() -> None:
    folds = {fold_of(replace(ASKED[0], id=str(number)), 0) for number in range(20)}
    assert len(folds) == 1
    assert len({fold_of(item, 0) for item in ASKED}) == 5
    assert {fold_of(item, 0) == fold_of(item, 1) for item in ASKED} == {True, False}


def test_answerable_questions_alone_tell_nothing_apart() -> None:
    with pytest.raises(EvaluationUnusable, match="Nothing can be told apart"):
        measure_scope(ASKED[:60], [], 0)


def test_the_table_says_how_many_and_what_the_rules_do() -> None:
    printed = scope_table(measure_scope(ASKED, [], 0)).splitlines()
    assert printed[0].split("  ")[0] == "all questions (60 answerable)"
    assert "off-topic (20)" in printed[0]
    hedged = [*ASKED, scoped(95, WITHIN, by_rules=HEDGED)]
    rows = {line.split("  ")[0]: line.split()[-3:] for line in by_rules_table(hedged).splitlines()[1:]}
    assert rows["near-miss"] == ["10", "1.000", "0.000"]
    assert rows["within: single"] == ["61", "0.000", "0.016"]
