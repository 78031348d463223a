"""The one database of a service: made from its address, its tables brought up to date by whoever uses it first."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress

from pydantic import SecretStr
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from ingest.database.address import SQLITE, WRITES, address_of, engine_for, shown
from ingest.database.faults import fault_of, is_of_the_thing
from ingest.database.schema import Standing, found_in, newest, standing_of, upgrade
from ingest.errors import DatabaseAway, DatabaseUnusable, UnusableInput

OWNER_ONLY = 0o600
LEFT_ALONE_S = 2.0  # a database that could not be reached, before somebody tries again


class Database:
    """Safe to use from several threads; nothing is reached before something is read or written."""

    def __init__(self, address: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Raises DatabaseUnusable for an address that is none, or one whose driver is not installed."""
        self.url = address_of(address)
        self.where = shown(self.url)
        self.engine = engine_for(self.url)
        self._clock = clock
        self._lock = threading.Lock()
        self._is_ready = False
        self._away: tuple[float, DatabaseAway] | None = None  # until when nobody tries to reach it, and why

    @property
    def kind(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self.url.get_backend_name()

    def close(self) -> None:
        """Let go of its connections."""
        self.engine.dispose()

    def standing(self) -> Standing:
        """How its tables stand to this release; nothing is changed. Raises DatabaseUnusable."""
        with self._reaching(), self._connected() as connection:
            return standing_of(connection)

    def make_ready(self) -> None:
        """See that its tables are those of this release, and make them so where steps are missing.

        Raises DatabaseUnusable: DatabaseAway when it cannot be reached just now.
        """
        if self._is_ready:
            return
        with self._lock:
            if self._is_ready:  # by now
                return
            with self._reaching():
                self._bring_up()
            self._is_ready = True

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A connection to read by. Raises DatabaseUnusable."""
        self.make_ready()
        with self._reaching(), self._connected() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """A transaction. Raises DatabaseUnusable, or UnusableInput for something that no database could keep."""
        self.make_ready()
        with self._reaching(), self._begun() as connection:
            yield connection

    def _bring_up(self) -> None:
        self._make_file()
        with self._connected() as connection:
            self._refuse(standing_of(connection), connection)
            if standing_of(connection) is Standing.CURRENT:  # also where nothing can be written
                return
        with self._begun() as connection:
            upgrade(connection)

    def _make_file(self) -> None:
        """Made by SQLite itself it could be read by everybody."""
        if self.kind == SQLITE:
            with suppress(OSError):  # SQLite says it better
                os.close(os.open(str(self.url.database), os.O_CREAT | os.O_RDWR, OWNER_ONLY))

    def _refuse(self, standing: Standing, connection: Connection) -> None:
        if standing is Standing.NEW:
            found = found_in(connection)
            raise DatabaseUnusable("ingest.database_of_newer_release", where=self.where, found=found, known=newest())
        if standing is Standing.STRANGE:
            raise DatabaseUnusable("ingest.database_of_others", where=self.where)

    @contextmanager
    def _connected(self, **options: object) -> Generator[Connection]:
        """A connection. One that was not to be had is not asked for again at once: not everybody waits for it."""
        if self._away is not None and self._clock() < self._away[0]:
            raise DatabaseAway(self._away[1].sentence) from self._away[1]
        try:
            connection = self.engine.execution_options(**options).connect()
        except SQLAlchemyError as error:
            fault = fault_of(error, self.where)
            if isinstance(fault, DatabaseAway):
                self._away = (self._clock() + LEFT_ALONE_S, fault)
            raise fault from error
        self._away = None
        with connection:
            yield connection

    @contextmanager
    def _begun(self) -> Generator[Connection]:
        with self._connected(**{WRITES: True}) as connection, connection.begin():
            yield connection

    @contextmanager
    def _reaching(self) -> Generator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            if is_of_the_thing(error):
                said = str(getattr(error, "orig", error)).partition("\n")[0]
                raise UnusableInput("ingest.database_cannot_keep", where=self.where, reason=said) from error
            raise fault_of(error, self.where) from error


def database_at(address: SecretStr | None) -> Database | None:
    """The database of the setting; None when there is none, and all is kept in files. Raises DatabaseUnusable."""
    given = address.get_secret_value().strip() if address is not None else ""
    return Database(given) if given else None
