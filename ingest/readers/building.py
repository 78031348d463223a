"""Collects what a reader takes out of a DOCX, a PDF or a page, line by line, with exact offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from ingest.errors import SourceUnreadable
from ingest.types import Furniture, PageStart, SourceFile, Span, TableRow

CELL_END = "\t"
LINE_END = "\n"


class SourceBuilder:
    """Lines go in, in reading order; :meth:`finish` gives the source. One builder serves one file."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._furniture: list[Furniture] = []
        self._pages: list[PageStart] = []
        self._tables: list[TableRow] = []
        self._headings: list[tuple[int, int]] = []

    def add_line(self, text: str, *, furniture: str | None = None, rank: int | None = None) -> Span:
        """Append one line and its end. ``furniture`` names it as such; ``rank`` makes it a heading."""
        span = self._append(text)
        if furniture is not None and text:
            self._furniture.append(Furniture(span, furniture))
        elif rank is not None:
            self._headings.append((span.start, rank))
        self._append(LINE_END)
        return span

    def add_table(self, rows: Sequence[Sequence[str]], head_rows: int) -> None:
        """Append a table, one row a line, its cells separated by tabs. The last head row names the columns."""
        heads = tuple(rows[head_rows - 1]) if head_rows else ()
        for number, row in enumerate(rows):
            if not any(row):
                continue
            cells: list[Span] = []
            begin = self._length
            for cell in row:
                if cells:
                    self._append(CELL_END)
                cells.append(self._append(cell))
            is_head = number < head_rows
            fitting = heads if len(heads) == len(row) else ()
            self._tables.append(TableRow(Span(begin, self._length), tuple(cells), fitting, is_head))
            self._append(LINE_END)

    def start_page(self, page: int) -> None:
        """What is appended from now on stands on printed page ``page``."""
        self._pages.append(PageStart(self._length, page))

    def finish(self, name: str, data: bytes, format: str, encoding: str | None = None) -> SourceFile:
        """The finished source. Raises SourceUnreadable when nothing but furniture was found."""
        text = "".join(self._parts)
        kept = sum(not character.isspace() for character in text)
        named = sum(not character.isspace() for one in self._furniture for character in one.span.of(text))
        if kept == named:
            raise SourceUnreadable(f"{name}: holds no text; put the text in or take it out of the corpus.")
        return SourceFile(
            name=name,
            text=text,
            sha256=hashlib.sha256(data).hexdigest(),
            format=format,
            encoding=encoding,
            furniture=tuple(self._furniture),
            pages=tuple(self._pages),
            tables=tuple(self._tables),
            headings=tuple(self._headings),
        )

    def _append(self, text: str) -> Span:
        begin = self._length
        self._parts.append(text)
        self._length += len(text)
        return Span(begin, self._length)
