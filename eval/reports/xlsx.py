"""The questions of a run with what was answered and every metric, as an XLSX file to sort and filter."""

from __future__ import annotations

import io
import re

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet.worksheet import Worksheet

from eval.reports.html import faults_of
from eval.runs.run_folder import Run
from eval.scoring.scoring import METRICS

LONGEST_CELL = 32_000
"""Characters; a spreadsheet holds 32,767 in a cell."""

HEAD = ("id", "kind", "question", "answer", "declined", "wrong because", "points", "evidence")
NOT_HELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters XLSX cannot hold."""


def results_workbook(run: Run) -> bytes:
    """One sheet "results", a question a row. No cell is a formula, whatever a question begins with."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("results")
    sheet.freeze_panes = "B2"
    sheet.append([*HEAD, *(metric.name for metric in METRICS)])
    for id in run.cases:
        scores = run.scores[id]
        sheet.append([*(text_cell(sheet, words) for words in _words(run, id)), *(scores.get(m.name) for m in METRICS)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _words(run: Run, id: str) -> tuple[str, ...]:
    """The cells under HEAD."""
    case, result = run.cases[id], run.results[id]
    given = result.given
    return (
        case.id,
        case.kind,
        "\n".join(case.turns),
        given.body if given else result.error or "",
        given.reason or "yes" if given and given.declined else "",
        "; ".join(faults_of(run.scores[id])),
        "\n".join(" / ".join(point) for point in case.answer),
        "\n".join(item.quote for item in case.evidence),
    )


def text_cell(sheet: Worksheet, words: str) -> Cell:
    """A cell that holds words and is no formula, whatever they begin with."""
    cell = WriteOnlyCell(sheet, NOT_HELD.sub("", words)[:LONGEST_CELL])
    cell.data_type = "s"  # or what begins with "=" would be run
    return cell
