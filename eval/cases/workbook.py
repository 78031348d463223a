"""The first sheet of an XLSX file as rows of texts, read row by row so that size costs no memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import cast
from xml.etree import ElementTree

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError, InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

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
        raise EvaluationUnusable("eval.not_a_workbook", path=path) from error
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
            raise EvaluationUnusable("eval.control_character_in_row", number=number) from error
    book.save(path)


def template_workbook(heads: Sequence[str], guide: Iterable[tuple[str, str]], guide_name: str) -> bytes:
    """An empty question set to fill in: the heads on the first sheet, which column holds what on a second one."""
    book = Workbook()
    sheet = cast("Worksheet", book.active)
    sheet.title = "questions"
    sheet.append(list(heads))
    words = book.create_sheet(guide_name)
    for row in guide:
        words.append(row)
    for one, widths in ((sheet, (24,) * len(heads)), (words, (16, 90))):
        for number, width in enumerate(widths, 1):
            one.column_dimensions[get_column_letter(number)].width = width
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
                raise EvaluationUnusable("eval.unpacks_more_mb", path=path, most_mb=MOST_UNPACKED // 1024**2)
            sheets = sorted(name for name in archive.namelist() if name.startswith(SHEETS) and name.endswith(".xml"))
            if not sheets:
                raise EvaluationUnusable("eval.zip_but_no_workbook", path=path)
            merged = next(filter(None, (_first_merged(archive, sheet) for sheet in sheets)), None)
    except (zipfile.BadZipFile, ElementTree.ParseError) as error:
        raise EvaluationUnusable("eval.not_a_workbook", path=path) from error
    if merged:
        row = "".join(mark for mark in merged.split(":")[0] if mark.isdigit())
        raise EvaluationUnusable("eval.merged_cells", path=path, row=row, merged=merged)


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
        raise EvaluationUnusable("eval.cell_is_a_date", path=path, row=row, value=value)
    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "/A")):
        raise EvaluationUnusable("eval.cell_shows_an_error", path=path, row=row, value=value)
    return str(value)
