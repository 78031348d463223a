"""Who may enter the staff area: a file of names with hashed passwords, written by ``python -m web``."""

from __future__ import annotations

import json
import os
import re
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from filelock import FileLock

from ingest.errors import PolicyQAError, UnusableInput

FILE = "accounts.json"
SHORTEST_PASSWORD = 10  # characters; guesses over the network are slowed down besides
LONGEST_PASSWORD = 1024  # characters; what is longer only costs time
LONGEST_NAME = 64
# Letters of any script, digits and what mail addresses need; nothing that could be read as a path or as markup.
NAME = re.compile(r"\w[\w.@-]*")
OWNER_ONLY = 0o600
LOCK_WAIT_S = 10.0  # for another command that writes the file


class AccountsUnusable(PolicyQAError):
    """The file of accounts cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who is signed in."""

    name: str
    by: Literal["password", "header"] = "password"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the file."""

    hash: str
    changed: str  # UTC, ISO 8601


def checked_name(name: str) -> str:
    """The name, when it can be one. Raises UnusableInput."""
    if len(name) > LONGEST_NAME or not NAME.fullmatch(name):
        raise UnusableInput(
            f"{name[:LONGEST_NAME]!r} cannot be a name: use up to {LONGEST_NAME} letters, digits, '.', '@', '-' or '_'."
        )
    return name


def checked_password(password: str) -> str:
    """The password, when it is long enough. Raises UnusableInput."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UnusableInput(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.")
    return password


class Accounts:
    """The accounts of one file. It is read again when it has changed: commands write it while the service runs."""

    def __init__(self, path: Path, hasher: PasswordHasher | None = None) -> None:
        self.path = path
        self._hasher = hasher or PasswordHasher()
        self._lock = threading.Lock()
        self._seen: tuple[int, int, int] | None = None
        self._entries: dict[str, Entry] = {}
        # Checked in place of an unknown name's, so that the time tells nobody which names there are.
        self._nobody = self._hasher.hash(uuid4().hex)

    def names(self) -> list[str]:
        """All names. Raises AccountsUnusable."""
        return sorted(self._read())

    def stamp(self, name: str) -> str | None:
        """What changes with the password of an account; None when there is no such account.

        Raises AccountsUnusable.
        """
        entry = self._read().get(name)
        return None if entry is None else entry.hash

    def check(self, name: str, password: str) -> Account | None:
        """The account when name and password are right. Takes as long for unknown names. Raises AccountsUnusable."""
        entry = self._read().get(name)
        try:
            self._hasher.verify(entry.hash if entry else self._nobody, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return None
        return Account(name) if entry else None

    def add(self, name: str, password: str) -> None:
        """A new account. Raises UnusableInput when there is one of that name or something cannot be used."""
        checked_name(name)
        checked_password(password)
        with self._changing() as entries:
            if name in entries:
                raise UnusableInput(f"There is an account {name!r} already; change its password with set-password.")
            entries[name] = self._entry(password)

    def set_password(self, name: str, password: str) -> None:
        """Another password; whoever is signed in by the old one is signed out. Raises UnusableInput."""
        checked_password(password)
        with self._changing() as entries:
            self._known(name, entries)
            entries[name] = self._entry(password)

    def remove(self, name: str) -> None:
        """Take an account away; it is signed out at once. Raises UnusableInput when there is none."""
        with self._changing() as entries:
            self._known(name, entries)
            del entries[name]

    def _known(self, name: str, entries: dict[str, Entry]) -> None:
        if name not in entries:
            raise UnusableInput(f"There is no account {name!r}; `python -m web list-users` names all.")

    def _entry(self, password: str) -> Entry:
        return Entry(self._hasher.hash(password), datetime.now(UTC).isoformat(timespec="seconds"))

    def _read(self) -> dict[str, Entry]:
        with self._lock:
            try:
                stat = self.path.stat()
            except FileNotFoundError:
                self._seen, self._entries = None, {}
                return {}
            except OSError as error:
                raise AccountsUnusable(f"{self.path} cannot be read ({error.strerror}).") from error
            seen = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            if seen != self._seen:
                self._entries = read_entries(self.path)
                self._seen = seen
            return self._entries

    def _changing(self) -> _Change:
        return _Change(self.path)


def read_entries(path: Path) -> dict[str, Entry]:
    """The accounts as they stand in the file. Raises AccountsUnusable."""
    try:
        given = json.loads(path.read_text("utf-8"))
        return {str(name): Entry(str(entry["hash"]), str(entry["changed"])) for name, entry in given.items()}
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise AccountsUnusable(
            f"{path} cannot be read as accounts ({type(error).__name__}): mend it, or move it away and add them anew."
        ) from error


class _Change:
    """Read, change, write aside and switch, while no other command does."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=LOCK_WAIT_S)
        self._entries: dict[str, Entry] = {}

    def __enter__(self) -> dict[str, Entry]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except (OSError, TimeoutError) as error:
            raise AccountsUnusable(f"{self._path} cannot be written ({error}).") from error
        try:
            self._entries = read_entries(self._path) if self._path.exists() else {}
        except AccountsUnusable:
            self._lock.release()
            raise
        return self._entries

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                write_owner_only(self._path, self._entries)
        finally:
            self._lock.release()


def write_owner_only(path: Path, entries: dict[str, Entry]) -> None:
    """Write aside with owner-only rights, then switch. Raises AccountsUnusable."""
    kept = {name: {"hash": entry.hash, "changed": entry.changed} for name, entry in sorted(entries.items())}
    aside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY), "w", encoding="utf-8") as file:
            json.dump(kept, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise AccountsUnusable(f"{path} cannot be written ({error.strerror}).") from error
