"""Who is signed in: a table in memory, found by a random token in a cookie."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from web.staff.identity.accounts import Account

TOKEN_BYTES = 32
SALT_BYTES = 16
LONGEST_S = 24 * 3600.0  # a session ends after a day, however busy it is


@dataclass
class Session:
    """One signed-in browser."""

    account: Account
    stamp: str  # of the account's password; another one ends the session
    begun: float
    last_seen: float


class Sessions:
    """The open sessions of this process. They end when nothing is asked for ``idle_s`` seconds, and after a day."""

    def __init__(self, idle_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._idle_s = idle_s
        self._clock = clock
        self._secret = secrets.token_bytes(TOKEN_BYTES)
        self._open: dict[str, Session] = {}
        self._lock = threading.Lock()

    def start(self, account: Account, stamp: str) -> str:
        """A new session; returns the token for the cookie."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock()
        with self._lock:
            for key in [key for key, session in self._open.items() if self._over(session, now)]:
                del self._open[key]
            self._open[_key(token)] = Session(account, stamp, now, now)
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token, which now has been seen; None when there is none or it is over."""
        now = self._clock()
        with self._lock:
            session = self._open.get(_key(token))
            if session is None:
                return None
            if self._over(session, now):
                del self._open[_key(token)]
                return None
            session.last_seen = now
            return session

    def end(self, token: str) -> None:
        """Sign out."""
        with self._lock:
            self._open.pop(_key(token), None)

    def count(self) -> int:
        """Sessions that are open now."""
        now = self._clock()
        with self._lock:
            return sum(not self._over(session, now) for session in self._open.values())

    def csrf(self, bearer: str) -> str:
        """The word that proves a form to be ours. ``bearer`` is a session's token or a name from a trusted header.

        It is another one each time, so that pages sent compressed do not give it away (BREACH).
        """
        salt = secrets.token_hex(SALT_BYTES)
        return salt + self._proof(bearer, salt)

    def is_csrf(self, bearer: str, word: str) -> bool:
        """Whether a word was given out for this bearer."""
        salt = word[: 2 * SALT_BYTES]
        return hmac.compare_digest(word.encode(), (salt + self._proof(bearer, salt)).encode())

    def _proof(self, bearer: str, salt: str) -> str:
        return hmac.new(self._secret, f"{salt}\n{bearer}".encode(), hashlib.sha256).hexdigest()

    def _over(self, session: Session, now: float) -> bool:
        return now - session.last_seen > self._idle_s or now - session.begun > LONGEST_S


def _key(token: str) -> str:
    """Looked up by its hash: how long the look-up takes tells nothing about tokens."""
    return hashlib.sha256(token.encode()).hexdigest()
