"""Very many values in a file, one JSON row each, every one read and made when it is asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar, overload
from weakref import finalize

import numpy as np

from index.arrays import open_array

ROWS, ENDS = "rows.jsonl", "ends.npy"
Value = TypeVar("Value")


class KeptRows(Sequence[Value], Generic[Value]):
    """Values one after another; the last ``remembered`` that were made stay made."""

    def __init__(self, folder: Path, name: str, make: Callable[[bytes], Value], remembered: int) -> None:
        """OSError or ValueError when the files cannot be read or do not belong together."""
        self._ends = open_array(folder / f"{name}-{ENDS}")
        path = folder / f"{name}-{ROWS}"
        if not len(self._ends) or int(self._ends[-1]) != path.stat().st_size:
            raise ValueError(f"{path.name} is not of the rows that it should hold")
        self._name, self._make = path.name, make
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        finalize(self, os.close, self._file)
        self._made = lru_cache(remembered)(self._read)
        self.reads = 0  # rows that were read, for who wants to know what a step costs

    def _read(self, place: int) -> Value:
        start, end = int(self._ends[place]), int(self._ends[place + 1])
        row = os.pread(self._file, end - start, start)
        if len(row) != end - start:
            raise ValueError(f"{self._name} is shorter than it was")
        self.reads += 1
        return self._make(row)

    @overload
    def __getitem__(self, place: int) -> Value: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Value]: ...
    def __getitem__(self, place: int | slice) -> Value | Sequence[Value]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        number = place + len(self) if place < 0 else place
        if not 0 <= number < len(self):
            raise IndexError(f"There is no row {place} among {len(self)}")
        return self._made(int(number))

    def __iter__(self) -> Iterator[Value]:
        return (self[number] for number in range(len(self)))

    def __len__(self) -> int:
        return len(self._ends) - 1


def save_rows(folder: Path, name: str, rows: Iterable[bytes]) -> None:
    """Writes rows and where they end."""
    ends = [0]
    with (folder / f"{name}-{ROWS}").open("wb") as file:
        for row in rows:
            ends.append(ends[-1] + file.write(row))
    np.save(folder / f"{name}-{ENDS}", np.array(ends, np.uint64))
