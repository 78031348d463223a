"""Browsers that have signed in before. Guesses made elsewhere must not keep their owners waiting.

After OWASP's "device cookies": a signed cookie names the account it was given for, and tries from such a browser are
counted by themselves.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from pathlib import Path

from bot.records.spare_room import kept_secret
from ingest.database.database import Database
from ingest.database.kept_secrets import shared_secret

FILE = "staff.secret"
SECRET_BYTES = 32
NUMBER_BYTES = 12  # tells one browser from another

_log = logging.getLogger(__name__)


class Devices:
    """Signs and checks the cookies; the secret lies in a file, so that a new start forgets nobody.

    Where the file cannot be read or made, one in memory does until it can: nobody is kept out for that.
    """

    def __init__(self, path: Path, database: Database | None = None) -> None:
        self._path = path
        self._database = database
        self._secret = secrets.token_bytes(SECRET_BYTES)
        self._is_kept = False
        self._was_said = False

    def cookie_for(self, name: str) -> str:
        """A new cookie for a browser in which ``name`` has just signed in."""
        number = secrets.token_hex(NUMBER_BYTES)
        return f"{number}.{self._sign(name, number)}"

    def number(self, name: str, cookie: str) -> str:
        """The browser's number when the cookie was given to it for ``name``, else empty."""
        number, _, signature = cookie.partition(".")
        if not signature or not hmac.compare_digest(signature.encode(), self._sign(name, number).encode()):
            return ""
        return number

    def _sign(self, name: str, number: str) -> str:
        if not self._is_kept:
            self._keep()
        return hmac.new(self._secret, f"{number}\n{name}".encode(), hashlib.sha256).hexdigest()

    def _keep(self) -> None:
        if self._database is not None:
            self._secret, self._is_kept = shared_secret(self._database, FILE, self._secret), True
            return
        try:
            self._secret, self._is_kept = kept_secret(self._path, self._secret), True
        except OSError as error:
            if not self._was_said:
                _log.warning(
                    "%s cannot be read or made (%s); until it can, browsers are known for as long as the service runs.",
                    self._path,
                    error.strerror,
                )
            self._was_said = True
