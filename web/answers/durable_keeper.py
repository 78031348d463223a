"""Keeps answers, and what people say of them, in a database that others share and that may be away.

Each is on this machine's disk before its id is given out, and is handed in to the database in order, by one thread.
While the database is away all goes on; when it is back, what waited is handed in, each once. A restart goes on
where it was.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from bot.records.store import GONE, Records
from bot.records.types import Feedback, TurnOrigin
from bot.types import Answer
from ingest.errors import RecordsUnusable, ServiceUnavailable, UnusableInput
from web.answers.record_keeper import CLOSE_S, RETRY_S, Keeping
from web.answers.waiting_file import Kind, Waiting, WaitingFile

LOOK_S = 5.0  # after which it is looked whether the database is there, when nothing waits

_log = logging.getLogger(__name__)


class DurableKeeper:
    """The keeper of one service. Its thread begins with :meth:`start`; close it when done."""

    def __init__(
        self,
        records: Records,
        now: Callable[[], datetime],
        waiting: WaitingFile | None = None,
        retry_s: float = RETRY_S,
    ) -> None:
        self._records = records
        self._now = now
        self._file = waiting or WaitingFile(records.path.parent)
        self._retry_s = retry_s
        self._changed = threading.Condition()
        self._news = False
        self._idle = False
        self._closing = threading.Event()  # hand in what waits, and end
        self._over = threading.Event()  # end
        self._thread: threading.Thread | None = None
        self._lost: Counter[Kind] = Counter()
        self._since: datetime | None = None
        self._why = ""

    def start(self) -> None:
        """Hand in what waits from before, and look early whether the database is there."""
        with self._changed:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="keep-records", daemon=True)
                self._thread.start()

    def keep_turn(self, answer: Answer, asked: TurnOrigin) -> str | None:
        """The id feedback is given under, once the answer is on the disk; None when it is not kept. Not for an event loop."""
        identity = uuid4().hex
        try:
            row = self._records.row_of(answer, asked, identity)
        except RecordsUnusable as error:
            self._lose("turn", error.sentence)
            return None
        return identity if self._put("turn", identity, row) else None

    def keep_feedback(self, said: Feedback) -> None:
        """Keep what was said; of an answer that cannot be looked up just now, too. Not for an event loop.

        Raises UnusableInput when no such answer is kept, ServiceUnavailable when it cannot be noted just now.
        """
        if not self._is_known(said.turn):
            raise UnusableInput(GONE)
        if not self._put("feedback", said.turn, self._records.feedback_row(said)):
            raise ServiceUnavailable("web.too_much_to_note")

    def keeping(self) -> Keeping:
        """How it goes."""
        with self._changed:
            return Keeping(self._count(), self._lost["turn"], self._lost["feedback"], self._since, self._why)

    def settle(self, within_s: float) -> bool:
        """Wait until all is handed in, no longer than that and not while something prevents it; whether it is."""
        with self._changed:
            self._changed.wait_for(lambda: (self._idle and not self._news) or self._since is not None, within_s)
        return self._count() == 0

    def close(self, within_s: float = CLOSE_S) -> None:
        """Hand in what waits, no longer than that. The rest stays on the disk for the next start."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(within_s)
        self._over.set()
        if self._thread is None or not self._thread.is_alive():
            self._file.close()

    def _is_known(self, turn: str) -> bool:
        try:
            return self._file.holds(turn) or self._records.has_turn(turn)
        except (RecordsUnusable, sqlite3.Error):
            return True  # the database will say

    def _put(self, kind: Kind, turn: str, row: dict[str, object]) -> bool:
        try:
            if not self._file.add(kind, turn, row):
                self._lose(kind, "as many wait as may")
                return False
        except (sqlite3.Error, UnicodeError) as error:
            self._lose(kind, str(error))
            return False
        with self._changed:
            self._news = True
            self._changed.notify_all()
        self.start()
        return True

    def _lose(self, kind: Kind, why: str) -> None:
        with self._changed:
            self._lost[kind] += 1
        self._trouble(why)

    def _count(self) -> int:
        try:
            return self._file.count()
        except sqlite3.Error:
            return 0

    # ── The thread ─────────────────────────────────────────────────────────────────────────────

    def _run(self) -> None:
        while not self._over.is_set():
            is_last = self._closing.is_set()
            try:
                first = self._file.first()
                if first is not None:
                    self._hand_in(first)
                elif is_last:
                    return
                else:
                    self._rest()
            except (RecordsUnusable, sqlite3.Error) as error:
                self._trouble(error.sentence if isinstance(error, RecordsUnusable) else str(error))
                if is_last:
                    return
                self._closing.wait(self._retry_s)

    def _rest(self) -> None:
        """Nothing waits: look whether the database is there, and wait for news."""
        self._records.has_turn("")
        with self._changed:
            self._since, self._why = None, ""
            self._idle = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._news or self._closing.is_set(), LOOK_S)
            self._news = self._idle = False

    def _hand_in(self, item: Waiting) -> None:
        try:
            if item.kind == "turn":
                self._records.keep_row(item.row)
            else:
                self._records.keep_feedback_row(item.row)
        except UnusableInput as error:
            self._lose(item.kind, error.sentence)
        self._file.remove(item.number)

    def _trouble(self, why: str) -> None:
        with self._changed:
            begins = self._since is None
            self._since, self._why = self._since or self._now(), why
            self._changed.notify_all()
        if begins:
            _log.warning("Answers go on; their records wait on the disk (%s): %s", self._file.path, why)
