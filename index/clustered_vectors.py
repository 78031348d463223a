"""Nearest vectors among very many: FAISS searches some clusters of rounded vectors, the best are measured exactly.

Vectors lie in about ``2 · √n`` clusters (k-means). A search looks into the nearest few, where each number of a vector
is kept in 8 bits, and then measures the first :data:`MEASURED_EXACTLY` by their vectors in f16, which stay on disk and
are mapped. How many clusters are looked into is found when the table is built: the fewest with which a sample of
searches finds :data:`RECALL_WANTED` of what an exact search finds.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

from index.arrays import open_array
from index.ranker import Mask, Vectors

CLUSTERS_A_ROOT = 2.0  # clusters for each unit of √n: a million vectors lie in 2,000 clusters of 500
TRAINED_ON = 64  # vectors a cluster; FAISS wants at least 39, and more does not move recall
ROUNDS = 10  # of k-means
BLOCK = 65_536  # vectors added at once
MEASURED_EXACTLY = 100
RECALL_WANTED = 0.99
RECALL_AT = 10
SAMPLE = 200  # searches that recall is measured with
# A question lies between clusters more often than clauses do. The middle of three vectors finds as much as questions
# of the development set in as many clusters, or a little less (25,000 clauses, 128 of 316 clusters: .969 and .978).
MIDDLE_OF = 3
# f16 moves a cosine by less than this; what lies that close to the tenth nearest is as good as it.
SAME_COSINE = 2e-4
# Up to here all allowed vectors are measured one by one: a few milliseconds, and no cluster can be missed.
MEASURE_ALL_UP_TO = 10_000

LISTS_FILE = "clusters.faiss"
ROWS_FILE = "rows.npy"
KEYS_FILE = "keys.npy"
TUNING_FILE = "tuning.json"
KEY_BYTES = 32  # of a sha256

_Found = tuple[NDArray[np.int64], Vectors]
# FAISS's Python wrapper of these takes other arguments than its type stubs know.
_selector = cast(Callable[[NDArray[np.uint8]], faiss.IDSelector], faiss.IDSelectorBitmap)
_parameters = cast(Callable[..., faiss.SearchParameters], faiss.SearchParametersIVF)


@dataclass(frozen=True)
class ClusteredVectors:
    """Unit vectors by cosine. ``keys`` are the sha256 of their texts, (n, 32) bytes."""

    lists: faiss.IndexIVFScalarQuantizer
    vectors: NDArray[np.float16]
    keys: NDArray[np.uint8]
    clusters_searched: int
    recall: float  # at 10, of the sample, when the table was built

    @classmethod
    def of(cls, vectors: Vectors, keys: Sequence[str]) -> ClusteredVectors:
        """Clusters the vectors and finds out how many clusters a search must look into."""
        lists = _clustered(vectors)
        packed = np.frombuffer(bytes.fromhex("".join(keys)), np.uint8).reshape(-1, KEY_BYTES)
        untuned = cls(lists, vectors.astype(np.float16), packed, 1, 0.0)
        searched, recall = _fewest_clusters(untuned, vectors)
        return cls(lists, untuned.vectors, packed, searched, recall)

    def save(self, folder: Path) -> None:
        """Writes clusters, vectors, keys and what was found out."""
        faiss.write_index(self.lists, str(folder / LISTS_FILE))
        np.save(folder / ROWS_FILE, self.vectors)
        np.save(folder / KEYS_FILE, self.keys)
        tuning = {"clusters_searched": self.clusters_searched, "recall": self.recall}
        (folder / TUNING_FILE).write_text(json.dumps(tuning), encoding="ascii")

    @classmethod
    def load(cls, folder: Path) -> ClusteredVectors:
        """Reads them back; ValueError when they do not belong together."""
        try:
            lists = faiss.read_index(str(folder / LISTS_FILE))
        except RuntimeError as error:  # FAISS's only exception
            raise ValueError(f"{LISTS_FILE} cannot be read") from error
        vectors, keys = open_array(folder / ROWS_FILE), open_array(folder / KEYS_FILE)
        tuning = cast(dict[str, float], json.loads((folder / TUNING_FILE).read_text(encoding="ascii")))
        if not isinstance(lists, faiss.IndexIVFScalarQuantizer) or not (lists.ntotal == len(vectors) == len(keys)):
            raise ValueError(f"{LISTS_FILE} does not hold the vectors of {ROWS_FILE}")
        return cls(lists, vectors, keys, int(tuning["clusters_searched"]), float(tuning["recall"]))

    def __len__(self) -> int:
        return len(self.vectors)

    @property
    def kind(self) -> str:
        """For the manifest and for people."""
        return f"{self.clusters_searched} of {self.lists.nlist} clusters in 8 bits, recall@10 {self.recall:.3f}"

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
        if among is not None:
            allowed = np.flatnonzero(among)
            count = min(count, len(allowed))
            if len(allowed) <= MEASURE_ALL_UP_TO:
                return self._measured(allowed, vector, count)
        if not count:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        return self._searched(vector, count, among, self.clusters_searched)

    def _searched(self, vector: Vectors, count: int, among: Mask | None, clusters: int) -> _Found:
        allowed = None if among is None else _selector(np.packbits(among, bitorder="little"))
        while True:
            how = _parameters(sel=allowed, nprobe=clusters)
            scores, rows = self.lists.search(vector.reshape(1, -1), count, params=how)
            found = int(np.count_nonzero(rows[0] >= 0))  # FAISS fills up with -1
            if found == count or clusters >= self.lists.nlist:
                break
            clusters = min(2 * clusters, self.lists.nlist)
        rows, scores = np.asarray(rows[0][:found], np.int64), np.asarray(scores[0][:found], np.float32)
        best, cosines = self._measured(rows[:MEASURED_EXACTLY], vector, MEASURED_EXACTLY)
        others = np.minimum(scores[len(best) :], cosines[-1])  # rounding must not lift one above those measured
        return np.concatenate((best, rows[len(best) :])), np.concatenate((cosines, others))

    def _measured(self, rows: NDArray[np.int64], vector: Vectors, count: int) -> _Found:
        cosines = self.vectors[rows].astype(np.float32) @ vector
        order = np.lexsort((rows, -cosines))[:count]
        return rows[order], cosines[order]

    def recall_of(self, questions: Vectors, lowest: Vectors, clusters: int) -> float:
        """Share of the ten nearest that are found, where ``lowest`` is the tenth best cosine of each question."""
        right = 0
        for question, least in zip(questions, lowest, strict=True):
            _, cosines = self._searched(question, RECALL_AT, None, clusters)
            right += int(np.count_nonzero(cosines >= least - SAME_COSINE))
        return right / (RECALL_AT * len(questions))


def _clustered(vectors: Vectors) -> faiss.IndexIVFScalarQuantizer:
    count, dim = vectors.shape
    clusters = round(CLUSTERS_A_ROOT * math.sqrt(count))
    lists = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(dim), dim, clusters, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    lists.cp.max_points_per_centroid, lists.cp.niter = TRAINED_ON, ROUNDS
    chosen = np.random.default_rng(0).permutation(count)[: TRAINED_ON * clusters]
    lists.train(np.ascontiguousarray(vectors[np.sort(chosen)], np.float32))
    for start in range(0, count, BLOCK):
        lists.add(np.ascontiguousarray(vectors[start : start + BLOCK], np.float32))
    return lists


def _fewest_clusters(table: ClusteredVectors, vectors: Vectors) -> tuple[int, float]:
    """The fewest clusters with which the sample is found well enough, and how well; all of them if need be."""
    draw = np.random.default_rng(1)
    questions = vectors[draw.integers(0, len(vectors), (SAMPLE, MIDDLE_OF))].sum(axis=1)
    questions /= np.linalg.norm(questions, axis=1, keepdims=True)
    best = faiss.knn(questions, np.ascontiguousarray(vectors), RECALL_AT, metric=faiss.METRIC_INNER_PRODUCT)[0]
    clusters, recall = 0, 0.0
    for clusters in _steps(table.lists.nlist):
        recall = table.recall_of(questions, best[:, -1], clusters)
        if recall >= RECALL_WANTED:
            break
    return clusters, recall


def _steps(highest: int) -> Iterator[int]:
    """1, 2, 3, 4, 6, 8, 12, 16 … up to and with ``highest``."""
    step = 1
    while step < highest:
        yield step
        if step > 1 and step + step // 2 < highest:
            yield step + step // 2
        step *= 2
    yield highest


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
