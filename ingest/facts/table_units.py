"""What the head of a column says of its cells: the words of the head, and the unit its bare numbers are counted in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.facts import measures
from ingest.facts.figures import CELL_BREAK, find_figures
from ingest.types import Clause, Figure, RowCell, Span

_UNIT = rf"[十百千万亿]*{measures.UNIT}(?:[/／每][^（）()，,：:\s]{{1,12}})?"
_IN_BRACKETS = re.compile(rf"[（(\[［]\s*(?:(?:金额|计量)?单位\s*[：:]\s*)?(?:人民币)?(?P<unit>{_UNIT})\s*[）)\]］]")
_NAMED = re.compile(rf"(?:金额|计量)?单位\s*[：:]\s*(?:人民币)?(?P<unit>{_UNIT})")
_BEHIND_STROKE = re.compile(r"(?<=\w)[/／](?P<unit>[十百千万亿]*(?:元|%|％|亩|吨|人|年|月))$")
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十半百千万]|[A-Za-z]{2}")
# A number that ends a cell, or only 以上 and the like stand behind it: 9.80, 5万, 2000以上, 500（含）以下.
_BARE_END = re.compile(
    r"(?<=\d)\s*[万亿]?(?P<behind>\s*(?:[（(]\s*不?含\s*[）)])?\s*(?:及|含)?\s*(?:以[上下内]|之[内上下])|)$"
)
BETWEEN_CELLS = "｜"  # as a row is shown
_BARE = re.compile(r"\d[\d.,]*")
_LONGEST_CELL = 40  # characters; a longer cell that ends in a number is a sentence with units of its own


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The head of a column without its unit, and the unit; None when it names none."""

    words: str
    unit: str | None


@lru_cache(maxsize=4096)
def column_head(head: str) -> ColumnHead:
    """Read a head: 购房补贴（万元）·全职 → 购房补贴·全职 in 万元. Of several units that of the lowest head counts."""
    unit: str | None = None
    words = head.replace("％", "%")
    for pattern in (_IN_BRACKETS, _NAMED, _BEHIND_STROKE):
        own: str | None = None
        while match := pattern.search(words):
            own = match["unit"]
            words = words[: match.start()] + words[match.end() :]
        unit = unit or own
    words = re.sub(r"·+", "·", words).strip(" ·")
    return ColumnHead(words, unit)


def head_with_unit(head: str, name: str, cell: str) -> str:
    """The head of a bare number in a row that names its own unit: A类 of 安家费（万元）｜100 becomes A类（万元）."""
    unit = column_head(name).unit if head and _BARE.fullmatch(cell) else None
    return head if unit is None or column_head(head).unit else f"{head}（{unit}）"


def row_figures(text: str, cells: Sequence[RowCell]) -> tuple[Figure, ...]:
    """The figures of a row, each inside one cell; a bare number is counted in the unit of its column's head.

    Bound and period may stand in the head (最高资助, 每年补贴) as well as in the cell.
    """
    found: list[Figure] = []
    for cell in cells:
        for figure in cell_figures(cell.span.of(text), cell.head):
            span = Span(figure.span.start + cell.span.start, figure.span.end + cell.span.start)
            found.append(replace(figure, span=span))
    return tuple(found)


def cell_figures(cell: str, head: str) -> list[Figure]:
    """The figures of one cell, their spans counting in it."""
    if _NUMBER.search(cell) is None:
        return []
    column = column_head(head)
    place = _place_of_unit(cell) if column.unit else None
    unit = column.unit or "" if place is not None else ""
    before = f"{column.words} " if column.words else ""
    figures = find_figures(f"{before}{cell[:place]}{unit}{cell[place:] if place is not None else ''}")
    inside: list[Figure] = []
    for figure in figures:
        start, end = figure.span.start - len(before), figure.span.end - len(before)
        end = end if place is None or end <= place else max(place, end - len(unit))
        if 0 <= start < end:
            inside.append(replace(figure, text=cell[start:end], span=Span(start, end)))
    return inside


def lacks_unit(cell: str) -> bool:
    """True for a cell that ends in a number which is no figure yet: 9.80, 1000—3000, 最高500, 5万, 2000以上."""
    return _place_of_unit(cell) is not None


def _place_of_unit(cell: str) -> int | None:
    """Where the unit of a bare number belongs in its cell; None where it has one or there is no number."""
    end = _BARE_END.search(cell) if len(cell) <= _LONGEST_CELL else None
    if end is None:
        return None
    place = end.start("behind")
    if _BARE.fullmatch(cell[:place]):
        return place
    last = max((figure.span.end for figure in find_figures(cell[:place]) if figure.unit), default=0)
    return place if last < len(cell[:place].rstrip()) else None


def words_shown(clause: Clause, span: Span) -> str:
    """Words of a clause as people read them: between the cells of a table row a stroke instead of the tab."""
    words = span.of(clause.text)
    return words.replace(CELL_BREAK, BETWEEN_CELLS) if clause.cells else words


def with_unit(cell: RowCell, text: str) -> str:
    """The words of a cell, the unit of its head behind a bare number."""
    words = cell.span.of(text)
    unit = column_head(cell.head).unit
    place = _place_of_unit(words) if unit else None
    return words if place is None else f"{words[:place]}{unit}{words[place:]}"
