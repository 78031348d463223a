"""The same search with every vector compared: what faster ones are measured against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.rankers.protocol import Mask, Ranker, Vectors
from index.rankers.vectors import SENTENCES_A_CLAUSE, ClauseVectors, SentenceVectors, Table
from index.scoring.query_preparation import prepare
from index.search.search import CANDIDATES
from index.store.store import ClauseIndex
from index.types import Query

BLOCK = 32_768  # vectors compared with all questions at once
SAME_COSINE = 1e-6  # sums of f32 in another order differ by less
_Found = tuple[NDArray[np.int64], Vectors]


class ExactTable:
    """A table that knows the nearest of some vectors, found by comparing all, and of no others."""

    kind = "exact"

    def __init__(self, table: Table, vectors: Vectors, count: int) -> None:
        self._table = table
        found = _nearest(table, vectors, min(count, len(table)))
        self._found = {vector.tobytes(): best for vector, best in zip(vectors, found, strict=True)}

    def __len__(self) -> int:
        return len(self._table)

    def save(self, folder: Path) -> None:
        """As the table itself."""
        self._table.save(folder)

    def rows(self, first: int = 0, end: int | None = None) -> Vectors:
        """As the table itself."""
        return self._table.rows(first, end)

    def by_key(self) -> Mapping[str, Vectors]:
        """As the table itself."""
        return self._table.by_key()

    def nearest(self, vector: Vectors, count: int, among: Mask | None = None) -> _Found:
        """What was found, without a filter; KeyError for another vector."""
        if among is not None:
            raise ValueError("an exact search for comparison knows no filters")
        rows, cosines = self._found[vector.tobytes()]
        return rows[:count], cosines[:count]


def exactly(clause_index: ClauseIndex, questions: Sequence[str]) -> ClauseIndex:
    """The same index, exact for these questions. BM25 is exact as it is."""
    vectors = _vectors_of(clause_index, questions)
    return replace(clause_index, rankers=tuple(_exact(r, vectors) for r in clause_index.rankers))


def recall_of_tables(
    clause_index: ClauseIndex, exact: ClauseIndex, questions: Sequence[str], top: int
) -> dict[str, float]:  # fmt: skip
    """Share of the ``top`` nearest vectors that each table finds, by their cosine, so that equal ones are as good."""
    vectors = _vectors_of(clause_index, questions)
    recalls: dict[str, float] = {}
    for ranker, right in zip(clause_index.rankers, exact.rankers, strict=True):
        if isinstance(ranker, ClauseVectors | SentenceVectors) and isinstance(right, ClauseVectors | SentenceVectors):
            hits = 0
            for vector in vectors:
                least = right.table.nearest(vector, top)[1][-1]
                rows, _ = ranker.table.nearest(vector, top)
                cosines = np.array([float((ranker.table.rows(row, row + 1) @ vector)[0]) for row in rows.tolist()])
                hits += int(np.count_nonzero(cosines >= least - SAME_COSINE))
            recalls[ranker.name] = hits / (top * len(vectors))
    return recalls


def _vectors_of(clause_index: ClauseIndex, questions: Sequence[str]) -> Vectors:
    wordings = (prepare(Query.of(question), clause_index.shelf, clause_index.encoder) for question in questions)
    return np.stack([wording.vector for wording in wordings])


def _exact(ranker: Ranker, vectors: Vectors) -> Ranker:
    if isinstance(ranker, ClauseVectors):
        return ClauseVectors(ExactTable(ranker.table, vectors, CANDIDATES))
    if isinstance(ranker, SentenceVectors):
        return ranker.over(ExactTable(ranker.table, vectors, CANDIDATES * SENTENCES_A_CLAUSE))
    return ranker


def _nearest(table: Table, vectors: Vectors, count: int) -> list[_Found]:
    rows = np.empty((len(vectors), 0), np.int64)
    cosines = np.empty((len(vectors), 0), np.float32)
    for start in range(0, len(table), BLOCK):
        end = min(start + BLOCK, len(table))
        here = vectors @ table.rows(start, end).T
        cosines = np.concatenate((cosines, here), axis=1)
        rows = np.concatenate((rows, np.broadcast_to(np.arange(start, end), here.shape)), axis=1)
        kept = np.argpartition(-cosines, min(count, cosines.shape[1]) - 1, axis=1)[:, :count]
        rows, cosines = np.take_along_axis(rows, kept, 1), np.take_along_axis(cosines, kept, 1)
    order = np.argsort(-cosines, axis=1, kind="stable")
    rows, cosines = np.take_along_axis(rows, order, 1), np.take_along_axis(cosines, order, 1)
    return list(zip(rows, cosines, strict=True))
