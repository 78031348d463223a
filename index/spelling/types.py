"""What reading a mistyped text gives, and how it is chosen between terms that would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FAR_MORE = 5  # times as many clauses: of two terms that would do, one that stands in so many more is meant


@dataclass(frozen=True, slots=True)
class Correction:
    """What was typed and what it was read as."""

    typed: str
    read: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """A text with its mistyped words replaced, and what was replaced, in the order of the text."""

    text: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A term in the place of the characters from ``start`` to ``end`` of a text."""

    start: int
    end: int
    term: str


def most_frequent(clauses: Mapping[str, int]) -> str | None:
    """Of terms with the number of clauses that hold each, the only one or the one far ahead of the next; else None."""
    ranked = sorted(clauses, key=lambda term: (-clauses[term], term))
    if not ranked or (len(ranked) > 1 and clauses[ranked[0]] < FAR_MORE * clauses[ranked[1]]):
        return None
    return ranked[0]


def without_overlap(changes: Iterable[Change]) -> list[Change]:
    """In the order of the text; where two meet, the longer, and of two as long the first."""
    kept: list[Change] = []
    for change in sorted(changes, key=lambda change: (change.start - change.end, change.start)):
        if all(change.end <= other.start or other.end <= change.start for other in kept):
            kept.append(change)
    return sorted(kept, key=lambda change: change.start)
