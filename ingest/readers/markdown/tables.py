"""Tables in Markdown, written with pipes or as HTML, as exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.types import Span, TableRow

_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")
_TABLE = re.compile(r"<table\b[^>]{0,2000}>|</table\s*>", re.IGNORECASE)
_ROW_TAG = re.compile(r"<(?P<end>/?)(?P<tag>tr|td|th)\b[^>]{0,2000}>", re.IGNORECASE)
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


def html_rows(text: str, begin: int) -> Iterator[TableRow]:
    """Rows of the HTML tables that stand in a Markdown text."""
    opened: int | None = None
    for match in _TABLE.finditer(text, begin):
        if match.group().startswith("</"):
            if opened is not None:
                yield from _rows(text, opened, match.start())
            opened = None
        else:
            opened = match.end()


def _rows(text: str, begin: int, end: int) -> Iterator[TableRow]:
    heads: tuple[str, ...] = ()
    cells: list[Span] = []
    head_cells = 0
    row_start = cell_start = -1
    for match in _ROW_TAG.finditer(text, begin, end):
        tag, closes = match["tag"].lower(), bool(match["end"])
        if tag == "tr" and not closes:
            cells, head_cells, row_start = [], 0, match.start()
        elif tag != "tr" and not closes:
            cell_start = match.end()
            head_cells += tag == "th"
        elif tag != "tr" and cell_start >= 0:
            cells.append(Span(*_trimmed(text, cell_start, match.start())))
            cell_start = -1
        elif tag == "tr" and cells and row_start >= 0:
            is_head = head_cells == len(cells)
            if is_head:
                heads = tuple(_TAG.sub(" ", cell.of(text)).strip() for cell in cells)
            fitting = heads if len(heads) == len(cells) else ()
            yield TableRow(Span(row_start, match.end()), tuple(cells), fitting, is_head)
            cells, row_start = [], -1


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin] in " \t\r\n":
        begin += 1
    while end > begin and text[end - 1] in " \t\r\n":
        end -= 1
    return begin, end
