"""Who may enter the staff area: a file of names with hashed passwords, written by ``python -m web``."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ingest.errors import UnusableInput
from web.http.entry_file import Entry, EntryFile, entry_of

FILE = "accounts.json"
SHORTEST_PASSWORD = 10  # characters; guesses over the network are slowed down besides
LONGEST_PASSWORD = 1024  # characters; what is longer only costs time
LONGEST_NAME = 64
# Letters of any script, digits and what mail addresses need; nothing that could be read as a path or as markup.
NAME = re.compile(r"\w[\w.@-]*")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who is signed in."""

    name: str
    by: Literal["password", "header"] = "password"


def checked_name(name: str) -> str:
    """The name, when it can be one. Raises UnusableInput."""
    if len(name) > LONGEST_NAME or not NAME.fullmatch(name):
        raise UnusableInput("web.cannot_be_a_name", name=name[:LONGEST_NAME], most=LONGEST_NAME)
    return name


def checked_password(password: str) -> str:
    """The password, when it is long enough. Raises UnusableInput."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UnusableInput("web.password_length", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
    return password


class Accounts:
    """The accounts of one file."""

    def __init__(self, path: Path, hasher: PasswordHasher | None = None) -> None:
        self._file = EntryFile(path)
        self._hasher = hasher or PasswordHasher()
        # Checked in place of an unknown name's, so that the time tells nobody which names there are.
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def names(self) -> list[str]:
        """All names. Raises EntriesUnusable."""
        return sorted(self._file.read())

    def stamp(self, name: str) -> str | None:
        """What changes with the password of an account; None when there is no such account. Raises EntriesUnusable."""
        entry = self._file.read().get(name)
        return None if entry is None else entry.hash

    def check(self, name: str, password: str) -> Account | None:
        """The account when name and password are right. Takes as long for unknown names. Raises EntriesUnusable."""
        entry = self._file.read().get(name)
        try:
            self._hasher.verify(entry.hash if entry else self._nobody, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return None
        return Account(name) if entry else None

    def add(self, name: str, password: str) -> None:
        """A new account. Raises UnusableInput when there is one of that name or something cannot be used."""
        checked_name(name)
        checked_password(password)
        with self._file.changing() as entries:
            if name in entries:
                raise UnusableInput("web.account_is_there_change_password", name=name)
            entries[name] = entry_of(self._hasher.hash(password))

    def set_password(self, name: str, password: str) -> None:
        """Another password; whoever is signed in by the old one is signed out. Raises UnusableInput."""
        checked_password(password)
        with self._file.changing() as entries:
            _known(name, entries)
            entries[name] = entry_of(self._hasher.hash(password))

    def remove(self, name: str) -> None:
        """Take an account away; it is signed out at once. Raises UnusableInput when there is none."""
        with self._file.changing() as entries:
            _known(name, entries)
            del entries[name]


def _known(name: str, entries: dict[str, Entry]) -> None:
    if name not in entries:
        raise UnusableInput("web.no_account", name=name)
