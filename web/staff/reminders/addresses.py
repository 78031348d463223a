"""The secret addresses of feeds, one an account: only their hashes are kept, and of old ones that they are old."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from enum import StrEnum
from pathlib import Path

from web.http.entry_file import Entry, EntryFile, entry_of
from web.staff.identity.accounts import Account, Accounts, By

FILE = "feeds.json"
SECRET_BYTES = 32  # random, so a plain hash of it cannot be guessed back
LONGEST_SECRET = 100  # characters
MOST_OLD = 2000  # of which it is told that they are old; the oldest are forgotten first
_OLD = "old:"
_NOW = "now:"


class Known(StrEnum):
    """What a secret is."""

    CURRENT = "current"
    OLD = "old"  # revoked, replaced, or of an account that is gone
    NONE = "none"


class FeedAddresses:
    """The secrets of one file."""

    def __init__(self, path: Path, accounts: Accounts) -> None:
        self._file = EntryFile(path)
        self._accounts = accounts

    def has_one(self, account: Account) -> bool:
        """Whether an account has an address. Raises EntriesUnusable."""
        return _name(account.name, account.by) in self._file.read()

    def make(self, account: Account) -> str:
        """A new secret, which is never to be seen again; the one before is old from now on. Raises EntriesUnusable."""
        secret = secrets.token_urlsafe(SECRET_BYTES)
        with self._file.changing() as entries:
            _retire(entries, _name(account.name, account.by))
            entries[_name(account.name, account.by)] = entry_of(_hash(secret))
        return secret

    def revoke(self, account: Account) -> None:
        """Take the address of an account away, if it has one. Raises EntriesUnusable."""
        with self._file.changing() as entries:
            _retire(entries, _name(account.name, account.by))

    def known(self, secret: str) -> Known:
        """Whether a secret leads anywhere. Raises EntriesUnusable."""
        if not secret.isascii() or len(secret) > LONGEST_SECRET:
            return Known.NONE
        hashed = _hash(secret)
        found = [name for name, entry in self._file.read().items() if hmac.compare_digest(entry.hash, hashed)]
        if not found:
            return Known.NONE
        return Known.CURRENT if self._has_owner(found[0]) else Known.OLD

    def _has_owner(self, name: str) -> bool:
        """Whether the account is still there; of names from a single sign-on nobody knows."""
        by, _, owner = name.removeprefix(_NOW).partition(":")
        return name.startswith(_NOW) and (by != "password" or self._accounts.stamp(owner) is not None)


def _retire(entries: dict[str, Entry], name: str) -> None:
    entry = entries.pop(name, None)
    if entry is None:
        return
    entries[f"{_OLD}{entry.hash}"] = entry_of(entry.hash)
    old = sorted((key for key in entries if key.startswith(_OLD)), key=lambda key: entries[key].changed)
    for key in old[:-MOST_OLD]:
        del entries[key]


def _name(name: str, by: By) -> str:
    return f"{_NOW}{by}:{name}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
