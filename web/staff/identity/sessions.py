"""Who is signed in: kept in memory or in a shared database, found by a random token in a cookie."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

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


class OpenSessions(Protocol):
    """Where open sessions are kept, each under the hash of its token."""

    seen_share: float  # of the longest silence, so long a request is not written down

    def add(self, key: str, session: Session) -> None:
        """Keep a new one."""
        ...

    def get(self, key: str) -> Session | None:
        """One of them."""
        ...

    def seen(self, key: str, at: float) -> None:
        """Something was asked in it."""
        ...

    def drop(self, key: str) -> None:
        """Forget one."""
        ...

    def drop_over(self, silent_since: float, begun_before: float) -> None:
        """Forget those that nothing was asked in since, and those that began before."""
        ...

    def count(self, silent_since: float, begun_before: float) -> int:
        """How many are not over."""
        ...

    def secret(self, ours: bytes) -> bytes:
        """What forms are proved with; ``ours`` where there is nothing yet."""
        ...


class InMemory:
    """The sessions of this process alone."""

    seen_share = 0.0

    def __init__(self) -> None:
        self._open: dict[str, Session] = {}
        self._lock = threading.Lock()

    def add(self, key: str, session: Session) -> None:
        """Keep a new one."""
        with self._lock:
            self._open[key] = session

    def get(self, key: str) -> Session | None:
        """One of them."""
        with self._lock:
            return self._open.get(key)

    def seen(self, key: str, at: float) -> None:
        """Something was asked in it."""
        with self._lock:
            if key in self._open:
                self._open[key].last_seen = at

    def drop(self, key: str) -> None:
        """Forget one."""
        with self._lock:
            self._open.pop(key, None)

    def drop_over(self, silent_since: float, begun_before: float) -> None:
        """Forget those that are over."""
        with self._lock:
            self._open = {k: s for k, s in self._open.items() if _lasts(s, silent_since, begun_before)}

    def count(self, silent_since: float, begun_before: float) -> int:
        """How many are not over."""
        with self._lock:
            return sum(_lasts(session, silent_since, begun_before) for session in self._open.values())

    def secret(self, ours: bytes) -> bytes:
        """Ours."""
        return ours


class Sessions:
    """The open sessions. They end when nothing is asked for ``idle_s`` seconds, and after a day.

    Without a ``store`` they are those of this process; with a shared one, what is asked of it may raise DatabaseUnusable.
    """

    def __init__(
        self, idle_s: float, clock: Callable[[], float] = time.monotonic, store: OpenSessions | None = None
    ) -> None:
        self._idle_s = idle_s
        self._clock = clock
        self._store: OpenSessions = store or InMemory()
        self._ours = secrets.token_bytes(TOKEN_BYTES)
        self._secret = b""

    def start(self, account: Account, stamp: str) -> str:
        """A new session; returns the token for the cookie."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock()
        self._store.drop_over(*self._limits(now))
        self._store.add(_key(token), Session(account, stamp, now, now))
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token, which now has been seen; None when there is none or it is over."""
        if not token:
            return None
        now = self._clock()
        key = _key(token)
        session = self._store.get(key)
        if session is None:
            return None
        if not _lasts(session, *self._limits(now)):
            self._store.drop(key)
            return None
        if now - session.last_seen >= self._idle_s * self._store.seen_share:
            self._store.seen(key, now)
        return session

    def end(self, token: str) -> None:
        """Sign out."""
        self._store.drop(_key(token))

    def count(self) -> int:
        """Sessions that are open now."""
        return self._store.count(*self._limits(self._clock()))

    def _limits(self, now: float) -> tuple[float, float]:
        return now - self._idle_s, now - LONGEST_S

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
        self._secret = self._secret or self._store.secret(self._ours)
        return hmac.new(self._secret, f"{salt}\n{bearer}".encode(), hashlib.sha256).hexdigest()


def _lasts(session: Session, silent_since: float, begun_before: float) -> bool:
    return session.last_seen >= silent_since and session.begun >= begun_before


def _key(token: str) -> str:
    """Looked up by its hash: how long the look-up takes tells nothing about tokens."""
    return hashlib.sha256(token.encode()).hexdigest()
