"""A call that goes out to all replicas when a transaction is committed, and an ear for it.

PostgreSQL carries it (LISTEN and NOTIFY). Where it does not arrive, as through a pooler of connections, or where the
database is a file, whoever waits looks again after a while all the same.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from ingest.database.address import POSTGRESQL
from ingest.database.database import Database
from ingest.errors import DatabaseUnusable

CHANNEL = "policyqa"


def call(connection: Connection, word: str) -> None:
    """Say a word to whoever listens, once the transaction is committed."""
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(func.pg_notify(CHANNEL, word)))


class Ear:
    """Waits for a call; for one thread. It has a connection of its own, taken when it first waits."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None

    def wait(self, seconds: float, over: threading.Event) -> None:
        """Wait for a call, no longer than that; less where the database is away or ``over`` is set."""
        if self._database.kind != POSTGRESQL:
            over.wait(seconds)
            return
        dbapi: Any = self._database.engine.dialect.dbapi
        try:
            for _ in self._listening().notifies(timeout=seconds, stop_after=1):
                pass
        except (SQLAlchemyError, DatabaseUnusable, dbapi.Error):
            self.close()
            over.wait(seconds)

    def close(self) -> None:
        """Let go of the connection."""
        taken, self._connection = self._connection, None
        if taken is not None:
            with suppress(SQLAlchemyError):
                taken.invalidate()  # it still listens: nobody else may have it
                taken.close()

    def _listening(self) -> Any:
        """The connection of the driver, which hears calls. What was said before it was made is not heard."""
        if self._connection is None:
            self._database.make_ready()
            self._connection = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._connection.exec_driver_sql(f"LISTEN {CHANNEL}")
        return self._connection.connection.driver_connection
