"""Files that strangers may ask for are made one at a time, whoever asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from ingest.errors import ServiceUnavailable

MOST_WAITING = 8  # files being made or waited for; each waits for those before it, so the last some seconds


class OneAtATime:
    """Makes one file at a time; more than ``MOST_WAITING`` at once are refused."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="export")
        self._waiting = 0

    async def make(self, work: Callable[[], bytes]) -> bytes:
        """What ``work`` makes, when its turn has come; cancelled before that, it is not begun. Raises ServiceUnavailable."""
        if self._waiting >= MOST_WAITING:
            raise ServiceUnavailable("web.export_busy")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._waiting -= 1
