"""What staff changed: one JSON object a line, only ever appended to.

On a full disk lines go to a reserve that was made while there was room, and from there to the log as soon as there is
room again. When that is used up, too, nothing may be changed but by deleting; what is deleted then, and who signs in
and out, is held in memory until it can be written.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Protocol, cast

from filelock import FileLock

from ingest.errors import PolicyQAError
from web.staff.shell import audit_reserve
from web.staff.shell.audit_reserve import Reserve

FILE = "audit.jsonl"
RESERVE_FILE = "audit.reserve"
OWNER_ONLY = 0o600
LONGEST_TEXT = 2000  # characters of each word of an entry; the thing itself is kept elsewhere
ROOM_FOR_A_CHANGE = 128 * 1024  # bytes that must be left before one begins: an entry has a few kilobytes
LOCK_WAIT_S = 10.0  # for another process that writes a line
MOST_WAITING = 1000  # entries in memory; of more the oldest go
LINES_AT_A_TIME = 20  # brought over to the log
LONGEST_BACKLOG = 8 * 1024 * 1024  # bytes of it that are looked through for lines brought over already

_log = logging.getLogger(__name__)

Standing = Literal["", "reserve", "used_up"]
"""How the log stands: all is written to it, lines lie in the reserve or in memory, or only deleting is possible."""


class AuditUnusable(PolicyQAError):
    """The log of changes cannot be read or written. What it should have told of must not be done."""


class AuditFull(AuditUnusable):
    """Neither the log nor its reserve has room for another change."""


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


class ChangeLog(Protocol):
    """The log of changes, wherever it is kept; what cannot be noted raises, and must not be done."""

    def note(self, who: str, what: str, about: str = "", **details: str) -> None:
        """Append one entry."""
        ...

    def note_deletion(self, who: str, what: str, about: str = "", **details: str) -> None:
        """The same of something that makes room: held in memory when it cannot be written."""
        ...

    def note_visit(self, who: str, what: str, about: str = "", **details: str) -> None:
        """The same of something that changes nothing."""
        ...

    def make_ready(self) -> None:
        """Write what waits, as far as possible."""
        ...

    def check_room(self) -> None:
        """See that a change could be noted."""
        ...

    def standing(self) -> Standing:
        """How it stands."""
        ...

    def entries(self) -> Iterator[AuditEntry]:
        """All entries, the newest first."""
        ...


class AuditLog:
    """The log of one file."""

    def __init__(
        self, path: Path, now: Callable[[], datetime] = now_utc, reserve_bytes: int = audit_reserve.SIZE
    ) -> None:
        self.path = path
        self._now = now
        self._lock = threading.Lock()
        self._reserve = Reserve(path.with_name(RESERVE_FILE), reserve_bytes)
        self._waiting: deque[bytes] = deque(maxlen=MOST_WAITING)

    def note(self, who: str, what: str, about: str = "", **details: str) -> None:
        """Append one entry and see it on the disk, in the reserve when there is no room. Raises AuditUnusable."""
        line = self._line(who, what, about, details)
        try:
            with self._alone():
                self._write(line)
        except (OSError, TimeoutError) as error:
            raise AuditUnusable("web.log_cannot_be_written", path=self.path, reason=error) from error

    def note_deletion(self, who: str, what: str, about: str = "", **details: str) -> None:
        """The same of something that makes room: held in memory when it can be written nowhere."""
        line = self._line(who, what, about, details)
        try:
            with self._alone():
                self._write(line)
        except (OSError, TimeoutError) as error:
            self._hold(line, error)

    def note_visit(self, who: str, what: str, about: str = "", **details: str) -> None:
        """The same of something that changes nothing: held in memory when there is no room, the reserve untouched."""
        line = self._line(who, what, about, details)
        try:
            with self._alone():
                self._append(line)
        except (OSError, TimeoutError) as error:
            self._hold(line, error)

    def make_ready(self) -> None:
        """Use what room there is: bring over what waits, and make the reserve. Without room that is tried again later."""
        with suppress(OSError, TimeoutError), self._alone():
            self._catch_up()
            self._reserve.fill()

    def check_room(self) -> None:
        """See that a change could be noted, whatever happens to the disk meanwhile. Raises AuditFull."""
        if self._has_room() and not self.standing():
            return
        self.make_ready()
        if not self._has_room():
            raise AuditFull("web.disk_is_full", path=self._reserve.path)

    def standing(self) -> Standing:
        """How it stands."""
        try:
            if not self._waiting and not self._reserve.lines():
                return ""
        except OSError:
            return "used_up"
        return "reserve" if self._has_room() else "used_up"

    def _has_room(self) -> bool:
        try:
            return self._reserve.left() >= ROOM_FOR_A_CHANGE
        except OSError:
            return False

    def entries(self) -> Iterator[AuditEntry]:
        """All entries, the newest first; a line torn by a power cut is passed over. Raises AuditUnusable."""
        try:
            lines = self.path.read_bytes().splitlines() if self.path.exists() else []
            lines.extend(line.rstrip(b"\n") for line in self._backlog())
        except OSError as error:
            raise AuditUnusable("web.file_cannot_be_read", path=self.path, reason=error.strerror) from error
        for line in reversed(lines):
            entry = _entry(line)
            if entry is not None:
                yield entry

    def _line(self, who: str, what: str, about: str, details: Mapping[str, str]) -> bytes:
        entry = {
            "at": self._now().astimezone(UTC).isoformat(timespec="milliseconds"),  # first: lines sort by it
            "who": who[:LONGEST_TEXT],
            "what": what[:LONGEST_TEXT],
            "about": about[:LONGEST_TEXT],
            "details": {key: value[:LONGEST_TEXT] for key, value in details.items()},
        }
        return json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace") + b"\n"

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Raises OSError, TimeoutError."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self._lock, FileLock(self.path.with_name(f".{self.path.name}.lock"), timeout=LOCK_WAIT_S):
            yield

    def _write(self, line: bytes) -> None:
        try:
            self._append(line)
        except OSError:
            self._reserve.add(line)

    def _append(self, line: bytes) -> None:
        self._catch_up()
        _append(self.path, line)

    def _catch_up(self) -> None:
        """Bring over what lies in the reserve and in memory, as far as there is room; what is there stays there."""
        backlog = self._backlog()
        for start in range(0, len(backlog), LINES_AT_A_TIME):
            _append(self.path, b"".join(backlog[start : start + LINES_AT_A_TIME]))
        self._reserve.clear()
        self._waiting.clear()

    def _backlog(self) -> list[bytes]:
        """Lines that are not in the log yet, the oldest first: it may have taken some of them only."""
        held = [line + b"\n" for line in self._reserve.lines().splitlines()]
        lines = sorted([*held, *self._waiting])
        there = set(_tail(self.path, LONGEST_BACKLOG)) if lines else set[bytes]()
        return [line for line in lines if line not in there]

    def _hold(self, line: bytes, error: Exception) -> None:
        if not self._waiting:
            _log.warning(
                "%s cannot be written (%s); who signs in and what is deleted is held in memory.", self.path, error
            )
        with self._lock:  # else what is brought over just now would take it along unwritten
            self._waiting.append(line)


def _append(path: Path, lines: bytes) -> None:
    """All of it or nothing. Raises OSError."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_APPEND, OWNER_ONLY)
    with os.fdopen(descriptor, "rb+", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":  # the last writer was cut off: its rest stays a line of its own
                lines = b"\n" + lines
        try:
            rest = memoryview(lines)
            while rest:  # a disk that fills up takes the first part without a word
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise


def _tail(path: Path, most: int) -> list[bytes]:
    """The last lines of a file."""
    if not path.exists():
        return []
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - most))
        return file.read().splitlines(keepends=True)


def _entry(line: bytes) -> AuditEntry | None:
    try:
        given = cast("dict[str, Any]", json.loads(line))
        details = cast("dict[str, str]", given["details"])
        return AuditEntry(
            datetime.fromisoformat(given["at"]), str(given["who"]), str(given["what"]), str(given["about"]), details
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
