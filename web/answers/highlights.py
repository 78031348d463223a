"""Texts with some of their words marked: the quoted words of a clause, the checked figures of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TypedDict

from ingest.facts.table_units import words_shown
from ingest.types import Clause, Span

_SPAN = re.compile(r"(\d{1,6})-(\d{1,6})", re.ASCII)


class Segment(TypedDict):
    """Some words of a clause; ``mark`` when they are quoted."""

    text: str
    mark: bool


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping and touching ones joined, empty ones left out."""
    joined: list[Span] = []
    for span in sorted(span for span in spans if len(span)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def spelled_spans(spans: Iterable[Span]) -> str:
    """Spans for an address: "12-60.80-95"."""
    return ".".join(f"{span.start}-{span.end}" for span in spans)


def read_spans(spelled: str) -> list[Span]:
    """Spans out of an address; whatever is none there is left out."""
    found = (_SPAN.fullmatch(part) for part in spelled.split("."))
    ends = [(int(match[1]), int(match[2])) for match in found if match]
    return [Span(start, end) for start, end in ends if start < end]


def marked_paragraphs(clause: Clause, quotes: Iterable[Span]) -> list[list[Segment]]:
    """The clause's whole text, a new paragraph at each numbered part, the quoted words marked."""
    length = len(clause.text)
    marks = merged(Span(min(q.start, length), min(q.end, length)) for q in quotes)
    breaks = {part.span.start for part in clause.enumerations if 0 < part.span.start < length}
    cuts = sorted({0, length, *breaks, *(m.start for m in marks), *(m.end for m in marks)})
    paragraphs: list[list[Segment]] = [[]]
    for start, end in pairwise(cuts):
        if start in breaks:
            paragraphs.append([])
        inside = any(mark.start <= start and end <= mark.end for mark in marks)
        paragraphs[-1].append({"text": words_shown(clause, Span(start, end)), "mark": inside})
    return [paragraph for paragraph in paragraphs if paragraph]


def marked_figures(text: str, figures: Iterable[str]) -> list[Segment]:
    """A sentence with its checked figures marked, each at its first place that no longer figure has taken."""
    taken: list[Span] = []
    for figure in sorted(dict.fromkeys(figures), key=len, reverse=True):
        start = text.find(figure) if figure else -1
        while start >= 0:
            place = Span(start, start + len(figure))
            if not any(place.start < other.end and other.start < place.end for other in taken):
                taken.append(place)
            start = text.find(figure, start + len(figure))
    return _cut(text, merged(taken))


def _cut(text: str, marks: list[Span]) -> list[Segment]:
    cuts = sorted({0, len(text), *(mark.start for mark in marks), *(mark.end for mark in marks)})
    return [
        {"text": text[start:end], "mark": any(mark.start <= start and end <= mark.end for mark in marks)}
        for start, end in pairwise(cuts)
    ]
