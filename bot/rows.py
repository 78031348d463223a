"""The one row of a parallel enumeration that a question asks for: C 类 → 100 万元."""

from __future__ import annotations

from bot.evidence import Candidate
from bot.question import Reading
from bot.tiers import tiers_of
from ingest.types import Benefit


def asked_rows(reading: Reading, candidate: Candidate) -> tuple[Benefit, ...]:
    """The rows inside the sentence whose object is of a class or rank the question names; none when all or none are."""
    if not reading.tiers:
        return ()
    inside = [b for b in candidate.clause.benefits if candidate.span.contains(b.figure.span)]
    asked = tuple(b for b in inside if tiers_of(b.object.lower()) & reading.tiers)
    return asked if len(asked) < len(inside) else ()
