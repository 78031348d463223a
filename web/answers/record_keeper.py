"""Keeps answers, and what people say of them, without holding anybody up: a queue, and one thread that writes it.

What cannot be written waits, in its order, until it can: behind another program's lock, on a full disk, beside a broken
file. The queue is bounded. What comes while it is full is not taken, so that no id is given out for an answer that
is then thrown away; it is counted, and the log says so once until all is well again.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Literal
from uuid import uuid4

from bot.records.store import GONE, Records
from bot.records.types import Feedback, TurnOrigin
from bot.types import Answer
from ingest.errors import RecordsUnusable, ServiceUnavailable, UnusableInput

MOST_WAITING = 1000  # answers and thumbs; an answer has some ten kilobytes
LOCK_WAIT_S = 2.0  # for another process that writes records; then again RETRY_S later
RETRY_S = 2.0
CLOSE_S = 3.0

Kind = Literal["turn", "feedback"]

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keeping:
    """How keeping goes. ``since`` and ``why`` tell of what prevents it now; None and empty when nothing does."""

    waiting: int = 0
    lost_turns: int = 0  # since the service was started
    lost_feedback: int = 0
    since: datetime | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Turn:
    id: str
    answer: Answer
    asked: TurnOrigin


class _Outcome(Enum):
    KEPT = auto()
    LOST = auto()
    AGAIN = auto()  # when whatever prevents it is over


class RecordKeeper:
    """The queue of one service. Its thread begins with the first thing to keep; close it when done."""

    def __init__(
        self,
        records: Records,
        now: Callable[[], datetime],
        most: int = MOST_WAITING,
        retry_s: float = RETRY_S,
    ) -> None:
        self._records = records
        self._now = now
        self._most = most
        self._retry_s = retry_s
        self._queue: deque[_Turn | Feedback] = deque()
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._lost: Counter[Kind] = Counter()
        self._since: datetime | None = None
        self._why = ""

    def start(self) -> None:
        """Open the file before the first answer, so that whoever looks sees early what is wrong with it."""
        with self._changed:
            self._start()

    def keep_turn(self, answer: Answer, asked: TurnOrigin) -> str | None:
        """The id feedback is given under, at once; None when the answer is not kept."""
        turn = _Turn(uuid4().hex, answer, asked)
        return turn.id if self._put(turn) else None

    def keep_feedback(self, said: Feedback) -> None:
        """Keep what was said, after the answer it belongs to. Reads the file: not for an event loop.

        Raises UnusableInput when no such answer is kept, ServiceUnavailable when it cannot be noted just now.
        """
        try:
            if not self._waits(said.turn) and not self._records.has_turn(said.turn):
                raise UnusableInput(GONE)
        except RecordsUnusable as error:
            raise ServiceUnavailable("web.cannot_be_noted") from error
        if not self._put(said):
            raise ServiceUnavailable("web.too_much_to_note")

    def keeping(self) -> Keeping:
        """How it goes."""
        with self._changed:
            return Keeping(len(self._queue), self._lost["turn"], self._lost["feedback"], self._since, self._why)

    def settle(self, within_s: float) -> bool:
        """Wait until all is written, no longer than that and not while something prevents it; whether it is."""
        with self._changed:
            self._changed.wait_for(lambda: not self._queue or self._since is not None, within_s)
            return not self._queue

    def close(self, within_s: float = CLOSE_S) -> None:
        """Write what waits, no longer than that. The rest is lost, and the log says how much."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join(within_s)
        with self._changed:
            left: Counter[Kind] = Counter(_kind(item) for item in self._queue)
            self._lost.update(left)
            self._queue.clear()
        if left:
            _log.warning(
                "%d answers and %d opinions could not be written before the end.", left["turn"], left["feedback"]
            )

    # ── The queue ──────────────────────────────────────────────────────────────────────────────

    def _waits(self, turn: str) -> bool:
        with self._changed:
            return any(isinstance(item, _Turn) and item.id == turn for item in self._queue)

    def _put(self, item: _Turn | Feedback) -> bool:
        with self._changed:
            if self._closing.is_set() or len(self._queue) >= self._most:
                self._lost[_kind(item)] += 1
                if not self._closing.is_set():
                    self._trouble(f"{len(self._queue):,} wait to be written already.")
                return False
            self._queue.append(item)
            self._start()
            self._changed.notify_all()
        return True

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="keep-records", daemon=True)
            self._thread.start()

    # ── The thread ─────────────────────────────────────────────────────────────────────────────

    def _run(self) -> None:
        self._open()
        while (item := self._first()) is not None:
            was_closing = self._closing.is_set()
            outcome = _Outcome.LOST
            try:
                outcome = self._write(item)
            finally:  # an error nobody foresaw ends this thread; the next one must not meet the same item
                self._settled(item, outcome)
            if outcome is _Outcome.AGAIN:
                if was_closing:
                    return
                self._closing.wait(self._retry_s)

    def _open(self) -> None:
        try:
            self._records.make_ready()
        except RecordsUnusable as error:
            self._trouble(error.sentence)
        self._records.hold_room()

    def _first(self) -> _Turn | Feedback | None:
        """What is to be written next; None when there will be nothing."""
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._closing.is_set())
            return self._queue[0] if self._queue else None

    def _write(self, item: _Turn | Feedback) -> _Outcome:
        try:
            if isinstance(item, _Turn):
                self._records.keep_turn(item.answer, item.asked, item.id)
            else:
                self._records.keep_feedback(item)
        except RecordsUnusable as error:
            self._trouble(error.sentence)
            return _Outcome.AGAIN
        except (UnusableInput, UnicodeError) as error:
            self._trouble(str(error))
            return _Outcome.LOST
        self._records.hold_room()
        return _Outcome.KEPT

    def _settled(self, item: _Turn | Feedback, outcome: _Outcome) -> None:
        with self._changed:
            if outcome is not _Outcome.AGAIN and self._queue and self._queue[0] is item:
                self._queue.popleft()
                if outcome is _Outcome.LOST:
                    self._lost[_kind(item)] += 1
            if not self._queue:
                self._since, self._why = None, ""
            self._changed.notify_all()

    def _trouble(self, why: str) -> None:
        with self._changed:
            begins = self._since is None
            self._since, self._why = self._since or self._now(), why
            self._changed.notify_all()
        if begins:
            _log.warning(
                "Answers go on, but their records cannot be kept: %s At most %d wait; what is lost is counted in "
                "policyqa_records_lost_total.",
                why,
                self._most,
            )


def _kind(item: _Turn | Feedback) -> Kind:
    return "turn" if isinstance(item, _Turn) else "feedback"
