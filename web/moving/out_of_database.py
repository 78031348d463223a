"""A database moved back into a POLICYQA_HOME: written aside, and put in place when it is whole."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, insert, select, text

from bot.records.database_file import RecordFile
from bot.records.spare_room import write_whole
from bot.records.store import LOCK_WAIT_S
from bot.records.tables import COMPUTED
from ingest.database.alone import hold_still
from ingest.database.blobs import write_tree
from ingest.database.database import Database
from ingest.database.kept_secrets import SECRET
from ingest.errors import UnusableInput
from web.http.entry_file import EntryFile
from web.http.entry_table import read_entries
from web.moving.into_database import Counts
from web.moving.moved import (
    AUDIT_LOG,
    LISTS,
    NAMES,
    RECORD_TABLES,
    RECORDS_FILE,
    ROWS_AT_A_TIME,
    STAFF_SECRET,
    TREES,
)
from web.staff.shell.audit_table import AUDIT

OWNER_ONLY = 0o600


def move_out(database: Database, home: Path) -> Counts:
    """Copy all that the database holds below ``home``; returns how many of each. The database stays as it is.

    Raises UnusableInput when something of it is there already or cannot be written, DatabaseUnusable, RecordsUnusable.
    Whatever is raised, the home is as it was.
    """
    found = next((name for name in NAMES if (home / name).exists()), None)
    if found is not None:
        raise UnusableInput("web.home_is_not_empty", path=home / found)
    aside = home / f".moving-{uuid4().hex}"
    try:
        aside.mkdir(parents=True)
        with database.reading() as connection:
            counts = _written(connection, aside)
        _put_in_place(aside, home)
    except OSError as error:
        raise UnusableInput("web.home_cannot_be_written", home=home, reason=error.strerror or error) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return counts


def _written(connection: Connection, aside: Path) -> Counts:
    hold_still(connection)
    counts = _records(connection, aside)
    for name in LISTS:
        entries = read_entries(connection, name)
        counts[name.removesuffix(".json")] = len(entries)
        if entries:
            with EntryFile(aside / name).changing() as written:
                written.update(entries)
    counts["changes"] = _audit_log(connection, aside / AUDIT_LOG)
    secret = connection.execute(select(SECRET.c.content).where(SECRET.c.name == STAFF_SECRET)).scalar_one_or_none()
    if secret is not None:
        write_whole(aside / STAFF_SECRET, bytes(secret))
    return {**counts, **{tree: write_tree(connection, tree, aside / tree) for tree in TREES}}


def _records(connection: Connection, aside: Path) -> Counts:
    file = RecordFile(aside / RECORDS_FILE, LOCK_WAIT_S)
    counts: Counts = {}
    try:
        with file.writing() as target:
            for table in RECORD_TABLES:
                counts[table.name] = 0
                columns = [column for column in table.c if column.name not in COMPUTED]
                arrived = (text("rowid"),) if table.name in ("turn", "feedback") else tuple(table.primary_key)
                rows = connection.execute(select(*columns).order_by(*arrived)).mappings()
                for some in rows.partitions(ROWS_AT_A_TIME):
                    target.execute(insert(table), [dict(row) for row in some])
                    counts[table.name] += len(some)
        file.drop_log()
    finally:
        file.close()
    return counts


def _audit_log(connection: Connection, path: Path) -> int:
    rows = connection.execute(select(AUDIT).order_by(AUDIT.c.number)).all()
    if not rows:
        return 0
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY), "w", encoding="utf-8") as file:
        for row in rows:
            told = {name: getattr(row, name) for name in ("at", "who", "what", "about")}
            file.write(json.dumps({**told, "details": json.loads(row.details)}, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return len(rows)


def _put_in_place(aside: Path, home: Path) -> None:
    """Everything, or nothing: what is there already when one step fails is taken back. Raises OSError."""
    placed: list[Path] = []
    try:
        for path in sorted(aside.iterdir()):
            if path.name.startswith("."):  # a lock
                continue
            path.rename(home / path.name)
            placed.append(home / path.name)
    except OSError:
        for path in placed:
            with suppress(OSError):
                path.rename(aside / path.name)
        raise
