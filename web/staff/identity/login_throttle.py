"""Waits after wrong passwords that grow with each one. No account can be locked by somebody else's guesses."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol


class Rule(NamedTuple):
    """After ``free`` failures the wait is 1, 2, 4, … seconds, at most ``longest_s``."""

    free: int
    longest_s: float


# A person mistypes now and then; an address that goes on guessing soon waits a quarter of an hour each time. An account
# slows down for everybody only when many addresses guess at it together, and never for longer than a minute.
RULES = {"device": Rule(5, 60.0), "client": Rule(3, 900.0), "account": Rule(20, 60.0)}
FORGOTTEN_AFTER_S = 24 * 3600.0
MOST_KEPT = 10_000  # names, browsers and addresses; the longest silent one is forgotten first


@dataclass
class Failures:
    """Tries of one account, address or browser that failed."""

    count: int
    last: float


class Throttle(Protocol):
    """Whoever says how long somebody waits before the next password."""

    def begin(self, name: str, client: str, device: str = "") -> int:
        """0 when a try may be made, which then counts; else the seconds to wait."""
        ...

    def succeeded(self, name: str, client: str, device: str = "") -> None:
        """The last try was right."""
        ...


class Patience:
    """Counts tries that failed: by account and by client address, or, for a browser known from before, by browser.

    A try counts as failed from its beginning until it succeeds, so that many at once gain nothing.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[tuple[str, str], Failures] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, name: str, client: str, device: str = "") -> int:
        """0 when a try may be made, which then counts; else the seconds to wait.

        ``device`` is the number of a browser in which ``name`` has signed in before.
        """
        now = self._clock()
        keys = list(keys_of(name, client, device))
        with self._lock:
            wait = max(self._wait(key, now) for key in keys)
            if wait > 0:
                return int(wait) + 1
            for key in keys:
                before = self._failed.pop(key, Failures(0, now))
                count = 0 if now - before.last > FORGOTTEN_AFTER_S else before.count
                self._failed[key] = Failures(count + 1, now)
            while len(self._failed) > MOST_KEPT:
                self._failed.popitem(last=False)
            return 0

    def succeeded(self, name: str, client: str, device: str = "") -> None:
        """The last try was right and no longer counts; earlier ones of a known browser are forgotten.

        Those of an address stay: who has an account of his own could else guess at another's for ever.
        """
        with self._lock:
            for key in keys_of(name, client, device):
                kept = self._failed.get(key)
                if kept is not None:
                    kept.count = 0 if key[0] == "device" else max(0, kept.count - 1)

    def _wait(self, key: tuple[str, str], now: float) -> float:
        return seconds_to_wait(key, self._failed.get(key), now)


def seconds_to_wait(key: tuple[str, str], failures: Failures | None, now: float) -> float:
    """How long; 0 or less when a try may be made."""
    rule = RULES[key[0]]
    if failures is None or failures.count < rule.free or now - failures.last > FORGOTTEN_AFTER_S:
        return 0.0
    doublings = min(failures.count - rule.free, 32)  # far above every longest wait, and no overflow
    return failures.last + min(2.0**doublings, rule.longest_s) - now


def keys_of(name: str, client: str, device: str) -> Iterator[tuple[str, str]]:
    """What a try is counted by."""
    if device:
        yield "device", device
    else:
        yield "account", name
        yield "client", client
