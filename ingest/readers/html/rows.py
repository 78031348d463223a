"""The rows of an HTML table: every place filled, a cell over several rows or columns in each place that it covers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from ingest.readers.html.regions import Element
from ingest.readers.limits import Deadline
from ingest.readers.table_grid import Cell, OpenCells, Spanned, fill_row
from ingest.sentences import Sentence

LONGEST_NUMBER = 9  # digits of a colspan or rowspan that are read


@dataclass(frozen=True, slots=True)
class Rows:
    """What a table holds: its places, how many rows at its top are heads, and the tables inside its cells, each with its row's name."""

    places: list[list[Cell]]
    head_rows: int
    inner: list[tuple[Element, str]]
    doubts: list[Sentence]


def read_rows(table: Element, hidden: Collection[Element], words: Callable[[Element], str], deadline: Deadline) -> Rows:
    """Read the rows of ``table``; those of the tables inside its cells are not among them."""
    found = Rows([], 0, [], [])
    open_cells: OpenCells = {}
    heads = 0
    for row in _own(table, "tr"):
        deadline.check()
        own = [cell for cell in row.iterchildren("td", "th") if cell not in hidden]
        written = [Spanned(words(cell), _number(cell, "colspan"), _number(cell, "rowspan")) for cell in own]
        found.places.append(fill_row(written, open_cells)[1])
        parent = row.getparent()
        is_head = bool(own) and (
            all(cell.tag == "th" for cell in own) or (parent is not None and parent.tag == "thead")
        )
        heads += is_head and heads == len(found.places) - 1
        name = found.places[-1][0].text if found.places[-1] else ""
        for cell in own:
            found.inner.extend((inner, name) for inner in _own(cell, "table") if inner not in hidden)
    if open_cells:
        found.doubts.append(Sentence("ingest.cell_beyond_table"))
    return Rows(found.places, heads if heads < len(found.places) else 0, found.inner, found.doubts)


def _number(cell: Element, attribute: str) -> int:
    written = cell.get(attribute, "1").strip()[:LONGEST_NUMBER]
    return max(int(written), 1) if written.isascii() and written.isdigit() else 1


def _own(parent: Element, name: str) -> Iterator[Element]:
    """The nearest descendants of this name that stand in no table inside ``parent``."""
    pending = list(parent.iterchildren())[::-1]
    while pending:
        one = pending.pop()
        if one.tag == name:
            yield one
        elif one.tag != "table" and (name != "tr" or one.tag not in ("td", "th")):
            pending.extend(list(one.iterchildren())[::-1])
