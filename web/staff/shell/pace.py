"""How long work will still take, by its pace so far."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

MINUTE_S = 60


class Pace:
    """The pace of one stretch of work, from now on."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._begun = now()

    def minutes_left(self, done: int, total: int) -> int | None:
        """Minutes, rounded up; None before anything is done."""
        if done <= 0:
            return None
        each = (self._now() - self._begun) / done
        return math.ceil(each * max(0, total - done) / MINUTE_S)
