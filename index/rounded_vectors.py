"""Nearest vectors among very many: all are compared by rounded numbers, the best are then measured exactly.

Each number of a vector is rounded to one of sixteen values, which k-means finds for each dimension by itself; half a
byte a number. FAISS compares 32 such vectors at once in the registers of the processor ("fast scan", André and others
2015, *Cache locality is not enough*), so that a million take some milliseconds and none can be missed for lying in a
cluster that nobody looked into. The first :data:`MEASURED_EXACTLY` are then measured by their vectors in f16, which
stay on disk and are read one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from index.arrays import StoredRows, open_array
from index.ranker import Mask, Vectors

BITS = 4  # a number: what fast scan is made for
TRAINED_ON = 65_536  # vectors; sixteen values a dimension need no more
BLOCK = 65_536  # vectors added at once
MEASURED_EXACTLY = 400
# Up to here all allowed vectors are measured one by one: some milliseconds.
MEASURE_ALL_UP_TO = 10_000
# Under a filter so many times more are looked at as there are vectors for each that passes, and half as many again,
# because those that pass may be far from the question.
SPARE = 1.5

ROUNDED_FILE = "rounded.faiss"
ROWS_FILE = "rows.npy"
KEYS_FILE = "keys.npy"
KEY_BYTES = 32  # of a sha256

_Found = tuple[NDArray[np.int64], Vectors]


class _Rows(Protocol):
    """Vectors in f16: an array, or rows of a file."""

    def __len__(self) -> int: ...
    def __getitem__(self, rows: slice | NDArray[np.int64], /) -> NDArray[np.float16]: ...


@dataclass(frozen=True)
class RoundedVectors:
    """Unit vectors by cosine. ``keys`` are the sha256 of their texts, (n, 32) bytes."""

    rounded: faiss.IndexPQFastScan
    vectors: _Rows
    keys: NDArray[np.uint8]

    @classmethod
    def of(cls, vectors: Vectors, keys: Sequence[str]) -> RoundedVectors:
        """Finds the values to round to, and rounds."""
        packed = np.frombuffer(bytes.fromhex("".join(keys)), np.uint8).reshape(-1, KEY_BYTES)
        return cls(_rounded(vectors), vectors.astype(np.float16), packed)

    def save(self, folder: Path) -> None:
        """Writes rounded vectors, vectors and keys."""
        faiss.write_index(self.rounded, str(folder / ROUNDED_FILE))
        np.save(folder / ROWS_FILE, self.vectors[:])
        np.save(folder / KEYS_FILE, self.keys)

    @classmethod
    def load(cls, folder: Path) -> RoundedVectors:
        """Reads them back; ValueError when they do not belong together."""
        try:
            rounded = faiss.read_index(str(folder / ROUNDED_FILE))
        except RuntimeError as error:  # FAISS's only exception
            raise ValueError(f"{ROUNDED_FILE} cannot be read") from error
        vectors, keys = StoredRows(folder / ROWS_FILE), open_array(folder / KEYS_FILE)
        if not isinstance(rounded, faiss.IndexPQFastScan) or not (rounded.ntotal == len(vectors) == len(keys)):
            raise ValueError(f"{ROUNDED_FILE} does not hold the vectors of {ROWS_FILE}")
        return cls(rounded, vectors, keys)

    def __len__(self) -> int:
        return len(self.vectors)

    @property
    def kind(self) -> str:
        """For the manifest and for people."""
        return f"all in {BITS} bits a number, the best {MEASURED_EXACTLY} exactly"

    def rows(self, first: int = 0, end: int | None = None) -> Vectors:
        """Vectors ``first`` to ``end``, as kept in f16."""
        return self.vectors[first:end].astype(np.float32)

    def by_key(self) -> Mapping[str, Vectors]:
        """Vector of each text by the sha256 of the text, read when asked for."""
        return self._by_key

    @cached_property
    def _by_key(self) -> _RowsByKey:
        return _RowsByKey(self.keys, self.rows)

    def nearest(self, vector: Vectors, count: int, among: Mask | None = None) -> _Found:
        """Rows nearest to a vector, best first, and their cosines; only those ``among`` allows."""
        count = min(count, len(self))
        looked_at = max(count, MEASURED_EXACTLY)
        if among is not None:
            allowed = int(np.count_nonzero(among))
            count = min(count, allowed)
            if allowed <= MEASURE_ALL_UP_TO:
                return self._measured(np.flatnonzero(among), vector, count)
            looked_at = round(looked_at * SPARE * len(self) / allowed)
        while True:
            rows, scores = self._by_rounded(vector, looked_at)
            if among is not None:
                rows, scores = rows[among[rows]], scores[among[rows]]
            if len(rows) >= count or looked_at >= len(self):
                break
            looked_at *= 2
        best, cosines = self._measured(rows[:MEASURED_EXACTLY], vector, MEASURED_EXACTLY)
        others = np.minimum(scores[len(best) :], cosines[-1:])  # rounding must not lift one above those measured
        return np.concatenate((best, rows[len(best) :]))[:count], np.concatenate((cosines, others))[:count]

    def _by_rounded(self, vector: Vectors, count: int) -> _Found:
        scores, rows = self.rounded.search(vector.reshape(1, -1), min(count, len(self)))
        found = rows[0] >= 0
        return np.asarray(rows[0][found], np.int64), np.asarray(scores[0][found], np.float32)

    def _measured(self, rows: NDArray[np.int64], vector: Vectors, count: int) -> _Found:
        cosines = self.vectors[rows].astype(np.float32) @ vector
        order = np.lexsort((rows, -cosines))[:count]
        return rows[order], cosines[order]


def _rounded(vectors: Vectors) -> faiss.IndexPQFastScan:
    count, dim = vectors.shape
    rounded = faiss.IndexPQFastScan(dim, dim, BITS, faiss.METRIC_INNER_PRODUCT)
    chosen = np.random.default_rng(0).permutation(count)[:TRAINED_ON]
    rounded.train(np.ascontiguousarray(vectors[np.sort(chosen)], np.float32))
    for start in range(0, count, BLOCK):
        rounded.add(np.ascontiguousarray(vectors[start : start + BLOCK], np.float32))
    return rounded


class _RowsByKey(Mapping[str, Vectors]):
    """Rows by the hexadecimal sha256 of their text; looked up by the first eight bytes, then compared."""

    def __init__(self, keys: NDArray[np.uint8], rows: Callable[[int, int], Vectors]) -> None:
        self._keys, self._rows = keys, rows
        heads = np.ascontiguousarray(keys[:, :8]).view(">u8").ravel().astype(np.uint64)
        self._order = np.argsort(heads, kind="stable")
        self._heads = heads[self._order]

    def __getitem__(self, key: str) -> Vectors:
        wanted = bytes.fromhex(key)
        place = int(np.searchsorted(self._heads, np.uint64(int.from_bytes(wanted[:8], "big"))))
        while place < len(self._order):
            row = int(self._order[place])
            held = self._keys[row].tobytes()
            if held == wanted:
                return self._rows(row, row + 1)[0]
            if held[:8] != wanted[:8]:
                break
            place += 1
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (key.tobytes().hex() for key in self._keys)

    def __len__(self) -> int:
        return len(self._keys)
