"""From the glyphs of a PDF page to its printed lines, by geometry alone. Lengths are in points."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.normalise import ideographs

SAME_LINE = (
    0.5  # of the larger glyph: farther apart in height, two glyphs stand on two lines (super- and subscripts do not)
)
WORD_GAP = 0.25  # of the glyph: a wider gap beside a Latin letter or a digit is a space between words
WIDE_GAP = 0.9  # of the glyph: a gap beside hanzi that stands for a space ("主任　张三"); justified text stays below
SAME_PLACE = 0.3  # of the glyph's width: bold made by printing the same glyph twice
INDENT = (1.5, 2.8)  # glyph widths: the two characters a Chinese paragraph is indented by
SMALL = 0.78  # of the line's usual glyph: a smaller digit may be the number of a note
RAISED = 0.12  # of the line's usual glyph: how much higher its foot stands
SOFT_HYPHEN = "\u00ad"
INDENT_TEXT = "\u3000\u3000"
_TORN_OFF = re.compile(r"[。，、；]+")
_MARK = re.compile(r"[\d①-⑳*＊\[\]〔〕［］]+")


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
    """One printed line. ``marks`` are the ranges of ``text`` that are raised numbers of notes."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    marks: tuple[tuple[int, int], ...] = ()
    widest_gap: float = 0.0  # between two of its glyphs, in glyphs
    size: float = 0.0  # of its usual glyph


def readable(text: str) -> str:
    """Without what only fonts know: radicals in place of hanzi (⽤ for 用), ligatures, NUL and other controls."""
    return "".join(_readable(character) for character in ideographs(text))


def _readable(character: str) -> str:
    if "\uf900" <= character <= "\ufaff" or "\ufb00" <= character <= "\ufb06":
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
    lines: list[Line] = []
    for row in rows:
        line = _line(sorted(row, key=lambda one: one.x0))
        if lines and _is_torn_off(line):
            lines[-1] = _joined(lines[-1], line)
        elif line.text:
            lines.append(line)
    return lines


def _is_torn_off(line: Line) -> bool:
    """True for signs that no line begins with, left alone by a line end, behind the mark of a note perhaps: 2。."""
    begin = line.marks[0][1] if line.marks and line.marks[0][0] == 0 else 0
    return _TORN_OFF.fullmatch(line.text, begin) is not None


def _joined(line: Line, end: Line) -> Line:
    marks = tuple((start + len(line.text), stop + len(line.text)) for start, stop in end.marks)
    return replace(line, text=line.text + end.text, bottom=end.bottom, marks=(*line.marks, *marks))


def _line(row: Sequence[Glyph]) -> Line:
    parts: list[str] = []
    marked: list[bool] = []
    last: Glyph | None = None
    size = median(one.size for one in row)
    foot = median(one.bottom for one in row)
    gap = 0.0
    for glyph in row:
        if last is not None and glyph.text == last.text and glyph.x0 - last.x0 < SAME_PLACE * (last.x1 - last.x0):
            continue
        if last is not None and _is_space(last, glyph):
            parts.append(" ")
            marked.append(False)
        raised = glyph.size <= SMALL * size and foot - glyph.bottom >= RAISED * size
        is_mark = raised and bool(_MARK.fullmatch(glyph.text)) and _may_be_marked(last, marked)
        gap = max(gap, (glyph.x0 - last.x1) / size if last is not None else 0.0)
        parts.append(glyph.text)
        marked.extend([is_mark] * len(glyph.text))
        last = glyph
    text = "".join(parts)
    stripped = text.strip()
    marks = _runs(marked, len(text) - len(text.lstrip()), len(stripped))
    top, bottom = min(one.top for one in row), max(one.bottom for one in row)
    return Line(stripped, row[0].x0, max(one.x1 for one in row), top, bottom, marks, gap, size)


def _may_be_marked(before: Glyph | None, marked: Sequence[bool]) -> bool:
    """A raised 2 is a note's number behind a hanzi or a sign, but an exponent behind a letter or a digit (m²)."""
    return before is None or marked[-1] or not (before.text.isascii() and before.text.isalnum())


def _runs(marked: Sequence[bool], begin: int, length: int) -> tuple[tuple[int, int], ...]:
    """Where marks run, counted from ``begin``."""
    runs: list[tuple[int, int]] = []
    for place in range(length):
        if marked[begin + place]:
            if runs and runs[-1][1] == place:
                runs[-1] = (runs[-1][0], place + 1)
            else:
                runs.append((place, place + 1))
    return tuple(runs)


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
