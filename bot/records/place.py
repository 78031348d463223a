"""Where records lie: a file of their own, or the database that a service shares with others."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import Connection, Engine

from ingest.database.database import Database
from ingest.errors import DatabaseUnusable, RecordsUnusable


class RecordPlace(Protocol):
    """What the records need of the place they lie in."""

    engine: Engine

    @property
    def works_out(self) -> bool:
        """Whether it reads language, document and heading out of an answer by itself."""
        ...

    def make_ready(self) -> None:
        """See that it has its tables and can be reached. Raises RecordsUnusable."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction. Raises RecordsUnusable, or UnusableInput for something that could be kept nowhere."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to read by. Raises RecordsUnusable for whatever goes wrong inside."""
        ...

    def drop_log(self) -> None:
        """See that nothing of what was deleted is left beside the tables."""
        ...

    def give_back(self) -> None:
        """Give unused room back to the disk."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class DatabasePlace:
    """The tables of a shared database, whose own vacuum sees to room and to what was deleted."""

    works_out = False

    def __init__(self, database: Database) -> None:
        self._database = database
        self.engine = database.engine

    def make_ready(self) -> None:
        """Raises RecordsUnusable."""
        with _told():
            self._database.make_ready()

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """Raises RecordsUnusable, UnusableInput."""
        with _told(), self._database.writing() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """Raises RecordsUnusable."""
        with _told(), self._database.reading() as connection:
            yield connection

    def drop_log(self) -> None:
        """Nothing: the log of a shared database is not ours."""

    def give_back(self) -> None:
        """Nothing: the room of a shared database is used again."""

    def close(self) -> None:
        """Let go of its connections; whoever uses it next gets new ones."""
        self._database.close()


@contextmanager
def _told() -> Generator[None]:
    try:
        yield
    except DatabaseUnusable as error:
        raise RecordsUnusable(error.sentence) from error
