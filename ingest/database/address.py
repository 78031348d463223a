"""What POLICYQA_DATABASE_URL says, as an engine: which database, how it is reached, how its connections are set up.

An address may hold a password. No message and no log repeats it: of an address only host and name are ever shown.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from ingest.errors import DatabaseUnusable

SQLITE, POSTGRESQL = "sqlite", "postgresql"
DRIVER = "psycopg"
EXTRA = "postgres"  # of pyproject.toml
LOCK_WAIT_S = 10.0  # for another writer of a SQLite file
POOL_WAIT_S = 5.0  # for a connection when all are in use
# What libpq is told where the address says nothing: whoever asks must not hang on a machine that is gone.
REACHING = {"connect_timeout": 3, "tcp_user_timeout": 10_000, "keepalives_idle": 30, "application_name": "policyqa"}
WRITES = "policyqa_writes"  # option of a connection that is going to write


def address_of(given: str) -> URL:
    """The address of a database we can use. Raises DatabaseUnusable."""
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        raise DatabaseUnusable("ingest.database_url_is_none") from None  # the cause would show what was given
    speaks, _, driver = url.drivername.partition("+")
    if speaks == SQLITE and driver in ("", "pysqlite"):
        if url.database in (None, "", ":memory:"):
            raise DatabaseUnusable("ingest.database_in_no_file")
        return url.set(drivername=SQLITE)
    if speaks in (POSTGRESQL, "postgres") and driver in ("", DRIVER):
        if not url.database:
            raise DatabaseUnusable("ingest.database_url_is_none")
        return url.set(drivername=f"{POSTGRESQL}+{DRIVER}")
    raise DatabaseUnusable("ingest.database_of_another_kind", kind=url.drivername)


def shown(url: URL) -> str:
    """What messages call a database: its file, or host, port and name; never who signs in and how."""
    if url.get_backend_name() == SQLITE:
        return str(url.database)
    given = url.host or url.query.get("host") or "localhost"
    host = given if isinstance(given, str) else ", ".join(given)
    return f"{host}{f':{url.port}' if url.port else ''}/{url.database}"


def engine_for(url: URL) -> Engine:
    """An engine; nothing is reached yet. Raises DatabaseUnusable when its driver is not installed."""
    if url.get_backend_name() == SQLITE:
        return _sqlite_engine(url)
    reaching: dict[str, Any] = {name: value for name, value in REACHING.items() if name not in url.query}
    try:
        return create_engine(
            url,
            # Statements prepared on one connection are not there on the next one that a pooler in between hands out.
            connect_args={**reaching, "prepare_threshold": None},
            pool_pre_ping=True,
            pool_timeout=POOL_WAIT_S,
            hide_parameters=True,
        )
    except ImportError as error:
        raise DatabaseUnusable("ingest.database_driver_missing", extra=EXTRA) from error


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": LOCK_WAIT_S}, hide_parameters=True)

    def set_up(connection: Any, _: object) -> None:
        connection.isolation_level = None  # Python's driver would begin transactions late, and none before DDL
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    def begin(connection: Any) -> None:
        """A writer takes the one lock at once, so that what it reads first still holds when it writes."""
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", begin)
    return engine
