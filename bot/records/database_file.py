"""The SQLite file that records lie in: found, made, made anew when it is gone, and given back to the disk.

The file may be deleted or replaced while it is open. Whoever reads or writes next finds that out, and gets a file with
its tables.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, text
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, SQLAlchemyError

from bot.records.spare_room import OWNER_ONLY
from bot.records.tables import is_prepared, prepare
from ingest.errors import RecordsUnusable, UnusableInput

FORMAT = 1
"""``user_version`` of the database; raised when an older reader would misread it."""

PAGES_AT_A_TIME = 256  # given back to the disk; moving them is written beside the file first
# What is wrong with the thing to be kept, and not with the file.
_ITS_OWN_FAULT = (DataError, IntegrityError, InterfaceError)
# After these an open file is as good as before. On a full disk it must even stay open: opening it takes room.
_PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL}
_SAID = {  # what is said of a fault, by the code that SQLite gives it
    sqlite3.SQLITE_BUSY: "bot.records_locked",
    sqlite3.SQLITE_LOCKED: "bot.records_locked",
    sqlite3.SQLITE_FULL: "bot.records_disk_full",
    sqlite3.SQLITE_IOERR: "bot.records_disk_full",
    sqlite3.SQLITE_CORRUPT: "bot.records_damaged",
    sqlite3.SQLITE_NOTADB: "bot.records_damaged",
}
_Inode = tuple[int, int]


class RecordFile:
    """One file. Safe to use from several threads; nothing is touched before something is read or written."""

    works_out = True

    def __init__(self, path: Path, lock_wait_s: float) -> None:
        self.path = path
        self.engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": lock_wait_s})
        event.listen(self.engine, "connect", _set_up_connection)
        self._lock = threading.Lock()
        self._is_sound = False  # its tables are known to be there
        self._file: _Inode | None = None
        self._log: _Inode | None = None  # the file beside it that SQLite writes to first

    def close(self) -> None:
        """Let go of it."""
        self._is_sound = False
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """A transaction. Raises RecordsUnusable, or UnusableInput for something that no file could keep."""
        self.make_ready()
        with self._reaching(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A connection to read by. Raises RecordsUnusable for whatever goes wrong inside."""
        self.make_ready()
        with self._reaching(), self.engine.connect() as connection:
            yield connection

    def drop_log(self) -> None:
        """Empty the log beside the file, which holds what was written last and what was there before it."""
        self._pragma("wal_checkpoint(TRUNCATE)")

    def give_back(self) -> None:
        """Give unused pages back to the disk, some at a time; a file of an earlier version keeps them for itself."""
        unused = self._pragma("freelist_count") if self._pragma("auto_vacuum") else 0
        while unused > 0:
            self._free_pages(PAGES_AT_A_TIME)
            self.drop_log()
            before, unused = unused, self._pragma("freelist_count")
            if unused >= before:  # others write meanwhile
                return

    def make_ready(self) -> None:
        """See that the file is there and is the one whose tables are known, or make it so. Raises RecordsUnusable."""
        if self._is_ready():
            return
        with self._lock, self._reaching():
            if self._is_ready():  # by now
                return
            self.engine.dispose()  # its connections lead to another file, or to one that was found broken
            self._make_file()
            with self.engine.begin() as connection:
                self._prepare(connection)
                self._file, self._log = _inode(self.path), _inode(self._beside("-wal"))
            self._is_sound = True

    def _is_ready(self) -> bool:
        try:
            found = self.path.stat()
        except OSError:
            return False
        same = self._file == (found.st_dev, found.st_ino) and found.st_size > 0
        return self._is_sound and same and self._log == _inode(self._beside("-wal"))

    def _make_file(self) -> None:
        try:
            if self._log is not None and self._file != _inode(self.path) and self._log == _inode(self._beside("-wal")):
                for ending in ("-wal", "-shm"):  # of a file that is gone; read into its heir they would spoil it
                    self._beside(ending).unlink(missing_ok=True)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, OWNER_ONLY))
        except OSError as error:
            raise RecordsUnusable(
                "bot.records_cannot_be_opened", path=self.path, reason=error.strerror or error
            ) from error

    def _prepare(self, connection: Connection) -> None:
        found = int(connection.execute(text("PRAGMA user_version")).scalar_one())
        if found not in (0, FORMAT):
            raise RecordsUnusable("bot.records_of_another_format", path=self.path, found=found, format=FORMAT)
        if found != FORMAT or not is_prepared(connection):  # else nobody's lock need be waited for
            connection.execute(text("BEGIN IMMEDIATE"))
            prepare(connection)
            connection.execute(text(f"PRAGMA user_version = {FORMAT}"))

    def _beside(self, ending: str) -> Path:
        return self.path.with_name(f"{self.path.name}{ending}")

    def _pragma(self, command: str) -> int:
        with self.reading() as connection:
            return int(connection.execute(text(f"PRAGMA {command}")).scalar_one())

    def _free_pages(self, count: int) -> None:
        with self.reading() as connection:  # as a script, for it frees one page with each row nobody would fetch
            connection.connection.executescript(f"PRAGMA incremental_vacuum({count})")

    @contextmanager
    def _reaching(self) -> Generator[None]:
        try:
            yield
        except _ITS_OWN_FAULT as error:
            raise UnusableInput("bot.cannot_be_kept", path=self.path, reason=error.orig) from error
        except (SQLAlchemyError, sqlite3.Error) as error:
            cause = getattr(error, "orig", None) or error
            code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
            if code not in _PASSING:
                self._is_sound = False  # opened anew the next time, for it may be mended by then
            raise RecordsUnusable(_SAID.get(code, "bot.records_cannot_be_used"), path=self.path, cause=cause) from error


def _inode(path: Path) -> _Inode | None:
    """What tells a file from another one of the same name; None when there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _set_up_connection(connection: Any, _: object) -> None:
    """Readers do not wait for the writer; what is deleted is overwritten; feedback goes with its turn.

    That a file can give room back to the disk has to be said before anything is in it; said later, it waits for locks.
    """
    if connection.execute("PRAGMA page_count").fetchone() == (0,):
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    for pragma in ("journal_mode = WAL", "secure_delete = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
