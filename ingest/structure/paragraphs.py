"""Undoes the hard wrap: physical lines in, paragraphs and named furniture out.

A wrapped file betrays itself by its line widths: most lines are about equally wide (an East Asian
character counts 1, a Latin letter or digit ½), and a line clearly narrower ends a paragraph. A full
line goes on, even in mid-word or mid-number, unless the next one continues a numbering.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.structure.lines.spacing import merged, tidy
from ingest.structure.lines.wrapping import (
    CLOSED,
    SLACK_CELLS,
    Line,
    breaks_number,
    cells,
    wrap_width,
)
from ingest.structure.numbering import ANNEX_LINE, Kind, Label, read_label
from ingest.structure.pages import PageMarks, find_pages
from ingest.structure.titles import is_title, title_goes_on
from ingest.types import Furniture, PageStart, Paragraph, SourceFile, Span, TableRow

UNWRAPPED = frozenset({"docx", "html", "markdown", "xlsx", "csv", "doc", "xls"})  # a line is a paragraph there
PDF_SHARE = 0.1  # a PDF is always wrapped; many short lines (lists, tables) only hide it
NARROWEST_COLUMN = 12  # cells of a PDF, which may be set in columns
LIKELY_FULL = 0.8  # of the usual width: a line that stops in mid-sentence there was wrapped early
INDENT = "\u3000\u3000"
INDENT_CELLS = 2
FEWEST_INDENTS = 3  # indented lines, before an indent means anything
LONGEST_OPEN_TITLE = 80  # characters of a heading that may fill its line exactly
LONGEST_HEAD = 1000  # characters of a paragraph's beginning that are looked at again with each of its lines

_LINE = re.compile(r"([^\r\n\f\v\u2028\u2029]*)(\r\n|[\r\n\f\v\u2028\u2029]|$)")
_SENTENCE_END = re.compile(r"[。；：！？!?;:]['\"”’》）)〕】]*$")
_LATIN = re.compile(r"[A-Za-z0-9]")
_OWN_PARAGRAPH = re.compile(r"责任单位：|[问答][：:]|（微信扫一扫|特此(公告|通知|通告|批复|函复)")


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A source as paragraphs. ``furniture`` is sorted and disjoint from every piece of a paragraph."""

    items: tuple[Paragraph, ...]
    furniture: tuple[Furniture, ...]
    page_marks: PageMarks
    wrap_width: float | None  # cells; None when the source is not hard-wrapped


def split_paragraphs(source: SourceFile, page_offset: int | None = None) -> Paragraphs:
    """Cut a source into paragraphs.

    ``page_offset`` is the printed page on which the text begins less the page breaks before it; None
    takes it from page numbers that survive in the text.
    """
    raw = list(_physical_lines(source.text))
    marks = PageMarks((), source.pages, ()) if source.pages else find_pages(source.text, raw, page_offset)
    taken = sorted((*source.furniture, *marks.furniture), key=lambda f: (f.span.start, f.span.end))
    lines = list(_text_lines(source.text, raw, [f.span for f in taken]))
    width = _width_of(source, lines)
    groups = _grouped(lines, width, source.tables)
    paragraphs = tuple(_paragraph(group, source.text, marks.pages) for group in groups)
    return Paragraphs(paragraphs, tuple(_fill(source.text, paragraphs, taken)), marks, width)


def _width_of(source: SourceFile, lines: list[Line]) -> float | None:
    """The width at which a source is wrapped; the rows of its tables tell nothing about it."""
    if source.format in UNWRAPPED:
        return None
    starts = [row.span.start for row in source.tables]
    loose: list[Line] = []
    for line in lines:
        row = bisect_right(starts, line.pieces[0].start) - 1
        if row < 0 or line.pieces[0].start >= source.tables[row].span.end:
            loose.append(line)
    if source.format == "pdf":
        return wrap_width(loose, PDF_SHARE, NARROWEST_COLUMN)
    return wrap_width(loose)


