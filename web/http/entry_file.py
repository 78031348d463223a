"""Small files of names with hashed secrets: read again when they change, written aside and switched, owner-only."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from filelock import FileLock

from ingest.errors import PolicyQAError

OWNER_ONLY = 0o600
LOCK_WAIT_S = 10.0  # for another command that writes the file


class EntriesUnusable(PolicyQAError):
    """A file of accounts or keys cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The hashed secret of one name."""

    hash: str
    changed: str  # UTC, ISO 8601
    role: str = ""  # of an account; empty in files without roles


def entry_of(hashed: str, role: str = "") -> Entry:
    """An entry made now."""
    return Entry(hashed, datetime.now(UTC).isoformat(timespec="seconds"), role)


class Entries(Protocol):
    """A list of names, wherever it is kept."""

    def read(self) -> dict[str, Entry]:
        """All entries."""
        ...

    def changing(self) -> AbstractContextManager[dict[str, Entry]]:
        """The entries to change while nobody else does; written when nothing was raised."""
        ...


class EntryFile:
    """The entries of one file. Commands write it while the service runs, so it is read again when it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._entries: dict[str, Entry] = {}

    def read(self) -> dict[str, Entry]:
        """All entries; none when there is no file. Raises EntriesUnusable."""
        with self._lock:
            try:
                stat = self.path.stat()
            except FileNotFoundError:
                self._seen, self._entries = None, {}
                return {}
            except OSError as error:
                raise EntriesUnusable("web.file_cannot_be_read", path=self.path, reason=error.strerror) from error
            seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            if seen != self._seen:
                self._entries = _read(self.path)
                self._seen = seen
            return self._entries

    @contextmanager
    def changing(self) -> Generator[dict[str, Entry]]:
        """The entries to change while nobody else does; written when nothing was raised. Raises EntriesUnusable."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=LOCK_WAIT_S)
            lock.acquire()
        except (OSError, TimeoutError) as error:
            raise EntriesUnusable("web.entries_cannot_be_written", path=self.path, reason=error) from error
        try:
            entries = _read(self.path) if self.path.exists() else {}
            yield entries
            _write(self.path, entries)
        finally:
            lock.release()


def _read(path: Path) -> dict[str, Entry]:
    try:
        given = json.loads(path.read_text("utf-8"))
        return {
            str(name): Entry(str(entry["hash"]), str(entry["changed"]), str(entry.get("role", "")))
            for name, entry in given.items()
        }
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise EntriesUnusable("web.entries_are_damaged", path=path, reason=type(error).__name__) from error


def _write(path: Path, entries: dict[str, Entry]) -> None:
    kept = {
        name: {"hash": entry.hash, "changed": entry.changed} | ({"role": entry.role} if entry.role else {})
        for name, entry in sorted(entries.items())
    }
    aside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY), "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise EntriesUnusable("web.entries_cannot_be_written", path=path, reason=error.strerror) from error
