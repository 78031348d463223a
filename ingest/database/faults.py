"""What went wrong with a database, as one sentence that says what to do.

PostgreSQL gives every fault a code, but a refused connection only words. Where its server does not speak English they
are passed on as they are, and the fault counts as one that may be over by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ingest.errors import DatabaseAway, DatabaseUnusable

LONGEST_CAUSE = 200  # characters of what the database itself says
_BY_SQLSTATE: Mapping[str, str] = {
    "28P01": "ingest.database_refuses_login",
    "28000": "ingest.database_refuses_login",
    "3D000": "ingest.database_is_not_there",
    "25006": "ingest.database_read_only",
    "42501": "ingest.database_forbids",
    "42P01": "ingest.database_lacks_tables",
    "42703": "ingest.database_lacks_tables",
    "53100": "ingest.database_disk_full",
}
_BY_SQLITE_CODE: Mapping[int, str] = {
    sqlite3.SQLITE_READONLY: "ingest.database_read_only",
    sqlite3.SQLITE_FULL: "ingest.database_disk_full",
    sqlite3.SQLITE_CANTOPEN: "ingest.database_file_cannot_be_opened",
    sqlite3.SQLITE_CORRUPT: "ingest.database_file_damaged",
    sqlite3.SQLITE_NOTADB: "ingest.database_file_damaged",
}
# Over by themselves: connections that are lost, a server that starts, stops or has no connection left, a lock.
_PASSING_SQLSTATES = ("08", "57P", "53300", "55P03", "40001", "40P01", "57014")
_ITS_OWN_SQLSTATES = ("22", "23", "54")  # data that are none, that clash, that are too large
_PASSING_SQLITE_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR})
_LOGIN_WORDS = ("password", "authentication", "pg_hba.conf")
_MISSING_WORDS = ("does not exist",)


def is_of_the_thing(error: SQLAlchemyError | sqlite3.Error) -> bool:
    """Whether what was to be kept is at fault, and not the database: it could never be kept."""
    state = str(getattr(getattr(error, "orig", None), "sqlstate", None) or "")
    return isinstance(error, DataError | IntegrityError) or state.startswith(_ITS_OWN_SQLSTATES)


def fault_of(error: SQLAlchemyError | sqlite3.Error, where: str) -> DatabaseUnusable:
    """The fault as ours: DatabaseAway when it is over by itself, else what somebody has to mend."""
    cause: BaseException = (error.orig if isinstance(error, DBAPIError) else None) or error
    said = str(cause).strip().partition("\n")[0][:LONGEST_CAUSE]
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _PASSING_SQLITE_CODES:
            return DatabaseAway("ingest.database_busy", where=where, cause=said)
        missing = "no such table" in said or "no such column" in said
        key = "ingest.database_lacks_tables" if missing else _BY_SQLITE_CODE.get(code)
        return DatabaseUnusable(key or "ingest.database_fails", where=where, cause=said)
    if isinstance(error, PoolTimeout):
        return DatabaseAway("ingest.database_busy", where=where, cause="QueuePool")
    return _of_postgresql(str(getattr(cause, "sqlstate", None) or ""), error, said, where)


def _of_postgresql(state: str, error: SQLAlchemyError | sqlite3.Error, said: str, where: str) -> DatabaseUnusable:
    if state in _BY_SQLSTATE:
        return DatabaseUnusable(_BY_SQLSTATE[state], where=where, cause=said)
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if state and not state.startswith(_PASSING_SQLSTATES) and not lost:
        return DatabaseUnusable("ingest.database_fails", where=where, cause=said)
    if not state and any(words in said for words in _MISSING_WORDS):
        return DatabaseUnusable("ingest.database_is_not_there", where=where, cause=said)
    if not state and any(words in said for words in _LOGIN_WORDS):
        return DatabaseUnusable("ingest.database_refuses_login", where=where, cause=said)
    return DatabaseAway("ingest.database_away", where=where, cause=said)
