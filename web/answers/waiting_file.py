"""What is to be kept in a shared database, first kept on this machine's own disk: in order, until it was handed in.

A SQLite file of its own, so that whatever ends the process or the machine, what was acknowledged is still there.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal["turn", "feedback"]

FILE = "records.waiting.sqlite"
OWNER_ONLY = 0o600
LOCK_WAIT_S = 5.0  # for another process of the same POLICYQA_HOME
MOST_ON_DISK = 20_000  # an answer has some ten kilobytes
_TABLE = (
    "CREATE TABLE IF NOT EXISTS waiting "
    "(number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, turn TEXT NOT NULL, row TEXT NOT NULL)"
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits."""

    number: int
    kind: Kind
    row: Mapping[str, Any]


class WaitingFile:
    """The file under ``home``. Safe to use from several threads and processes; every method raises sqlite3.Error."""

    def __init__(self, home: Path, most: int = MOST_ON_DISK) -> None:
        self.path = home / FILE
        self._most = most
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def add(self, kind: Kind, turn: str, row: Mapping[str, Any]) -> bool:
        """See one more thing on the disk; False when so many wait that it is not taken."""
        with self._lock, self._open() as connection:
            if _count(connection) >= self._most:
                return False
            given = (kind, turn, json.dumps(dict(row), ensure_ascii=False))
            connection.execute("INSERT INTO waiting (kind, turn, row) VALUES (?, ?, ?)", given)
            return True

    def first(self) -> Waiting | None:
        """What has waited longest; None when nothing waits."""
        with self._lock, self._open() as connection:
            found = connection.execute("SELECT number, kind, row FROM waiting ORDER BY number LIMIT 1").fetchone()
        return Waiting(found[0], found[1], json.loads(found[2])) if found else None

    def remove(self, number: int) -> None:
        """It was handed in, or can be kept nowhere."""
        with self._lock, self._open() as connection:
            connection.execute("DELETE FROM waiting WHERE number = ?", (number,))

    def holds(self, turn: str) -> bool:
        """Whether the answer of that id waits."""
        with self._lock, self._open() as connection:
            found = connection.execute("SELECT 1 FROM waiting WHERE kind = 'turn' AND turn = ?", (turn,))
            return found.fetchone() is not None

    def count(self) -> int:
        """How many wait."""
        with self._lock, self._open() as connection:
            return _count(connection)

    def close(self) -> None:
        """Let go of the file; what waits stays in it."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        """The connection; as a context it is a transaction."""
        if self._connection is not None and not self.path.exists():  # somebody took the file away
            self._connection.close()
            self._connection = None
        if self._connection is None:
            self._connection = self._made()
        return self._connection

    def _made(self) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, OWNER_ONLY))
        except OSError as error:
            raise sqlite3.OperationalError(f"{self.path}: {error.strerror}") from error
        connection = sqlite3.connect(self.path, timeout=LOCK_WAIT_S, check_same_thread=False)
        try:
            # FULL: acknowledged is what a power cut leaves. What was handed in leaves no words behind.
            for statement in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                connection.execute(f"PRAGMA {statement}")
            with connection:
                connection.execute(_TABLE)
                connection.execute("CREATE INDEX IF NOT EXISTS waiting_turn ON waiting (turn)")
        except sqlite3.Error:
            with closing(connection):
                raise
        return connection


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM waiting").fetchone()[0])
