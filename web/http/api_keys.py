"""Keys for programs: only their hashes are kept. As soon as there is one, programs must show one."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ingest.database.database import Database
from ingest.errors import DatabaseUnusable, UnusableInput
from web.http.entry_file import Entries, EntryFile, entry_of
from web.http.entry_table import EntryTable
from web.http.fault_form import fault_body, is_program_door
from web.http.guards import Allowance, counted_as, path_within

FILE = "api-keys.json"
FRESH_S = 1.0  # after which another replica's change is known; programs ask often
PREFIX = "pq_"  # tells people and scanners for leaked secrets what it is
KEY_BYTES = 32  # random, so a plain hash of it cannot be guessed back
# How to ask is no secret; the others are what the page's own script asks for, which holds no key.
OPEN_PATHS = ("/api/docs", "/api/next-questions/", "/api/export")

_NO_KEY = "This needs an API key: send it as 'Authorization: Bearer KEY'."
_AWAY = "API keys cannot be looked up just now; try again in a moment."
_WRONG_KEY = "This API key is not known here: look whether it is whole, or ask whoever runs the service for one."


class ApiKeys:
    """The keys of one file, or of a ``database``, each under the name of the program that has it."""

    def __init__(self, path: Path, database: Database | None = None) -> None:
        shared = None if database is None else EntryTable(database, FILE, FRESH_S)
        self._file: Entries = shared or EntryFile(path)

    def make_ready(self) -> None:
        """Read them, so that they are known when a shared database goes away. Not for an event loop."""
        with suppress(DatabaseUnusable):
            self._file.read()

    def names(self) -> list[str]:
        """All names. Raises EntriesUnusable."""
        return sorted(self._file.read())

    def needed(self) -> bool:
        """Whether programs must show a key. Raises EntriesUnusable."""
        return bool(self._file.read())

    def owner(self, key: str) -> str | None:
        """The program that has this key; None when nobody has it. Raises EntriesUnusable."""
        hashed = _hash(key)
        found = [name for name, entry in self._file.read().items() if hmac.compare_digest(entry.hash, hashed)]
        return found[0] if found else None

    def add(self, name: str) -> str:
        """A new key, which is never to be seen again. Raises UnusableInput when there is one of that name."""
        key = PREFIX + secrets.token_urlsafe(KEY_BYTES)
        with self._file.changing() as entries:
            if name in entries:
                raise UnusableInput("web.key_is_there", name=name)
            entries[name] = entry_of(_hash(key))
        return key

    def remove(self, name: str) -> None:
        """Take a key away. Raises UnusableInput when there is none."""
        with self._file.changing() as entries:
            if name not in entries:
                raise UnusableInput("web.no_key", name=name)
            del entries[name]


def key_in(headers: Headers) -> str:
    """The key that a request shows, as ``Authorization: Bearer KEY`` or ``X-API-Key: KEY``; empty when none."""
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    return bearer.strip() if scheme.lower() == "bearer" else headers.get("x-api-key", "").strip()


class ApiDoor:
    """Before every request of a program (``/api/``, ``/v1/``, ``/mcp``): a key when keys are asked for, and only so many requests a minute."""

    def __init__(self, app: ASGIApp, keys: ApiKeys, allowance: Allowance) -> None:
        self._app = app
        self._keys = keys
        self._allowance = allowance

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refusal(scope) if scope["type"] == "http" else None
        await (refused or self._app)(scope, receive, send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        path = path_within(scope)
        if not is_program_door(path):
            return None
        request = HTTPConnection(scope)
        wait = self._allowance.wait_seconds(counted_as(request.client.host if request.client else ""))
        if wait:
            sentence = f"Too many requests from this address; try again in {wait} seconds."
            body = fault_body(path, 429, sentence)
            return JSONResponse(body, status_code=429, headers={"Retry-After": str(wait)})
        if path.startswith(OPEN_PATHS):
            return None
        try:
            refused = self._keys.needed() and self._keys.owner(key_in(request.headers)) is None
        except DatabaseUnusable:  # it was never reached: nobody comes in on trust
            return JSONResponse(fault_body(path, 503, _AWAY), status_code=503, headers={"Retry-After": "5"})
        if refused:
            key = key_in(request.headers)
            sentence = _WRONG_KEY if key else _NO_KEY
            body = fault_body(path, 401, sentence)
            return JSONResponse(body, status_code=401, headers={"WWW-Authenticate": "Bearer"})
        return None


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
