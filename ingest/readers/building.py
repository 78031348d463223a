"""Collects what a reader takes out of a DOCX, a PDF or a page, line by line, with exact offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.errors import SourceUnreadable
from ingest.normalise import ideographs
from ingest.readers.table_grid import HEADS_JOINED, Cell, Grid, Places, is_unit_line, read_grid
from ingest.sentences import Sentence
from ingest.types import Furniture, PageStart, SourceFile, Span, TableRow

CELL_END = "\t"
LINE_END = "\n"
LONGEST_ALTERNATIVE = 80  # characters of a picture's alternative text that a doubt repeats
A_PICTURE = Sentence("ingest.a_picture")


def joined_names(*names: str) -> str:
    """The names of the rows that a table inside a cell inside a cell stands under, from the outermost on."""
    return HEADS_JOINED.join(filter(None, names))


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a line; ``furniture`` is its kind when it belongs to no clause."""

    text: str
    furniture: str | None = None


def unread(what: Sentence, alternative: str = "") -> Sentence:
    """What a doubt says of a picture and the like; ``alternative`` is the text the file gives for it."""
    alternative = " ".join(alternative.split())[:LONGEST_ALTERNATIVE]
    if alternative:
        return Sentence("ingest.described_not_read", what=what, alternative=alternative)
    return Sentence("ingest.not_read_here", what=what)


@dataclass(slots=True)
class TableOnItsWay:
    """A table of which the first ``written`` rows are appended, and where its cells stand."""

    grid: Grid
    spans: dict[Cell, Span] = field(default_factory=dict[Cell, Span])
    written: int = 0
    under: str = ""  # the heading over all of it


class SourceBuilder:
    """Lines go in, in reading order; :meth:`finish` gives the source. One builder serves one file."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._furniture: list[Furniture] = []
        self._pages: list[PageStart] = []
        self._tables: list[TableRow] = []
        self._headings: list[tuple[int, int]] = []
        self._doubts: list[tuple[int, Sentence]] = []
        self._lines = 0
        self._last_line = ""  # the words of the line before, to know 单位：万元 above a table

    def add_line(self, text: str, *, furniture: str | None = None, rank: int | None = None) -> Span:
        """Append one line and its end. ``furniture`` names it as such; ``rank`` makes it a heading."""
        return self.add_pieces([Piece(text, furniture)], rank=None if furniture else rank)

    def add_pieces(self, pieces: Iterable[Piece], *, rank: int | None = None) -> Span:
        """Append one line that is part text, part furniture, and its end."""
        begin, parts = self._length, len(self._parts)
        for piece in pieces:
            span = self._append(piece.text)
            if piece.furniture is not None and piece.text:
                self._furniture.append(Furniture(span, piece.furniture))
        if rank is not None:
            self._headings.append((begin, rank))
        line = Span(begin, self._length)
        words = "".join(self._parts[parts:])
        self._last_line = words if words.strip() else self._last_line
        self._append(LINE_END)
        return line

    def add_table(self, places: Places, head_rows: int | None = None, under: str = "") -> None:
        """Append a table, one row a line, its cells separated by tabs.

        ``head_rows`` rows at the top name the columns; None where the format does not tell. ``under`` names the row of
        another table in which this one stands.
        """
        table = self.begin_table(places, head_rows)
        table.under = under
        self.add_rows(table, len(table.grid.rows))

    def begin_table(self, places: Places, head_rows: int | None = None) -> TableOnItsWay:
        """Read a table whose rows are appended by :meth:`add_rows`, as many at a time as stand on a page."""
        unit_line = self._last_line if is_unit_line(self._last_line) else ""
        return TableOnItsWay(read_grid(places, head_rows, unit_line))

    def add_rows(self, table: TableOnItsWay, count: int) -> None:
        """Append the next ``count`` rows of a table. What goes on from a row above is not written again."""
        for number in range(table.written, table.written + count):
            row = table.grid.rows[number]
            for message in (message for at, message in table.grid.doubts if at == number):
                self.doubt(message)
            begin = self._length
            cells: list[Span] = []
            for column, cell in enumerate(row.cells):
                if column:
                    self._append(CELL_END)
                known = table.spans.get(cell) if cell is not None else None
                if known is None or cell is None:
                    known = self._append(cell.text if cell is not None else "")
                if cell is not None:
                    table.spans[cell] = known
                cells.append(known)
            self._tables.append(
                TableRow(Span(begin, self._length), tuple(cells), row.heads, row.is_head, row.group or table.under)
            )
            self._append(LINE_END)
        table.written += count
        self._last_line = ""

    def start_page(self, page: int) -> None:
        """What is appended from now on stands on printed page ``page``."""
        self._pages.append(PageStart(self._length, page))

    def doubt(self, message: Sentence) -> None:
        """Something at the line to come that could not be read for certain."""
        self._doubts.append((self._lines + 1, message))

    def doubt_picture(self, alternative: str = "", what: Sentence = A_PICTURE) -> None:
        """Something at the line to come that shows what no reader reads; its alternative text says what it may be."""
        self.doubt(unread(what, alternative))

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
        text = ideographs(text)
        begin = self._length
        self._parts.append(text)
        self._length += len(text)
        self._lines += text.count(LINE_END)
        return Span(begin, self._length)
