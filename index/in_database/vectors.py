"""Nearest vectors, found in PostgreSQL by pgvector: exactly where a table has no graph, else along its graph (HNSW)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.in_database.tables import fetch, key_number
from index.rankers.english import EnglishVectors
from index.rankers.protocol import Mask, Vectors
from index.rankers.vectors import SENTENCES_A_CLAUSE, SentenceVectors, VectorsOfSentences
from ingest.database.database import Database

REMEMBERED = 20_000  # vectors, 1.5 kB each
# Up to here all vectors that a filter lets pass are compared: a fifth of a second; beyond, the graph is followed until
# enough that pass are found.
MEASURE_ALL_UP_TO = 50_000
SPARE = 1.5  # times as many are asked for under a filter as would do if those that pass lay anywhere
FIRST_TRY = 2  # sentences for each clause wanted; the nearest ones are seldom of fewer clauses
MOST_LOOKED_AT = 1_000  # at once along the graph: pgvector's limit
LEAST_LOOKED_AT = 200  # finds .97 of the ten nearest, and 100 find .95 in a quarter less time
# A query is small and one of many: it takes one process, and nothing is compiled for it.
_ALONE = {"max_parallel_workers_per_gather": 0, "jit": "off"}
_Found = tuple[NDArray[np.int64], Vectors]


class TableInDatabase:
    """Unit vectors by cosine, as rows. What was read is remembered."""

    def __init__(self, database: Database, name: str, count: int) -> None:
        """``name`` of the table, and how many rows it has."""
        self._database, self._name, self._count = database, name, count
        self._lock = threading.Lock()
        self._rows: OrderedDict[int, Vectors] = OrderedDict()
        self._row_of_key: dict[int, int] = {}

    @property
    def kind(self) -> str:
        """For people."""
        return "in PostgreSQL"

    def __len__(self) -> int:
        return self._count

    def save(self, folder: Path) -> None:
        """Nothing is written: what is in the database stays there."""
        raise TypeError(f"{self._name} lies in a database")

    def rows(self, first: int = 0, end: int | None = None) -> Vectors:
        """Vectors ``first`` to ``end``, as kept in f16."""
        end = len(self) if end is None else end
        found = self._remembered(range(first, end))
        if found is None:
            self.look_ahead([(first, end)])
            found = self._remembered(range(first, end))
        if found is None:  # more than are remembered
            found = list(self._fetched("row >= %s AND row < %s", [first, end]).values())
        return np.stack(found) if found else np.empty((0, 0), np.float32)

    def look_ahead(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Reads the rows of these ranges, first to before the end, all at once."""
        wanted = [row for first, end in ranges for row in range(first, end)]
        with self._lock:
            missing = [row for row in wanted if row not in self._rows]
        if missing and len(missing) <= REMEMBERED:
            self._fetched("row = ANY(%s)", [missing])

    def by_key(self) -> Mapping[str, Vectors]:
        """Vector of each text by the sha256 of the text, read when asked for."""
        return _RowsByKey(self)

    def of_key(self, key: str) -> Vectors | None:
        """The vector of the text of this sha256; None for an unknown one."""
        number = key_number(key)
        with self._lock:
            row = self._row_of_key.get(number)
            if row is not None and row in self._rows:
                return self._rows[row]
        return next(iter(self._fetched("key = %s", [number]).values()), None)

    def nearest(self, vector: Vectors, count: int, among: Mask | None = None) -> _Found:
        """Rows nearest to a vector, best first, and their cosines; only those ``among`` allows."""
        count = min(count, len(self))
        if among is None:
            return self._along_graph(vector, count)
        allowed = int(np.count_nonzero(among))
        count = min(count, allowed)
        if not count:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        if allowed <= MEASURE_ALL_UP_TO:
            rows: list[int] = np.flatnonzero(among).tolist()
            return self._asked(vector, "WHERE row = ANY(%s)", [rows], count, {"enable_indexscan": "off"})
        looked_at = round(count * SPARE * len(self) / allowed)
        while True:
            found, scores = self._along_graph(vector, min(looked_at, len(self)))
            kept = among[found]
            if np.count_nonzero(kept) >= count or len(found) < looked_at or looked_at >= len(self):
                return found[kept][:count], scores[kept][:count]
            looked_at *= 2

    def _along_graph(self, vector: Vectors, count: int) -> _Found:
        options = {
            "enable_seqscan": "off",
            "hnsw.ef_search": min(max(count, LEAST_LOOKED_AT), MOST_LOOKED_AT),
            "hnsw.iterative_scan": "strict_order",
            "hnsw.max_scan_tuples": max(20_000, 4 * count),
        }
        return self._asked(vector, "", [], count, options)

    def _asked(
        self, vector: Vectors, where: str, parameters: Sequence[object], count: int, options: Mapping[str, object]
    ) -> _Found:
        """PostgreSQL numbers the inner product the other way round, so that the least is the best."""
        said = f"[{','.join(f'{value:.7g}' for value in vector.tolist())}]"
        statement = (
            f"SELECT row, (vector <#> %s::halfvec)::real AS far FROM {self._name} {where} "
            "ORDER BY vector <#> %s::halfvec LIMIT %s"
        )
        found = fetch(self._database, statement, [said, *parameters, said, count], {**_ALONE, **options})
        rows = np.array([row for row, _ in found], np.int64)
        scores = -np.array([far for _, far in found], np.float32)
        order = np.lexsort((rows, -scores))
        return rows[order], scores[order]

    def _fetched(self, condition: str, parameters: Sequence[object]) -> dict[int, Vectors]:
        """Vectors by their row, ascending; also remembered."""
        statement = f"SELECT row, key, vector FROM {self._name} WHERE {condition} ORDER BY row"
        found = fetch(self._database, statement, parameters, _ALONE)
        vectors = {int(row): _of_bytes(packed) for row, _, packed in found}
        with self._lock:
            self._rows.update(vectors)
            self._row_of_key.update({int(key): int(row) for row, key, _ in found})
            while len(self._rows) > REMEMBERED:
                self._rows.popitem(last=False)
            if len(self._row_of_key) > 2 * REMEMBERED:
                self._row_of_key = {key: row for key, row in self._row_of_key.items() if row in self._rows}
        return vectors

    def _remembered(self, rows: range) -> list[Vectors] | None:
        with self._lock:
            return [self._rows[row] for row in rows] if all(row in self._rows for row in rows) else None


