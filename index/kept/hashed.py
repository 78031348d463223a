"""Texts looked up in a file by 64 bits of their digest: a few bytes each, however many there are."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_array

KEYS, VALUES, STARTS = "keys.npy", "values.npy", "starts.npy"


def digest_of(text: str) -> int:
    """64 bits: of ten million texts two are alike once in 370,000 corpora."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class HashedNumbers(Mapping[str, float]):
    """A number for each of very many texts, which themselves are not kept: they can be asked for, not listed."""

    def __init__(self, keys: NDArray[np.uint64], values: NDArray[np.float64]) -> None:
        """``keys`` ascending."""
        self._keys, self._values = keys, values

    @classmethod
    def of(cls, numbers: Mapping[str, float]) -> HashedNumbers:
        """Sorts them."""
        keys = np.fromiter((digest_of(text) for text in numbers), np.uint64, len(numbers))
        values = np.fromiter(numbers.values(), np.float64, len(numbers))
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], values[order])

    def save(self, folder: Path) -> None:
        """Writes both arrays into an empty folder."""
        np.save(folder / KEYS, self._keys)
        np.save(folder / VALUES, self._values)

    @classmethod
    def load(cls, folder: Path) -> HashedNumbers:
        """Reads them back; ValueError when they do not belong together."""
        keys, values = open_array(folder / KEYS), open_array(folder / VALUES)
        if len(keys) != len(values):
            raise ValueError(f"{KEYS} and {VALUES} differ in length")
        return cls(keys, values)

    def __getitem__(self, text: str) -> float:
        key = np.uint64(digest_of(text))
        place = int(np.searchsorted(self._keys, key))
        if place == len(self._keys) or self._keys[place] != key:
            raise KeyError(text)
        return float(self._values[place])

    def __iter__(self) -> Iterator[str]:
        raise TypeError("the texts themselves are not kept")

    def __len__(self) -> int:
        return len(self._keys)


class HashedPlaces:
    """For each of very many texts the places it has, ascending."""

    def __init__(self, keys: NDArray[np.uint64], starts: NDArray[np.int64], places: NDArray[np.int32]) -> None:
        """The places of ``keys[i]`` (ascending) are ``places[starts[i]:starts[i + 1]]``."""
        self._keys, self._starts, self._places = keys, starts, places

    def save(self, folder: Path, name: str) -> None:
        """Writes the arrays."""
        np.save(folder / f"{name}-{KEYS}", self._keys)
        np.save(folder / f"{name}-{STARTS}", self._starts)
        np.save(folder / f"{name}-{VALUES}", self._places)

    @classmethod
    def load(cls, folder: Path, name: str) -> HashedPlaces:
        """Reads them back; ValueError when they do not belong together."""
        keys, starts, places = (open_array(folder / f"{name}-{part}") for part in (KEYS, STARTS, VALUES))
        if len(starts) != len(keys) + 1 or int(starts[-1]) != len(places):
            raise ValueError(f"the arrays of {name} do not belong together")
        return cls(keys, starts, places)

    def places(self, text: str) -> NDArray[np.int32]:
        """The places of a text; none of an unknown one."""
        key = np.uint64(digest_of(text))
        place = int(np.searchsorted(self._keys, key))
        if place == len(self._keys) or self._keys[place] != key:
            return self._places[:0]
        return self._places[int(self._starts[place]) : int(self._starts[place + 1])]

    def __len__(self) -> int:
        return len(self._keys)


class PlaceCollector:
    """Takes in texts with a place each, twelve bytes a pair."""

    def __init__(self) -> None:
        self._keys, self._places = array("Q"), array("i")

    def add(self, text: str, place: int) -> None:
        """One more."""
        self._keys.append(digest_of(text))
        self._places.append(place)

    def collected(self) -> HashedPlaces:
        """All of them; places must have come ascending for each text."""
        keys = np.frombuffer(self._keys, np.uint64) if self._keys else np.empty(0, np.uint64)
        places = np.frombuffer(self._places, np.int32) if self._places else np.empty(0, np.int32)
        order = np.argsort(keys, kind="stable")
        known, first = np.unique(keys[order], return_index=True)
        return HashedPlaces(known, np.append(first, len(keys)).astype(np.int64), places[order])