def _grouped(lines: list[Line], width: float | None, rows: Sequence[TableRow]) -> Iterator[list[Line]]:
    """Lines by paragraph; the lines of one table row stay together whatever their width."""
    starts = [row.span.start for row in rows]
    loose: list[Line] = []
    in_row: tuple[int, list[Line]] | None = None
    for line in [*lines, None]:
        number = -1 if line is None else bisect_right(starts, line.pieces[0].start) - 1
        row = number if line is not None and number >= 0 and line.pieces[0].start < rows[number].span.end else None
        if in_row is not None and row != in_row[0]:
            yield in_row[1]
            in_row = None
        if loose and (row is not None or line is None):
            yield from _join(loose, width) if width else _whole_numbers(loose)
            loose = []
        if line is None:
            return
        if row is None:
            loose.append(line)
        elif in_row is None:
            in_row = (row, [line])
        else:
            in_row[1].append(line)


def _physical_lines(text: str) -> Iterator[Span]:
    """Every physical line without its line end."""
    for match in _LINE.finditer(text):
        if match.start() == len(text):
            return
        yield Span(match.start(1), match.end(1))


def _text_lines(text: str, raw: list[Span], taken: list[Span]) -> Iterator[Line]:
    """The lines that carry text once the furniture is cut out and the ends are stripped."""
    next_taken = 0
    for number, span in enumerate(raw, 1):
        if next_taken == len(taken) or taken[next_taken].start >= span.end:
            printed = text[span.start : span.end]
            bare = printed.strip()
            if bare:
                begin = span.start + printed.index(bare[0])
                piece = Span(begin, begin + len(bare))
                yield Line(number, (piece,), bare, cells(bare), printed[: begin - span.start].endswith(INDENT))
            continue
        kept: list[Span] = []
        position = span.start
        while next_taken < len(taken) and taken[next_taken].start < span.end:
            cut = taken[next_taken]
            if cut.start > position:
                kept.append(Span(position, cut.start))
            position = max(position, cut.end)
            if cut.end > span.end:
                break
            next_taken += 1
        if position < span.end:
            kept.append(Span(position, span.end))
        pieces = _strip(text, kept)
        if pieces:
            line = "".join(piece.of(text) for piece in pieces)
            yield Line(number, pieces, line, cells(line), text[span.start : pieces[0].start].endswith(INDENT))


def _strip(text: str, pieces: list[Span]) -> tuple[Span, ...]:
    """The pieces without blanks at either end of the whole."""
    begin, end = 0, len(pieces)
    while begin < end and not pieces[begin].of(text).strip():
        begin += 1
    while end > begin and not pieces[end - 1].of(text).strip():
        end -= 1
    kept = pieces[begin:end]
    if kept:
        first = kept[0].of(text)
        kept[0] = Span(kept[0].end - len(first.lstrip()), kept[0].end)
        kept[-1] = Span(kept[-1].start, kept[-1].start + len(kept[-1].of(text).rstrip()))
    return tuple(kept)


