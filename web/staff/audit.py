"""What staff changed: one JSON object a line, only ever appended to."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from filelock import FileLock

from ingest.errors import PolicyQAError

FILE = "audit.jsonl"
OWNER_ONLY = 0o600
LONGEST_TEXT = 2000  # characters of each word of an entry; the thing itself is kept elsewhere
LOCK_WAIT_S = 10.0  # for another process that writes a line


class AuditUnusable(PolicyQAError):
    """The log of changes cannot be read or written. What it should have told of must not be done."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, to what, and when."""

    at: datetime  # UTC
    who: str
    what: str  # "login", "case-added", … : a word of the page that noted it
    about: str = ""
    details: Mapping[str, str] = field(default_factory=dict[str, str])


def now_utc() -> datetime:
    """The moment of a change."""
    return datetime.now(UTC)


class AuditLog:
    """The log of one file."""

    def __init__(self, path: Path, now: Callable[[], datetime] = now_utc) -> None:
        self.path = path
        self._now = now
        self._lock = threading.Lock()

    def note(self, who: str, what: str, about: str = "", **details: str) -> None:
        """Append one entry and see it on the disk. Raises AuditUnusable."""
        entry = {
            "at": self._now().astimezone(UTC).isoformat(timespec="milliseconds"),
            "who": who[:LONGEST_TEXT],
            "what": what[:LONGEST_TEXT],
            "about": about[:LONGEST_TEXT],
            "details": {key: value[:LONGEST_TEXT] for key, value in details.items()},
        }
        line = json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock, FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=LOCK_WAIT_S):
                _append(self.path, line)
        except (OSError, TimeoutError) as error:
            raise AuditUnusable(f"{self.path} cannot be written ({error}); nothing was changed.") from error

    def entries(self) -> Iterator[AuditEntry]:
        """All entries, the newest first; a line torn by a power cut is passed over. Raises AuditUnusable."""
        try:
            lines = self.path.read_bytes().splitlines() if self.path.exists() else []
        except OSError as error:
            raise AuditUnusable(f"{self.path} cannot be read ({error.strerror}).") from error
        for line in reversed(lines):
            entry = _entry(line)
            if entry is not None:
                yield entry


def _append(path: Path, line: bytes) -> None:
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, OWNER_ONLY)
    with os.fdopen(descriptor, "rb+", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":  # the last writer was cut off: its rest stays a line of its own
                line = b"\n" + line
        file.write(line)
        os.fsync(file.fileno())


def _entry(line: bytes) -> AuditEntry | None:
    try:
        given = cast("dict[str, Any]", json.loads(line))
        details = cast("dict[str, str]", given["details"])
        return AuditEntry(
            datetime.fromisoformat(given["at"]), str(given["who"]), str(given["what"]), str(given["about"]), details
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
