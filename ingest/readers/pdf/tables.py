"""Ruled tables of a PDF: their grid from the rules, the words in its cells, and which goes on over a page break."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pdfplumber.page import Page

from ingest.readers.pdf.lines import Glyph, Line, lines_of
from ingest.readers.table_grid import Cell, with_words

MOST_RULES = 4000  # lines drawn on a page; drawings have more, and looking for tables in them takes minutes
SAME_EDGE = 3.0  # points by which two ends of cells may differ and still be one edge
CONTINUES_WITHIN = 4.0  # points by which the columns of a table may shift from page to page
_CONTINUED = re.compile(r"[（(]?\s*(?:续\s*(?:上)?\s*(?:表|前)?.{0,12}|接上[页表].{0,6}|.{0,20}[（(]续[）)])\s*[）)]?")

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class TableOnPage:
    """A ruled table of a page: its box, the edges of its columns, its rows with merged cells in each place."""

    box: Box
    edges: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    holds_table: bool = False

    @property
    def top(self) -> float:
        return self.box[1]


def tables_on(page: Page, glyphs: Sequence[Glyph]) -> list[TableOnPage]:
    """The tables of a page from top to bottom; a frame around text is none."""
    if not glyphs or not 4 <= len(page.edges) <= MOST_RULES:
        return []
    tables: list[TableOnPage] = []
    found = sorted(page.find_tables(), key=lambda table: table.bbox[1])
    for table in found:
        box: Box = table.bbox
        if any(_overlap(box, other.box) for other in tables):
            continue  # a table inside a table: its words come with the outer one's cells
        edges, places = _places(table.cells, [glyph for glyph in glyphs if is_inside(glyph, box)])
        rows = tuple(map(tuple, with_words(places)))
        if len(rows) > 1 and max(len({cell for cell in row if cell.text}) for row in rows) > 1:
            inner = any(other is not table and _overlap(box, other.bbox) for other in found)
            tables.append(TableOnPage(box, edges, rows, inner))
    return tables


def goes_on(before: TableOnPage, after: TableOnPage) -> bool:
    """True when two tables have the same columns."""
    return len(before.edges) == len(after.edges) and all(
        abs(one - other) <= CONTINUES_WITHIN for one, other in zip(before.edges, after.edges, strict=True)
    )


def says_continued(lines: Iterable[Line]) -> bool:
    """True when the lines between the top of a page and its table only say that it goes on: 续表1, （续）."""
    return all(_CONTINUED.fullmatch(line.text.strip()) for line in lines)


def _places(boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> tuple[tuple[float, ...], list[list[Cell]]]:
    """The edges of the columns and the grid; each glyph goes to the cell its middle stands in, else to the nearest."""
    across = _edges(edge for box in boxes for edge in (box[0], box[2]))
    down = _edges(edge for box in boxes for edge in (box[1], box[3]))
    filled: dict[Box, list[Glyph]] = {box: [] for box in boxes}
    for glyph in glyphs:
        home = next((box for box in boxes if is_inside(glyph, box)), None)
        filled[home or min(boxes, key=lambda box: _distance(glyph, box))].append(glyph)
    grid: list[list[Cell | None]] = [[None] * (len(across) - 1) for _ in range(len(down) - 1)]
    for box in boxes:
        cell = Cell(cell_text(filled[box]))
        for row in range(_nearest(down, box[1]), _nearest(down, box[3])):
            for column in range(_nearest(across, box[0]), _nearest(across, box[2])):
                grid[row][column] = grid[row][column] or cell
    return across, [[cell or Cell("") for cell in row] for row in grid]


def _edges(ends: Iterable[float]) -> tuple[float, ...]:
    """The ends of cells, those that lie within a hair of one another once."""
    edges: list[float] = []
    for end in sorted(ends):
        if not edges or end - edges[-1] > SAME_EDGE:
            edges.append(end)
    return tuple(edges)


def _nearest(edges: Sequence[float], end: float) -> int:
    at = bisect_left(edges, end)
    candidates = [number for number in (at - 1, at) if 0 <= number < len(edges)]
    return min(candidates, key=lambda number: abs(edges[number] - end))


def cell_text(glyphs: Iterable[Glyph]) -> str:
    """The lines of a cell one after another; a space only where two Latin words meet."""
    text = ""
    for line in lines_of(glyphs):
        latin = text[-1:].isascii() and text[-1:].isalnum() and line.text[:1].isascii() and line.text[:1].isalpha()
        text += f" {line.text}" if latin else line.text
    return " ".join(text.split())


def is_inside(glyph: Glyph, box: Box) -> bool:
    """True when the middle of a glyph stands in a box."""
    middle = (glyph.x0 + glyph.x1) / 2
    return box[0] <= middle <= box[2] and box[1] <= glyph.middle <= box[3]


def _distance(glyph: Glyph, box: Box) -> float:
    return abs((glyph.x0 + glyph.x1 - box[0] - box[2]) / 2) + abs(glyph.middle - (box[1] + box[3]) / 2)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
