"""XLSX: every cell of every sheet as it is shown, merged areas and all; formulas by the value the file keeps of them.

Sizes are added up from the central directory before anything is unpacked, and XML with a document type is refused:
spreadsheets write none, and entities hide in it.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ingest.errors import SourceUnreadable
from ingest.readers.building import A_PICTURE, SourceBuilder, unread
from ingest.readers.limits import MEGABYTE, Deadline, Limits
from ingest.readers.sheets.layout import Merged, Sheet, write_sheets
from ingest.readers.sheets.shown import shown
from ingest.sentences import Sentence
from ingest.types import SourceFile

WORKBOOK = "xl/workbook.xml"
MOST_PARTS = 20_000  # entries of the archive
MOST_ROWS = 1_048_576  # of a sheet, as spreadsheets have it
ROWS_BETWEEN_LOOKS = 200  # at the clock
HEAD = 2048  # bytes of a part in which a document type would stand
_ENCRYPTED = 0x1  # bit of ZipInfo.flag_bits
_MAIN = r"\{http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)/main\}"
_TAG = re.compile(rf"{_MAIN}(mergeCell|c|f|v)")
_AREA = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})")
_BROKEN = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, ValueError, TypeError,
    AttributeError, IndexError, EOFError, NotImplementedError, OSError, RuntimeError,
)  # fmt: skip
"""All that openpyxl and what lies under it raise for a damaged file."""


def read_workbook(data: bytes, name: str, limits: Limits) -> SourceFile:
    """A workbook. Raises SourceUnreadable when it is damaged, locked, too large or empty."""
    deadline = Deadline.start(name, limits)
    builder = SourceBuilder()
    write_sheets(builder, sheets_of(data, name, limits, deadline), deadline.check)
    return builder.finish(name, data, "xlsx")


def sheets_of(data: bytes, name: str, limits: Limits, deadline: Deadline) -> list[Sheet]:
    """The sheets in their order. Raises SourceUnreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive, name, limits)
            pictures = any(part.startswith("xl/media/") for part in archive.namelist())
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            try:
                sheets = [_sheet(one, archive, deadline) for one in book.worksheets]
            finally:
                book.close()
    except _BROKEN as error:
        raise SourceUnreadable("ingest.damaged_no_workbook", name=name) from error
    if pictures and sheets:
        sheets[0] = Sheet(sheets[0].name, sheets[0].rows, sheets[0].merged, [*sheets[0].doubts, unread(A_PICTURE)])
    return sheets


def _check(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    entries = archive.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > limits.max_unpacked_bytes:
        most_mb = limits.max_unpacked_bytes / MEGABYTE
        raise SourceUnreadable("ingest.unpacks_too_large", name=name, most_mb=most_mb)
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise SourceUnreadable("ingest.locked_password", name=name)
    if WORKBOOK not in archive.namelist():
        raise SourceUnreadable("ingest.archive_but_no_workbook", name=name)
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                if b"<!DOCTYPE" in part.read(HEAD).replace(b"\0", b""):
                    raise SourceUnreadable("ingest.damaged_no_workbook", name=name)


def _sheet(sheet: Any, archive: zipfile.ZipFile, deadline: Deadline) -> Sheet:  # openpyxl tells no types of these
    merged, without_value = _areas(archive, str(sheet._worksheet_path).lstrip("/"), deadline)
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows: list[list[str]] = []
    for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS)):
        if number % ROWS_BETWEEN_LOOKS == 0:
            deadline.check()
        texts = [shown(cell.value, str(cell.number_format or "")) if cell.value is not None else "" for cell in row]
        while texts and not texts[-1]:
            texts.pop()
        rows.append(texts)
    doubts: list[Sentence] = []
    if without_value:
        doubts.append(Sentence("ingest.formulas_without_value", sheet=sheet.title, count=without_value))
    if sheet.sheet_state != "visible":
        doubts.append(Sentence("ingest.hidden_sheet", sheet=sheet.title))
    return Sheet(str(sheet.title), rows, merged, doubts)


def _areas(archive: zipfile.ZipFile, part: str, deadline: Deadline) -> tuple[list[Merged], int]:
    """The merged areas of a sheet, and the number of formulas of whose outcome the file keeps nothing."""
    merged: list[Merged] = []
    without_value = 0
    formula = value = False
    for number, (tag, element) in enumerate(_elements(archive, part)):
        if number % (100 * ROWS_BETWEEN_LOOKS) == 0:
            deadline.check()
        match tag:
            case "mergeCell":
                merged.extend(_merged(element.get("ref", "")))
            case "f":
                formula = True
            case "v":
                value = bool(element.text)
            case _:
                without_value += formula and not value
                formula = value = False
    return merged, without_value


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, ElementTree.Element]]:
    with archive.open(part) as file:
        for _, element in ElementTree.iterparse(file):
            if found := _TAG.fullmatch(element.tag):
                yield found[1], element
            if not found or found[1] == "c":
                element.clear()


def _merged(area: str) -> Iterator[Merged]:
    if found := _AREA.fullmatch(area.replace("$", "")):
        left, top, right, bottom = found.groups()
        yield Merged(int(top) - 1, min(int(bottom), MOST_ROWS) - 1, _column(left), _column(right))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
