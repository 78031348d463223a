"""PDF with a text layer: its printed lines in reading order, page by page.

Lines stay as they are wrapped; they are joined to paragraphs later, by the same rules as plain text. Ruled tables
become rows. A scan is refused: its text has to be recognised before it can be quoted.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.errors import SourceUnreadable
from ingest.readers.building import Piece, SourceBuilder, TableOnItsWay
from ingest.readers.limits import MEGABYTE, Deadline, Limits
from ingest.readers.pdf.columns import read_page
from ingest.readers.pdf.footnotes import notes_of
from ingest.readers.pdf.lines import INDENT_TEXT, Glyph, Line, lines_of, readable, with_indent
from ingest.readers.pdf.running_heads import PageLines, find_running
from ingest.readers.pdf.tables import TableOnPage, goes_on, is_inside, says_continued, tables_on
from ingest.sentences import Sentence
from ingest.types import SourceFile

# It warns of every oddity of a font, hundreds of lines a file; what matters of a file stands in its report.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
ROTATED = "rotated text"
NOTE_MARK = "footnote mark"
OTHER_COLUMNS = Sentence("ingest.table_with_other_columns")
NESTED_IN_PDF = Sentence("ingest.nested_table_in_pdf")
MOST_PAGES = 5000
MOST_UNMAPPED = 0.05  # share of glyphs whose character the font does not tell; beyond it the text is unreadable
LEVEL = 0.1  # rise of a base line that a crooked scanner may cause; watermarks rise by 0.5 and more
SCAN = 0.5  # of the page: a picture at least this large with no text beside it is a scanned page
PICTURE = (
    0.02  # of the page: a smaller picture is a sign; one above SCAN beneath text is the scan the text was read from
)
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED_TWICE = re.compile(rb"/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?\b")
_CHUNK = 64 * 1024
# What pdfminer raises on damaged files; pdfplumber wraps only part of it.
_DAMAGE = (
    PSException, PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, EOFError, OSError, OverflowError, ZeroDivisionError, RecursionError, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Printed:
    """All that was taken from one page."""

    lines: PageLines
    margins: tuple[float | None, ...]  # of each line: where the lines of its column begin
    doubtful: bool  # lines that look set in columns were read across
    tables: tuple[TableOnPage, ...]
    rotated: tuple[Line, ...]
    is_scan: bool
    pictures: int  # large enough to hold words
    glyphs: int
    unmapped: int


def read_pdf(data: bytes, name: str, limits: Limits) -> SourceFile:
    """A PDF file.

    Raises SourceUnreadable when it is damaged, locked, scanned, unreadable for lack of a character map, unpacks to
    too much or takes too long.
    """
    deadline = Deadline.start(name, limits)
    _refuse_bomb(data, name, limits, deadline)
    pages = _printed_pages(data, name, deadline)
    _refuse_unreadable(pages, name)
    running = find_running([page.lines for page in pages])
    builder = SourceBuilder()
    whole = _joined_tables(pages, running.kinds)
    for number, page in enumerate(pages):
        printed_number = running.numbers[number]
        if printed_number is not None:
            builder.start_page(printed_number)
        if page.is_scan:
            builder.doubt(Sentence("ingest.page_is_a_picture", page=number + 1))
        elif page.pictures:
            builder.doubt_picture(what=Sentence("ingest.picture_on_page", page=number + 1))
        kinds = [running.kinds.get((number, position)) for position in range(len(page.lines.lines))]
        if page.doubtful:
            builder.doubt(Sentence("ingest.page_set_in_columns", page=number + 1))
        _add_page(builder, page, kinds, whole)
    return builder.finish(name, data, "pdf")


class _WholeTables:
    """The tables of a file; one that goes on over page breaks is read once, with the heads of its first page."""

    def __init__(self) -> None:
        self.first: dict[TableOnPage, TableOnPage] = {}  # part of a table → its first part
        self.parts: dict[TableOnPage, list[TableOnPage]] = {}  # first part → all parts
        self.doubtful: set[TableOnPage] = set()  # may go on from the page before, but with other columns
        self._begun: dict[TableOnPage, TableOnItsWay] = {}

    def add(self, table: TableOnPage, before: TableOnPage | None) -> None:
        first = self.first[before] if before is not None else table
        self.first[table] = first
        self.parts.setdefault(first, []).append(table)

    def write(self, builder: SourceBuilder, table: TableOnPage) -> None:
        """Append the rows of one part."""
        first = self.first[table]
        if table in self.doubtful:
            builder.doubt(OTHER_COLUMNS)
        if table.holds_table:
            builder.doubt(NESTED_IN_PDF)
        if table is first:
            self._begun[table] = builder.begin_table([row for part in self.parts[table] for row in part.rows])
        builder.add_rows(self._begun[first], len(table.rows))


def _joined_tables(pages: Sequence[_Printed], kinds: Mapping[tuple[int, int], str]) -> _WholeTables:
    whole = _WholeTables()
    last: TableOnPage | None = None  # the table that ends the page before
    for number, page in enumerate(pages):
        printed = [line for at, line in enumerate(page.lines.lines) if (number, at) not in kinds]
        for position, table in enumerate(page.tables):
            above = [line for line in printed if line.top < table.top]
            opens = position == 0 and last is not None and says_continued(above)
            before = last if opens and last is not None and goes_on(last, table) else None
            if opens and before is None and not above:
                whole.doubtful.add(table)
            whole.add(table, before)
        closing = page.tables[-1] if page.tables else None
        ended = closing is not None and not any(line.top > closing.top for line in printed)
        last = closing if ended else None
    return whole


def _add_page(builder: SourceBuilder, page: _Printed, kinds: Sequence[str | None], whole: _WholeTables) -> None:
    tables = list(page.tables)
    lines = page.lines.lines
    notes = notes_of(lines, [kind is None for kind in kinds])
    for place, (line, margin, kind) in enumerate(zip(lines, page.margins, kinds, strict=True)):
        if place in notes.lines:
            continue
        while tables and tables[0].top <= line.top:
            whole.write(builder, tables.pop(0))
        if kind:
            builder.add_line(line.text, furniture=kind)
        else:
            builder.add_pieces(_pieces(line, margin))
        for note in notes.behind.get(place, ()):
            for below in note.lines:
                builder.add_pieces(_pieces(below, None))
    for table in tables:
        whole.write(builder, table)
    for line in page.rotated:
        builder.add_line(line.text, furniture=ROTATED)


def _pieces(line: Line, margin: float | None) -> list[Piece]:
    """The text of a line with its indent; the raised numbers of notes apart."""
    pieces = [Piece(INDENT_TEXT)] if with_indent(line, margin) != line.text else []
    position = 0
    for start, end in line.marks:
        pieces += [Piece(line.text[position:start]), Piece(line.text[start:end], NOTE_MARK)]
        position = end
    return [*pieces, Piece(line.text[position:])]


def _printed_pages(data: bytes, name: str, deadline: Deadline) -> list[_Printed]:
    printed: list[_Printed] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise SourceUnreadable("ingest.too_many_pages", name=name, most=MOST_PAGES)
            for page in pdf.pages:
                deadline.check()
                printed.append(_printed(page))
                page.close()
    except _DAMAGE as error:
        if _is_locked(error):
            raise SourceUnreadable("ingest.locked_password", name=name) from error
        raise SourceUnreadable("ingest.damaged_no_pdf", name=name) from error
    if not printed:
        raise SourceUnreadable("ingest.pdf_without_pages", name=name)
    return printed


def _is_locked(error: BaseException) -> bool:
    return any(isinstance(one, PDFPasswordIncorrect) for one in (error, *error.args))


def _printed(page: Page) -> _Printed:
    upright: list[Glyph] = []
    rotated: list[Glyph] = []
    unmapped = 0
    for char in page.chars:
        text = str(char["text"])
        unmapped += bool(_UNMAPPED.fullmatch(text))
        glyph = Glyph(readable(text), float(char["x0"]), float(char["x1"]), float(char["top"]), float(char["bottom"]))
        if glyph.text and 0 <= glyph.middle <= page.height:
            (rotated if _is_rotated(char["matrix"]) else upright).append(glyph)
    tables = tables_on(page, upright)
    outside = [glyph for glyph in upright if not any(is_inside(glyph, table.box) for table in tables)]
    whole = float(page.width) * float(page.height)
    sizes = [float(one["width"]) * float(one["height"]) for one in page.images]
    reading = read_page(outside, float(page.width), [(table.box[1], table.box[3]) for table in tables])
    return _Printed(
        lines=PageLines(float(page.height), tuple(line for block in reading.blocks for line in block.lines)),
        margins=tuple(block.margin for block in reading.blocks for _ in block.lines),
        doubtful=reading.doubtful,
        tables=tuple(tables),
        rotated=tuple(lines_of(rotated)),
        is_scan=not upright and max(sizes, default=0.0) >= SCAN * whole,
        pictures=sum(PICTURE <= size / whole < SCAN for size in sizes),
        glyphs=len(page.chars),
        unmapped=unmapped,
    )


def _is_rotated(matrix: tuple[float, float, float, float, float, float]) -> bool:
    """Whether the base line of a glyph is not level; slanted letters on a level line are not rotated."""
    return matrix[0] <= 0 or abs(matrix[1]) > LEVEL * matrix[0]


def _refuse_unreadable(pages: Sequence[_Printed], name: str) -> None:
    scanned = [str(number) for number, page in enumerate(pages, 1) if page.is_scan]
    glyphs = sum(page.glyphs for page in pages)
    if not glyphs or 2 * len(scanned) > len(pages):
        raise SourceUnreadable("ingest.no_text_layer_scan", name=name)
    if sum(page.unmapped for page in pages) > MOST_UNMAPPED * glyphs:
        raise SourceUnreadable("ingest.fonts_do_not_tell_characters", name=name)


def _refuse_bomb(data: bytes, name: str, limits: Limits, deadline: Deadline) -> None:
    """Unpack every compressed stream once, keeping nothing, before the whole of any is held in memory."""
    if _PACKED_TWICE.search(data):
        raise SourceUnreadable("ingest.packed_twice_over_no_program", name=name)
    left = limits.max_unpacked_bytes
    for match in _STREAM.finditer(data):
        deadline.check()
        left -= _unpacked_size(memoryview(data)[match.end() :], left)
        if left < 0:
            size = limits.max_unpacked_bytes / MEGABYTE
            raise SourceUnreadable("ingest.pdf_unpacks_too_large", name=name, size=size)


def _unpacked_size(stream: memoryview, most: int) -> int:
    """Bytes a zlib stream unpacks to, counted no farther than just beyond ``most``; 0 when it is none."""
    unpacker = zlib.decompressobj()
    size = 0
    begin = 0
    try:
        while not unpacker.eof and size <= most and (unpacker.unconsumed_tail or begin < len(stream)):
            packed = unpacker.unconsumed_tail or bytes(stream[begin : begin + _CHUNK])
            begin += 0 if unpacker.unconsumed_tail else _CHUNK
            size += len(unpacker.decompress(packed, MEGABYTE))
    except zlib.error:
        return size
    return size
