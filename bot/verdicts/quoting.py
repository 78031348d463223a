"""The words of a sentence that decide: the part around a place in it, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.evidence.candidates import Candidate
from bot.text.term_overlap import terms_of
from ingest.types import Span

SHORTEST = 6  # characters of a part that is quoted alone; a shorter one takes the part before it along
_BREAK = re.compile(r"[，；。：:;]")


def parts_of(candidate: Candidate) -> Iterator[Span]:
    """The parts of a sentence between its stops and commas, as spans of the clause's text."""
    text, start = candidate.clause.text, candidate.span.start
    for found in _BREAK.finditer(text, candidate.span.start, candidate.span.end):
        yield Span(start, found.start())
        start = found.end()
    if text[start : candidate.span.end].strip():
        yield Span(start, candidate.span.end)


def part_around(candidate: Candidate, span: Span) -> str:
    """The part in which ``span`` lies; with the one before it where it is too short to be understood."""
    parts = list(parts_of(candidate))
    place = next((n for n, part in enumerate(parts) if part.overlaps(span)), None)
    if place is None:
        return ""
    part = parts[place]
    if len(part) < SHORTEST and place:
        part = Span(parts[place - 1].start, part.end)
    return words_of(candidate, part)


def words_of(candidate: Candidate, span: Span) -> str:
    """A span in one line, without what ends it."""
    return "".join(span.of(candidate.clause.text).split("\n")).strip(" ，；。：、")


def is_of(candidate: Candidate, part: Span, asked: str) -> bool:
    """Whether a part of the sentence speaks of something that is asked."""
    return not terms_of(part.of(candidate.clause.text)).isdisjoint(terms_of(asked))