def _whole_numbers(lines: list[Line]) -> Iterator[list[Line]]:
    """Each line by itself, except that a number which a line end breaks is never read in parts."""
    group: list[Line] = []
    for line in lines:
        if group and not (line.number == group[-1].number + 1 and breaks_number(group[-1], line)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


class _Runs:
    """The numbers accepted so far, to tell the next item from a wrapped line that begins with a number."""

    def __init__(self) -> None:
        self._seen: dict[Kind, set[int]] = {}

    def accept(self, label: Label) -> None:
        self._seen.setdefault(label.kind, set()).add(label.value)

    def continues(self, label: Label) -> bool:
        seen = self._seen.get(label.kind, set())
        return label.value - 1 in seen or (label.sub > 0 and label.value in seen)

    def expects(self, label: Label) -> bool:
        return label.value == 1 or self.continues(label)


class _Open:
    """The paragraph that is being put together: its lines, how it begins, and how many 《 wait for their 》."""

    def __init__(self, line: Line) -> None:
        self.lines: list[Line] = []
        self.head = ""
        self.titles = 0
        self.add(line)

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.titles += line.text.count("《") - line.text.count("》")
        if len(self.head) <= LONGEST_HEAD:
            self.head += line.text


def _join(lines: list[Line], width: float) -> Iterator[list[Line]]:
    """Group wrapped lines into paragraphs.

    Where paragraphs are indented (a PDF that kept its layout), the indent alone says where one begins.
    """
    group: _Open | None = None
    runs = _Runs()
    indents = sum(line.indented for line in lines) >= FEWEST_INDENTS
    for line in lines:
        label = read_label(line.text)
        goes_on = group and not _begins_paragraph(group, line, label, runs, width)
        if group and indents:
            before = group.lines[-1]
            full = before.width + INDENT_CELLS * before.indented >= width - SLACK_CELLS - INDENT_CELLS
            goes_on = not line.indented and (goes_on or (full and label is None))
        if group and goes_on:
            group.add(line)
            continue
        if group:
            yield group.lines
        group = _Open(line)
        if label is not None:
            runs.accept(label)
    if group:
        yield group.lines


def _begins_paragraph(so_far: _Open, line: Line, label: Label | None, runs: _Runs, width: float) -> bool:
    """True when ``line`` cannot be the rest of the paragraph ``so_far``."""
    before = so_far.lines[-1]
    if breaks_number(before, line):
        return False
    full = before.width >= width - SLACK_CELLS
    ended = _SENTENCE_END.search(before.text) is not None
    if not full:
        stopped_early = before.width >= LIKELY_FULL * width and CLOSED.search(before.text) is None
        if not stopped_early and so_far.titles <= 0:
            return True
    if _OWN_PARAGRAPH.match(line.text) or ANNEX_LINE.fullmatch(line.text):
        return CLOSED.search(before.text) is not None
    if label is not None:
        if label.kind is Kind.DASH:
            return CLOSED.search(before.text) is not None
        if CLOSED.search(before.text) is not None:
            return runs.expects(label) or (not ended and runs.continues(label))
        return runs.expects(label) and len(so_far.head) <= LONGEST_OPEN_TITLE and not before.text.endswith(("，", "、"))
    # A title that fills its line exactly: the body must not be read as its rest (…行动计划（2022-2025 年）).
    return so_far.head.startswith("——") and is_title(so_far.head[2:]) and not title_goes_on(line.text)


def _paragraph(group: list[Line], source: str, pages: tuple[PageStart, ...]) -> Paragraph:
    pieces: list[Span] = []
    for line in group:
        if (
            pieces
            and _LATIN.match(line.text)
            and source[pieces[-1].end - 1].isascii()
            and _both_letters(source, pieces[-1], line)
        ):
            pieces.append(Span(line.pieces[0].start - 1, line.pieces[0].start))
        pieces.extend(line.pieces)
    text = "".join(piece.of(source) for piece in pieces)
    tidied = tidy(pieces, text)
    if tidied is not pieces:
        text = "".join(piece.of(source) for piece in tidied)
    pieces = merged(tidied)
    if len(group) > 1 or "\r" in text or "\n" in text:
        text = text.replace("\r", " ").replace("\n", " ")
    return Paragraph(text, tuple(pieces), page_at(pages, pieces[0].start), group[0].number)


def _both_letters(source: str, before: Span, line: Line) -> bool:
    """True when a Latin word ends the last line and another begins this one: the wrap stood for a blank."""
    blank = source[line.pieces[0].start - 1]
    return source[before.end - 1].isalpha() and line.text[0].isalpha() and blank in "\n\r "


def page_at(pages: tuple[PageStart, ...], offset: int) -> int | None:
    """The printed page an offset stands on, or None when nothing is known of pages."""
    number = bisect_right(pages, offset, key=lambda start: start.offset)
    return pages[number - 1].page if number else None


def _fill(source: str, paragraphs: Iterable[Paragraph], taken: list[Furniture]) -> Iterator[Furniture]:
    """Name every character that no paragraph keeps: what the reader named, and the blanks between."""
    events: list[tuple[Span, str | None, bool]] = [(f.span, f.kind, False) for f in taken if len(f.span)]
    for paragraph in paragraphs:
        events.extend((piece, None, number > 0) for number, piece in enumerate(paragraph.pieces))
    events.sort(key=lambda event: (event[0].start, event[0].end))
    position, inside = 0, False
    for span, kind, continues in events:
        if span.start > position:
            yield Furniture(
                Span(position, span.start),
                _blank_kind(source[position : span.start], continues or (inside and kind is not None)),
            )
        if kind is not None:
            yield Furniture(Span(max(span.start, position), span.end), kind)
        inside = kind is None or inside
        position = max(position, span.end)
    if position < len(source):
        yield Furniture(Span(position, len(source)), "blank")


def _blank_kind(gap: str, within_paragraph: bool) -> str:
    if not within_paragraph:
        return "blank"
    return "line wrap" if "\n" in gap or "\r" in gap else "stray space"
