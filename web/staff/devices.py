"""Browsers that have signed in before. Guesses made elsewhere must not keep their owners waiting.

After OWASP's "device cookies": a signed cookie names the account it was given for, and tries from such a browser are
counted by themselves.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from uuid import uuid4

from web.entries import OWNER_ONLY, EntriesUnusable

FILE = "staff.secret"
SECRET_BYTES = 32
NUMBER_BYTES = 12  # tells one browser from another


class Devices:
    """Signs and checks the cookies; the secret lies in a file, so that a new start forgets nobody."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._secret = b""

    def cookie_for(self, name: str) -> str:
        """A new cookie for a browser in which ``name`` has just signed in. Raises EntriesUnusable."""
        number = secrets.token_hex(NUMBER_BYTES)
        return f"{number}.{self._sign(name, number)}"

    def number(self, name: str, cookie: str) -> str:
        """The browser's number when the cookie was given to it for ``name``, else empty. Raises EntriesUnusable."""
        number, _, signature = cookie.partition(".")
        if not signature or not hmac.compare_digest(signature.encode(), self._sign(name, number).encode()):
            return ""
        return number

    def _sign(self, name: str, number: str) -> str:
        if not self._secret:
            self._secret = _secret(self._path)
        return hmac.new(self._secret, f"{number}\n{name}".encode(), hashlib.sha256).hexdigest()


def _secret(path: Path) -> bytes:
    """The secret of this place, made once; of two processes that make it, the first one's holds."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(f".{path.name}.{uuid4().hex}")
            with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY), "wb") as file:
                file.write(secrets.token_bytes(SECRET_BYTES))
            try:
                path.hardlink_to(aside)
            except FileExistsError:
                pass
            finally:
                aside.unlink()
        return path.read_bytes()
    except OSError as error:
        raise EntriesUnusable(f"{path} cannot be read or made ({error.strerror}).") from error
