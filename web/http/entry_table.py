"""Names with hashed secrets in a shared database: the same lists as the files of :mod:`web.http.entry_file`."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from sqlalchemy import Column, Connection, MetaData, String, Table, delete, insert, select

from ingest.database.alone import hold_alone
from ingest.database.database import Database
from ingest.errors import DatabaseUnusable
from web.http.entry_file import Entry

ENTRY = Table(
    "entry",
    MetaData(),
    Column("list", String, primary_key=True),
    Column("name", String, primary_key=True),
    *(Column(name, String) for name in ("hash", "changed", "role")),
)


def in_a_thread(work: Callable[[], None]) -> None:
    """Do something beside whoever asks."""
    threading.Thread(target=work, name="read-entries", daemon=True).start()


class EntryTable:
    """One list of names.

    With ``fresh_s`` nobody waits for the database but the first reader: what was read so many seconds ago still holds
    and is read again ``beside``, and while the database is away what was read last holds. With 0 every reader asks it.
    """

    def __init__(
        self,
        database: Database,
        name: str,
        fresh_s: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
        beside: Callable[[Callable[[], None]], None] = in_a_thread,
    ) -> None:
        self._database = database
        self._name = name
        self._fresh_s = fresh_s
        self._clock = clock
        self._beside = beside
        self._lock = threading.Lock()
        self._read_at: float | None = None
        self._known: dict[str, Entry] | None = None
        self._fault: DatabaseUnusable | None = None

    def read(self) -> dict[str, Entry]:
        """All entries. Raises DatabaseUnusable."""
        if not self._fresh_s:
            return self._read()
        with self._lock:
            is_first = self._read_at is None
            is_old = self._read_at is None or self._clock() - self._read_at >= self._fresh_s
            if is_old:
                self._read_at = self._clock()
        if is_first:
            self._refresh()
        elif is_old:
            self._beside(self._refresh)
        if self._known is None:
            fault = self._fault
            raise DatabaseUnusable(fault.sentence if fault else "web.cannot_be_looked_up")
        return self._known

    def _refresh(self) -> None:
        try:
            self._known, self._fault = self._read(), None
        except DatabaseUnusable as error:
            self._fault = error

    @contextmanager
    def changing(self) -> Generator[dict[str, Entry]]:
        """The entries to change while nobody else does; written when nothing was raised. Raises DatabaseUnusable."""
        with self._database.writing() as connection:
            hold_alone(connection, ENTRY.name)
            before = read_entries(connection, self._name)
            entries = dict(before)
            yield entries
            write_entries(connection, self._name, before, entries)
        self._read_at = None

    def _read(self) -> dict[str, Entry]:
        with self._database.reading() as connection:
            return read_entries(connection, self._name)


def read_entries(connection: Connection, name: str) -> dict[str, Entry]:
    """All entries of a list."""
    rows = connection.execute(select(ENTRY).where(ENTRY.c.list == name).order_by(ENTRY.c.name))
    return {row.name: Entry(row.hash, row.changed, row.role) for row in rows}


def write_entries(connection: Connection, name: str, before: dict[str, Entry], after: dict[str, Entry]) -> None:
    """Make the entries of a list those of ``after``, where they are now those of ``before``."""
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    for key in sorted(changed):
        connection.execute(delete(ENTRY).where(ENTRY.c.list == name, ENTRY.c.name == key))
        if key in after:
            entry = after[key]
            row = {"hash": entry.hash, "changed": entry.changed, "role": entry.role}
            connection.execute(insert(ENTRY).values(list=name, name=key, **row))
