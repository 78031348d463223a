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


class EntryTable:
    """One list of names.

    What was read less than ``fresh_s`` seconds ago is not read again, and while the database is away what was read last
    still holds. With 0 every reader asks the database.
    """

    def __init__(
        self, database: Database, name: str, fresh_s: float = 0.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._name = name
        self._fresh_s = fresh_s
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: tuple[float, dict[str, Entry]] | None = None

    def read(self) -> dict[str, Entry]:
        """All entries. Raises DatabaseUnusable."""
        if not self._fresh_s:
            return self._read()
        with self._lock:
            now = self._clock()
            if self._seen is None or now - self._seen[0] >= self._fresh_s:
                try:
                    self._seen = (now, self._read())
                except DatabaseUnusable:
                    if self._seen is None:
                        raise
                    self._seen = (now, self._seen[1])  # nobody waits for the database at every request
            return self._seen[1]

    @contextmanager
    def changing(self) -> Generator[dict[str, Entry]]:
        """The entries to change while nobody else does; written when nothing was raised. Raises DatabaseUnusable."""
        with self._database.writing() as connection:
            hold_alone(connection, ENTRY.name)
            before = read_entries(connection, self._name)
            entries = dict(before)
            yield entries
            write_entries(connection, self._name, before, entries)
        self._seen = None

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
