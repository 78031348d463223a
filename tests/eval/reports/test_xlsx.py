from __future__ import annotations

import io
from pathlib import Path

from openpyxl import load_workbook

from eval.cases.cases import Case, Evidence
from eval.reports.xlsx import HEAD, LONGEST_CELL, results_workbook
from eval.runs.run_folder import Run, RunFolder
from eval.scoring.results import Given, Result
from eval.scoring.scoring import METRICS

CASES = {
    "W1": Case(
        "W1", ("自来水", "工商业用水多少钱"), kind="single", evidence=(Evidence("10.4元/吨"),), answer=(("10.4元",),)
    ),
    "=1+1": Case("=1+1", ("=HYPERLINK(1)",), kind="unanswerable:injection"),
    "crashed": Case("crashed", ("问\x07",)),
}
RESULTS = {
    "W1": Result("W1", (), Given(False, None, "长" * (LONGEST_CELL + 9), (), (), (), 5.0)),
    "=1+1": Result("=1+1", (), Given(True, "off_topic", "汇编里没有。", (), (), (), 5.0)),
    "crashed": Result("crashed", (), None, "ZeroDivisionError: no"),
}
SCORES = {"W1": {"answer-right": 0.0, "hit@1": 1.0}, "=1+1": {"declined-rightly": 1.0}, "crashed": {"crashed": 1.0}}


def rows() -> list[list[object]]:
    book = load_workbook(io.BytesIO(results_workbook(Run(RunFolder(Path("run")), {}, CASES, RESULTS, SCORES))))
    return [[cell.value for cell in row] for row in book["results"].iter_rows()]


def test_a_question_a_row_with_every_metric() -> None:
    head, water, declined, crashed = rows()
    assert head == [*HEAD, *(metric.name for metric in METRICS)]
    assert water[2] == "自来水\n工商业用水多少钱"
    assert (water[head.index("hit@1")], water[head.index("crashed")]) == (1, None)
    assert "incomplete answer" in str(water[5])
    assert declined[4] == "off_topic"
    assert crashed[3] == "ZeroDivisionError: no"


def test_no_cell_runs_or_breaks_the_file() -> None:
    _, water, hostile, crashed = rows()
    assert len(str(water[3])) == LONGEST_CELL
    assert (hostile[0], hostile[2]) == ("=1+1", "=HYPERLINK(1)")
    book = load_workbook(io.BytesIO(results_workbook(Run(RunFolder(Path("run")), {}, CASES, RESULTS, SCORES))))
    assert {cell.data_type for row in book["results"].iter_rows(max_col=3) for cell in row} <= {
        "s",
        "inlineStr",
    }  # no "f"
    assert crashed[2] == "问"  # without the bell
