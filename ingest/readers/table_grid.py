"""What the rows of a table mean, whatever format they come from: column heads, merged values, headings between rows.

A reader says which cell stands in which place (a merged cell stands in each place that it covers); read here is which
rows are heads, what heads stand above a column, and which empty places repeat the value above them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.sentences import Sentence
from ingest.vocabulary.tables import table_words
from ingest.vocabulary.wordings import either

LONGEST_HEAD = 30  # characters; a longer cell in the first row of a table is content
LONGEST_GROUP = 60  # characters; a longer row over all columns is a note, not a heading of the rows below
LONGEST_CARRIED = 400  # characters; a longer merged cell is text beside the rows, and repeating it would swell them
MANY_ROWS = 20_000  # from here on a table is said to be long: each row becomes a clause
HEADS_JOINED = "·"
MOST_HEAD_ROWS = 5
MOST_COLUMNS = 200  # a cell covers
MOST_ROWS_SPANNED = 5000
NESTED = Sentence("ingest.nested_table")

_BARE_FIGURE = re.compile(r"[\d.,%％+\-—~～ ]+")
# A quantity with its unit: content, unless the cell is a range (5000万元以下), which may well head a column.
_QUANTITY = re.compile(r"\d\s*[百千万亿]*(?:元|%|％|人|名|家|个月|年(?!度)|亩|吨|倍)")
_RANGE_OR_YEAR = re.compile(r"以[上下内]|不足|不满|不低于|不超过|至|[—–~～≥≤<>＜＞]|(?:19|20)\d\d\s*年")
_IN_BRACKETS = re.compile(r"[（(\[［][^（）()\[\]［］]*[)）\]］]")
_SENTENCE = re.compile(r"[。；;]")
_UNIT_LINE = re.compile(r"^[（(]?\s*(?:金额|计量)?单位\s*[：:]\s*[^\s：:（）()]{1,12}\s*[）)]?$")
# 单位：万元 above a table speaks of its amounts, not of its serial numbers, years and head counts.
_AMOUNT = re.compile(either(table_words().amount))
_TOTAL = re.compile(either(table_words().total))
_NOTE = re.compile(rf"\s*[（(]?{either(table_words().note)}\s*\d*\s*[：:）)]")
_GROUP_LABEL = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十]+[）)、．.]|第[一二三四五六七八九十]+[类部章节])")
# What stands in the first column of a form, whose rows are a name and what is said of it; such a table has no heads.
_FORM_WORD = re.compile(either(table_words().form))
_FORM_ROWS = 3  # rows that begin with such words


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """One cell; a merged one is the same object in every place that it covers."""

    text: str


Places = Sequence[Sequence[Cell]]  # row by row; a merged cell stands in each place it covers


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row as it is read. ``cells`` has an entry a column: None where a cell to the left covers the place too."""

    cells: tuple[Cell | None, ...]
    heads: tuple[str, ...]  # of each column, all the heads above it joined; empty when the columns have no heads
    is_head: bool  # names columns, or the rows below it, or repeats such a row
    group: str = ""  # the heading over all columns under which the row stands


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as it is read. ``doubts`` are what could have been read otherwise: (row, message)."""

    rows: tuple[GridRow, ...]
    doubts: tuple[tuple[int, Sentence], ...]


def cells_of(rows: Sequence[Sequence[str]]) -> list[list[Cell]]:
    """Texts as cells, none of them merged."""
    return [[Cell(text) for text in row] for row in rows]


def with_words(places: Places) -> list[Sequence[Cell]]:
    """The rows in which a cell with words begins: the others print nothing of their own."""
    known: set[Cell] = set()
    kept: list[Sequence[Cell]] = []
    for row in places:
        if any(cell.text and cell not in known for cell in row):
            kept.append(row)
        known.update(row)
    return kept


@dataclass(frozen=True, slots=True)
class Spanned:
    """A cell as it is written: its words, the columns and rows that it covers."""

    words: str
    columns: int = 1
    rows: int = 1


OpenCells = dict[int, tuple[Cell, int]]
"""By column: a cell of a row above, and the rows that it still covers."""


def fill_row(own: Sequence[Spanned], open_cells: OpenCells) -> tuple[list[Cell], list[Cell]]:
    """The row's own cells, and the cell of every place. ``open_cells`` is brought up to the next row."""
    cells = [Cell(one.words) for one in own]
    places: list[Cell] = []
    for cell, one in zip(cells, own, strict=True):
        places.extend(_going_on(open_cells, len(places)))
        width = max(1, min(one.columns, MOST_COLUMNS - len(places)))
        if one.rows > 1:
            covering = (cell, min(one.rows, MOST_ROWS_SPANNED) - 1)
            open_cells.update((column, covering) for column in range(len(places), len(places) + width))
        places.extend([cell] * width)
    places.extend(_going_on(open_cells, len(places)))
    return cells, places


