"""Notes at the foot of a PDF page: told by their small print and by the marks that call them, read below what calls them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.readers.pdf.lines import Line

SMALLER = 0.93  # of the page's usual line: a note is printed at most this large
_NUMBER = re.compile(r"[〔\[［]?(\d{1,2}|[①-⑳*＊])[〕\]］]?(?![\d.．、年月日%％元万])\s*")
_WORDS = re.compile(r"[^\W\d_]{2}")
_ENDS = re.compile(r"[。；！？：.;!?:]['\"”’）)]*$")


@dataclass(frozen=True, slots=True)
class Note:
    """A note: the mark that calls it and its lines; the mark in front of the first one is marked as such."""

    mark: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """The places of a page's lines that are notes, and by the place of a line the notes that are read behind it."""

    lines: frozenset[int]
    behind: dict[int, tuple[Note, ...]]


NO_NOTES = Noted(frozenset(), {})


def notes_of(lines: Sequence[Line], own: Sequence[bool]) -> Noted:
    """The notes of a page. ``own`` says of each line whether it is the document's, no running head.

    Only what stands small below everything else, and is called by a raised mark above it, is a note; in doubt a line
    stays where it is printed.
    """
    places = [place for place, is_own in enumerate(own) if is_own]
    called = {mark: place for place in reversed(places) for mark in _marks(lines[place])}
    usual = median(lines[place].size for place in places for _ in lines[place].text) if called else 0.0
    first = len(places)
    while first and _is_small(lines[places[first - 1]], usual):
        first -= 1
    feet = places[first:]
    notes: list[tuple[int, Note]] = []
    for place in feet:
        opening = _NUMBER.match(lines[place].text)
        mark = opening[1] if opening else None
        if opening is not None and mark in called and called[mark] < feet[0]:
            line = replace(lines[place], marks=((0, opening.end()),))
            notes.append((called[mark], Note(mark, (line,))))
        elif notes:
            caller, note = notes[-1]
            notes[-1] = (caller, replace(note, lines=(*note.lines, lines[place])))
        else:
            return NO_NOTES  # small print that no mark calls
    behind: dict[int, tuple[Note, ...]] = {}
    for caller, note in notes:
        at = _end_of_paragraph(lines, places[:first], caller)
        behind[at] = (*behind.get(at, ()), note)
    return Noted(frozenset(feet), behind)


def _is_small(line: Line, usual: float) -> bool:
    """True for a line in small print; a mark with a full stop, which a line end tore off, is none."""
    return line.size <= SMALLER * usual and _WORDS.search(line.text) is not None


def _marks(line: Line) -> list[str]:
    return [line.text[start:end].strip("〔[［〕]］") for start, end in line.marks]


def _end_of_paragraph(lines: Sequence[Line], places: Sequence[int], caller: int) -> int:
    """The first line from ``caller`` on that ends a sentence and is not full; the last of the page when none does."""
    right = max(lines[place].x1 for place in places)
    for place in places:
        short = right - lines[place].x1 > 2 * lines[place].size
        if place >= caller and short and _ENDS.search(lines[place].text):
            return place
    return places[-1]
