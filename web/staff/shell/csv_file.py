"""Tables to take along: CSV that a spreadsheet opens rightly and that cannot run anything there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from urllib.parse import quote

from fastapi.responses import Response, StreamingResponse

BYTE_ORDER_MARK = "\ufeff"  # without it Excel reads Chinese as gibberish
MEDIA_TYPE = "text/csv; charset=utf-8"
# A cell that begins like this is taken for a formula (OWASP, "CSV Injection"); full-width signs count in Chinese Excel.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_cell(value: object) -> str:
    """A cell as text; what could be read as a formula gets an apostrophe before it. Numbers stay numbers."""
    text = "" if value is None else str(value)
    if isinstance(value, (int, float)) or not text.startswith(FORMULA_SIGNS):
        return text
    return f"'{text}"


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The table one row at a time, as the rows come."""
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    for row in chain((head,), rows):
        writer.writerow([plain_cell(cell) for cell in row])
        yield file.getvalue()
        file.seek(0)
        file.truncate()


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The whole table, one line a row."""
    return "".join(csv_lines(head, rows))


def csv_reply(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """The table as a file to save under ``name``."""
    return Response(csv_text(head, rows).encode("utf-8"), media_type=MEDIA_TYPE, headers=_saved_as(name))


def csv_stream(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> StreamingResponse:
    """The same, sent while the rows are still being read: for tables too large to hold."""
    return StreamingResponse(csv_lines(head, rows), media_type=MEDIA_TYPE, headers=_saved_as(name))


def _saved_as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
