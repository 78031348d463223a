"""What stands on a sheet, whatever file it comes from: titles above a table, its rows, notes below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from ingest.readers.building import SourceBuilder
from ingest.readers.table_grid import Cell, Places, is_unit_line, with_words
from ingest.sentences import Sentence

LONGEST_TITLE = 100  # characters; what is longer above a table is a text
_DEFAULT_NAME = re.compile(r"(?:sheet\s*\d*|\w{0,3}\d+)?", re.IGNORECASE)  # a number, as programs give them


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged area: first and last row, first and last column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it is shown: the text of each cell. ``doubts`` are what was not read of it."""

    name: str
    rows: Sequence[Sequence[str]]
    merged: Sequence[Merged] = ()
    doubts: Sequence[Sentence] = ()


def write_sheets(builder: SourceBuilder, sheets: Sequence[Sheet], check: Callable[[], None]) -> None:
    """Append all sheets that hold something; ``check`` raises when the time is used up."""
    filled = [sheet for sheet in sheets if any(any(row) for row in sheet.rows)]
    for number, sheet in enumerate(filled):
        for doubt in sheet.doubts:
            builder.doubt(doubt)
        _write(builder, sheet, 1 if number == 0 else 2, named=len(filled) > 1, check=check)


def _write(builder: SourceBuilder, sheet: Sheet, rank: int, *, named: bool, check: Callable[[], None]) -> None:
    """The heading of a sheet is its first title; where it has none, its name, if somebody gave it one."""
    titled = False
    for block in _blocks(_places(sheet)):
        check()
        above = list(takewhile(_is_alone, block))
        if not titled and not (above and _is_title(_words(above[0]))):
            titled = True
            if named or not _DEFAULT_NAME.fullmatch(sheet.name.strip()):
                builder.add_line(sheet.name.strip(), rank=rank)
        for row in above:
            is_title = not titled and _is_title(_words(row))
            builder.add_line(_words(row), rank=rank if is_title else None)
            titled = titled or is_title
        rest = block[len(above) :]
        below = list(takewhile(_is_alone, reversed(rest)))[::-1]
        table = with_words(_without_empty_columns(rest[: len(rest) - len(below)]))
        if table:
            builder.add_table(table)
        for row in below:
            if not any(row[column] in known for known in table for column in range(len(row)) if row[column].text):
                builder.add_line(_words(row))


def _places(sheet: Sheet) -> list[list[Cell]]:
    """The cell of each place: a merged one is the same in every place it covers."""
    width = max((len(row) for row in sheet.rows), default=0)
    places = [[Cell(text) for text in row] + [Cell("") for _ in range(width - len(row))] for row in sheet.rows]
    for area in sheet.merged:
        if area.top >= len(places) or area.left >= width:
            continue
        cell = places[area.top][area.left]
        for row in places[area.top : area.bottom + 1]:
            covered = row[area.left : area.right + 1]
            # A damaged file may merge over words; those are kept as cells of their own.
            row[area.left : area.right + 1] = [one if one.text and one is not cell else cell for one in covered]
    return places


def _blocks(places: Sequence[list[Cell]]) -> Iterator[list[list[Cell]]]:
    """Rows one below the other, an empty row between two blocks."""
    for filled, rows in groupby(places, key=lambda row: any(cell.text for cell in row)):
        if filled:
            yield list(rows)


def _is_alone(row: Sequence[Cell]) -> bool:
    """True when one cell holds all the words of a row."""
    return len({cell for cell in row if cell.text}) == 1


def _words(row: Sequence[Cell]) -> str:
    return next(cell.text for cell in row if cell.text)


def _is_title(words: str) -> bool:
    return len(words) <= LONGEST_TITLE and not is_unit_line(words)


def _without_empty_columns(rows: Places) -> list[list[Cell]]:
    used = [number for number in range(len(rows[0])) if any(row[number].text for row in rows)] if rows else []
    return [[row[number] for number in used] for row in rows]
