"""The end of the process: asked for once, over soon, whatever a thread may still hang in."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue

ENDS_WITHIN_S = 8.0  # supervisors wait 10 (docker) to 90 seconds (systemd), then they kill

log = logging.getLogger(__name__)


class LastCall:
    """Ends the process some seconds after ``ask``, if it has not ended by itself.

    Python waits at its end for every thread of a pool, however long that one waits for a disk, a lock or a model.
    """

    def __init__(
        self,
        status: Callable[[], int],
        within_s: float = ENDS_WITHIN_S,
        end: Callable[[int], None] = os._exit,  # pyright: ignore[reportPrivateUsage] - its documented name
    ) -> None:
        self._status = status
        self._within_s = within_s
        self._end = end
        self._asked: SimpleQueue[None] = SimpleQueue()  # the one queue that may be filled from a signal's handler
        threading.Thread(target=self._wait, name="last-call", daemon=True).start()

    def ask(self) -> None:
        """From now on the time runs. May be called from anywhere, also twice."""
        self._asked.put(None)

    def _wait(self) -> None:
        self._asked.get()
        time.sleep(self._within_s)
        stuck = [thread.name for thread in threading.enumerate() if not thread.daemon]
        log.warning("The service did not end within %g seconds (%s); it ends now.", self._within_s, ", ".join(stuck))
        sys.stdout.flush()
        sys.stderr.flush()
        self._end(self._status())
