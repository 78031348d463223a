"""Arrays on disk: small ones are read, large ones mapped or read row by row: only what is looked at takes memory."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

# Below this an array is read whole: the file may then go, and nothing is gained by mapping it. The compendium's
# largest has 3 MB, a million clauses' have hundreds.
READ_UP_TO_BYTES = 16 * 1024 * 1024


def open_array(file: Path) -> NDArray[Any]:
    """An array that ``numpy.save`` wrote, read-only when mapped; OSError or ValueError when it cannot be read.

    A mapped file that is removed stays readable on POSIX systems for as long as it is open.
    """
    mapped = file.stat().st_size > READ_UP_TO_BYTES
    return np.asarray(np.load(file, mmap_mode="r" if mapped else None, allow_pickle=False))


def open_bytes(file: Path) -> NDArray[np.uint8]:
    """A file as it is, opened as :func:`open_array` opens one; OSError or ValueError (empty) when it cannot be read."""
    if file.stat().st_size > READ_UP_TO_BYTES:
        return np.memmap(file, np.uint8, mode="r")
    return np.frombuffer(file.read_bytes(), np.uint8)


class StoredRows:
    """Rows of an array that ``numpy.save`` wrote, read when asked for: of a large file that is looked at here and there.

    Mapping it would count a neighbourhood of 64 kB for each row of less than one. OSError or ValueError when the file
    cannot be read; one that is removed stays readable, as when mapped.
    """

    def __init__(self, file: Path) -> None:
        mapped = np.load(file, mmap_mode="r", allow_pickle=False)
        if mapped.ndim != 2 or not mapped.flags.c_contiguous:
            raise ValueError(f"{file.name} holds no rows")
        self._count, self.width = mapped.shape
        self._dtype, self._start = mapped.dtype, mapped.offset
        self._row_bytes = self.width * mapped.dtype.itemsize
        self._name, self._file = file.name, os.open(file, os.O_RDONLY)
        finalize(self, os.close, self._file)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, rows: slice | NDArray[np.int64]) -> NDArray[Any]:
        if isinstance(rows, slice):
            first, end, _ = rows.indices(self._count)
            return self._read(np.array([first]), max(0, end - first))
        return self._read(rows, 1)

    def _read(self, firsts: NDArray[np.int64], rows_each: int) -> NDArray[Any]:
        """So many rows from each of some places on."""
        found = np.empty((len(firsts) * rows_each, self.width), self._dtype)
        if not found.size:
            return found
        target, length = found.data.cast("B"), rows_each * self._row_bytes
        for number, first in enumerate(firsts.tolist()):
            part = target[number * length : (number + 1) * length]
            if os.preadv(self._file, [part], self._start + first * self._row_bytes) != length:
                raise ValueError(f"{self._name} is shorter than it was")
        return found
