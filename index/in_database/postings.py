"""The postings of tokens, a row each in PostgreSQL; those asked for last are remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from index.in_database.tables import fetch
from index.rankers.protocol import Vectors
from ingest.database.database import Database

# Of one ranker. Half of the tokens of a question are those of every question, and theirs are the long lists.
REMEMBERED_BYTES = 256 * 1024 * 1024
_List = tuple[NDArray[np.int32], Vectors]


class ListsInDatabase:
    """See :class:`index.rankers.postings.Lists`."""

    def __init__(self, database: Database, name: str) -> None:
        self._database, self._name = database, name
        self._lock = threading.Lock()
        self._lists: OrderedDict[int, _List] = OrderedDict()
        self._bytes = 0

    def of(self, number: int) -> _List:
        """The clauses of one token and its score in each; none of a token that no clause holds."""
        with self._lock:
            if number in self._lists:
                self._lists.move_to_end(number)
                return self._lists[number]
        return self._fetched([number])[number]

    def look_ahead(self, numbers: Iterable[int]) -> None:
        """Reads those that are not remembered, all at once."""
        with self._lock:
            missing = [number for number in numbers if number not in self._lists]
        if missing:
            self._fetched(missing)

    def _fetched(self, numbers: list[int]) -> Mapping[int, _List]:
        statement = f"SELECT number, clauses, scores FROM {self._name} WHERE number = ANY(%s)"
        lists: dict[int, _List] = dict.fromkeys(numbers, (np.empty(0, np.int32), np.empty(0, np.float32)))
        for number, clauses, scores in fetch(self._database, statement, [numbers]):
            lists[int(number)] = np.frombuffer(clauses, "<i4"), np.frombuffer(scores, "<f4")
        with self._lock:
            for number, (clauses, scores) in lists.items():
                if number not in self._lists:
                    self._lists[number] = clauses, scores
                    self._bytes += clauses.nbytes + scores.nbytes
            while self._bytes > REMEMBERED_BYTES and len(self._lists) > 1:
                _, (clauses, scores) = self._lists.popitem(last=False)
                self._bytes -= clauses.nbytes + scores.nbytes
        return lists
