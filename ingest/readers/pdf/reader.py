"""PDF with a text layer: its printed lines in reading order, page by page.

Lines stay as they are wrapped; they are joined to paragraphs later, by the same rules as plain text. Ruled tables
become rows. A scan is refused: its text has to be recognised before it can be quoted.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.errors import SourceUnreadable
from ingest.readers.building import SourceBuilder
from ingest.readers.limits import MEGABYTE, Deadline, Limits
from ingest.readers.pdf.lines import Glyph, Line, left_margin, lines_of, readable, with_indent
from ingest.readers.pdf.running_heads import PageLines, find_running
from ingest.sentences import Sentence
from ingest.types import SourceFile

ROTATED = "rotated text"
MOST_PAGES = 5000
MOST_RULES = 4000  # lines drawn on a page; drawings have more, and looking for tables in them takes minutes
MOST_UNMAPPED = 0.05  # share of glyphs whose character the font does not tell; beyond it the text is unreadable
LEVEL = 0.1  # rise of a base line that a crooked scanner may cause; watermarks rise by 0.5 and more
SCAN = 0.5  # of the page: a picture at least this large with no text beside it is a scanned page
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PACKED_TWICE = re.compile(rb"/Fl(?:ateDecode)?\s*/Fl(?:ateDecode)?\b")
_CHUNK = 64 * 1024
# What pdfminer raises on damaged files; pdfplumber wraps only part of it.
_DAMAGE = (
    PSException, PdfminerException, MalformedPDFException, ValueError, TypeError, KeyError, IndexError, AttributeError,
    AssertionError, EOFError, OSError, OverflowError, ZeroDivisionError, RecursionError, zlib.error,
)  # fmt: skip

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _TableOnPage:
    """A ruled table: where it stands and its cells, merged ones filled once."""

    top: float
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Printed:
    """All that was taken from one page."""

    lines: PageLines
    tables: tuple[_TableOnPage, ...]
    rotated: tuple[Line, ...]
    is_scan: bool
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
    margins = [left_margin(page.lines.lines) for page in pages]
    for number, page in enumerate(pages):
        printed_number = running.numbers[number]
        if printed_number is not None:
            builder.start_page(printed_number)
        if page.is_scan:
            builder.doubt(Sentence("ingest.page_is_a_picture", page=number + 1))
        kinds = [running.kinds.get((number, position)) for position in range(len(page.lines.lines))]
        _add_page(builder, page, kinds, margins[number])
    return builder.finish(name, data, "pdf")


def _add_page(builder: SourceBuilder, page: _Printed, kinds: Sequence[str | None], margin: float | None) -> None:
    tables = list(page.tables)
    for line, kind in zip(page.lines.lines, kinds, strict=True):
        while tables and tables[0].top <= line.top:
            builder.add_table(tables.pop(0).rows)
        builder.add_line(line.text if kind else with_indent(line, margin), furniture=kind)
    for table in tables:
        builder.add_table(table.rows)
    for line in page.rotated:
        builder.add_line(line.text, furniture=ROTATED)


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
    tables, boxes = _tables(page, upright)
    outside = [glyph for glyph in upright if not any(_inside(glyph, box) for box in boxes)]
    pictured = max((float(one["width"]) * float(one["height"]) for one in page.images), default=0.0)
    return _Printed(
        lines=PageLines(float(page.height), tuple(lines_of(outside))),
        tables=tables,
        rotated=tuple(lines_of(rotated)),
        is_scan=not upright and pictured >= SCAN * float(page.width) * float(page.height),
        glyphs=len(page.chars),
        unmapped=unmapped,
    )


def _is_rotated(matrix: tuple[float, float, float, float, float, float]) -> bool:
    """Whether the base line of a glyph is not level; slanted letters on a level line are not rotated."""
    return matrix[0] <= 0 or abs(matrix[1]) > LEVEL * matrix[0]


def _tables(page: Page, glyphs: Sequence[Glyph]) -> tuple[tuple[_TableOnPage, ...], list[Box]]:
    if not glyphs or not 4 <= len(page.edges) <= MOST_RULES:
        return (), []
    tables: list[_TableOnPage] = []
    boxes: list[Box] = []
    for found in sorted(page.find_tables(), key=lambda table: table.bbox[1]):
        box: Box = found.bbox
        if any(_overlap(box, other) for other in boxes):
            continue  # a table inside a table: its words come with the outer one's cells
        rows = _rows(found, [glyph for glyph in glyphs if _inside(glyph, box)])
        if len(rows) > 1 and max(sum(map(bool, row)) for row in rows) > 1:  # else a frame around text
            tables.append(_TableOnPage(box[1], rows))
            boxes.append(box)
    return tuple(tables), boxes


def _rows(table: Table, glyphs: Sequence[Glyph]) -> tuple[tuple[str, ...], ...]:
    """Each glyph goes to the cell its middle stands in; one that stands in none, to the nearest cell."""
    boxes = [cell for row in table.rows for cell in row.cells if cell is not None]
    filled: dict[Box, list[Glyph]] = {box: [] for box in boxes}
    for glyph in glyphs:
        home = next((box for box in boxes if _inside(glyph, box)), None)
        filled[home or min(boxes, key=lambda box: _distance(glyph, box))].append(glyph)
    return tuple(
        tuple(_cell_text(filled[cell]) if cell is not None else "" for cell in row.cells) for row in table.rows
    )


def _cell_text(glyphs: Iterable[Glyph]) -> str:
    """The lines of a cell one after another; a space only where two Latin words meet."""
    text = ""
    for line in lines_of(glyphs):
        latin = text[-1:].isascii() and text[-1:].isalnum() and line.text[:1].isascii() and line.text[:1].isalpha()
        text += f" {line.text}" if latin else line.text
    return text


def _inside(glyph: Glyph, box: Box) -> bool:
    middle = (glyph.x0 + glyph.x1) / 2
    return box[0] <= middle <= box[2] and box[1] <= glyph.middle <= box[3]


def _distance(glyph: Glyph, box: Box) -> float:
    return abs((glyph.x0 + glyph.x1 - box[0] - box[2]) / 2) + abs(glyph.middle - (box[1] + box[3]) / 2)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


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
