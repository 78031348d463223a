"""Tables in Markdown, written with pipes or as HTML, as exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ingest.readers.table_grid import Cell, Grid, OpenCells, Spanned, fill_row, read_grid
from ingest.sentences import Sentence
from ingest.types import Span, TableRow

ROWS_IN_ONE_LINE = Sentence("ingest.rows_in_one_line")
HOLDS_TABLE = Sentence("ingest.table_holds_another")
_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_TABLE = re.compile(r"<table\b[^>]{0,2000}>|</table\s*>", re.IGNORECASE)
_ROW = re.compile(r"<tr\b[^>]{0,2000}>(?P<cells>(?:(?!</?tr\b)[\s\S])*+)</tr\s*>", re.IGNORECASE)
_CELL = re.compile(
    r"<(?P<tag>td|th)\b(?P<more>[^>]{0,2000})>(?P<words>(?:(?!</?t[dh]\b)[\s\S])*+)(?:</t[dh]\s*>|(?=<t[dh]\b)|$)",
    re.IGNORECASE,
)
_SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?(\d{1,9})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")


def pipe_rows(lines: list[str]) -> list[Span]:
    """The cells of the head row when two lines open a pipe table, else nothing."""
    if len(lines) < 2 or "|" not in lines[0] or "|" not in lines[1] or not _DELIMITERS.match(lines[1]):
        return []
    heads, _ = pipes_of(lines[0])
    return heads if len(heads) == len(pipes_of(lines[1])[0]) else []


def pipes_of(line: str) -> tuple[list[Span], list[Span]]:
    """Cells of a row and the marks between them.

    Between two cells exactly one character stays text (a space if there is one, else the pipe), so that the
    words of two cells never run together when the marks are taken away.
    """
    begin, end = _trimmed(line, 0, len(line))
    inner_begin = begin + 1 if line[begin : begin + 1] == "|" else begin
    closed = end - 1 > inner_begin and line[end - 1] == "|" and line[end - 2] != "\\"
    inner_end = end - 1 if closed else end
    borders = [match.start() for match in _PIPE.finditer(line, inner_begin, inner_end)]
    edges = [inner_begin, *(border + 1 for border in borders)]
    cells = [Span(*_trimmed(line, edge, stop)) for edge, stop in zip(edges, [*borders, inner_end], strict=True)]
    marks = [Span(0, cells[0].start)]
    for left, right in pairwise(cells):
        gap = Span(left.end, right.start)
        marks.extend(_all_but_one(gap, line))
    marks.append(Span(cells[-1].end, len(line)))
    return cells, [mark for mark in marks if len(mark)]


def _all_but_one(gap: Span, line: str) -> list[Span]:
    kept = line.find(" ", gap.start, gap.end)
    if kept < 0:
        kept = line.index("|", gap.start, gap.end)
    return [Span(gap.start, kept), Span(kept + 1, gap.end)]


@dataclass(frozen=True, slots=True)
class HtmlTable:
    """The rows of an HTML table in a Markdown text, and what is doubtful about them as (offset, message)."""

    rows: tuple[TableRow, ...]
    doubts: tuple[tuple[int, Sentence], ...]


def html_tables(text: str, begin: int) -> Iterator[HtmlTable]:
    """The HTML tables that stand in a Markdown text; one inside another is read for itself, the outer one left as text."""
    opened: list[int] = []
    inner_end = begin
    for match in _TABLE.finditer(text, begin):
        if not match.group().startswith("</"):
            opened.append(match.end())
        elif not opened:
            continue
        elif (start := opened.pop()) >= inner_end:
            inner_end = match.end()
            rows, grid = _read(text, start, match.start())
            found = tuple(
                TableRow(
                    line,
                    tuple(home[cell] if cell is not None else Span(line.start, line.start) for cell in read.cells),
                    read.heads,
                    read.is_head,
                    read.group,
                )
                for (line, home), read in zip(rows, grid.rows, strict=True)
            )
            if all(_stands_alone(text, row.span) for row in found):
                yield HtmlTable(found, tuple((found[at].span.start, message) for at, message in grid.doubts))
            else:
                yield HtmlTable((), ((start, ROWS_IN_ONE_LINE),))
        else:
            yield HtmlTable((), ((start, HOLDS_TABLE),))


def _read(text: str, begin: int, end: int) -> tuple[list[tuple[Span, dict[Cell, Span]]], Grid]:
    """The lines of a table's rows with the place of every cell so far, and the table read."""
    rows: list[tuple[Span, dict[Cell, Span]]] = []
    places: list[list[Cell]] = []
    home: dict[Cell, Span] = {}
    open_cells: OpenCells = {}
    heads = 0
    for row in _ROW.finditer(text, begin, end):
        spans = [
            (Span(*_trimmed(text, *cell.span("words"))), cell["tag"].lower(), cell["more"])
            for cell in _CELL.finditer(text, row.start("cells"), row.end("cells"))
        ]
        own = [Spanned(_TAG.sub(" ", span.of(text)).strip(), *_spans(more)) for span, _, more in spans]
        cells, filled = fill_row(own, open_cells)
        home.update(zip(cells, (span for span, _, _ in spans), strict=True))
        if not any(cell.text for cell in cells):
            continue
        heads += all(tag == "th" for _, tag, _ in spans) and heads == len(places)
        places.append(filled)
        rows.append((Span(*row.span()), home))
    return rows, read_grid(places, heads if 0 < heads < len(places) else None)


def _stands_alone(text: str, row: Span) -> bool:
    """True when nothing but tags stands beside a row in its lines: then it is a paragraph of its own."""
    before = text[text.rfind("\n", 0, row.start) + 1 : row.start]
    behind = text[row.end : end] if (end := text.find("\n", row.end)) >= 0 else text[row.end :]
    return not _TAG.sub("", before + behind).strip()


def _spans(more: str) -> tuple[int, int]:
    """Columns and rows that a cell covers."""
    written = {match[1].lower(): int(match[2]) for match in _SPAN.finditer(more)}
    return written.get("colspan", 1), written.get("rowspan", 1)


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin] in " \t\r\n":
        begin += 1
    while end > begin and text[end - 1] in " \t\r\n":
        end -= 1
    return begin, end