class _RowsByKey(Mapping[str, Vectors]):
    """Rows by the hexadecimal sha256 of their text."""

    def __init__(self, table: TableInDatabase) -> None:
        self._table = table

    def __getitem__(self, key: str) -> Vectors:
        found = self._table.of_key(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the texts themselves are not kept")

    def __len__(self) -> int:
        return len(self._table)


class _FromAfar(VectorsOfSentences):
    """Sentences in a database: as few as will do are asked for, and those of several clauses at once."""

    def nearest_rows(self, vector: Vectors, limit: int, allowed: Mask | None) -> _Found:
        """Asks again for more where the first ones are of fewer clauses than wanted."""
        for each in (FIRST_TRY, SENTENCES_A_CLAUSE):
            rows, scores = self.table.nearest(vector, limit * each, allowed)
            if len(rows) < limit * each or len(np.unique(self._clause_of_row[rows])) >= limit:
                break
        return rows, scores

    def look_ahead(self, positions: Sequence[int]) -> None:
        """Reads the sentences of these clauses in one go."""
        if isinstance(self.table, TableInDatabase):
            first = self._sentences.first
            self.table.look_ahead([(int(first[at]), int(first[at + 1])) for at in positions])


class SentencesInDatabase(_FromAfar, SentenceVectors):
    """See :class:`SentenceVectors`."""


class EnglishInDatabase(_FromAfar, EnglishVectors):
    """See :class:`EnglishVectors`."""


def _of_bytes(packed: bytes) -> Vectors:
    """A halfvec in PostgreSQL's binary form: its length, two bytes of nothing, the numbers."""
    return np.frombuffer(packed, ">f2", offset=4).astype(np.float32)
