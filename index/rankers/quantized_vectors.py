"""Nearest vectors among very many: all are compared by rounded numbers, the best are then measured exactly.

Vectors are turned so that their first numbers say most of them (the axes are the eigenvectors of their second moments),
and the first :data:`KEPT_NUMBERS` are kept, each rounded to one of sixteen values that k-means finds for that axis: 64
bytes a vector. FAISS compares 32 such vectors at once in the registers of the processor ("fast scan", André and others
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
from index.rankers.protocol import Mask, Vectors

# Of the 384 of the bundled model; they hold .90 of what is left of real vectors after their common direction. Of 200,000
# made sentences 96, 128 and 192 find .975, .986 and .984 of the ten nearest in 1.3, 2.3 and 3.5 ms.
KEPT_NUMBERS = 128
BITS = 4  # a number: what fast scan is made for
TRAINED_ON = 65_536  # vectors; axes and sixteen values for each need no more
BLOCK = 65_536  # vectors added at once
# With 800 the whole search finds .976 of the ten best among a million clauses, with 1,200 .984.
MEASURED_EXACTLY = 1_200
# Up to here all allowed vectors are measured one by one: some milliseconds.
MEASURE_ALL_UP_TO = 10_000
# Under a filter so many times more are looked at as there are vectors for each that passes, and half as many again,
# because those that pass may be far from the question.
SPARE = 1.5

ROUNDED_FILE = "rounded.faiss"
AXES_FILE = "axes.npy"
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
    axes: Vectors  # (dim, kept)
    vectors: _Rows
    keys: NDArray[np.uint8]

    @classmethod
    def of(cls, vectors: Vectors, keys: Sequence[str]) -> RoundedVectors:
        """Finds axes and values to round to, turns and rounds."""
        packed = np.frombuffer(bytes.fromhex("".join(keys)), np.uint8).reshape(-1, KEY_BYTES)
        chosen = np.sort(np.random.default_rng(0).permutation(len(vectors))[:TRAINED_ON])
        sample = np.ascontiguousarray(vectors[chosen], np.float32)
        axes = _axes(sample)
        return cls(_rounded(vectors, axes, sample), axes, vectors.astype(np.float16), packed)

    def save(self, folder: Path) -> None:
        """Writes rounded vectors, vectors and keys."""
        faiss.write_index(self.rounded, str(folder / ROUNDED_FILE))
        np.save(folder / AXES_FILE, self.axes)
        np.save(folder / ROWS_FILE, self.vectors[:])
        np.save(folder / KEYS_FILE, self.keys)

    @classmethod
    def load(cls, folder: Path) -> RoundedVectors:
        """Reads them back; ValueError when they do not belong together."""
        try:
            rounded = faiss.read_index(str(folder / ROUNDED_FILE))
        except RuntimeError as error:  # FAISS's only exception
            raise ValueError(f"{ROUNDED_FILE} cannot be read") from error
        axes, keys = open_array(folder / AXES_FILE), open_array(folder / KEYS_FILE)
        vectors = StoredRows(folder / ROWS_FILE)
        if not isinstance(rounded, faiss.IndexPQFastScan) or not (rounded.ntotal == len(vectors) == len(keys)):
            raise ValueError(f"{ROUNDED_FILE} does not hold the vectors of {ROWS_FILE}")
        if axes.shape != (vectors.width, rounded.d):
            raise ValueError(f"{AXES_FILE} does not belong to {ROUNDED_FILE}")
        return cls(rounded, axes, vectors, keys)

    def __len__(self) -> int:
        return len(self.vectors)

    @property
    def kind(self) -> str:
        """For the manifest and for people."""
        return f"all by {self.rounded.d} numbers of {BITS} bits, the best {MEASURED_EXACTLY} exactly"

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
        scores, rows = self.rounded.search(vector.reshape(1, -1) @ self.axes, min(count, len(self)))
        found = rows[0] >= 0
        return np.asarray(rows[0][found], np.int64), np.asarray(scores[0][found], np.float32)

    def _measured(self, rows: NDArray[np.int64], vector: Vectors, count: int) -> _Found:
        # Not by @: for so many rows its library wakes a second thread, which costs more than it helps.
        cosines = np.einsum("ij,j->i", self.vectors[rows].astype(np.float32), vector)
        order = np.lexsort((rows, -cosines))[:count]
        return rows[order], cosines[order]


def _axes(sample: Vectors) -> Vectors:
    """The directions in which the vectors are longest, one a column, the longest first."""
    _, vectors = np.linalg.eigh(sample.T @ sample)  # ascending
    return np.ascontiguousarray(vectors[:, ::-1][:, :KEPT_NUMBERS], np.float32)


def _rounded(vectors: Vectors, axes: Vectors, sample: Vectors) -> faiss.IndexPQFastScan:
    kept = axes.shape[1]
    rounded = faiss.IndexPQFastScan(kept, kept, BITS, faiss.METRIC_INNER_PRODUCT)
    rounded.train(sample @ axes)
    for start in range(0, len(vectors), BLOCK):
        rounded.add(np.asarray(vectors[start : start + BLOCK], np.float32) @ axes)
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
