"""Columns of a PDF page, told by the strip between them that no line crosses. Lengths are in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.readers.pdf.lines import Glyph, Line, left_margin, lines_of

GUTTER = 1.0  # of the glyph: the least width of the strip between two columns
MIDDLE = (0.35, 0.65)  # of the page's width: where the strip may stand
STEP = 3.0  # points between two places where it is looked for
FEWEST_LINES = 3  # on either side of the strip
FILLED = 0.6  # of a column: what half of its lines fill at least; labels with values and lists of names do not
WIDE_GAP = 1.5  # of the glyph: lines with such a gap in them may stand in columns

Band = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines read one after another, and where most of them begin."""

    lines: tuple[Line, ...]
    margin: float | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The blocks of a page in reading order. ``doubtful``: lines look set in columns, but were read across."""

    blocks: tuple[Block, ...]
    doubtful: bool = False


def read_page(glyphs: Sequence[Glyph], width: float, tables: Sequence[Band] = ()) -> Reading:
    """A page in reading order: across, or two columns each down, what crosses both between them.

    ``tables`` are the heights at which tables stand, whose glyphs are not among ``glyphs``: they cross the page.
    """
    printed = [glyph for glyph in glyphs if not glyph.text.isspace()]
    gutter = _gutter(printed, width)
    across = tuple(lines_of(glyphs))
    whole = Reading((Block(across, left_margin(across)),), _looks_set_in_columns(across))
    if gutter is None:
        return whole
    left, right = gutter
    crossing = [glyph for glyph in printed if glyph.x1 > left and glyph.x0 < right]
    bars = sorted([*tables, *((line.top, line.bottom) for line in lines_of(_rows_of(crossing, glyphs)))])
    first, second, between = _sides(glyphs, bars, gutter)
    if not (_is_column(first, printed) and _is_column(second, printed)):
        return whole
    return Reading(tuple(_in_order((first, second), between, bars)))


def _gutter(glyphs: Sequence[Glyph], width: float) -> tuple[float, float] | None:
    """The strip near the middle that the fewest glyphs touch."""
    if not glyphs:
        return None
    half = GUTTER * median(glyph.size for glyph in glyphs) / 2
    places = [MIDDLE[0] * width + STEP * n for n in range(int((MIDDLE[1] - MIDDLE[0]) * width / STEP) + 1)]
    touched = {at: sum(glyph.x1 > at - half and glyph.x0 < at + half for glyph in glyphs) for at in places}
    least = min(touched.values())
    free = [at for at in places if touched[at] == least]
    at = free[len(free) // 2]
    return at - half, at + half


def _rows_of(some: Sequence[Glyph], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs at the height of some of them."""
    heights = sorted({round(glyph.middle) for glyph in some})
    return [glyph for glyph in glyphs if any(abs(glyph.middle - height) < glyph.size / 2 for height in heights)]


def _sides(
    glyphs: Sequence[Glyph], bars: Sequence[Band], gutter: tuple[float, float]
) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines left of the strip, right of it, and across it."""
    left: list[Glyph] = []
    right: list[Glyph] = []
    across: list[Glyph] = []
    for glyph in glyphs:
        if any(top <= glyph.middle <= bottom for top, bottom in bars):
            across.append(glyph)
        else:
            (left if glyph.x1 <= sum(gutter) / 2 else right).append(glyph)
    return lines_of(left), lines_of(right), lines_of(across)


def _is_column(lines: Sequence[Line], glyphs: Sequence[Glyph]) -> bool:
    if len(lines) < FEWEST_LINES:
        return False
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    page = max(glyph.x1 for glyph in glyphs) - min(glyph.x0 for glyph in glyphs)
    return 3 * width > page and median(line.x1 - line.x0 for line in lines) >= FILLED * width


def _in_order(columns: tuple[list[Line], list[Line]], across: list[Line], bars: Sequence[Band]) -> list[Block]:
    """Down to each bar the left column, the right column, then the bar's own lines."""
    margins = tuple(left_margin(lines) for lines in (*columns, across))
    blocks: list[Block] = []
    above = float("-inf")
    for top, bottom in [*bars, (float("inf"), float("inf"))]:
        for lines, margin in zip(columns, margins, strict=False):
            blocks.append(Block(tuple(line for line in lines if above <= line.top < top), margin))
        own = tuple(line for line in across if top <= (line.top + line.bottom) / 2 <= bottom)
        blocks.append(Block(own, margins[2]))
        above = max(above, top)
    return [block for block in blocks if block.lines]


def _looks_set_in_columns(lines: Sequence[Line]) -> bool:
    return sum(line.widest_gap >= WIDE_GAP for line in lines) > FEWEST_LINES