def _going_on(open_cells: OpenCells, column: int) -> Iterator[Cell]:
    """The cells from rows above that stand from ``column`` on, before a place is free."""
    while column in open_cells:
        cell, rows = open_cells[column]
        if rows > 1:
            open_cells[column] = (cell, rows - 1)
        else:
            del open_cells[column]
        yield cell
        column += 1


def is_total(first: str) -> bool:
    """True for what stands in front of a sum: 合计, 总计, 小 计."""
    return _TOTAL.fullmatch(first.strip()) is not None


def is_unit_line(line: str) -> bool:
    """True for a line that says what the numbers of a table are counted in: 单位：万元."""
    return _UNIT_LINE.match(line.strip()) is not None


def read_grid(places: Places, told: int | None = None, unit_line: str = "") -> Grid:
    """Read a table. ``told`` are the rows at the top which the format itself calls heads, None when it tells of none.

    ``unit_line`` is a line above the table that says what its numbers are counted in.
    """
    if not places:
        return Grid((), ())
    doubts: list[tuple[int, Sentence]] = []
    width = Counter(map(len, places)).most_common(1)[0][0]
    titles = _title_rows(places, width)
    units = [row[0].text for row in places[:titles] if is_unit_line(row[0].text)] or [unit_line] * bool(unit_line)
    count = _head_rows(places, width, titles, told)
    heads = _heads(places[titles : titles + count], width, units[-1] if units else "")
    top = titles + count if count else titles
    repeated = {_texts(row) for row in places[titles:top]}
    again = frozenset(i for i in range(top, len(places)) if _texts(places[i]) in repeated)
    groups = _groups(places, top, again, width)
    filled, blanks = _filled_down(places, top, again | frozenset(groups), width)
    doubts += _doubts(places, width, count, blanks)
    rows: list[GridRow] = []
    group = ""
    known: set[Cell] = set()
    for number, row in enumerate(filled):
        group = groups.get(number, group)
        is_head = number < top or number in again or number in groups
        fitting = heads if len(row) == width else ()
        rows.append(GridRow(_once(row, known), fitting, is_head, "" if number in groups else group))
        known.update(row)
    return Grid(tuple(rows), tuple(doubts))


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple("".join(cell.text.split()) for cell in row)


def _covers_all(row: Sequence[Cell]) -> bool:
    """True when one cell takes the whole row."""
    return len(row) > 1 and all(cell is row[0] for cell in row)


def _title_rows(places: Places, width: int) -> int:
    """Rows at the top over all columns: the table's title, 单位：万元."""
    count = 0
    while count + 1 < len(places) and (
        _covers_all(places[count]) or is_unit_line("".join(cell.text for cell in places[count]))
    ):
        count += 1
    several = any(len(set(row)) > 1 for row in places[count:])
    return count if several and width > 1 else 0


# ── heads ──────────────────────────────────────────────────────────────────────────────────────


def _head_rows(places: Places, width: int, begin: int, told: int | None) -> int:
    """How many rows from ``begin`` on name the columns."""
    body = places[begin:]
    if told is not None and 0 < told - begin < len(body):
        count = told - begin
        while count < min(len(body) - 1, MOST_HEAD_ROWS) and _goes_on_below(body, count):
            count += 1
        return count
    if len(body) < 2 or width < 2 or not _may_be_heads(body[0], width) or _is_form(body):
        return 0
    count = 1
    while count < min(len(body) - 1, MOST_HEAD_ROWS) and _is_split_below(body, count, width):
        count += 1
    return count


def _may_be_heads(row: Sequence[Cell], width: int) -> bool:
    """Short names, no quantities, all filled (the corner over a column of names may be empty), not all the same."""
    texts = [cell.text for cell in row]
    if len(row) != width or len(set(texts)) < 2 or not all(texts[1:]):
        return False
    own = [cell.text for cell in dict.fromkeys(row)]
    if len(set(own)) < len(own):
        return False
    return all(_may_be_head(text) for text in texts if text)


def _may_be_head(text: str) -> bool:
    bare = _IN_BRACKETS.sub("", text)
    if len(bare) > LONGEST_HEAD or _BARE_FIGURE.fullmatch(text) or _SENTENCE.search(bare):
        return False
    return _QUANTITY.search(bare) is None or _RANGE_OR_YEAR.search(bare) is not None


def _goes_on_below(body: Places, count: int) -> bool:
    """True when a head cell of the last head row covers a place of the next row."""
    return not set(body[count - 1]).isdisjoint(body[count])


