"""Finds where printed pages begin in plain text.

Text pulled out of a PDF keeps three kinds of traces: a form feed; a bare page number on a line of its
own; one blank before the first line of the next page. Numbers that survive prove the count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from ingest.sentences import Sentence
from ingest.types import Clause, Furniture, PageStart, Span

_BARE_NUMBER = re.compile(r"\s*(?:-\s*|—\s*|第\s*)?(\d{1,4})(?:\s*-|\s*—|\s*页)?\s*")
FEWEST_LINES = 60  # a text of less than two pages has no breaks worth finding
MOST_BREAKS = 0.1  # of all text lines: more indented lines than this are paragraphs, not pages


@dataclass(frozen=True, slots=True)
class PageMarks:
    """Where pages begin, what on the page only counts pages, and what speaks against the count."""

    furniture: tuple[Furniture, ...]
    pages: tuple[PageStart, ...]
    doubts: tuple[tuple[int, Sentence], ...]  # (line, message)


def find_pages(text: str, lines: list[Span], page_offset: int | None) -> PageMarks:
    """Page breaks and page numbers of a plain text.

    ``page_offset`` + the page breaks so far = the printed page. Without it, surviving page numbers that
    agree with each other give the offset; if there are none, pages stay unknown.
    """
    if "\f" in text:
        return _form_feeds(text, page_offset or 1)
    filled = [span for span in lines if text[span.start : span.end].strip()]
    indented = [span for span in filled if _one_blank(text, span)]
    if len(filled) < FEWEST_LINES or not 0 < len(indented) <= MOST_BREAKS * len(filled):
        return PageMarks((), (), ())
    breaks, survivors = _walk(text, lines)
    offsets = [printed - count for _, printed, count in survivors]
    if page_offset is None:
        if not offsets or len(set(offsets)) > 1:
            return PageMarks((), (), ())
        page_offset = offsets[0]
    proven = [s for s in survivors if s[1] - s[2] == page_offset]
    doubts = tuple(
        (_line_of(lines, span), Sentence("ingest.bare_number", printed=printed, page=count + page_offset))
        for span, printed, count in survivors
        if printed - count != page_offset
    )
    numbers = {span for span, _, _ in proven}
    furniture: list[Furniture] = []
    pages: list[PageStart] = []
    count = 0
    for span in breaks:
        if span in numbers:
            count += 1
            furniture.append(Furniture(span, "page number"))
            pages.append(PageStart(span.end, count + page_offset))
        elif _one_blank(text, span):
            count += 1
            furniture.append(Furniture(Span(span.start, span.start + 1), "page break"))
            pages.append(PageStart(span.start, count + page_offset))
    if not pages or pages[0].offset > 0:
        pages.insert(0, PageStart(0, page_offset))
    return PageMarks(tuple(furniture), tuple(pages), doubts)


def page_of(clause: Clause, span: Span) -> int | None:
    """The printed page on which a span of the clause's text begins; None when nothing is known of pages."""
    if not clause.page_starts or span.start >= len(clause.text):
        return clause.page
    offset = clause.in_source(Span(span.start, span.start + 1)).start
    begun = bisect_right(clause.page_starts, offset, key=lambda start: start.offset)
    return clause.page_starts[begun - 1].page if begun else clause.page


def _one_blank(text: str, span: Span) -> bool:
    return len(span) > 1 and text[span.start] == " " and not text[span.start + 1].isspace()


def _walk(text: str, lines: list[Span]) -> tuple[list[Span], list[tuple[Span, int, int]]]:
    """All lines that may break a page; and the bare numbers with the count of breaks before them."""
    breaks: list[Span] = []
    survivors: list[tuple[Span, int, int]] = []
    for span in lines:
        if len(span) and (match := _BARE_NUMBER.fullmatch(text, span.start, span.end)):
            survivors.append((span, int(match[1]), len(breaks)))
            breaks.append(span)
        elif _one_blank(text, span):
            breaks.append(span)
    return breaks, survivors


def _line_of(lines: list[Span], wanted: Span) -> int:
    return bisect_left(lines, wanted.start, key=lambda span: span.start) + 1


def _form_feeds(text: str, first_page: int) -> PageMarks:
    starts = [0, *(match.end() for match in re.finditer("\f", text))]
    furniture = tuple(Furniture(Span(start - 1, start), "page break") for start in starts[1:])
    return PageMarks(furniture, tuple(PageStart(start, first_page + n) for n, start in enumerate(starts)), ())
