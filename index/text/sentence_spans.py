"""Where the sentences of clauses begin and end: two numbers a sentence, so that a million clauses need not be cut anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_array
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Span

COUNTS_FILE = "counts.npy"
SPANS_FILE = "spans.npy"


class Sentences(Sequence[tuple[Span, ...]]):
    """The sentences of each clause, as spans of its text."""

    def __init__(self, counts: NDArray[np.int32], spans: NDArray[np.int32]) -> None:
        """``counts`` says how many a clause has, ``spans`` (n, 2) where each begins and ends, clause by clause."""
        self.counts = counts
        self._spans = spans
        self.first = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))  # row of the first of each clause

    @classmethod
    def of(cls, clauses: Iterable[Clause]) -> Sentences:
        """Cuts the clauses."""
        counts: list[int] = []
        edges: list[NDArray[np.int32]] = []
        for clause in clauses:
            found = [(span.start, span.end) for span in split_sentences(clause.text)]
            counts.append(len(found))
            edges.append(np.array(found, np.int32).reshape(-1, 2))
        return cls(np.array(counts, np.int32), np.concatenate([np.empty((0, 2), np.int32), *edges]))

    def save(self, folder: Path) -> None:
        """Writes them into an empty folder."""
        np.save(folder / COUNTS_FILE, self.counts)
        np.save(folder / SPANS_FILE, self._spans)

    @classmethod
    def load(cls, folder: Path, clause_count: int) -> Sentences:
        """Reads them back; ValueError when they are of another number of clauses."""
        counts, spans = open_array(folder / COUNTS_FILE), open_array(folder / SPANS_FILE)
        if len(counts) != clause_count or spans.shape != (int(counts.sum()), 2):
            raise ValueError(f"{SPANS_FILE} is not of {clause_count} clauses")
        return cls(counts, spans)

    @overload
    def __getitem__(self, place: int) -> tuple[Span, ...]: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple[Span, ...]]: ...
    def __getitem__(self, place: int | slice) -> tuple[Span, ...] | Sequence[tuple[Span, ...]]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        number = place + len(self) if place < 0 else place
        if not 0 <= number < len(self):
            raise IndexError(f"There is no clause {place} among {len(self)}")
        rows: list[list[int]] = self._spans[self.first[number] : self.first[number + 1]].tolist()
        return tuple(Span(start, end) for start, end in rows)

    def __len__(self) -> int:
        return len(self.counts)
