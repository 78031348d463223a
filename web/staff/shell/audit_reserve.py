"""Room for lines of the log of changes on a disk that is full: real bytes written ahead, overwritten in place."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from bot.records.spare_room import write_whole

SIZE = 1024 * 1024  # some thousand lines
EMPTY = b"\0"  # stands in no line: JSON writes it otherwise


class Reserve:
    """One file of ``size`` bytes: lines from its beginning on, zero bytes behind them. Whoever uses it holds a lock."""

    def __init__(self, path: Path, size: int = SIZE) -> None:
        self.path = path
        self.size = size

    def fill(self) -> None:
        """Make the file where there is none of its size. Raises OSError when there is no room for it."""
        if self._size() < self.size:
            write_whole(self.path, self.lines().ljust(self.size, EMPTY))

    def lines(self) -> bytes:
        """The lines it holds. Raises OSError."""
        if not self.path.exists():
            return b""
        with self.path.open("rb") as file:
            first = file.read(1)
            return b"" if first in (b"", EMPTY) else (first + file.read()).partition(EMPTY)[0]

    def left(self) -> int:
        """Bytes that still find room in it; 0 when there is no such file. Raises OSError."""
        return max(0, self._size() - len(self.lines()))

    def add(self, line: bytes) -> None:
        """Append a line and see it on the disk. Raises OSError, with ENOSPC when it is used up."""
        held = self.lines()
        if held and not held.endswith(b"\n"):  # the last writer was cut off
            line = b"\n" + line
        if len(held) + len(line) > self._size():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.path))
        self._overwrite(len(held), line)

    def clear(self) -> None:
        """Forget its lines: they stand elsewhere by now. Raises OSError."""
        held = self.lines()
        if held:
            self._overwrite(0, bytes(len(held)))

    def _size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def _overwrite(self, start: int, content: bytes) -> None:
        with self.path.open("rb+") as file:
            file.seek(start)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
