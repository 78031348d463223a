"""The tables of the benchmarks page: what runs give, and that the page holds tables of the same shape."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from eval.cases.case_files import is_question_set
from eval.reports.benchmarks import COLUMNS, GROUPINGS, benchmarks
from ingest.errors import EvaluationUnusable
from ingest.settings import PROJECT

PAGE = (PROJECT / "docs" / "benchmarks.md").read_text("utf-8")
MARKED = re.compile(r"<!-- runs -->\n\n(.*?)\n\n<!-- /runs -->", re.DOTALL)


def finished(folder: Path, name: str, **metrics: float) -> Path:
    """The folder of a run, as far as the tables need it."""
    folder.mkdir()
    values = {metric: {"value": value, "low": value, "high": value, "n": 3} for metric, value in metrics.items()}
    groups = {"kind": {"single": {"questions": 2, "metrics": values}}, "lang": {"en": {"questions": 1, "metrics": {}}}}
    (folder / "summary.json").write_text(json.dumps({"questions": 3, "metrics": values, "by": groups}))
    (folder / "run.json").write_text(json.dumps({"format": 1, "seconds": 1.0, "questions": [{"name": name}]}))
    return folder


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_row_for_each_run_and_the_groups_of_the_first(tmp_path: Path) -> None:
    first = finished(tmp_path / "a", "a.jsonl", **{"hit@1": 0.8927, "body-length": 154.6, "recall@10": 1.0})
    second = finished(tmp_path / "b", "b_2.jsonl", **{"declined-rightly": 0.5})
    lines = benchmarks([first, second]).splitlines()
    assert cells(lines[0]) == ["questions", "n", *COLUMNS.values()]
    assert cells(lines[2])[:5] == ["a.jsonl", "3", ".893", "–", "1.000"]
    assert cells(lines[2])[8] == "155"
    assert cells(lines[3])[0] == "b\\_2.jsonl"
    assert [cells(line)[:2] for line in lines[9:]] == [["kind: single", "2"], ["lang: en", "1"]]


def test_what_is_no_finished_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationUnusable, match="no run folder"):
        benchmarks([tmp_path / "nowhere"])
    begun = finished(tmp_path / "begun", "a.jsonl")
    (begun / "run.json").write_text(json.dumps({"format": 1, "questions": [{"name": "a.jsonl"}]}))
    with pytest.raises(EvaluationUnusable, match=r"not finished.*--resume"):
        benchmarks([begun])


def test_the_page_holds_the_tables_of_today(tmp_path: Path) -> None:
    """Same columns, a row for every question set of the house, groups of every kind: paste what the command prints."""
    printed = benchmarks([finished(tmp_path / "a", "a.jsonl")]).splitlines()
    marked = MARKED.search(PAGE)
    assert marked is not None
    page = marked[1].splitlines()
    assert [line for line in page if line.startswith(("| questions |", "| group |", "|---"))] == [
        line for line in printed if line.startswith(("| questions |", "| group |", "|---"))
    ]
    sets = [cells(line)[0].replace("\\", "") for line in page if re.match(r"\| \S+\.jsonl \|", line)]
    assert sorted(sets) == sorted(
        file.name for file in filter(is_question_set, (PROJECT / "eval" / "questions").iterdir())
    )
    assert {cells(line)[0].partition(":")[0] for line in page if ": " in line.partition("|")[2][:40]} >= set(GROUPINGS)
    assert len({line.count("|") for line in page if line.startswith("|")}) == 1
