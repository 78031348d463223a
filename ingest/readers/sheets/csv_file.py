"""CSV: a sheet of its own, its cells parted by commas, semicolons or tabs, in any encoding a text may be in."""

from __future__ import annotations

import csv
import io
from collections import Counter

from ingest.errors import SourceUnreadable
from ingest.readers.building import SourceBuilder
from ingest.readers.encoding import BYTE_ORDER_MARK, decode
from ingest.readers.limits import Deadline, Limits
from ingest.readers.sheets.layout import Sheet, write_sheets
from ingest.readers.sheets.workbook import ROWS_BETWEEN_LOOKS
from ingest.types import SourceFile

SEPARATORS = ",;\t"
SAMPLE_LINES = 20


def read_csv(data: bytes, name: str, limits: Limits) -> SourceFile:
    """A CSV file. Raises SourceUnreadable when it is empty, binary, damaged or in an unknown encoding."""
    deadline = Deadline.start(name, limits)
    decoded = decode(data, name)
    text = decoded.text.removeprefix(BYTE_ORDER_MARK)
    rows: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        for number, row in enumerate(reader):
            if number % ROWS_BETWEEN_LOOKS == 0:
                deadline.check()
            rows.append([" ".join(cell.split()) for cell in row])
    except csv.Error as error:
        raise SourceUnreadable("ingest.csv_cannot_be_cut", name=name, line=reader.line_num) from error
    builder = SourceBuilder()
    write_sheets(builder, [Sheet("", rows)], deadline.check)
    return builder.finish(name, data, "csv", decoded.encoding)


def _separator(text: str) -> str:
    """The sign that parts the most lines into the same number of cells; a comma where none does."""
    lines = [line for line in text[:100_000].splitlines() if line.strip()][:SAMPLE_LINES]

    def alike(sign: str) -> tuple[int, int]:
        width, count = Counter(len(row) for row in csv.reader(lines, delimiter=sign)).most_common(1)[0]
        return (count, width) if width > 1 else (0, 0)

    try:
        return max(SEPARATORS, key=alike) if lines else ","
    except csv.Error:
        return ","
