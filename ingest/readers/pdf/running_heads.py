"""What runs along on every page of a PDF: page numbers, running headers and footers, told by place and repetition."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf.lines import Line

PAGE_NUMBER = "page number"
RUNNING_LINE = "running line"
EDGE = 0.1  # of the page's height at top and bottom where lines may run along; the text area of A4 starts at .11 to .13
SAME_HEIGHT = 6.0  # points two lines may differ in height on their pages and still be the same running line
LEAST_SHARE = 0.3  # of all pages: headers of odd and even pages alternate, chapters change them
LONGEST_RUNNING = 60  # characters
_NUMERAL = re.compile(r"\d+")
_BARE_NUMBER = re.compile(
    r"[-—–―\-·•.~\s/第页頁]*(\d{1,4})[-—–―\-·•.~\s页頁]*(?:[/共，,]\s*共?\s*\d{1,4}\s*[页頁]?)?\s*"
)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page and its height."""

    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """Kinds of furniture by (page, line), both from 0, and the printed number of each page, None where unknown."""

    kinds: dict[tuple[int, int], str]
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Edge:
    page: int
    line: int
    text: str
    height: float  # from the nearer edge of the page, negative at the bottom


def find_running(pages: Sequence[PageLines]) -> Running:
    """Page numbers, running headers and footers of a whole file."""
    edges = [edge for number, page in enumerate(pages) for edge in _edges(number, page)]
    kinds: dict[tuple[int, int], str] = {}
    offset = _number_offset(edges, len(pages))
    for edge in edges:
        value = _bare_number(edge.text)
        if offset is not None and value == edge.page + offset:
            kinds[edge.page, edge.line] = PAGE_NUMBER
    for edge in _repeated([edge for edge in edges if (edge.page, edge.line) not in kinds], offset, len(pages)):
        kinds[edge.page, edge.line] = RUNNING_LINE
    return Running(kinds, _numbers(len(pages), offset))


def _edges(number: int, page: PageLines) -> list[_Edge]:
    found: list[_Edge] = []
    for position, line in enumerate(page.lines):
        text = re.sub(r"\s+", "", line.text).translate(_FULL_WIDTH)
        if len(text) > LONGEST_RUNNING:
            continue
        if line.bottom < EDGE * page.height:
            found.append(_Edge(number, position, text, line.top))
        elif line.top > (1 - EDGE) * page.height:
            found.append(_Edge(number, position, text, line.bottom - page.height))
    return found


def _bare_number(text: str) -> int | None:
    match = _BARE_NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def _number_offset(edges: Sequence[_Edge], page_count: int) -> int | None:
    """Printed number minus page index, when the bare numbers at the edges agree on one."""
    offsets = Counter(
        {edge.page: value - edge.page for edge in edges if (value := _bare_number(edge.text)) is not None}
    )
    votes = Counter(offsets.values())
    for edge in edges:
        value = _bare_number(edge.text)
        if value is not None and offsets[edge.page] != value - edge.page:
            votes[value - edge.page] += 1
    if not votes:
        return None
    offset, count = votes.most_common(1)[0]
    return offset if count >= max(1, LEAST_SHARE * page_count) else None


def _repeated(edges: Sequence[_Edge], offset: int | None, page_count: int) -> list[_Edge]:
    """Lines that stand at the same height with the same words on enough pages.

    The only numeral that may differ is the page's own number ("政策汇编 第 3 页"): "附件1" and "附件2" on top of two
    pages are headings.
    """
    groups: defaultdict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        groups[_without_page_number(edge, offset)].append(edge)
    repeated: list[_Edge] = []
    for group in groups.values():
        usual = sorted(edge.height for edge in group)[len(group) // 2]
        level = [edge for edge in group if abs(edge.height - usual) <= SAME_HEIGHT]
        if len({edge.page for edge in level}) >= max(2, LEAST_SHARE * page_count):
            repeated.extend(level)
    return repeated


def _without_page_number(edge: _Edge, offset: int | None) -> str:
    own = edge.page + (1 if offset is None else offset)
    return _NUMERAL.sub(lambda match: "#" if int(match[0]) == own else match[0], edge.text)


def _numbers(page_count: int, offset: int | None) -> tuple[int | None, ...]:
    """Printed numbers; the pages before page 1 (cover, contents) have none. Without page numbers, physical ones."""
    if offset is None:
        return tuple(range(1, page_count + 1))
    return tuple(page + offset if page + offset >= 1 else None for page in range(page_count))
