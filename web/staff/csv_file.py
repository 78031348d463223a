"""Tables to take along: CSV that a spreadsheet opens rightly and that cannot run anything there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from fastapi.responses import Response

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Chinese as gibberish
# A cell that begins like this is taken for a formula (OWASP, "CSV Injection"); full-width signs count in Chinese Excel.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_cell(value: object) -> str:
    """A cell as text; what could be read as a formula gets an apostrophe before it. Numbers stay numbers."""
    text = "" if value is None else str(value)
    if isinstance(value, (int, float)) or not text.startswith(FORMULA_SIGNS):
        return text
    return f"'{text}"


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The whole table, one line a row."""
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow([plain_cell(cell) for cell in head])
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return file.getvalue()


def csv_reply(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The table as a file to save under ``name``."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(csv_text(head, rows).encode("utf-8"), media_type="text/csv; charset=utf-8", headers=headers)
