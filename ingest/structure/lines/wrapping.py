"""How wide the lines of a hard-wrapped file are, and which of them cannot end where they end."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from ingest.structure.numbering import read_label
from ingest.structure.titles import is_title
from ingest.types import Span

SLACK_CELLS = (
    2  # a wrapped line is at most this much narrower than the usual one (33 and 37 about 35 in the compendium)
)
WRAPPED_SHARE = 0.4  # of all lines lie within the slack in a wrapped file (.72 in the compendium, below .1 otherwise)
WIDER_SHARE = 0.02  # of all lines may be wider than a wrapped one
FEWEST_LINES = 8  # of fewer lines only what stops in mid-sentence tells the width
NARROWEST_WRAP = 20  # cells; below this a text is verse or a table, not a wrapped page
LONGEST_NUMBER = 16  # characters at the beginning of a line that may be the rest of a number, with its unit

CLOSED = re.compile(r"[。；：！？!?;:）)〕】]['\"”’》]*$")
# A number that a line end breaks: 1,⏎500, 12⏎个月; and, where the line is as wide as a wrapped one, 30⏎00万元.
_SURELY_BROKEN = re.compile(
    r"\d,\n\d{3}(?!\d)|\d\s*\n\s*(?:[万亿千百]?元|[万亿千百]+[吨亩人]|[%％‰]|个(?:工作日|月|百分点))"
)
_BROKEN_WHEN_WIDE = re.compile(r"\d\n\d+(?:\.\d+)?\s*(?:[万亿]|[%％‰元])")
_DATUM = re.compile(r"[^，。；：:]{2,10}[：:]")  # a line of label and value: 咨询电话：…


@dataclass(frozen=True, slots=True)
class Line:
    """A physical line that carries text: its number from 1, the kept spans, their text, its width in cells."""

    number: int
    pieces: tuple[Span, ...]
    text: str
    width: float
    indented: bool  # by the two cells that open a Chinese paragraph


def cells(text: str) -> float:
    """Width in East Asian cells: ASCII counts ½, everything else 1."""
    return len(text) - 0.5 * len(text.encode("ascii", "ignore"))


def wrap_width(lines: list[Line], share: float = WRAPPED_SHARE, narrowest: float = NARROWEST_WRAP) -> float | None:
    """The usual width of a wrapped line in cells, or None when lines end where paragraphs end.

    It is the most frequent width or, where that many lines are shorter, as in a long list, the greatest one that
    ``share`` of all lines nearly have.
    """
    if len(lines) < FEWEST_LINES:
        return _width_of_few(lines, narrowest)
    widths = Counter(round(line.width) for line in lines)
    usual, _ = max(((w, n) for w, n in widths.items()), key=lambda item: (item[1], item[0]))
    for mode in (usual, *sorted((w for w in widths if w > usual), reverse=True)):
        near = sum(n for w, n in widths.items() if abs(w - mode) <= SLACK_CELLS)
        wider = sum(n for w, n in widths.items() if w > mode + SLACK_CELLS + 1)
        if mode >= narrowest and near >= share * len(lines) and wider <= WIDER_SHARE * len(lines):
            return float(mode)
        if mode != usual and wider > WIDER_SHARE * len(lines):
            break
    return None


def _width_of_few(lines: list[Line], narrowest: float) -> float | None:
    """The width at which a text of a few lines is wrapped: that of its widest lines, when they stop in mid-sentence."""
    stopped = [before for before, after in pairwise(lines) if _stops_early(before, after)]
    width = max((line.width for line in stopped), default=0.0)
    full = [line for line in stopped if line.width >= width - SLACK_CELLS]
    certain = len(full) > 1 or any(line.text.endswith(("，", "、")) for line in full)
    wider = any(line.width > width + SLACK_CELLS + 1 for line in lines)
    return width if width >= narrowest and certain and not wider else None


def _stops_early(before: Line, after: Line) -> bool:
    """Whether a line ends in mid-sentence and the next one may be its rest."""
    if CLOSED.search(before.text) or is_title(before.text) or after.indented or _DATUM.match(after.text):
        return False
    return read_label(after.text) is None


def breaks_number(before: Line, after: Line) -> bool:
    """Whether a number begins at the end of a line and goes on in the next one."""
    joint = f"{before.text[-2:]}\n{after.text[:LONGEST_NUMBER]}"
    broken = _SURELY_BROKEN.search(joint) or (before.width >= NARROWEST_WRAP and _BROKEN_WHEN_WIDE.search(joint))
    return bool(broken) and read_label(after.text) is None