def _is_split_below(body: Places, count: int, width: int) -> bool:
    """True when the next row still belongs to the heads: a head covers it, or it parts a head over several columns."""
    last, following = body[count - 1], body[count]
    if len(last) != width or len(following) != width:
        return False
    covered = _goes_on_below(body, count)
    parted = any(
        one is two and below is not beside
        for (one, two), (below, beside) in zip(pairwise(last), pairwise(following), strict=True)
    )
    below = [cell for cell in dict.fromkeys(following) if all(cell is not one for one in last)]
    return (covered or parted) and bool(below) and all(_may_be_head(cell.text) for cell in below)


def _is_form(body: Places) -> bool:
    """True for a table of names and what is said of them, whose first row is one of them."""
    firsts = [
        bool(row) and _FORM_WORD.fullmatch("".join(row[0].text.split()).rstrip("：:")) is not None for row in body
    ]
    return firsts[0] and sum(firsts) >= min(_FORM_ROWS, len(body))


def _heads(head_rows: Places, width: int, unit: str) -> tuple[str, ...]:
    """The name of each column: the heads above it from the top down, each once."""
    if not head_rows or any(len(row) != width for row in head_rows):
        return ()
    heads: list[str] = []
    for column in zip(*head_rows, strict=True):
        own = list(dict.fromkeys(cell.text for cell in column if cell.text))
        heads.append(HEADS_JOINED.join(own))
    if unit:
        printed = unit.strip("（）() ")
        heads = [f"{head}（{printed}）" if _AMOUNT.search(head) else head for head in heads]
    return tuple(heads)


# ── rows ───────────────────────────────────────────────────────────────────────────────────────


def _groups(places: Places, top: int, again: frozenset[int], width: int) -> dict[int, str]:
    """Rows between the others that head those below them: one cell over all columns, or only a numbered first one."""
    found: dict[int, str] = {}
    for number in range(top, len(places) - 1):
        row = places[number]
        text = row[0].text if row else ""
        alone = len(row) > 1 and not any(cell.text for cell in row[1:] if cell is not row[0])
        heading = _covers_all(row) or (alone and width > 2 and _GROUP_LABEL.match(text))
        short = 0 < len(text) <= LONGEST_GROUP and not _SENTENCE.search(text) and not _NOTE.match(text)
        if number not in again and heading and short and not _QUANTITY.search(text):
            found[number] = text
    return found


def _filled_down(
    places: Places, top: int, apart: frozenset[int], width: int
) -> tuple[list[list[Cell]], dict[int, int]]:
    """The rows, empty places at their left filled with the value above, and the first row filled so by column.

    A list of groups prints a group's name once and leaves the places below it empty. That is so only in the first
    columns, where everything to the left is the same as above, and never in a row of sums.
    """
    rows: list[list[Cell]] = []
    blanks: dict[int, int] = {}
    above: list[Cell] = []
    for number, row in enumerate(places):
        own = list(row)
        if number < top or number in apart or len(row) != width:
            rows.append(own)
            above = above if number in apart else []
            continue
        same = sum(1 for cell in own if cell.text) >= 1 and not any(is_total(cell.text) for cell in own if cell.text)
        for column in range(width - 1):
            if not (same and above):
                break
            cell = own[column]
            if not cell.text and above[column].text and not is_total(above[column].text):
                own[column] = above[column]
                blanks.setdefault(column, number)
            same = own[column] is above[column]
        rows.append(own)
        above = own
    return rows, blanks


def _once(row: Sequence[Cell], known: set[Cell]) -> tuple[Cell | None, ...]:
    """Each cell of a row at its first place; one that is too long is not carried into the rows below its first."""
    cells: list[Cell | None] = []
    for column, cell in enumerate(row):
        too_long = len(cell.text) > LONGEST_CARRIED and cell in known
        beside = column > 0 and cell is row[column - 1]
        cells.append(None if beside or too_long else cell)
    return tuple(cells)


def _doubts(places: Places, width: int, count: int, blanks: dict[int, int]) -> list[tuple[int, Sentence]]:
    found: list[tuple[int, Sentence]] = []
    ragged = [number for number, row in enumerate(places) if len(row) != width]
    if ragged:
        said = Sentence("ingest.rows_of_other_width", ragged=len(ragged), rows=len(places), width=width)
        found.append((ragged[0], said))
    if not count and width > 2 and len(places) > 2:
        found.append((0, Sentence("ingest.no_column_heads", width=width)))
    for column, number in sorted(blanks.items()):
        found.append((number, Sentence("ingest.empty_cells_filled", column=column + 1)))
    if len(places) > MANY_ROWS:
        found.append((0, Sentence("ingest.long_table", rows=len(places))))
    long = next((i for i, row in enumerate(places) if _has_long_merged(row, places[i + 1 : i + 2])), None)
    if long is not None:
        found.append((long, Sentence("ingest.long_cell_beside_rows")))
    return found


def _has_long_merged(row: Sequence[Cell], below: Places) -> bool:
    return any(len(cell.text) > LONGEST_CARRIED and cell in below[0] for cell in row) if below else False
