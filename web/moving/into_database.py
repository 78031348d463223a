"""A POLICYQA_HOME moved into an empty database, in one transaction; the home stays as it is."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, text

from bot.records.store import Records
from index.store.pointer import folder_that_serves
from index.store.store import FOLDER as INDEX
from ingest.corpus.versions import read_published
from ingest.database.alone import hold_alone
from ingest.database.blobs import keep_tree
from ingest.database.database import Database
from ingest.database.kept_secrets import SECRET
from ingest.errors import UnusableIndex, UnusableInput
from web.http.entry_file import EntryFile
from web.http.entry_table import write_entries
from web.moving.moved import (
    AUDIT_LOG,
    LISTS,
    RECORD_TABLES,
    RECORDS_FILE,
    ROWS_AT_A_TIME,
    STAFF_SECRET,
    TABLES,
    TREES,
)
from web.replicas.version_store import INDEX_TREES
from web.staff.shell.audit_log import AuditLog
from web.staff.shell.audit_table import append_rows, row_of

Counts = dict[str, int]


def move_in(home: Path, database: Database, keys_file: Path | None = None) -> Counts:
    """Copy all that is kept under ``home``; returns how many of each.

    Raises UnusableInput when the database holds something already or a file cannot be read, DatabaseUnusable,
    RecordsUnusable, EntriesUnusable, AuditUnusable, CorpusUnusable. Whatever is raised, the database is as it was.
    """
    try:
        with database.writing() as connection:
            hold_alone(connection, "moving")
            _check_empty(connection, database.where)
            counts = {**_records(home, connection), **_lists(home, keys_file, connection)}
            counts["changes"] = _audit_log(home, connection)
            _secret(home, connection)
            _index(home, connection)
            return {**counts, **{tree: keep_tree(connection, tree, home / tree) for tree in TREES}}
    except OSError as error:
        raise UnusableInput("web.home_cannot_be_read", home=home, reason=error.strerror or error) from error


def _check_empty(connection: Connection, where: str) -> None:
    for table in TABLES:
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if count:
            raise UnusableInput("web.database_is_not_empty", where=where, count=count, table=table.name)


def _records(home: Path, connection: Connection) -> Counts:
    if not (home / RECORDS_FILE).is_file():
        return {table.name: 0 for table in RECORD_TABLES}
    records = Records(home)
    try:
        with records.reading() as source:
            return {table.name: _copied(table, source, connection) for table in RECORD_TABLES}
    finally:
        records.close()


def _copied(table: Table, source: Connection, target: Connection) -> int:
    rows = iter(source.execute(select(table).order_by(text("rowid"))).mappings())
    count = 0
    while some := list(islice(rows, ROWS_AT_A_TIME)):
        target.execute(insert(table), [dict(row) for row in some])
        count += len(some)
    return count


def _lists(home: Path, keys_file: Path | None, connection: Connection) -> Counts:
    counts: Counts = {}
    for name in LISTS:
        path = keys_file if keys_file is not None and name == LISTS[-1] else home / name
        entries = EntryFile(path).read()
        write_entries(connection, name, {}, entries)
        counts[name.removesuffix(".json")] = len(entries)
    return counts


def _audit_log(home: Path, connection: Connection) -> int:
    rows: list[dict[str, Any]] = [row_of(entry) for entry in AuditLog(home / AUDIT_LOG).entries()][::-1]
    if rows:
        append_rows(connection, rows)
    return len(rows)


def _index(home: Path, connection: Connection) -> None:
    """The index beside the version that serves, so that no replica has to make it. Whether it fits is seen when it is opened."""
    published = read_published(home)
    with suppress(UnusableIndex):
        if published is not None:
            keep_tree(connection, INDEX_TREES + published.serving, folder_that_serves(home / INDEX))


def _secret(home: Path, connection: Connection) -> None:
    """What cookies of known browsers are signed with. The salt of the records stays: see docs/database.md."""
    path = home / STAFF_SECRET
    if path.is_file():
        connection.execute(delete(SECRET).where(SECRET.c.name == STAFF_SECRET))
        connection.execute(insert(SECRET).values(name=STAFF_SECRET, content=path.read_bytes()))
