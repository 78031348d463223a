"""Plain text: the decoded file, unchanged. Line ends stay as they are; lines that make up a table are told as rows."""

from __future__ import annotations

import hashlib

from ingest.readers.encoding import BYTE_ORDER_MARK, decode
from ingest.readers.limits import Limits
from ingest.readers.line_tables import find_tables
from ingest.types import Furniture, SourceFile, Span


def read_text(data: bytes, name: str, limits: Limits) -> SourceFile:
    """A plain text file. Its byte order mark, if any, is furniture.

    Raises SourceUnreadable when the file is empty, binary, damaged or in an unknown encoding.
    """
    del limits  # decoding costs no more than the file's own size, which is bounded before
    decoded = decode(data, name)
    tables = find_tables(decoded.text)
    return SourceFile(
        name=name,
        text=decoded.text,
        sha256=hashlib.sha256(data).hexdigest(),
        format="text",
        encoding=decoded.encoding,
        furniture=(*byte_order_mark(decoded.text), *tables.rules),
        tables=tables.rows,
        doubts=tables.doubts,
    )


def byte_order_mark(text: str) -> tuple[Furniture, ...]:
    """The furniture a byte order mark at the beginning of ``text`` is, or none."""
    return (Furniture(Span(0, 1), "byte order mark"),) if text.startswith(BYTE_ORDER_MARK) else ()
