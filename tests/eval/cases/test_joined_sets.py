"""Several sets measured together: each question by set and id, and the runs before it still comparable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import BotSettings
from eval.cases.case_files import load_cases
from eval.cases.cases import Case
from eval.cases.joined_sets import by_set, load_together, own_keys, renamings, with_own_ids
from eval.runs.provenance import about_run
from eval.runs.run import Plan
from eval.scoring.scoring import METRICS
from eval.sets.question_sets import question_sets
from eval.studies.baseline import BASELINE
from eval.studies.compare import ComparedRun, compare, read_compared, read_thresholds
from ingest.errors import EvaluationUnusable
from tests.eval.conftest import AS_OF
from tests.eval.test_main import MANIFEST

DELIVERED = [one.path for one in question_sets(Path("nowhere"))]
ASKED = {"id": "B001", "turns": ["怎么申请？"]}


def test_all_delivered_sets_can_be_asked_together() -> None:
    cases = load_together(DELIVERED)
    assert len(cases) == sum(len(load_cases([path])) for path in DELIVERED)
    keys = {case.id for case in cases}
    assert len(keys) == len(cases)
    assert {"dev/B001", "other_words/B001"} <= keys


def test_one_set_keeps_its_ids(question_set: Callable[..., Path]) -> None:
    path = question_set(ASKED)
    assert load_together([path]) == load_cases([path])
    assert with_own_ids(load_together([path]), [path]) == list(load_cases([path]))


def test_the_ids_of_the_files_come_back(question_set: Callable[..., Path]) -> None:
    paths = [question_set(ASKED, name="a.jsonl"), question_set(ASKED, {**ASKED, "id": "a/1"}, name="b.jsonl")]
    joined = load_together(paths)
    assert [case.id for case in joined] == ["a/B001", "b/B001", "b/a/1"]
    assert [case.id for case in with_own_ids(joined, paths)] == ["B001", "B001", "a/1"]


def test_joined_cases_are_told_apart_by_their_sets(question_set: Callable[..., Path]) -> None:
    paths = [question_set(ASKED, name="a.jsonl"), question_set(ASKED, {**ASKED, "id": "a/1"}, name="b.jsonl")]
    parted = by_set(load_together(paths), paths)
    assert {name: [case.id for case in cases] for name, cases in parted.items()} == {
        "a": ["a/B001"],
        "b": ["b/B001", "b/a/1"],
    }
    alone = by_set(load_together(paths[1:]), paths[1:])
    assert {name: [case.id for case in cases] for name, cases in alone.items()} == {"b": ["B001", "a/1"]}


def test_a_set_given_twice_is_one_sentence_without_a_path(question_set: Callable[..., Path], tmp_path: Path) -> None:
    path = question_set(ASKED)
    with pytest.raises(EvaluationUnusable, match='Two sets of one name hold the id "set/B001"') as told:
        load_together([path, path])
    assert str(tmp_path) not in str(told.value)


def test_an_id_of_several_sets_is_that_of_the_set_which_has_most() -> None:
    joined = ["words/B001", "words/C1", "dev/B001", "dev/B002"]
    assert own_keys(joined, ["B001", "B002", "Z9"]) == {"B001": "dev/B001", "B002": "dev/B002"}
    assert own_keys(joined, ["B001", "B002"], ["words"]) == {"B001": "words/B001"}


def test_runs_that_share_keys_are_not_renamed() -> None:
    assert renamings(["a/1"], ["a/1", "a/2"], (), ("a",)) == ({}, {})
    assert renamings(["1"], ["2"], (), ()) == ({}, {})
    assert renamings([], ["a/1"], (), ("a", "b")) == ({}, {})


GATE = {"dev", "scenario_dev", "premise_dev", "english", "near_misses"}  # the sets of `make gate`


def of(name: str, ids: list[str], *sets: str) -> ComparedRun:
    return ComparedRun(name, {id: {metric.name: 1.0 for metric in METRICS} for id in ids}, {}, {}, sets)


def test_the_baseline_is_compared_with_a_run_of_all_sets() -> None:
    baseline = read_compared(BASELINE)
    everything = of("all", [case.id for case in load_together(DELIVERED)], *(path.stem for path in DELIVERED))
    gate = {case.id for case in load_together([path for path in DELIVERED if path.stem in GATE])}
    for sides in ((baseline, everything), (everything, baseline)):
        compared = compare(*sides, read_thresholds())
        assert compared.shared == len(gate & baseline.scores.keys()) > 250
        assert {change.id.partition("/")[0] for change in compared.changed} == GATE


def test_the_baseline_is_compared_with_a_run_of_dev_alone() -> None:
    dev = [case.id for case in load_cases([path for path in DELIVERED if path.stem == "dev"])]
    compared = compare(read_compared(BASELINE), of("dev", dev, "dev"), read_thresholds())
    assert compared.shared == len(dev) > 200


def test_a_run_of_another_set_of_the_same_ids_shares_nothing_of_dev() -> None:
    everything = of("all", ["dev/B001", "other_words/B001"], "dev", "other_words")
    compared = compare(of("words", ["B001"], "other_words"), everything, read_thresholds())
    assert compared.shared == 1
    assert compared.only_after == ("dev/B001",)


def test_an_earlier_run_of_two_sets_has_the_same_digest_of_questions(question_set: Callable[..., Path]) -> None:
    paths = [question_set(ASKED, name="a.jsonl"), question_set({**ASKED, "id": "C1"}, name="b.jsonl")]

    def digest(cases: tuple[Case, ...]) -> object:
        return about_run(paths, cases, "c", MANIFEST, Plan(AS_OF), BotSettings())["cases_sha256"]

    assert digest(load_together(paths)) == digest(load_cases(paths))
