"""The log of changes in a shared database: rows in the order they were noted, which nobody changes or takes away.

What must not be lost while the database is away, who signs in and out and what is deleted, is held in memory as by the
log in a file; whatever else is to be changed is refused until it can be noted.
"""

from __future__ import annotations

import json
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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

_log = logging.getLogger(__name__)


class AuditTable:
    """The log of one database."""

    def __init__(self, database: Database, now: Callable[[], datetime] = now_utc) -> None:
        self._database = database
        self._now = now
        self._lock = threading.Lock()
        self._waiting: deque[dict[str, Any]] = deque(maxlen=MOST_WAITING)

    def note(self, who: str, what: str, about: str = "", **details: str) -> None:
        """Append one entry, behind what waits. Raises DatabaseUnusable; what it should have told of must not be done."""
        with self._lock:
            self._append(row_of(AuditEntry(self._now(), who, what, about, details)))

    def note_deletion(self, who: str, what: str, about: str = "", **details: str) -> None:
        """The same, held in memory while the database is away."""
        row = row_of(AuditEntry(self._now(), who, what, about, details))
        with self._lock:
            try:
                self._append(row)
            except DatabaseUnusable as error:
                if not self._waiting:
                    _log.warning("The log of changes is held in memory: %s", error)
                self._waiting.append(row)

    def note_visit(self, who: str, what: str, about: str = "", **details: str) -> None:
        """The same, of something that changes nothing."""
        self.note_deletion(who, what, about, **details)

    def make_ready(self) -> None:
        """Write what waits, if that is possible."""
        with self._lock:
            try:
                self._append()
            except DatabaseUnusable:
                return

    def check_room(self) -> None:
        """See that a change could be noted. Raises DatabaseUnusable."""
        with self._lock:
            self._append()

    def standing(self) -> Standing:
        """Whether entries wait in memory."""
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
        self._waiting.clear()


def log_in(home: Path, database: Database | None) -> ChangeLog:
    """The log of a service: a file under ``home``, or the table of its database."""
    return AuditLog(home / FILE) if database is None else AuditTable(database)


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
