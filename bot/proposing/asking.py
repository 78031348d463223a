"""Asks a model about many clauses: in batches, a few beside one another, within a time and a number of tokens."""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.awaited import NobodyWaits, while_awaited
from bot.llm.chat_model import Chat, Failure, ModelFailed, Tokens
from bot.proposing.answers import Answer, KeptAnswers
from bot.proposing.prompts import ClauseAsked, instructions, material
from bot.proposing.reply import RawRecord, ReplyUnreadable, read_reply

Told = Callable[[int, int], None]
"""Hears how many of how many clauses are dealt with. What it raises ends the asking."""

MOST_OF_A_BATCH = 6  # clauses
CHARS_OF_A_BATCH = 2400  # of clauses; their answers are about as long
MOST_FAILURES = 3  # requests in a row that a server did not answer; then no more are sent
LOOKED_EVERY_S = 0.2
MALFORMED, NOT_ASKED = "malformed", "not_asked"  # reasons beside those of a Failure
_TRIES = 2  # one more for a reply that is no JSON
_OF_SERVER = frozenset({Failure.UNREACHABLE, Failure.TIMED_OUT})


class Stopped(StrEnum):
    """Why clauses were left unasked."""

    TIME = "time"
    TOKENS = "tokens"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class AskingLimits:
    """What one run may take."""

    at_once: int
    seconds: float
    tokens: int


@dataclass(frozen=True, slots=True)
class Model:
    """A chat model and its name."""

    name: str
    chat: Chat


@dataclass
class Asked:
    """What came of asking. ``unanswered`` counts clauses by reason; tokens are the server's count, else characters."""

    answers: dict[str, Answer] = field(default_factory=dict[str, Answer])  # by digest
    remembered: int = 0
    clauses: int = 0
    requests: int = 0
    sent: int = 0
    written: int = 0
    is_estimate: bool = False  # some server did not count its tokens
    unanswered: Counter[str] = field(default_factory=Counter[str])
    stopped: Stopped | None = None
    failure: str = ""  # the last one of a server
    failures: int = 0  # in a row

    @property
    def dealt_with(self) -> int:
        """Clauses with an answer, or that are given up."""
        return len(self.answers) + self.unanswered.total()


@dataclass(frozen=True, slots=True)
class _Item:
    clause: ClauseAsked
    digest: str


_Batch = Sequence[_Item]


@dataclass
class _Replied:
    """What one batch came to: records of each clause, or why there are none."""

    records: list[list[RawRecord]] | None = None
    failure: str = ""
    requests: int = 0
    sent: int = 0
    written: int = 0
    is_estimate: bool = False


def ask_all(
    model: Model, clauses: Sequence[ClauseAsked], kept: KeptAnswers, limits: AskingLimits, today: date, told: Told
) -> Asked:
    """The answers about all clauses, those that are kept first; every new one is kept at once.

    Raises RecordsUnusable when an answer cannot be kept, and what ``told`` raises; what was answered stays kept.
    """
    asked = Asked()
    items = {one.digest(model.name): one for one in clauses}
    for digest in items:
        if (answer := kept.find(digest)) is not None:
            asked.answers[digest] = answer
    asked.remembered = len(asked.answers)
    missing = [_Item(one, digest) for digest, one in items.items() if digest not in asked.answers]
    queue = deque(_batches(missing))
    stop, ends = threading.Event(), time.monotonic() + limits.seconds
    running: dict[Future[_Replied], _Batch] = {}
    with ThreadPoolExecutor(limits.at_once, thread_name_prefix="proposing") as pool:
        try:
            while queue or running:
                told(asked.dealt_with, len(items))
                asked.stopped = asked.stopped or _to_stop(asked, limits, ends)
                if asked.stopped:
                    stop.set()
                    asked.unanswered[NOT_ASKED] += sum(len(batch) for batch in queue)
                    queue.clear()
                while queue and len(running) < limits.at_once:
                    batch = queue.popleft()
                    running[pool.submit(_ask, model.chat, batch, stop)] = batch
                for done in wait(running, LOOKED_EVERY_S, FIRST_COMPLETED).done:
                    queue.extendleft(_take(asked, running.pop(done), done.result(), model.name, kept, today))
            told(asked.dealt_with, len(items))
        finally:
            stop.set()
    return asked


def _batches(items: Sequence[_Item]) -> Iterator[_Batch]:
    batch: list[_Item] = []
    for item in items:
        chars = sum(len(one.clause.clause.text) for one in (*batch, item))
        other = bool(batch) and batch[0].clause.document != item.clause.document
        if batch and (other or len(batch) == MOST_OF_A_BATCH or chars > CHARS_OF_A_BATCH):
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


def _to_stop(asked: Asked, limits: AskingLimits, ends: float) -> Stopped | None:
    if time.monotonic() >= ends:
        return Stopped.TIME
    if asked.sent + asked.written >= limits.tokens:
        return Stopped.TOKENS
    return Stopped.SERVER if asked.failures >= MOST_FAILURES else None


def _take(
    asked: Asked, batch: _Batch, replied: _Replied, name: str, kept: KeptAnswers, today: date
) -> Iterator[_Batch]:
    """Enter what one batch came to; the halves of one whose reply was too long are to be asked again."""
    asked.requests += replied.requests
    asked.sent += replied.sent
    asked.written += replied.written
    asked.is_estimate |= replied.is_estimate
    is_of_server = replied.failure in _OF_SERVER
    asked.failures = asked.failures + 1 if is_of_server else 0
    asked.failure = replied.failure if is_of_server else asked.failure
    if replied.records is not None:
        asked.clauses += len(batch)
        for item, records in zip(batch, replied.records, strict=True):
            answer = asked.answers[item.digest] = Answer(name, today, tuple(records))
            kept.keep(item.digest, answer)
    elif replied.failure == Failure.ENDLESS and len(batch) > 1:
        middle = len(batch) // 2
        return iter((batch[middle:], batch[:middle]))
    else:
        asked.unanswered[replied.failure] += len(batch)
    return iter(())


def _ask(chat: Chat, batch: _Batch, stop: threading.Event) -> _Replied:
    replied = _Replied()
    clauses = [item.clause for item in batch]
    with while_awaited(lambda: not stop.is_set()):
        for attempt in range(_TRIES):
            said = material(clauses, again=attempt > 0)
            replied.requests += 1
            try:
                replied.records = read_reply(_whole(chat, said, replied), len(batch))
                return replied
            except ReplyUnreadable:
                replied.failure = MALFORMED
            except ModelFailed as error:
                replied.failure = error.failure
                return replied
            except NobodyWaits:
                replied.failure = NOT_ASKED
                return replied
    return replied


def _whole(chat: Chat, said: str, replied: _Replied) -> str:
    """The whole reply; what it took is added to ``replied``, whether it ends well or not."""
    pieces: list[str] = []
    counted: Tokens | None = None
    try:
        with closing(chat.reply(instructions(), said, counted=True)) as reply:
            counted = _collect(reply, pieces)
    finally:
        replied.is_estimate |= counted is None
        replied.sent += counted.sent if counted else len(instructions()) + len(said)
        replied.written += counted.written if counted else sum(map(len, pieces))
    return "".join(pieces)


def _collect(reply: Generator[str, None, Tokens | None], pieces: list[str]) -> Tokens | None:
    while True:
        try:
            pieces.append(next(reply))
        except StopIteration as ended:
            return ended.value
