"""Question sets on disk: JSONL, CSV and XLSX, read and written. Every fault names file and row.

In CSV and XLSX the first row holds the field names, and the fields that hold several things are written
one to a line of the cell: ``turns`` and ``must_not`` one text a line, ``answer`` one point a line with
" | " between alternatives, ``evidence`` one quote a line as "quote | doc | locator". A cell that begins
with "[" is read as JSON; the export writes JSON where the plain form would not read back the same.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO, cast

from eval.cases import FIELDS, Case, RowError, case_from_row, row_from_case
from eval.workbook import read_workbook_rows, write_workbook_rows
from ingest.errors import EvaluationUnusable

MOST_ROWS = 50_000
"""At 30 ms a question this is half an hour for search alone; a longer set is run in parts."""

LONGEST_ROW = 1_000_000
"""Characters. A longer line is not a question, and would be read into memory whole."""

CELL_SPLIT = " | "
FORMULA_STARTS = ("=", "+", "-", "@", "\t")
"""A spreadsheet would run a cell that begins so; the export puts an apostrophe before it."""

NumberedRow = tuple[int, dict[str, object]]


def load_cases(paths: Iterable[Path]) -> tuple[Case, ...]:
    """All cases of the given question sets in order.

    Raises EvaluationUnusable with file and row: missing or empty file, unknown format, broken JSON, a field of the
    wrong form, an id that stands twice (also in two sets), more than MOST_ROWS rows.
    """
    cases: list[Case] = []
    seen: dict[str, str] = {}
    for path in paths:
        for number, row in read_rows(path):
            try:
                case = case_from_row(row)
            except RowError as fault:
                raise _fault(path, number, str(fault)) from fault
            if case.id in seen:
                raise _fault(path, number, f'id "{case.id}" stands twice; it was first used in {seen[case.id]}')
            seen[case.id] = f"{path.name}, row {number}"
            cases.append(case)
    return tuple(cases)


def read_rows(path: Path) -> Iterator[NumberedRow]:
    """The rows of one question set with their row numbers (from 1; in a table the head is row 1), one at a time.

    Raises EvaluationUnusable as :func:`load_cases` does.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise EvaluationUnusable(f"{path} is no question set: give a file ending in {', '.join(READERS)}.")
    if not path.is_file():
        raise EvaluationUnusable(f"There is no question set {path}; give the path of a {', '.join(READERS)} file.")
    count = 0
    for number, row in reader(path):
        count += 1
        if count > MOST_ROWS:
            raise _fault(path, number, f"a question set holds at most {MOST_ROWS:,} questions; split the file")
        yield number, row
    if count == 0:
        raise EvaluationUnusable(f"{path} holds no question; write at least one row with id and turns.")


def write_cases(cases: Iterable[Case], path: Path) -> None:
    """Write a question set in the format of the file's ending; the file is there whole or not at all.

    Raises EvaluationUnusable for an unknown ending or a folder that does not exist.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise EvaluationUnusable(f"Cannot write {path}: the ending must be one of {', '.join(WRITERS)}.")
    if not path.parent.is_dir():
        raise EvaluationUnusable(f"Cannot write {path}: there is no folder {path.parent}.")
    aside = path.with_name(f".{path.name}.{os.getpid()}{path.suffix}")
    try:
        writer(aside, (row_from_case(case) for case in cases))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def print_cases(cases: Iterable[Case], file: TextIO) -> None:
    """Write cases as JSON lines to an open file, as standard output."""
    for case in cases:
        file.write(json.dumps(row_from_case(case), ensure_ascii=False) + "\n")


# ── JSON lines ─────────────────────────────────────────────────────────────────────────────────


def _read_jsonl(path: Path) -> Iterator[NumberedRow]:
    number = 0
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(_short_lines(file, path), 1):
                if line.strip():
                    yield number, _json_object(line, path, number)
    except UnicodeDecodeError as error:
        raise _fault(path, number + 1, "the text from here on is not UTF-8; save the file as UTF-8") from error


def _short_lines(file: TextIO, path: Path) -> Iterator[str]:
    number = 0
    while line := file.readline(LONGEST_ROW):
        number += 1
        if len(line) == LONGEST_ROW:
            raise _fault(path, number, f"the row is longer than {LONGEST_ROW:,} characters")
        yield line


def _json_object(line: str, path: Path, number: int) -> dict[str, object]:
    try:
        value: object = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise _fault(path, number, f"broken JSON{where}") from error
    if not isinstance(value, dict):
        raise _fault(path, number, "a row must be a JSON object")
    return cast("dict[str, object]", value)


def _write_jsonl(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


# ── CSV and XLSX ───────────────────────────────────────────────────────────────────────────────


def _read_csv(path: Path) -> Iterator[NumberedRow]:
    with io.StringIO(_decoded(path), newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            yield from _table_rows(path, ((number, list(cells)) for number, cells in enumerate(reader, 1)))
        except csv.Error as error:
            raise _fault(path, reader.line_num, f"broken CSV ({error})") from error


def _decoded(path: Path) -> str:
    """Excel saves CSV as UTF-8 with a mark or, on a Chinese Windows, as GB 18030."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise _fault(path, row, "the text is neither UTF-8 nor GB 18030; save the file as UTF-8") from error


