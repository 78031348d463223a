"""Who may enter the staff area: a file of names with hashed passwords, written by ``python -m web``."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ingest.database.database import Database
from ingest.errors import UnusableInput
from web.http.entry_file import Entries, Entry, EntryFile, entry_of
from web.http.entry_table import EntryTable
from web.staff.identity.roles import Role, role_of

FILE = "accounts.json"
SIGN_ON_FILE = "single-sign-on.json"  # beside it: names from a single sign-on that may do more than look
SHORTEST_PASSWORD = 10  # characters; guesses over the network are slowed down besides
LONGEST_PASSWORD = 1024  # characters; what is longer only costs time
LONGEST_NAME = 64
# Letters of any script, digits and what mail addresses need; nothing that could be read as a path or as markup.
NAME = re.compile(r"\w[\w.@-]*")


By = Literal["password", "header"]
"""How somebody signs in: with a password of ours, or through a single sign-on that names them in a header."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who is signed in."""

    name: str
    by: By = "password"
    role: Role = Role.LOOK


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
    """The accounts of one file, and the names from a single sign-on in one beside it; or both in a ``database``.

    ``sign_on`` says whether those names can come in, and so whether one of them may be the last who administers.
    """

    def __init__(
        self,
        path: Path,
        hasher: PasswordHasher | None = None,
        *,
        sign_on: bool = False,
        database: Database | None = None,
    ) -> None:
        self._file: Entries
        self._sign_on_file: Entries
        if database is None:
            self._file, self._sign_on_file = EntryFile(path), EntryFile(path.with_name(SIGN_ON_FILE))
        else:
            self._file, self._sign_on_file = EntryTable(database, FILE), EntryTable(database, SIGN_ON_FILE)
        self._sign_on = sign_on
        self._hasher = hasher or PasswordHasher()
        # Checked in place of an unknown name's, so that the time tells nobody which names there are.
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def names(self) -> list[str]:
        """All names. Raises EntriesUnusable."""
        return sorted(self._file.read())

    def roles(self, by: By = "password") -> dict[str, Role]:
        """The role of each account, or of each name from the single sign-on that was raised. Raises EntriesUnusable."""
        return {name: role_of(entry.role) for name, entry in sorted(self._of(by).read().items())}

    def role(self, name: str, by: By = "password") -> Role:
        """What somebody who is signed in may do now. Raises EntriesUnusable."""
        entry = self._of(by).read().get(name)
        return Role.LOOK if entry is None else role_of(entry.role)

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
        return Account(name, role=role_of(entry.role)) if entry else None

    def add(self, name: str, password: str, role: Role = Role.ADMINISTER) -> None:
        """A new account. Raises UnusableInput when there is one of that name or something cannot be used."""
        checked_name(name)
        checked_password(password)
        with self._file.changing() as entries:
            if name in entries:
                raise UnusableInput("web.account_is_there_change_password", name=name)
            entries[name] = entry_of(self._hasher.hash(password), role.value)

    def set_password(self, name: str, password: str) -> None:
        """Another password; whoever is signed in by the old one is signed out. Raises UnusableInput."""
        checked_password(password)
        with self._file.changing() as entries:
            _known(name, entries)
            entries[name] = entry_of(self._hasher.hash(password), entries[name].role)

    def set_role(self, name: str, role: Role, by: By = "password") -> None:
        """Another role, from the next request on. Raises UnusableInput for no account, or the last that administers.

        A name from the single sign-on needs no account; one that is to look only is forgotten.
        """
        if by == "header":
            checked_name(name)
        with self._of(by).changing() as entries:
            if by == "password":
                _known(name, entries)
            before = entries.pop(name, None)
            if by == "password" or role is not Role.LOOK:
                entries[name] = entry_of("", role.value) if before is None else replace(before, role=role.value)
            self._see_to_an_administrator(name, by, entries, role_of(before.role) if before else Role.LOOK)

    def remove(self, name: str) -> None:
        """Take an account away; it is signed out at once. Raises UnusableInput for none, or the last that administers."""
        with self._file.changing() as entries:
            _known(name, entries)
            gone = entries.pop(name)
            self._see_to_an_administrator(name, "password", entries, role_of(gone.role))

    def _of(self, by: By) -> Entries:
        return self._file if by == "password" else self._sign_on_file

    def _see_to_an_administrator(self, name: str, by: By, left: dict[str, Entry], was: Role) -> None:
        """Raises UnusableInput when ``name`` administered and nobody who can come in does any more."""
        if was is not Role.ADMINISTER:
            return
        others = self._of("header" if by == "password" else "password").read()
        passwords, sign_on = (left, others) if by == "password" else (others, left)
        come_in = [*passwords.values(), *(sign_on.values() if self._sign_on else ())]
        if not any(role_of(entry.role) is Role.ADMINISTER for entry in come_in):
            raise UnusableInput("web.last_administrator", name=name)


def _known(name: str, entries: dict[str, Entry]) -> None:
    if name not in entries:
        raise UnusableInput("web.no_account", name=name)
