"""Large files that were read whole once and have not been touched since: reading gigabytes again at each start tells nothing.

A file is known again by its place on the disk, its size and the moments of its last changes, to the nanosecond; the last
one the system sets itself, and nobody can set it back. Another disk, a copy, a restored backup: it is read.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import cast
from uuid import uuid4

LARGE_FROM = 16 * 1024 * 1024  # bytes; what is smaller is read each time
SETTLED_NS = 2_000_000_000  # a change within the same tick of the system's clock would not show
NAME = "checked.json"


class CheckedFiles:
    """The digests of large files, remembered beside the folders of an index."""

    def __init__(self, store: Path) -> None:
        """What cannot be read or written there is not remembered, and no fault."""
        self._file = store / NAME
        self._known: dict[str, list[str]] = {}
        self._used: dict[str, list[str]] = {}
        with suppress(OSError, ValueError, TypeError, AttributeError):
            read = cast(dict[str, list[str]], json.loads(self._file.read_text(encoding="utf-8")))
            self._known = {str(key): [str(part) for part in parts] for key, parts in read.items()}

    def sha256(self, path: Path) -> str:
        """The digest of a file. Raises OSError."""
        state = path.stat()
        if state.st_size < LARGE_FROM:
            return _sha256(path)
        key = f"{state.st_dev}:{state.st_ino}"
        touched = f"{state.st_size}:{state.st_mtime_ns}:{state.st_ctime_ns}"
        if (known := self._known.get(key, [])) and len(known) == 2 and known[0] == touched:
            self._used[key] = known
            return known[1]
        digest = _sha256(path)
        if os.name == "posix" and time.time_ns() - state.st_ctime_ns > SETTLED_NS:  # elsewhere it is the time of making
            self._used[key] = [touched, digest]
        return digest

    def save(self) -> None:
        """Remembers those that were asked for, and no others. Several processes may do so at once."""
        if self._used == self._known or not self._used:
            return
        written = self._file.with_name(f"{NAME}.{uuid4().hex[:12]}")
        with suppress(OSError):
            try:
                written.write_text(json.dumps(self._used), encoding="utf-8")
                written.replace(self._file)
            finally:
                written.unlink(missing_ok=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
