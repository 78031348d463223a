"""Tables that stand in a text as lines, their cells parted by strokes or tabs: exact spans in, rows out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.table_grid import Cell, is_unit_line, read_grid
from ingest.sentences import Sentence
from ingest.types import Furniture, Span, TableRow

TABLE_RULE = "table rule"
FEWEST_ROWS = 2
SAME_WIDTH = 0.6  # of the rows have as many cells as most: fewer are lines that only happen to hold the sign
LONGEST_PAIR = 200  # characters of a cell in a table of two columns; beyond it the sign parts no cells

_LINE = re.compile(r"[^\r\n\f\v\u2028\u2029]*")
_HAS_SIGN = re.compile(r"[\t|｜│┃]")
_STROKE = re.compile(r"[|｜│┃]")
_TAB, _TABS = re.compile(r"\t"), re.compile(r"\t+")
_RULE = re.compile(r"(?=.*[-—–─━═=+])[\s|｜│┃+\-—–─━═=┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝║:：]{3,}")
_LABEL = re.compile(
    r"[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]|第.{1,6}[条章节款]|[①-⑳]|[一二三四五六七八九十]{1,3}"
)
_NAMED_VALUE = re.compile(r"[^：:]{2,12}[：:]")
_MARKUP = re.compile(r"\*\*|__|`|<[^<>]{0,300}>|\\(?=[!-/])")
_BLANKS = " \t\u3000\u00a0\ufeff"


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line that is a row: the span of the line, the spans of its cells."""

    line: Span
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LineTables:
    """The tables of a text. ``doubts`` are (line from 1, message)."""

    rows: tuple[TableRow, ...]
    rules: tuple[Furniture, ...]
    doubts: tuple[tuple[int, Sentence], ...]


def table_rows(
    text: str, rows: Sequence[LineRow], told: int | None, unit_line: str = ""
) -> tuple[list[TableRow], list[tuple[int, Sentence]]]:
    """The rows of one table with their heads and what they share with rows above, and doubts as (row, message)."""
    places = [[Cell(_MARKUP.sub(" ", cell.of(text)).strip()) for cell in row.cells] for row in rows]
    home = {
        cell: span for row, cells in zip(rows, places, strict=True) for cell, span in zip(cells, row.cells, strict=True)
    }
    grid = read_grid(places, told, unit_line)
    found: list[TableRow] = []
    for row, read in zip(rows, grid.rows, strict=True):
        nothing = Span(row.line.start, row.line.start)
        cells = tuple(home[cell] if cell is not None else nothing for cell in read.cells)
        found.append(TableRow(row.line, cells, read.heads, read.is_head, read.group))
    return found, list(grid.doubts)


def find_tables(text: str) -> LineTables:
    """The tables of a plain text: at least two lines, one below the other, with as many cells as each other."""
    rows: list[TableRow] = []
    rules: list[Furniture] = []
    doubts: list[tuple[int, Sentence]] = []
    for run in _runs(text) if _HAS_SIGN.search(text) else ():
        taken = [one for one in run.lines if not _RULE.fullmatch(one.of(text))]
        table = _as_table(text, taken)
        if not table:
            continue
        rules.extend(Furniture(one, TABLE_RULE) for one in run.lines if _RULE.fullmatch(one.of(text)))
        unit_line = run.above if is_unit_line(run.above) else ""
        found, uncertain = table_rows(text, table, None, unit_line)
        rows.extend(found)
        doubts.extend((run.number + run.lines.index(table[at].line), message) for at, message in uncertain)
    return LineTables(tuple(rows), tuple(rules), tuple(doubts))


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines one below the other that hold the same sign; the number of the first, from 1, and the line above it."""

    lines: list[Span]
    number: int
    above: str


def _runs(text: str) -> Iterator[_Run]:
    lines: list[Span] = []
    by_stroke = False
    above = before = ""
    first = number = 0
    position = 0
    while position <= len(text):
        match = _LINE.match(text, position)
        span = Span(position, match.end() if match else position)
        number += 1
        line = span.of(text)
        sign = _HAS_SIGN.search(line.strip(_BLANKS) or "") or _HAS_SIGN.search(line.rstrip())
        stroke = _STROKE.search(line) is not None or (bool(lines) and by_stroke and _RULE.fullmatch(line) is not None)
        if lines and ((sign is None and not stroke) or stroke != by_stroke):
            yield _Run(lines, first, above)
            lines = []
        if sign is not None or (stroke and lines):
            if not lines:
                first, by_stroke, above = number, stroke, before
            lines.append(span)
        before = line if line.strip() else before
        position = span.end + (2 if text.startswith("\r\n", span.end) else 1)
    if lines:
        yield _Run(lines, first, above)


def _as_table(text: str, lines: Sequence[Span]) -> list[LineRow]:
    """The lines cut into cells, or nothing when they are no table."""
    if len(lines) < FEWEST_ROWS:
        return []
    best: list[LineRow] = []
    alike = 0.0
    signs = (_STROKE,) if _STROKE.search(lines[0].of(text)) else (_TAB, _TABS)
    for sign in signs:
        rows = [LineRow(line, tuple(_cells(text, line, sign))) for line in lines]
        rows = [row for row in rows if any(len(cell) for cell in row.cells)]
        width, count = Counter(len(row.cells) for row in rows).most_common(1)[0] if rows else (0, 0)
        share = count / len(lines) if width > 1 and len(rows) == len(lines) else 0.0
        if share > alike and share >= SAME_WIDTH and _parts_cells(text, rows, width):
            best, alike = rows, share  # of tabs that line up columns, several stand for one
    return best


def _parts_cells(text: str, rows: Sequence[LineRow], width: int) -> bool:
    """False where the sign stands behind an item's number, in label：value pairs, or between long passages."""
    cells = [[cell.of(text) for cell in row.cells] for row in rows]
    named = sum(_NAMED_VALUE.match(cell) is not None for row in cells for cell in row)
    if 2 * named > sum(map(len, cells)):
        return False
    if width > 2:
        return True
    labels = sum(_LABEL.fullmatch(row[0]) is not None for row in cells)
    return 2 * labels <= len(rows) and all(len(cell) <= LONGEST_PAIR for row in cells for cell in row)


def _cells(text: str, line: Span, sign: re.Pattern[str]) -> Iterator[Span]:
    """The cells of a line, trimmed; strokes at either end are its frame."""
    begin, end = _trimmed(text, line.start, line.end, " \u3000\u00a0\ufeff")
    if sign is _STROKE:
        begin, end = _trimmed(text, line.start, line.end, _BLANKS)
        begin += bool(_STROKE.match(text, begin, end))
        end -= end > begin and bool(_STROKE.match(text[end - 1]))
    elif sign is _TABS:
        begin, end = _trimmed(text, line.start, line.end, _BLANKS)
    for border in [*sign.finditer(text, begin, end), None]:
        yield Span(*_trimmed(text, begin, border.start() if border else end, _BLANKS))
        begin = border.end() if border else end


def _trimmed(text: str, begin: int, end: int, blanks: str) -> tuple[int, int]:
    while begin < end and text[begin] in blanks:
        begin += 1
    while end > begin and text[end - 1] in blanks:
        end -= 1
    return begin, end
