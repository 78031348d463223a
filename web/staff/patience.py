"""Waits after wrong passwords that grow with each one. No account can be locked by somebody else's guesses."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

FREE_TRIES = 3  # a person mistypes now and then
LONGEST_WAIT_S = {"account": 60.0, "client": 900.0}
FORGOTTEN_AFTER_S = 24 * 3600.0
MOST_KEPT = 10_000  # names and addresses; the longest silent one is forgotten first


@dataclass
class _Failures:
    count: int
    last: float


class Patience:
    """Counts tries that failed, by account and by client address.

    A try counts as failed from its beginning until it succeeds, so that many at once gain nothing.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[tuple[str, str], _Failures] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, name: str, client: str) -> int:
        """0 when a try may be made, which then counts; else the seconds to wait."""
        now = self._clock()
        keys = (("account", name), ("client", client))
        with self._lock:
            wait = max(self._wait(key, now) for key in keys)
            if wait > 0:
                return int(wait) + 1
            for key in keys:
                before = self._failed.pop(key, _Failures(0, now))
                self._failed[key] = _Failures(before.count + 1, now)
            while len(self._failed) > MOST_KEPT:
                self._failed.popitem(last=False)
            return 0

    def succeeded(self, name: str, client: str) -> None:
        """The last try was right: the account's failures are forgotten, of the client's this one."""
        with self._lock:
            self._failed.pop(("account", name), None)
            kept = self._failed.get(("client", client))
            if kept is not None:
                kept.count -= 1

    def _wait(self, key: tuple[str, str], now: float) -> float:
        failures = self._failed.get(key)
        if failures is None or now - failures.last > FORGOTTEN_AFTER_S:
            return 0.0
        if failures.count < FREE_TRIES:
            return 0.0
        pause = min(2.0 ** (failures.count - FREE_TRIES), LONGEST_WAIT_S[key[0]])
        return failures.last + pause - now
