"""The bot behind the page: opened in the background, asked in threads, streamed in batches."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.awaited import NobodyWaits, check_awaited, while_awaited
from bot.types import Answer, AnswerSentence, Question, SearchResult
from index.types import Filters
from ingest.editions.types import Edition
from ingest.errors import PolicyQAError, ServiceUnavailable
from ingest.types import Corpus
from web.answers.background import Watched

log = logging.getLogger(__name__)
Result = TypeVar("Result")

MOST_AT_ONCE = 200  # answers under way or waiting for a thread; one more is refused at once
BATCH_SECONDS = 0.12  # sentences that come within this time are shown together: fewer messages, no visible delay


class Bot(Protocol):
    """What the page needs of ``bot.pipeline.PolicyBot``."""

    @property
    def corpus(self) -> Corpus:
        """What it answers from."""
        ...

    @property
    def edition(self) -> Edition:
        """The English of what it answers from."""
        ...

    def ask(self, question: Question) -> Answer:
        """The whole answer."""
        ...

    def stream(self, question: Question) -> Iterator[AnswerSentence | Answer]:
        """Each sentence when it is checked, then the whole answer."""
        ...

    def search(self, text: str, filters: Filters, top_k: int) -> SearchResult:
        """The clauses found for a text."""
        ...


class BotDoor:
    """Where the page finds the bot. Until it is open, asking raises ServiceUnavailable."""

    def __init__(self, answer_threads: int) -> None:
        self._bot: Bot | None = None
        self._opened = threading.Event()
        self._pool = ThreadPoolExecutor(answer_threads, thread_name_prefix="answer")
        self._answering = 0

    def open(self, bot: Bot) -> None:
        """From now on questions go to ``bot``; also replaces an earlier one at once."""
        self._bot = bot
        self._opened.set()

    def open_in_background(self, make: Callable[[], Bot], on_failure: Callable[[PolicyQAError], None]) -> None:
        """Make the bot in a thread, so that the page is there before the model is.

        Whatever keeps it from being made is given to ``on_failure``; what is no error of ours is logged first.
        """

        def ended(error: BaseException | None) -> None:
            if error is not None:
                on_failure(error if isinstance(error, PolicyQAError) else _not_loaded(error))

        Watched("open-bot", lambda: self.open(make()), ended).start()

    @property
    def is_open(self) -> bool:
        """Whether questions can be answered."""
        return self._bot is not None

    @property
    def bot(self) -> Bot:
        """The bot. Raises ServiceUnavailable while it is still being loaded."""
        if self._bot is None:
            raise ServiceUnavailable("web.still_loading_try_again")
        return self._bot

    @property
    def answering(self) -> int:
        """How many answers are under way."""
        return self._answering

    async def wait_open(self, poll_s: float = 0.1) -> Bot:
        """Wait until the bot is there, without holding a thread."""
        while self._bot is None:
            await asyncio.sleep(poll_s)
        return self._bot

    async def ask(self, question: Question, bot: Bot | None = None) -> Answer:
        """Answer in a thread of the pool. Cancelled, it is not begun, or stops at its next step.

        Who shows more of a corpus beside the answer names the ``bot`` it reads it from: another one may serve by then.
        """
        asked = bot or self.bot
        return await self._worked(lambda: asked.ask(question))

    async def search(self, text: str, filters: Filters, top_k: int, bot: Bot | None = None) -> SearchResult:
        """Search in a thread of the pool. Cancelled, it is not begun."""
        asked = bot or self.bot
        return await self._worked(lambda: asked.search(text, filters, top_k))

    async def _worked(self, do: Callable[[], Result]) -> Result:
        left = threading.Event()

        def work() -> Result:
            with while_awaited(lambda: not left.is_set()):
                check_awaited()  # a thread may take up the work before its cancellation has gone round
                return do()

        self._answering += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._answering -= 1
            left.set()

    async def stream(
        self, question: Question, bot: Bot | None = None
    ) -> AsyncGenerator[list[AnswerSentence] | Answer, None]:
        """Batches of sentences, then the answer. After leaving early, it is not begun, or stops at its next step."""
        pump = _Pump(bot or self.bot, question, asyncio.get_running_loop())
        work = pump.loop.run_in_executor(self._pool, pump.run)
        self._answering += 1
        try:
            async for part in pump.parts():
                yield part
            await work  # raises what the bot raised
        finally:
            self._answering -= 1
            pump.left.set()
            work.cancel()  # of no effect once a thread has begun it


def _not_loaded(error: BaseException) -> ServiceUnavailable:
    """One sentence on what nobody foresaw, and its traceback in the log."""
    log.error("loading the bot failed", exc_info=error)
    if isinstance(error, MemoryError):
        return ServiceUnavailable("web.not_enough_memory")
    what = f"{type(error).__name__}: {error}".splitlines()[0].rstrip(": .")
    return ServiceUnavailable("web.could_not_load", what=what)


@dataclass(frozen=True)
class _End:
    """Nothing more will come."""


class _Pump:
    """Carries what a thread makes into the event loop."""

    def __init__(self, bot: Bot, question: Question, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.left = threading.Event()
        self._bot = bot
        self._question = question
        self._queue: asyncio.Queue[AnswerSentence | Answer | _End] = asyncio.Queue()

    def run(self) -> None:
        """In the thread: hand over each part until the reader has left."""
        try:
            with while_awaited(lambda: not self.left.is_set()):
                check_awaited()  # a thread may take up the work before its cancellation has gone round
                for part in self._bot.stream(self._question):
                    if self.left.is_set():
                        return
                    self.loop.call_soon_threadsafe(self._queue.put_nowait, part)
        except NobodyWaits:
            return
        finally:
            if not self.loop.is_closed():
                self.loop.call_soon_threadsafe(self._queue.put_nowait, _End())

    async def parts(self) -> AsyncIterator[list[AnswerSentence] | Answer]:
        """In the loop: sentences that come close together as one batch."""
        while True:
            part = await self._queue.get()
            batch: list[AnswerSentence] = []
            if isinstance(part, AnswerSentence):
                batch.append(part)
                part = await self._gather(batch)
            if batch:
                yield batch
            if isinstance(part, _End):
                return
            if part is not None:
                yield part

    async def _gather(self, batch: list[AnswerSentence]) -> Answer | _End | None:
        """Fill ``batch`` until the time is over (None) or something else than a sentence came."""
        try:
            async with asyncio.timeout(BATCH_SECONDS):
                while True:
                    part = await self._queue.get()
                    if not isinstance(part, AnswerSentence):
                        return part
                    batch.append(part)
        except TimeoutError:
            return None
