"""Proves that segmentation loses nothing: every character of a source is owned exactly once.

Owners are clauses, headings and named furniture. Furniture that calls itself blank must be blank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.errors import LosslessnessBroken
from ingest.sentences import Sentence
from ingest.types import Clause, Furniture, Heading, SourceFile, Span

INVISIBLE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\ufeff"
"""Characters that show nothing: what str.isspace knows, the zero-width blank and the byte order mark."""

CELL_BORDER = "cell border"
"""Furniture between the cells of a table row: tabs, blanks and the strokes that text tables are drawn with."""
STROKES = "|｜│┃¦"
BLANK_KINDS = frozenset({"blank", "line wrap", "stray space", "page break"})


def without(furniture: Sequence[Furniture], owned: Iterable[Span]) -> tuple[Furniture, ...]:
    """The furniture less the characters that clauses own (the line ends between their paragraphs)."""
    cuts = sorted(owned, key=_place_of)
    out: list[Furniture] = []
    number = 0
    for item in furniture:
        while number < len(cuts) and cuts[number].end <= item.span.start:
            number += 1
        if number == len(cuts) or cuts[number].start >= item.span.end:
            out.append(item)
            continue
        position, ahead = item.span.start, number
        while ahead < len(cuts) and cuts[ahead].start < item.span.end:
            if cuts[ahead].start > position:
                out.append(Furniture(Span(position, cuts[ahead].start), item.kind))
            position = max(position, cuts[ahead].end)
            ahead += 1
        if position < item.span.end:
            out.append(Furniture(Span(position, item.span.end), item.kind))
    return tuple(out)


def check_lossless(
    source: SourceFile, clauses: Sequence[Clause], headings: Sequence[Heading], furniture: Sequence[Furniture]
) -> None:
    """Check that pieces of clauses, pieces of headings and furniture tile the source, and clause spans do not overlap.

    Raises LosslessnessBroken naming the first place that does not fit.
    """
    owned: list[tuple[Span, str]] = [(piece, f"clause {c.id}") for c in clauses for piece in c.own_pieces]
    owned.extend((piece, f"heading {h.text[:20]}") for h in headings for piece in h.pieces)
    owned.extend((item.span, item.kind) for item in furniture)
    owned.sort(key=lambda entry: _place_of(entry[0]))
    position, last = 0, "the beginning"
    for span, owner in owned:
        if span.start != position:
            nobody = span.start > position
            what = (
                Sentence("ingest.belongs_to_nobody")
                if nobody
                else Sentence("ingest.belongs_to_two", one=last, other=owner)
            )
            start, end = min(position, span.start), max(position, span.start)
            raise LosslessnessBroken(_place(source, start, end, what))
        if owner in BLANK_KINDS and span.of(source.text).strip(INVISIBLE):
            raise LosslessnessBroken(
                _place(source, span.start, span.end, Sentence("ingest.named_but_carries_text", owner=owner))
            )
        if owner == CELL_BORDER and span.of(source.text).strip(INVISIBLE + STROKES):
            raise LosslessnessBroken(
                _place(source, span.start, span.end, Sentence("ingest.named_but_carries_text", owner=owner))
            )
        position, last = span.end, owner
    if position != len(source.text):
        raise LosslessnessBroken(_place(source, position, len(source.text), Sentence("ingest.belongs_to_nobody")))
    in_order = sorted(clauses, key=lambda clause: _place_of(clause.span))
    for before, after in pairwise(in_order):
        if before.span.overlaps(after.span):
            what = Sentence("ingest.belongs_to_two_clauses", one=before.id, other=after.id)
            raise LosslessnessBroken(_place(source, after.span.start, before.span.end, what))


def _place_of(span: Span) -> tuple[int, int]:
    """What spans are sorted by; much faster than comparing the spans themselves."""
    return span.start, span.end


def _place(source: SourceFile, start: int, end: int, what: Sentence) -> Sentence:
    line = source.text.count("\n", 0, start) + 1
    shown = source.text[start : min(end, start + 30)]
    return Sentence("ingest.not_lossless", name=source.name, line=line, shown=shown, start=start, end=end, what=what)
