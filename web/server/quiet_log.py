"""A log that cannot be filled from outside: what repeats is said a few times, then counted."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

SAID = 5  # times within the while below
WHILE_S = 60.0
MOST_PLACES = 1000

Place = tuple[str, int, str, int]


@dataclass
class _Told:
    """How often one place of the program has spoken since when."""

    since: float
    times: int = 0


class Repeats(logging.Filter):
    """Lets each place of the program speak five times a minute.

    A place is a line that logs and, for an error, the line that raised it: bad requests differ in what they send, not in
    where they fail. What was left out is counted in the first line that is said again.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._told: dict[Place, _Told] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is said."""
        now = self._clock()
        place = _place(record)
        told = self._told.get(place)
        if told is None or now - told.since >= WHILE_S:
            left_out = max(0, told.times - SAID) if told else 0
            if told is None and len(self._told) >= MOST_PLACES:
                self._told.clear()
            told = self._told[place] = _Told(now)
            if left_out:
                record.msg = f"{record.getMessage()} ({left_out} more like this were left out)"
                record.args = ()
        told.times += 1
        return told.times <= SAID


def _place(record: logging.LogRecord) -> Place:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return (record.pathname, record.lineno, "", 0)
    return (record.pathname, record.lineno, trace.tb_frame.f_code.co_filename, trace.tb_lineno)


def keep_quiet() -> None:
    """Hold everything that goes to standard error to it: uvicorn's own handlers, and the one for all others."""
    repeats = Repeats()
    handlers = [*logging.getLogger("uvicorn").handlers, logging.lastResort]
    for handler in handlers:
        if handler is not None:
            handler.addFilter(repeats)
