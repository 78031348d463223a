"""The log of changes in a shared database: rows in the order they were noted, which nobody changes or takes away.

What must not be lost while the database is away, who signs in and out and what is deleted, waits on the disk of its
replica and is handed in when the database is back; whatever else is to be changed is refused until it can be noted.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, insert, select

from bot.records.engines import AnyText
from ingest.database.alone import hold_alone
from ingest.database.database import Database
from ingest.errors import DatabaseUnusable
from web.staff.shell.audit_log import (
    FILE,
    LONGEST_TEXT,
    MOST_WAITING,
    AuditEntry,
    AuditLog,
    ChangeLog,
    Standing,
    now_utc,
)

AUDIT = Table(
    "audit",
    MetaData(),
    Column("number", Integer, primary_key=True),
    Column("at", String),
    *(Column(name, AnyText) for name in ("who", "what", "about")),
    Column("details", String),  # JSON object
)
ROWS_AT_A_TIME = 500
WAITING_FILE = "audit-waiting.jsonl"
AGAIN_S = 5.0  # between two attempts to hand in what waits

_COLUMNS = {column.name for column in AUDIT.columns} - {"number"}
_log = logging.getLogger(__name__)


class AuditTable:
    """The log of one database."""

    def __init__(
        self, database: Database, now: Callable[[], datetime] = now_utc, waiting_file: Path | None = None
    ) -> None:
        """What waits in ``waiting_file``, from before a restart, is handed in with the next entry or by :meth:`make_ready`."""
        self._database = database
        self._now = now
        self._lock = threading.Lock()
        self._file = waiting_file
        self._waiting: deque[dict[str, Any]] = deque(_rows_in(waiting_file), maxlen=MOST_WAITING)
        self._is_trying = False

    def note(self, who: str, what: str, about: str = "", **details: str) -> None:
        """Append one entry, behind what waits. Raises DatabaseUnusable; what it should have told of must not be done."""
        with self._lock:
            self._append(row_of(AuditEntry(self._now(), who, what, about, details)))

    def note_deletion(self, who: str, what: str, about: str = "", **details: str) -> None:
        """The same; it waits while the database is away."""
        row = row_of(AuditEntry(self._now(), who, what, about, details))
        with self._lock:
            try:
                self._append(row)
            except DatabaseUnusable as error:
                if not self._waiting:
                    _log.warning("Entries of the log of changes wait for the database: %s", error)
                self._keep(row)
                self._try_again()

    def note_visit(self, who: str, what: str, about: str = "", **details: str) -> None:
        """The same, of something that changes nothing."""
        self.note_deletion(who, what, about, **details)

    def make_ready(self) -> None:
        """Write what waits, if that is possible."""
        with self._lock:
            try:
                self._append()
            except DatabaseUnusable:
                self._try_again()

    def check_room(self) -> None:
        """See that a change could be noted. Raises DatabaseUnusable."""
        with self._lock:
            self._append()

    def standing(self) -> Standing:
        """Whether entries wait."""
        return "reserve" if self._waiting else ""

    def entries(self) -> Iterator[AuditEntry]:
        """All entries, the newest first. Raises DatabaseUnusable."""
        with self._database.reading() as connection:
            before: int | None = None
            while rows := _some(connection, before):
                yield from map(entry_of_row, rows)
                before = rows[-1].number

    def _append(self, *rows: dict[str, Any]) -> None:
        waiting = list(self._waiting)
        with self._database.writing() as connection:
            if waiting or rows:
                append_rows(connection, [*waiting, *rows])
            else:  # what is only read refuses this, too
                connection.execute(select(AUDIT.c.number).limit(0).with_for_update())
        if waiting:
            self._waiting.clear()
            if self._file is not None:
                self._file.unlink(missing_ok=True)

    def _keep(self, row: dict[str, Any]) -> None:
        """On the disk, too, so that it outlives the process; on a full one it stays in memory."""
        self._waiting.append(row)
        if self._file is None:
            return
        try:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(f"{json.dumps(row, ensure_ascii=False)}\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            _log.warning("An entry of the log of changes waits in memory only: %s", error)

    def _try_again(self) -> None:
        """Hand in what waits as soon as the database is back. Whoever calls holds the lock."""
        if not self._is_trying and self._waiting:
            self._is_trying = True
            later = threading.Timer(AGAIN_S, self._hand_in)
            later.daemon = True
            later.start()

    def _hand_in(self) -> None:
        with self._lock:
            self._is_trying = False
        self.make_ready()


def _rows_in(file: Path | None) -> Iterator[dict[str, Any]]:
    """The rows that wait in a file; a line that was cut off is no row."""
    if file is None or not file.exists():
        return
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        with suppress(ValueError):
            row = json.loads(line)
            if isinstance(row, dict) and set(cast("dict[str, Any]", row)) == _COLUMNS:
                yield cast("dict[str, Any]", row)


def log_in(home: Path, database: Database | None) -> ChangeLog:
    """The log of a service: a file under ``home``, or the table of its database."""
    return AuditLog(home / FILE) if database is None else AuditTable(database, waiting_file=home / WAITING_FILE)


def row_of(entry: AuditEntry) -> dict[str, Any]:
    """An entry as a row; its texts are cut as in a file."""
    details = {key: value[:LONGEST_TEXT] for key, value in entry.details.items()}
    return {
        "at": entry.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        **{name: _sound(getattr(entry, name)[:LONGEST_TEXT]) for name in ("who", "what", "about")},
        "details": _sound(json.dumps(details, ensure_ascii=False)),
    }


def append_rows(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Append them in their order; numbers follow the order in which transactions end."""
    hold_alone(connection, AUDIT.name)
    connection.execute(insert(AUDIT), rows)


def entry_of_row(row: Any) -> AuditEntry:
    """The entry of a row."""
    details: Mapping[str, str] = json.loads(row.details)
    return AuditEntry(datetime.fromisoformat(row.at), row.who, row.what, row.about, details)


def _some(connection: Connection, before: int | None) -> list[Any]:
    chosen = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(ROWS_AT_A_TIME)
    return list(connection.execute(chosen if before is None else chosen.where(AUDIT.c.number < before)).all())


def _sound(text: str) -> str:
    """Without half a sign, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
