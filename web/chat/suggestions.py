"""What to ask next, worked out while nobody waits for an answer."""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from datetime import date
from typing import Protocol

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from bot.pipeline import PolicyBot
from bot.suggest.next_questions import NextQuestions, Proposal
from bot.types import Answer
from index.types import Filters
from ingest.errors import PolicyQAError
from web.answers.background import Watched
from web.answers.bot_pool import Bot, BotDoor
from web.http.client import TooManyQuestions, client_of
from web.http.guards import Allowance

log = logging.getLogger(__name__)

MOST_SHOWN = 3
MOST_TRIED = 8  # proposals of one answer; each costs one answer of the bot
MOST_WAITING = 16  # answers whose next questions are not worked out yet; the oldest goes without
MOST_KEPT = 500  # lists that a page may still fetch; it does so within seconds
MOST_CHECKED = 4096  # questions of which it is known whether they are answered: four for each clause of a compendium
QUIET_WAIT_S = 6.0  # an answer whose turn has not come by then goes without: its reader has read on
FETCH_WAIT_S = 12.0
POLL_S = 0.1


class Proposer(Protocol):
    """What is needed of ``bot.suggest.next_questions.NextQuestions``."""

    def proposals(self, answer: Answer) -> Iterator[Proposal]:
        """What could be asked next."""
        ...

    def answered(self, proposal: Proposal, as_of: date, filters: Filters) -> bool:
        """Whether the bot answers it."""
        ...


def proposer_of(bot: Bot) -> Proposer | None:
    """The proposer of a bot that can search; None for any other."""
    return NextQuestions.of(bot) if isinstance(bot, PolicyBot) else None


class Suggester:
    """One thread that checks proposals one after another, and only while no answer is under way.

    What it finds is kept under a random name that the page was given with its answer.
    """

    def __init__(
        self,
        door: BotDoor,
        proposer_of: Callable[[Bot], Proposer | None] = proposer_of,
        failed: Callable[[], None] | None = None,
    ) -> None:
        """``failed`` is called when the thread dies of a fault; the next answer gets a new one."""
        self._failed = failed
        self._door = door
        self._proposer_of = proposer_of
        self._bot: Bot | None = None  # whose proposals are checked; another one makes all checks void
        self._proposer: Proposer | None = None
        self._checked: OrderedDict[tuple[str, date, Filters], bool] = OrderedDict()
        self._lists: OrderedDict[str, list[str] | None] = OrderedDict()  # None while it is worked out
        self._waiting: deque[tuple[str, Answer, float]] = deque()
        self._lock = threading.Condition()
        self._thread: threading.Thread | None = None

    def begin(self, answer: Answer) -> str:
        """Have it worked out later; the name to fetch it by."""
        name = secrets.token_hex(8)
        with self._lock:
            self._lists[name] = None
            self._waiting.append((name, answer, time.monotonic() + QUIET_WAIT_S))
            if len(self._waiting) > MOST_WAITING:
                self._lists[self._waiting.popleft()[0]] = []
            while len(self._lists) > MOST_KEPT:
                self._lists.popitem(last=False)
            self._see_to_it()
            self._lock.notify()
        return name

    async def fetch(self, name: str) -> list[str]:
        """The questions, as soon as they are there; none for a name that is unknown or took too long."""
        until = time.monotonic() + FETCH_WAIT_S
        while (found := self._lists.get(name, [])) is None:
            if time.monotonic() > until:
                return []
            await asyncio.sleep(POLL_S)
        return found

    def _see_to_it(self) -> None:
        """Have a thread that works; called with the lock. Without one nothing is offered, and answers go out as ever."""
        if self._thread is not None and self._thread.is_alive():
            return
        self._thread = Watched("next-questions", self._work, self._ended)
        try:
            self._thread.start()
        except RuntimeError:  # the system gives no more threads
            log.exception("there is no thread to work out next questions")
            self._thread = None

    def _ended(self, error: BaseException | None) -> None:
        with self._lock:
            self._thread = None
            if self._waiting:
                self._see_to_it()
        log.error("working out next questions failed; other answers get theirs", exc_info=error)
        if self._failed is not None:
            self._failed()

    def _work(self) -> None:
        while True:
            with self._lock:
                while not self._waiting:
                    self._lock.wait()
                name, answer, until = self._waiting.pop()  # the newest: its reader is still there
            found: list[str] = []
            try:
                found = self._find(answer, until)
            except PolicyQAError:
                found = []  # nothing to offer; the answer itself has gone out
            finally:
                with self._lock:
                    if name in self._lists:
                        self._lists[name] = found

    def _find(self, answer: Answer, until: float) -> list[str]:
        proposer = self._current_proposer()
        found: list[str] = []
        if proposer is None or not self._quiet(until):
            return found
        for tried, proposal in enumerate(proposer.proposals(answer)):
            if len(found) == MOST_SHOWN or tried == MOST_TRIED:
                break
            key = (proposal.question, answer.question.as_of, answer.question.filters)
            if key not in self._checked:
                if not self._quiet(until):
                    break
                self._checked[key] = proposer.answered(proposal, *key[1:])
                if len(self._checked) > MOST_CHECKED:
                    self._checked.popitem(last=False)
            if self._checked[key]:
                found.append(proposal.question)
        return found

    def _current_proposer(self) -> Proposer | None:
        bot = self._door.bot
        if bot is not self._bot:
            self._bot, self._proposer = bot, self._proposer_of(bot)
            self._checked.clear()
        return self._proposer

    def _quiet(self, until: float) -> bool:
        """Wait until no answer is under way; False when ``until`` came first."""
        while self._door.answering:
            if time.monotonic() > until:
                return False
            time.sleep(POLL_S)
        return True


def suggestion_routes(suggester: Suggester, allowance: Allowance) -> APIRouter:
    """``GET /page/next-questions/{name}``."""
    routes = APIRouter(include_in_schema=False)

    @routes.get("/page/next-questions/{name}")
    async def next_questions(request: Request, name: str) -> JSONResponse:
        wait = allowance.wait_seconds(client_of(request))
        if wait:
            raise TooManyQuestions(wait)
        return JSONResponse({"questions": await suggester.fetch(name)}, headers={"Cache-Control": "no-store"})

    _ = next_questions  # registered by the decorator
    return routes
