"""What one process does while others would disturb it, whichever replica they belong to."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, func, select, text

from ingest.database.address import POSTGRESQL

KEY_BYTES = 8  # of a lock of PostgreSQL, which numbers them


def hold_alone(connection: Connection, what: str) -> None:
    """Wait until nobody else holds ``what``, and hold it to the end of the transaction.

    A transaction of ours that writes to SQLite holds the whole file already.
    """
    if connection.dialect.name == POSTGRESQL:
        connection.execute(select(func.pg_advisory_xact_lock(lock_number(what))))


def hold_still(connection: Connection) -> None:
    """Read all as it is at one moment, whoever writes meanwhile, to the end of the transaction; to be said first in it.

    A transaction of ours that reads from SQLite does so anyway.
    """
    if connection.dialect.name == POSTGRESQL:
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def lock_number(what: str) -> int:
    """The number of a lock: the same on every machine."""
    digest = hashlib.sha256(f"policyqa:{what}".encode()).digest()
    return int.from_bytes(digest[:KEY_BYTES], "big", signed=True)
