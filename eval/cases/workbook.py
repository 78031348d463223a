"""The first sheet of an XLSX file as rows of texts, read row by row so that size costs no memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from xml.etree import ElementTree

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError, InvalidFileException

from ingest.errors import EvaluationUnusable

MOST_UNPACKED = 512 * 1024 * 1024
"""Bytes. A workbook is a zip; one that unpacks to more is broken or made to fill the memory."""

MERGE_TAG = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}mergeCell"
SHEETS = "xl/worksheets/"


def read_workbook_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Row number (from 1) and cells of the first sheet; numbers are written out, empty cells are "".

    Raises EvaluationUnusable: not a workbook, too large, merged cells (it is not known which row they belong to),
    a date or formula error where a text belongs.
    """
    _check_archive(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, ElementTree.ParseError) as error:
        raise EvaluationUnusable(f"{path} cannot be read as an XLSX workbook; save it again as .xlsx.") from error
    try:
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, [_text(value, path, number) for value in row]
    finally:
        book.close()


def write_workbook_rows(path: Path, rows: Iterable[list[str]]) -> None:
    """One sheet "questions" with every cell as text. Raises EvaluationUnusable for characters XLSX cannot hold."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("questions")
    for number, row in enumerate(rows, 1):
        try:
            sheet.append(row)
        except IllegalCharacterError as error:
            raise EvaluationUnusable(f"Row {number} holds a control character; export it as JSONL instead.") from error
    book.save(path)


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise EvaluationUnusable(f"{path} unpacks to more than {MOST_UNPACKED // 1024**2} MB; split the file.")
            sheets = sorted(name for name in archive.namelist() if name.startswith(SHEETS) and name.endswith(".xml"))
            if not sheets:
                raise EvaluationUnusable(f"{path} is a zip file but no XLSX workbook.")
            merged = next(filter(None, (_first_merged(archive, sheet) for sheet in sheets)), None)
    except (zipfile.BadZipFile, ElementTree.ParseError) as error:
        raise EvaluationUnusable(f"{path} cannot be read as an XLSX workbook; save it again as .xlsx.") from error
    if merged:
        row = "".join(mark for mark in merged.split(":")[0] if mark.isdigit())
        raise EvaluationUnusable(f"{path}, row {row}: the cells {merged} are merged; unmerge them and fill each row.")


def _first_merged(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Openpyxl does not tell about merged cells when it reads row by row."""
    with archive.open(sheet) as file:
        for _, element in ElementTree.iterparse(file):
            if element.tag == MERGE_TAG:
                return element.get("ref", "")
            element.clear()
    return None


def _text(value: object, path: Path, row: int) -> str:
    if value is None:
        return ""
    if isinstance(value, (datetime, date, time)):
        raise EvaluationUnusable(f"{path}, row {row}: the cell {value} is a date; format the column as text.")
    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "/A")):
        raise EvaluationUnusable(f"{path}, row {row}: the cell shows the spreadsheet error {value}.")
    return str(value)
