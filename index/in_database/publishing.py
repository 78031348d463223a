"""Puts the vectors and postings of an index on disk into a database: whole or not at all, beside those that are there."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

from index.in_database.copying import copy_rows, rows_of_postings, rows_of_vectors
from index.in_database.tables import (
    EXTENSION,
    LEAST_VERSION,
    OF_TOKENS,
    OF_VECTORS,
    REGISTRY,
    check_kind,
    fingerprint_of,
    table_of,
)
from index.rankers.postings import Postings
from index.rankers.vectors import EXACT_UP_TO, load_table
from index.store.manifest import checked_manifest
from ingest.database.alone import hold_alone
from ingest.database.database import Database
from ingest.errors import DatabaseUnusable, IndexCorrupt

KEPT = 3  # indexes, this one included: replicas go on to search the one before until they have switched
# 16 neighbours and 64 looked at while building are pgvector's own; 100 of them find .95 of the ten nearest in 28 ms.
NEIGHBOURS, LOOKED_AT_IN_BUILDING = 16, 64
# The graph of 400,000 vectors is built in memory at once; one that has no room in it takes ten times as long.
BUILDING = {"maintenance_work_mem": "1GB", "max_parallel_maintenance_workers": "0"}  # a container has 64 MB to share


def publish_index(
    database: Database, folder: Path, version: str, *, exact_up_to: int = EXACT_UP_TO, keep: int = KEPT
) -> int:
    """Makes the index in ``folder`` searchable in the database, in one transaction; returns its number there.

    One that lies there already only gets the name of this ``version``. Tables of up to ``exact_up_to`` vectors have no
    graph: all their vectors are compared. Of the indexes the ``keep`` that came last stay. Raises IndexCorrupt,
    DatabaseUnusable: no PostgreSQL, no pgvector or one that is too old, no right to make tables.
    """
    check_kind(database)
    manifest = checked_manifest(folder)
    known = {"fingerprint": fingerprint_of(manifest), "version": version}
    with database.writing() as connection:
        hold_alone(connection, REGISTRY)
        _see_to_pgvector(database, connection)
        connection.execute(text(_MAKE_REGISTRY))
        number = connection.execute(text(_NAME_AGAIN), known).scalar_one_or_none()
        if number is None:
            number = int(connection.execute(text(_ENTER), known).scalar_one())
            try:
                _write(connection, number, folder, exact_up_to)
            except (OSError, ValueError, KeyError) as error:
                raise IndexCorrupt("index.index_cannot_be_read", folder=folder, reason=error) from error
        for old in connection.execute(text(_OTHERS), {"keep": keep}).scalars().all():
            _drop(connection, old)
    return number


_MAKE_REGISTRY = f"""CREATE TABLE IF NOT EXISTS {REGISTRY} (
    number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    fingerprint text NOT NULL UNIQUE,
    version text NOT NULL,
    published timestamptz NOT NULL DEFAULT clock_timestamp()
)"""
_NAME_AGAIN = f"""UPDATE {REGISTRY} SET version = :version, published = clock_timestamp()
    WHERE fingerprint = :fingerprint RETURNING number"""
_ENTER = f"INSERT INTO {REGISTRY} (fingerprint, version) VALUES (:fingerprint, :version) RETURNING number"
_OTHERS = f"SELECT number FROM {REGISTRY} ORDER BY published DESC OFFSET :keep"


def _see_to_pgvector(database: Database, connection: Connection) -> None:
    found = "SELECT default_version, installed_version FROM pg_available_extensions WHERE name = :name"
    row = connection.execute(text(found), {"name": EXTENSION}).first()
    if row is None:
        raise DatabaseUnusable("index.database_lacks_pgvector", where=database.where)
    version = str(row.installed_version or row.default_version)
    if tuple(int(part) for part in version.split(".")[:2]) < LEAST_VERSION:
        raise DatabaseUnusable("index.pgvector_is_too_old", where=database.where, version=version)
    if row.installed_version is None:
        connection.execute(text(f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}"))


def _write(connection: Connection, number: int, folder: Path, exact_up_to: int) -> None:
    for option, value in BUILDING.items():
        connection.execute(text("SELECT set_config(:option, :value, true)"), {"option": option, "value": value})
    for ranker in OF_VECTORS:
        if (folder / ranker.name).is_dir():
            _write_vectors(connection, table_of(number, ranker.name), folder / ranker.name, exact_up_to)
    for ranker in OF_TOKENS:
        if (folder / ranker.name).is_dir():
            name = table_of(number, ranker.name)
            connection.execute(
                text(f"CREATE TABLE {name} (number integer NOT NULL, clauses bytea NOT NULL, scores bytea NOT NULL)")
            )
            for column in ("clauses", "scores"):  # compressing such numbers costs time and saves little
                connection.execute(text(f"ALTER TABLE {name} ALTER COLUMN {column} SET STORAGE EXTERNAL"))
            copy_rows(connection, name, rows_of_postings(Postings.load(folder / ranker.name)))
            connection.execute(text(f"ALTER TABLE {name} ADD PRIMARY KEY (number)"))
            connection.execute(text(f"ANALYZE {name}"))


def _write_vectors(connection: Connection, name: str, folder: Path, exact_up_to: int) -> None:
    table = load_table(folder)
    dim = int(table.rows(0, 1).shape[1])
    columns = f"row integer NOT NULL, key bigint NOT NULL, vector halfvec({dim}) NOT NULL"
    connection.execute(text(f"CREATE TABLE {name} ({columns})"))
    copy_rows(connection, name, rows_of_vectors(table, dim))
    connection.execute(text(f"ALTER TABLE {name} ADD PRIMARY KEY (row)"))
    connection.execute(text(f"CREATE INDEX ON {name} (key)"))
    if len(table) > exact_up_to:
        options = f"m = {NEIGHBOURS}, ef_construction = {LOOKED_AT_IN_BUILDING}"
        connection.execute(text(f"CREATE INDEX ON {name} USING hnsw (vector halfvec_ip_ops) WITH ({options})"))
    connection.execute(text(f"ANALYZE {name}"))


def _drop(connection: Connection, number: int) -> None:
    for ranker in (*OF_VECTORS, *OF_TOKENS):
        connection.execute(text(f"DROP TABLE IF EXISTS {table_of(number, ranker.name)}"))
    connection.execute(text(f"DELETE FROM {REGISTRY} WHERE number = :number"), {"number": number})
