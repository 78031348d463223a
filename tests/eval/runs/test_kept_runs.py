from __future__ import annotations

import io
import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from eval.cases.case_files import load_cases
from eval.reports.xlsx import HEAD, results_workbook
from eval.runs.kept_runs import kept_run, kept_runs, new_run_folder, remove_run
from eval.runs.run import Plan, run
from eval.runs.run_folder import RunFolder, read_run, record_end
from eval.scoring.scoring import METRICS
from ingest.errors import EvaluationUnusable

NOON = datetime(2026, 11, 22, 12, 0, 5, tzinfo=UTC)
Measure = Callable[..., RunFolder]


@pytest.fixture
def measure(small_bot, question_set, plan: Plan, about: dict[str, object], tmp_path: Path) -> Measure:
    """A run under the home ``tmp_path``."""

    def measured(name: str, *rows: dict[str, Any], finished: bool = True, began: int = 0) -> RunFolder:
        folder = RunFolder(tmp_path / "runs" / name)
        run(folder, load_cases([question_set(*rows)]), small_bot, plan, about)
        if finished:
            record_end(folder, 1.0)
        os.utime(folder.cases, (began, began))
        return folder

    return measured


def test_no_run_yet(tmp_path: Path) -> None:
    assert kept_runs(tmp_path) == []
    assert not (tmp_path / "runs").exists()


def test_runs_are_listed_the_newest_first_with_their_figures(measure: Measure, tmp_path: Path) -> None:
    measure("older", began=1000)
    measure("newer", began=2000)
    measure("broken-off", began=3000, finished=False)
    listed = kept_runs(tmp_path)
    assert [one.name for one in listed] == ["broken-off", "newer", "older"]
    assert [one.is_finished for one in listed] == [False, True, True]
    assert listed[1].metrics["answer-right"].value == 1.0
    assert (listed[1].questions, listed[1].sets) == (3, ("set.jsonl",))
    assert listed[0].metrics == {}


def test_what_is_no_run_of_this_version_is_passed_over(measure: Measure, tmp_path: Path) -> None:
    measure("good")
    for name, content in (("foreign", '{"format": 99}'), ("torn", "{"), ("list", "[]")):
        (tmp_path / "runs" / name).mkdir()
        (tmp_path / "runs" / name / "run.json").write_text(content, encoding="utf-8")
    (tmp_path / "runs" / "empty").mkdir()
    (tmp_path / "runs" / "a file").write_text("x", encoding="utf-8")
    (tmp_path / "runs" / "linked").symlink_to(tmp_path / "runs" / "good")
    old = measure("old-summary")
    old.summary.write_text(json.dumps({"metrics": {"hit@1": {"mean": 1}}}), encoding="utf-8")
    assert [one.name for one in kept_runs(tmp_path)] == ["good"]
    with pytest.raises(EvaluationUnusable, match="another version"):
        kept_run(tmp_path, "foreign")


@pytest.mark.parametrize("name", ["", ".", "..", "../runs/good", "good/", "/etc", "nobody", "linked"])
def test_a_name_leads_nowhere_but_to_a_run(name: str, measure: Measure, tmp_path: Path) -> None:
    measure("good")
    (tmp_path / "runs" / "linked").symlink_to(tmp_path / "runs" / "good")
    for ask in (kept_run, remove_run):
        with pytest.raises(EvaluationUnusable, match="There is no run"):
            ask(tmp_path, name)
    assert (tmp_path / "runs" / "good" / "run.json").is_file()


def test_a_run_is_deleted_whole(measure: Measure, tmp_path: Path) -> None:
    measure("one")
    measure("two")
    remove_run(tmp_path, "one")
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["two"]


def test_a_folder_that_is_there_is_not_used_again(tmp_path: Path) -> None:
    first = new_run_folder(tmp_path, NOON)
    assert first.path == tmp_path / "runs" / "20261122-120005"
    first.path.mkdir(parents=True)
    assert new_run_folder(tmp_path, NOON).path.name == "20261122-120005-2"


def test_a_workbook_has_a_row_a_question_and_no_formula(measure: Measure) -> None:
    asked = {"id": "=1+1", "turns": ["=cmd|' /C calc'!A0", "绿色基金\x07有多大"], "kind": "unanswerable:near-miss"}
    done = read_run(measure("one", asked).path)
    case = replace(done.cases["=1+1"], turns=("=cmd|' /C calc'!A0", "绿色基金\x07" + "多" * 40_000))
    sheet = load_workbook(io.BytesIO(results_workbook(replace(done, cases={case.id: case}))))["results"]
    head, row = sheet.iter_rows()
    assert [cell.value for cell in head] == [*HEAD, *(metric.name for metric in METRICS)]
    assert {cell.data_type for cell in row} <= {"s", "n", "inlineStr"}
    assert row[0].value == "=1+1"
    assert str(row[2].value).startswith("=cmd|' /C calc'!A0\n绿色基金多多")
    told = dict(zip((cell.value for cell in head), (cell.value for cell in row), strict=True))
    assert told["declined-rightly"] == 0
    assert "should have declined" in str(told["wrong because"])
