"""From the glyphs of a PDF page to its printed lines, by geometry alone. Lengths are in points."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SAME_LINE = (
    0.5  # of the larger glyph: farther apart in height, two glyphs stand on two lines (super- and subscripts do not)
)
WORD_GAP = 0.25  # of the glyph: a wider gap beside a Latin letter or a digit is a space between words
WIDE_GAP = 0.9  # of the glyph: a gap beside hanzi that stands for a space ("主任　张三"); justified text stays below
SAME_PLACE = 0.3  # of the glyph's width: bold made by printing the same glyph twice
INDENT = (1.5, 2.8)  # glyph widths: the two characters a Chinese paragraph is indented by
SOFT_HYPHEN = "\u00ad"
INDENT_TEXT = "\u3000\u3000"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character and its box; ``top`` counts downwards from the top of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        return max(self.bottom - self.top, 0.1)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float


def readable(text: str) -> str:
    """Without what only fonts know: radicals in place of hanzi (⽤ for 用), ligatures, NUL and other controls."""
    return "".join(_readable(character) for character in text)


def _readable(character: str) -> str:
    if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff" or "\ufb00" <= character <= "\ufb06":
        return unicodedata.normalize("NFKC", character)
    return "" if unicodedata.category(character) == "Cc" or character == SOFT_HYPHEN else character


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines from top to bottom; lines without a visible character are left out."""
    rows: list[list[Glyph]] = []
    height = 0.0
    for glyph in sorted(glyphs, key=lambda one: (one.middle, one.x0)):
        if rows and abs(glyph.middle - height) < SAME_LINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            height = glyph.middle
    lines = (_line(sorted(row, key=lambda one: one.x0)) for row in rows)
    return [line for line in lines if line.text]


def _line(row: Sequence[Glyph]) -> Line:
    parts: list[str] = []
    last: Glyph | None = None
    for glyph in row:
        if last is not None and glyph.text == last.text and glyph.x0 - last.x0 < SAME_PLACE * (last.x1 - last.x0):
            continue
        if last is not None and _is_space(last, glyph):
            parts.append(" ")
        parts.append(glyph.text)
        last = glyph
    text = "".join(parts).strip()
    return Line(
        text, row[0].x0, max(one.x1 for one in row), min(one.top for one in row), max(one.bottom for one in row)
    )


def _is_space(left: Glyph, right: Glyph) -> bool:
    """Whether the gap between two glyphs stands for a space that was not printed as a character."""
    if left.text.isspace() or right.text.isspace():
        return False
    latin = left.text.isascii() and right.text.isascii()
    return right.x0 - left.x1 > (WORD_GAP if latin else WIDE_GAP) * min(left.size, right.size)


def left_margin(lines: Sequence[Line]) -> float | None:
    """Where most lines that continue a paragraph begin: the leftmost beginning that at least two lines share."""
    beginnings = Counter(round(line.x0) for line in lines)
    shared = [x0 for x0, count in beginnings.items() if count + beginnings[x0 + 1] >= 2]
    return float(min(shared)) if shared else None


def with_indent(line: Line, margin: float | None) -> str:
    """The text of a line, with the indent of a paragraph's first line written as two full-width spaces."""
    if margin is None:
        return line.text
    indent = (line.x0 - margin) / max(line.bottom - line.top, 0.1)
    return INDENT_TEXT + line.text if INDENT[0] <= indent <= INDENT[1] else line.text