def _read_xlsx(path: Path) -> Iterator[NumberedRow]:
    yield from _table_rows(path, read_workbook_rows(path))


def _table_rows(path: Path, rows: Iterator[tuple[int, list[str]]]) -> Iterator[NumberedRow]:
    head: list[str] | None = None
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if head is None:
            head = _checked_head(path, number, [cell.strip() for cell in cells])
            continue
        if len(cells) > len(head) and any(cell.strip() for cell in cells[len(head) :]):
            raise _fault(path, number, f"{len(cells)} cells stand under {len(head)} column heads")
        try:
            yield number, {name: _value(name, cell) for name, cell in zip(head, cells, strict=False) if cell.strip()}
        except RowError as fault:
            raise _fault(path, number, str(fault)) from fault


def _checked_head(path: Path, number: int, head: list[str]) -> list[str]:
    for name in ("id", "turns"):
        if name not in head:
            raise _fault(path, number, f'the head has no column "{name}"; the columns are {", ".join(FIELDS)}')
    twice = sorted({name for name in head if name and head.count(name) > 1})
    if twice:
        raise _fault(path, number, f'the column "{twice[0]}" stands twice')
    return head


def _value(name: str, cell: str) -> object:
    if cell.startswith("'") and _runs_as_formula(cell):
        cell = cell[1:]
    if name in CELL_READERS:
        return _json_cell(name, cell) if cell.lstrip().startswith("[") else CELL_READERS[name](cell)
    if name == "repeat":
        return int(cell) if cell.strip().isascii() and cell.strip().isdigit() else cell
    return cell


def _json_cell(name: str, cell: str) -> object:
    try:
        return json.loads(cell)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RowError(f'the cell "{name}" begins with "[" but is not JSON') from error


def _lines(cell: str) -> list[str]:
    return [line for line in cell.replace("\r\n", "\n").split("\n") if line.strip()]


def _points(cell: str) -> list[list[str]]:
    return [line.split(CELL_SPLIT) for line in _lines(cell)]


def _quotes(cell: str) -> list[dict[str, str]]:
    parts = [[*line.split(CELL_SPLIT), "", ""] for line in _lines(cell)]
    return [{"quote": part[0], "doc": part[1], "locator": part[2]} for part in parts]


CELL_READERS: dict[str, Callable[[str], object]] = {
    "turns": _lines,
    "must_not": _lines,
    "answer": _points,
    "evidence": _quotes,
}


def _plain_cell(name: str, value: object) -> str:
    items = cast("list[object]", value)
    match name:
        case "answer":
            return "\n".join(CELL_SPLIT.join(cast("list[str]", point)) for point in items)
        case "evidence":
            quotes = [cast("dict[str, str]", item) for item in items]
            return "\n".join(CELL_SPLIT.join([q["quote"], q["doc"], q["locator"]]) for q in quotes)
        case _:
            return "\n".join(cast("list[str]", items))


def _cell(name: str, value: object) -> str:
    if name not in CELL_READERS:
        cell = str(value)
    else:
        cell = _plain_cell(name, value)
        if cell.lstrip().startswith("[") or CELL_READERS[name](cell) != value:
            cell = json.dumps(value, ensure_ascii=False)
    return f"'{cell}" if _runs_as_formula(cell) else cell


def _runs_as_formula(cell: str) -> bool:
    """Apostrophes before it are counted in, so that one is taken off for each that was put on."""
    return cell.lstrip("'").startswith(FORMULA_STARTS)


def _cells(rows: Iterable[Mapping[str, object]]) -> Iterator[list[str]]:
    yield list(FIELDS)
    for row in rows:
        yield [_cell(name, row[name]) if name in row else "" for name in FIELDS]


def _write_csv(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(_cells(rows))


def _write_xlsx(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    write_workbook_rows(path, _cells(rows))


def _fault(path: Path, row: int, what: str) -> EvaluationUnusable:
    return EvaluationUnusable(f"{path}, row {row}: {what}.")


READERS: dict[str, Callable[[Path], Iterator[NumberedRow]]] = {
    ".jsonl": _read_jsonl,
    ".csv": _read_csv,
    ".xlsx": _read_xlsx,
}
WRITERS: dict[str, Callable[[Path, Iterable[Mapping[str, object]]], None]] = {
    ".jsonl": _write_jsonl,
    ".csv": _write_csv,
    ".xlsx": _write_xlsx,
}
