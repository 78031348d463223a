"""Threads beside the requests. None of them dies without a word: whoever starts one is told how it ended."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType


class Watched(threading.Thread):
    """A thread that does not keep the process alive and says how it ended.

    ``ended`` is called in it, as the last thing: with None when the work was done, else with whatever ended it, a lack
    of memory or a fault of ours included.
    """

    def __init__(self, name: str, work: Callable[[], None], ended: Callable[[BaseException | None], None]) -> None:
        super().__init__(name=name, daemon=True)
        self._work = work
        self._ended = ended

    def run(self) -> None:
        """Work, then tell."""
        with ExitStack() as around:
            around.push(self._tell)
            self._work()

    def _tell(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        self._ended(error)
        return True
