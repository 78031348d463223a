"""A long text in a file, asked whether and where words stand in it, of which only the blocks that may hold them are read.

For each pair of neighbouring characters it is known in which blocks it stands; words can stand only where all their pairs
do. What is found is what ``in`` finds in the text as one string.
"""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from weakref import finalize

import numpy as np
from numpy.typing import NDArray

from index.arrays import open_array
from index.kept.needed_words import words_needed

TEXT, STARTS = "text.txt", "starts.npy"
PAIRS, FIRST, BLOCKS = "pairs.npy", "first.npy", "blocks.npy"
BLOCK = 128 * 1024  # bytes; some 45,000 characters
OVERLAP = 1_024  # bytes of the next block that are searched with a block: words are shorter
REMEMBERED = 64  # blocks
REMEMBERED_PATTERNS = 512


class Prints(Protocol):
    """A text that is asked what stands in it."""

    def __contains__(self, words: str) -> bool: ...
    def matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether the pattern is found anywhere."""
        ...


@dataclass(frozen=True, slots=True)
class WholeText:
    """A text in memory."""

    text: str

    def __contains__(self, words: str) -> bool:
        return words in self.text

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """As the text itself."""
        return pattern.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Either:
    """What stands in one text or in the other."""

    one: Prints
    other: Prints

    def __contains__(self, words: str) -> bool:
        return words in self.one or words in self.other

    def matches(self, pattern: re.Pattern[str]) -> bool:
        """In one of both."""
        return self.one.matches(pattern) or self.other.matches(pattern)


class PrintedText:
    """Parts of a text run together, part ``i`` from byte ``starts[i]`` on."""

    def __init__(self, folder: Path) -> None:
        """OSError or ValueError when the files cannot be read or do not belong together."""
        self._starts, self._pairs = open_array(folder / STARTS), open_array(folder / PAIRS)
        self._first, self._blocks = open_array(folder / FIRST), open_array(folder / BLOCKS)
        self._size = (folder / TEXT).stat().st_size
        if int(self._starts[-1]) != self._size or int(self._first[-1]) != len(self._blocks):
            raise ValueError(f"{TEXT} is not of the parts that it should hold")
        self._file = os.open(folder / TEXT, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        finalize(self, os.close, self._file)
        self._block = lru_cache(REMEMBERED)(self._read_block)
        self.matches = lru_cache(REMEMBERED_PATTERNS)(self._matches)

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __contains__(self, words: str) -> bool:
        wanted = words.encode("utf-8", "surrogatepass")
        return not wanted or next(self._found(words, wanted), None) is not None

    def parts_with(self, words: str) -> Iterator[int]:
        """The parts in which the words stand whole, ascending; all of them for no words."""
        wanted = words.encode("utf-8", "surrogatepass")
        if not wanted:
            yield from range(len(self._starts) - 1)
            return
        last = -1
        for at in self._found(words, wanted):
            part = int(np.searchsorted(self._starts, at, "right")) - 1
            if part > last and at + len(wanted) <= int(self._starts[part + 1]):
                last = part
                yield part

    def _matches(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern is found; patterns are few, and what was found of one is remembered."""
        words = words_needed(pattern)
        every = np.arange(-(-self._size // BLOCK))
        numbers = every if words is None else np.unique(np.concatenate([self._candidates(word) for word in words]))
        return any(pattern.search(self._read_block(number).decode("utf-8", "ignore")) for number in numbers.tolist())

    def _found(self, words: str, wanted: bytes) -> Iterator[int]:
        """Where the words begin, ascending."""
        blocks = self._candidates(words)
        if len(wanted) > OVERLAP:
            yield from self._found_anywhere(wanted) if len(blocks) else ()
            return
        for number in blocks.tolist():
            text, begins = self._block(number), number * BLOCK
            at = text.find(wanted)
            while 0 <= at < BLOCK:
                yield begins + at
                at = text.find(wanted, at + 1)

    def _found_anywhere(self, wanted: bytes) -> Iterator[int]:
        text = os.pread(self._file, self._size, 0)
        at = text.find(wanted)
        while at >= 0:
            yield at
            at = text.find(wanted, at + 1)

    def _candidates(self, words: str) -> NDArray[np.int64]:
        held = [self._holding(pair) for pair in np.unique(_pairs_of(words)).tolist()]
        found = np.arange(-(-self._size // BLOCK), dtype=np.int64)
        for blocks in sorted(held, key=len):
            if not len(found):
                break
            found = np.intersect1d(found, blocks, assume_unique=True)
        return found

    def _holding(self, pair: int) -> NDArray[np.int32]:
        place = int(np.searchsorted(self._pairs, np.uint64(pair)))
        if place == len(self._pairs) or int(self._pairs[place]) != pair:
            return self._blocks[:0]
        return self._blocks[int(self._first[place]) : int(self._first[place + 1])]

    def _read_block(self, number: int) -> bytes:
        return os.pread(self._file, BLOCK + OVERLAP, number * BLOCK)


class TextWriter:
    """Writes the parts of a text one after another, then what :class:`PrintedText` needs to know of them."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is empty."""
        self._folder = folder
        self._starts = array("q", [0])
        self._file = (folder / TEXT).open("wb")

    def add(self, part: str) -> None:
        """The next part."""
        self._starts.append(self._starts[-1] + self._file.write(part.encode("utf-8", "surrogatepass")))

    def close(self) -> None:
        """Nothing comes any more."""
        self._file.close()
        np.save(self._folder / STARTS, np.array(self._starts, np.int64))
        pairs: list[NDArray[np.uint64]] = []
        with (self._folder / TEXT).open("rb") as file:
            for start in range(0, self._starts[-1], BLOCK):
                file.seek(start)
                pairs.append(np.unique(_pairs_of(file.read(BLOCK + OVERLAP).decode("utf-8", "ignore"))))
        every = np.concatenate([np.empty(0, np.uint64), *pairs])
        blocks = np.repeat(np.arange(len(pairs), dtype=np.int32), [len(found) for found in pairs])
        order = np.argsort(every, kind="stable")
        known, first = np.unique(every[order], return_index=True)
        np.save(self._folder / PAIRS, known)
        np.save(self._folder / FIRST, np.append(first, len(every)).astype(np.int64))
        np.save(self._folder / BLOCKS, blocks[order])


def _pairs_of(text: str) -> NDArray[np.uint64]:
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    return (signs[:-1] << np.uint64(32)) | signs[1:]
