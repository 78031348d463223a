"""Waits after wrong passwords that all replicas know of: guessing at another one gains nothing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator

from sqlalchemy import Column, Connection, Float, Integer, MetaData, String, Table, delete, insert, select

from ingest.database.alone import hold_alone
from ingest.database.database import Database
from web.staff.identity.login_throttle import FORGOTTEN_AFTER_S, Failures, keys_of, seconds_to_wait

FAILED = Table(
    "failed_login",
    MetaData(),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("count", Integer),
    Column("last", Float),  # seconds since 1970
)


class SharedPatience:
    """Counts tries that failed in a database. Raises DatabaseUnusable: without it nobody signs in."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def begin(self, name: str, client: str, device: str = "") -> int:
        """0 when a try may be made, which then counts; else the seconds to wait."""
        now = self._clock()
        with self._database.writing() as connection:
            hold_alone(connection, FAILED.name)
            connection.execute(delete(FAILED).where(FAILED.c.last < now - FORGOTTEN_AFTER_S))
            known = {key: _known(connection, key) for key in _keys(name, client, device)}
            wait = max(seconds_to_wait(key, failures, now) for key, failures in known.items())
            if wait > 0:
                return int(wait) + 1
            for key, failures in known.items():
                _keep(connection, key, Failures(failures.count + 1 if failures else 1, now))
            return 0

    def succeeded(self, name: str, client: str, device: str = "") -> None:
        """The last try was right and no longer counts; earlier ones of a known browser are forgotten."""
        with self._database.writing() as connection:
            hold_alone(connection, FAILED.name)
            for key in _keys(name, client, device):
                kept = _known(connection, key)
                if kept is not None:
                    kept.count = 0 if key[0] == "device" else max(0, kept.count - 1)
                    _keep(connection, key, kept)


def _keys(name: str, client: str, device: str) -> Iterator[tuple[str, str]]:
    """Hashed: what is typed as a name may be long, or a password."""
    for kind, value in keys_of(name, client, device):
        yield kind, hashlib.sha256(value.encode("utf-8", "replace")).hexdigest()


def _known(connection: Connection, key: tuple[str, str]) -> Failures | None:
    row = connection.execute(select(FAILED).where(FAILED.c.kind == key[0], FAILED.c.key == key[1])).first()
    return None if row is None else Failures(row._mapping["count"], row.last)  # pyright: ignore[reportPrivateUsage] public in spite of its name; row.count is a method


def _keep(connection: Connection, key: tuple[str, str], failures: Failures) -> None:
    kind, value = key
    connection.execute(delete(FAILED).where(FAILED.c.kind == kind, FAILED.c.key == value))
    connection.execute(insert(FAILED).values(kind=kind, key=value, count=failures.count, last=failures.last))
