"""Which clauses hold a token and what each scores by BM25: three flat arrays, read from disk as they are asked for.

Formula and rounding are those of bm25s with ``method="lucene"`` (Kamphuis and others 2020, *Which BM25 do you mean?*);
a test compares every number with it. Built and searched without a list of Python objects per clause.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array  # pyright: ignore[reportMissingTypeStubs]

from index.arrays import open_array
from index.rankers.protocol import Mask, Ranking, Vectors

# Usual values of the literature; clauses are short and much alike in length, so neither moves the result.
K1 = 1.5
B = 0.75
CLAUSES_AT_ONCE = 10_000  # counted in one go: a few ten megabytes
VOCABULARY_FILE = "vocabulary.json"
STARTS_FILE = "starts.npy"
CLAUSES_FILE = "clauses.npy"
SCORES_FILE = "scores.npy"
HIGHEST_FILE = "highest.npy"
COUNT = "clauses"
TOKENS = "tokens"


class Lists(Protocol):
    """The clauses and scores of each token, where they lie elsewhere than in arrays beside the vocabulary."""

    def of(self, number: int) -> tuple[NDArray[np.int32], Vectors]:
        """Those of one token."""
        ...

    def look_ahead(self, numbers: Iterable[int]) -> None:
        """Those of these tokens are asked for next."""
        ...


@dataclass(frozen=True)
class Postings:
    """Token ``t`` stands in ``clauses[starts[t]:starts[t + 1]]`` (ascending) and scores ``scores[...]`` there.

    With ``elsewhere`` both arrays are empty, and what they would hold of a token is asked of it.
    """

    vocabulary: Mapping[str, int]
    starts: NDArray[np.int64]
    clauses: NDArray[np.int32]
    scores: Vectors
    highest: Vectors  # score of each token, over all clauses
    clause_count: int
    elsewhere: Lists | None = None

    @classmethod
    def of(cls, tokens: Iterable[Sequence[str]], nothing: str) -> Postings:
        """Counts the tokens of clauses, clause by clause; one without any counts as holding ``nothing``."""
        counter = _Counter(nothing)
        for row in tokens:
            counter.add(row)
        return counter.postings()

    def save(self, folder: Path) -> None:
        """Writes the arrays and the vocabulary."""
        np.save(folder / STARTS_FILE, self.starts)
        np.save(folder / CLAUSES_FILE, self.clauses)
        np.save(folder / SCORES_FILE, self.scores)
        np.save(folder / HIGHEST_FILE, self.highest)
        described = {COUNT: self.clause_count, TOKENS: list(self.vocabulary)}
        (folder / VOCABULARY_FILE).write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, elsewhere: Lists | None = None) -> Postings:
        """Reads them back; ValueError when they do not belong together."""
        described = cast(dict[str, object], json.loads((folder / VOCABULARY_FILE).read_text(encoding="utf-8")))
        tokens = cast(list[str], described[TOKENS])
        loaded = cls(
            vocabulary={token: number for number, token in enumerate(tokens)},
            starts=open_array(folder / STARTS_FILE),
            clauses=np.empty(0, np.int32) if elsewhere else open_array(folder / CLAUSES_FILE),
            scores=np.empty(0, np.float32) if elsewhere else open_array(folder / SCORES_FILE),
            highest=open_array(folder / HIGHEST_FILE),
            clause_count=cast(int, described[COUNT]),
            elsewhere=elsewhere,
        )
        lengths = {len(loaded.starts) - 1, len(loaded.highest)}
        postings = {len(loaded.clauses), len(loaded.scores), 0 if elsewhere else int(loaded.starts[-1])}
        if lengths != {len(tokens)} or len(postings) != 1:
            raise ValueError(f"the arrays beside {VOCABULARY_FILE} do not belong to it")
        return loaded

    def numbers(self, tokens: Iterable[str]) -> list[int]:
        """The known ones of these tokens by their number, as often as they come."""
        return [self.vocabulary[token] for token in tokens if token in self.vocabulary]

    def rarity(self, token: str) -> float:
        """The inverse document frequency of a token, as in its scores; 0 for one that no clause holds."""
        if (number := self.vocabulary.get(token)) is None:
            return 0.0
        return _inverse_frequency(int(self.starts[number + 1] - self.starts[number]), self.clause_count)

    def score_all(self, numbers: Sequence[int]) -> Vectors:
        """BM25 of every clause for these tokens."""
        total = np.zeros(self.clause_count, np.float32)
        for number in numbers:
            clauses, scores = self.list_of(number)
            total[clauses] += scores
        return total

    def best(self, weights: Mapping[int, float], limit: int, among: Mask | None = None) -> Ranking:
        """The ``limit`` best clauses for weighted tokens.

        All scores are summed in one product of a sparse matrix, whose columns are the postings of the tokens; what
        can be skipped (MaxScore, Turtle & Flood 1995) is dearer to look up than to add. Which clauses are best is
        then asked only of those that reach the ``limit``-th best score below one of the tokens.
        """
        numbers = sorted(number for number, weight in weights.items() if weight > 0)
        if not numbers:
            return Ranking(np.empty(0, np.int64), np.empty(0, np.float32))
        total = self._summed(numbers, weights)
        if among is not None:
            total *= among
        reached = self._reached(total, sorted(numbers, key=lambda n: -weights[n] * float(self.highest[n])), limit)
        running = np.flatnonzero(total >= reached) if reached else np.flatnonzero(total)
        sums = total[running]
        best = np.lexsort((running, -sums))[:limit]
        return Ranking(running[best].astype(np.int64), sums[best])

    def _summed(self, numbers: Sequence[int], weights: Mapping[int, float]) -> Vectors:
        clauses, scores = zip(*map(self.list_of, numbers), strict=True)
        ends = np.cumsum([0, *map(len, clauses)])
        shape = (self.clause_count, len(numbers))
        postings = csc_array((np.concatenate(scores), np.concatenate(clauses), ends), shape=shape)
        return np.asarray(postings @ np.array([weights[number] for number in numbers], np.float32), np.float32)

    def _reached(self, total: Vectors, numbers: Iterable[int], limit: int) -> float:
        """A score that at least ``limit`` clauses reach, near to the best such; 0 when no token tells."""
        for number in numbers:
            scores = total[self.list_of(number)[0]]
            if len(scores) >= limit:
                return float(np.partition(scores, len(scores) - limit)[len(scores) - limit])
        return 0.0

    def list_of(self, number: int) -> tuple[NDArray[np.int32], Vectors]:
        """The clauses of one token, and what it scores in each."""
        if self.elsewhere is not None:
            return self.elsewhere.of(number)
        part = slice(int(self.starts[number]), int(self.starts[number + 1]))
        return self.clauses[part], self.scores[part]


class _Counter:
    """Collects how often each token stands in each clause."""

    def __init__(self, nothing: str) -> None:
        self._number = {nothing: 0}  # in the order of coming: equal corpora give equal files
        self._nothing = nothing
        self._rows: list[NDArray[np.int32]] = []
        self._lengths: list[NDArray[np.int32]] = []
        self._counted: list[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]] = []
        self._clauses = 0

    def add(self, tokens: Sequence[str]) -> None:
        """The next clause."""
        number = self._number
        row = [number.setdefault(token, len(number)) for token in tokens or (self._nothing,)]
        self._rows.append(np.array(row, np.int32))
        if len(self._rows) == CLAUSES_AT_ONCE:
            self._count()

    def _count(self) -> None:
        """Turns the rows collected into (token, clause, how often), sorted by token and clause."""
        if not self._rows:
            return
        lengths = np.array([len(row) for row in self._rows], np.int32)
        first = self._clauses
        packed = (np.concatenate(self._rows).astype(np.int64) << 32) | np.repeat(
            np.arange(first, first + len(lengths), dtype=np.int64), lengths
        )
        pairs, often = np.unique(packed, return_counts=True)
        clause = (pairs & 0xFFFFFFFF).astype(np.int32)
        self._counted.append(((pairs >> 32).astype(np.int32), clause, often.astype(np.int32)))
        self._lengths.append(lengths)
        self._clauses += len(lengths)
        self._rows = []

    def postings(self) -> Postings:
        """The arrays. Blocks come in the order of clauses, so each token's postings are filled front to back."""
        self._count()
        lengths = np.concatenate(self._lengths)
        held_by = np.zeros(len(self._number), np.int64)
        for token, _, _ in self._counted:
            held_by += np.bincount(token, minlength=len(held_by))
        starts = np.concatenate(([0], np.cumsum(held_by)))
        clauses, scores = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float32)
        idf, filled = _idf(held_by, self._clauses), starts[:-1].copy()
        shortened = K1 * ((1 - B) + B * lengths / lengths.mean())  # the part of the formula that knows the length
        for token, clause, often in self._counted:
            here = np.bincount(token, minlength=len(held_by))
            before = np.cumsum(here) - here
            places = filled[token] + np.arange(len(token)) - before[token]
            clauses[places] = clause
            scores[places] = idf[token] * (often / (shortened[clause] + often))
            filled += here
        highest = np.zeros(len(held_by), np.float32)
        present = np.flatnonzero(held_by)
        highest[present] = np.maximum.reduceat(scores, starts[present])
        return Postings(self._number, starts, clauses, scores, highest, self._clauses)


def _idf(held_by: NDArray[np.int64], clause_count: int) -> Vectors:
    values, places = np.unique(held_by, return_inverse=True)
    return np.array([_inverse_frequency(count, clause_count) for count in values.tolist()], np.float32)[places]


def _inverse_frequency(held_by: int, clause_count: int) -> float:
    return math.log(1 + (clause_count - held_by + 0.5) / (held_by + 0.5)) if held_by else 0.0
