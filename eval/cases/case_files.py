"""Question sets on disk: JSONL, CSV and XLSX, read and written. Every fault names file and row."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO, cast

from eval.cases.case_table import TableFault, table_cells, table_rows
from eval.cases.cases import Case, RowError, case_from_row, row_from_case
from eval.cases.workbook import read_workbook_rows, write_workbook_rows
from ingest.errors import EvaluationUnusable
from ingest.sentences import Sentence

MOST_ROWS = 50_000
"""At 30 ms a question this is half an hour for search alone; a longer set is run in parts."""

LONGEST_ROW = 1_000_000
"""Characters. A longer line is not a question, and would be read into memory whole."""

PROFILES = "match_"
"""Files whose name begins so hold profiles for ``eval match``, not questions."""

NumberedRow = tuple[int, dict[str, object]]


def is_question_set(path: Path) -> bool:
    """True for a file that holds questions by its name: an ending that is read, and no profiles."""
    return path.suffix in READERS and not path.name.startswith(PROFILES)


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
                raise _fault(path, number, Sentence("eval.id_twice", case=case.id, place=seen[case.id]))
            seen[case.id] = f"{path.name}, row {number}"
            cases.append(case)
    return tuple(cases)


def read_rows(path: Path) -> Iterator[NumberedRow]:
    """The rows of one question set with their row numbers (from 1; in a table the head is row 1), one at a time.

    Raises EvaluationUnusable as :func:`load_cases` does.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise EvaluationUnusable("eval.not_a_question_set", path=path, endings=", ".join(READERS))
    if not path.is_file():
        raise EvaluationUnusable("eval.no_set_file", path=path, endings=", ".join(READERS))
    count = 0
    for number, row in reader(path):
        count += 1
        if count > MOST_ROWS:
            raise _fault(path, number, Sentence("eval.too_many_questions", most=MOST_ROWS))
        yield number, row
    if count == 0:
        raise EvaluationUnusable("eval.set_without_questions", path=path)


def write_cases(cases: Iterable[Case], path: Path) -> None:
    """Write a question set in the format of the file's ending; the file is there whole or not at all.

    Raises EvaluationUnusable for an unknown ending or a folder that does not exist.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise EvaluationUnusable("eval.no_such_ending", path=path, endings=", ".join(WRITERS))
    if not path.parent.is_dir():
        raise EvaluationUnusable("eval.no_folder_to_write_to", path=path, folder=path.parent)
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
        raise _fault(path, number + 1, Sentence("eval.text_here_not_utf")) from error


def _short_lines(file: TextIO, path: Path) -> Iterator[str]:
    number = 0
    while line := file.readline(LONGEST_ROW):
        number += 1
        if len(line) == LONGEST_ROW:
            raise _fault(path, number, Sentence("eval.row_longer_characters", longest_row=LONGEST_ROW))
        yield line


def _json_object(line: str, path: Path, number: int) -> dict[str, object]:
    try:
        value: object = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        if isinstance(error, json.JSONDecodeError):
            raise _fault(path, number, Sentence("eval.broken_json_at", position=error.pos + 1)) from error
        raise _fault(path, number, Sentence("eval.broken_json")) from error
    if not isinstance(value, dict):
        raise _fault(path, number, Sentence("eval.row_must_json_object"))
    return cast("dict[str, object]", value)


def _write_jsonl(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


# ── CSV and XLSX ───────────────────────────────────────────────────────────────────────────────


def _read_csv(path: Path) -> Iterator[NumberedRow]:
    with io.StringIO(_decoded(path), newline="") as file:
        yield from _named(path, table_rows(_records(file, path)))


def _records(file: TextIO, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Row numbers as a spreadsheet counts them: a cell may hold several lines."""
    number = 0
    try:
        for number, cells in enumerate(csv.reader(file, strict=True), 1):
            yield number, cells
    except csv.Error as error:
        raise _fault(path, number + 1, Sentence("eval.broken_csv", reason=error)) from error


def _named(path: Path, rows: Iterator[NumberedRow]) -> Iterator[NumberedRow]:
    """The rows; a fault among them gets the name of the file."""
    try:
        yield from rows
    except TableFault as fault:
        raise _fault(path, fault.row, str(fault)) from fault


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
        raise _fault(path, row, Sentence("eval.text_neither_utf_nor_gb")) from error


def _read_xlsx(path: Path) -> Iterator[NumberedRow]:
    yield from _named(path, table_rows(read_workbook_rows(path)))


def _write_csv(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(table_cells(rows))


def _write_xlsx(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    write_workbook_rows(path, table_cells(rows))


def _fault(path: Path, row: int, what: str) -> EvaluationUnusable:
    return EvaluationUnusable("eval.row_is_wrong", path=path, row=row, what=what)


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
