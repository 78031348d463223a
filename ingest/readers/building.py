"""Collects what a reader takes out of a DOCX, a PDF or a page, line by line, with exact offsets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.errors import SourceUnreadable
from ingest.types import Furniture, PageStart, SourceFile, Span, TableRow

CELL_END = "\t"
LINE_END = "\n"
LONGEST_HEAD = 20  # characters; a longer cell in the first row of a table is content
_FIGURE = re.compile(r"[\d.,%％+\-—~～ ]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line; ``furniture`` is its kind when it belongs to no clause."""

    text: str
    furniture: str | None = None


class SourceBuilder:
    """Lines go in, in reading order; :meth:`finish` gives the source. One builder serves one file."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._furniture: list[Furniture] = []
        self._pages: list[PageStart] = []
        self._tables: list[TableRow] = []
        self._headings: list[tuple[int, int]] = []
        self._doubts: list[tuple[int, str]] = []
        self._lines = 0

    def add_line(self, text: str, *, furniture: str | None = None, rank: int | None = None) -> Span:
        """Append one line and its end. ``furniture`` names it as such; ``rank`` makes it a heading."""
        return self.add_pieces([Piece(text, furniture)], rank=None if furniture else rank)

    def add_pieces(self, pieces: Iterable[Piece], *, rank: int | None = None) -> Span:
        """Append one line that is part text, part furniture, and its end."""
        begin = self._length
        for piece in pieces:
            span = self._append(piece.text)
            if piece.furniture is not None and piece.text:
                self._furniture.append(Furniture(span, piece.furniture))
        if rank is not None:
            self._headings.append((begin, rank))
        line = Span(begin, self._length)
        self._append(LINE_END)
        return line

    def add_table(self, rows: Sequence[Sequence[str]], head_rows: int | None = None) -> None:
        """Append a table, one row a line, its cells separated by tabs.

        ``head_rows`` rows at the top name the columns; None where the format does not tell.
        """
        rows = [[" ".join(cell.split()) for cell in row] for row in rows]
        rows = [row for row in rows if any(row)]
        if head_rows is None:
            head_rows = _looks_like_heads(rows)
        heads = _heads(rows[:head_rows])
        for number, row in enumerate(rows):
            cells: list[Span] = []
            begin = self._length
            for cell in row:
                if cells:
                    self._append(CELL_END)
                cells.append(self._append(cell))
            fitting = heads if len(heads) == len(row) else ()
            self._tables.append(TableRow(Span(begin, self._length), tuple(cells), fitting, number < head_rows))
            self._append(LINE_END)

    def start_page(self, page: int) -> None:
        """What is appended from now on stands on printed page ``page``."""
        self._pages.append(PageStart(self._length, page))

    def doubt(self, message: str) -> None:
        """Something at the line to come that could not be read for certain."""
        self._doubts.append((self._lines + 1, message))

    def finish(self, name: str, data: bytes, format: str, encoding: str | None = None) -> SourceFile:
        """The finished source. Raises SourceUnreadable when nothing but furniture was found."""
        text = "".join(self._parts)
        kept = sum(not character.isspace() for character in text)
        named = sum(not character.isspace() for one in self._furniture for character in one.span.of(text))
        if kept == named:
            raise SourceUnreadable("ingest.holds_no_text", name=name)
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
            doubts=tuple(self._doubts),
        )

    def _append(self, text: str) -> Span:
        begin = self._length
        self._parts.append(text)
        self._length += len(text)
        self._lines += text.count(LINE_END)
        return Span(begin, self._length)


def _looks_like_heads(rows: Sequence[Sequence[str]]) -> int:
    """1 when the first row names the columns (all filled, short, different, no figures), else 0."""
    if len(rows) < 2 or len(rows[0]) < 2 or len(set(rows[0])) < len(rows[0]):
        return 0
    return int(all(0 < len(cell) <= LONGEST_HEAD and not _FIGURE.fullmatch(cell) for cell in rows[0]))


def _heads(head_rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The name of each column: the lowest head that is filled, since a head over several rows stands on top."""
    if not head_rows or len({len(row) for row in head_rows}) > 1:
        return ()
    return tuple(next((cell for cell in reversed(column) if cell), "") for column in zip(*head_rows, strict=True))
