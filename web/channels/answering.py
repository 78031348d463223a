"""Answers what people of a channel ask: the same checks, limits, bot and records as everywhere, a task a message."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from bot.text.language import language_of
from bot.types import AnswerSentence, Language
from ingest.errors import PolicyQAError
from web.answers.recording import Asker
from web.api.answer_service import AnswerService, Kept
from web.api.requests import AskRequest
from web.channels.channel import Channel, Incoming, Kind
from web.channels.conversations import Conversation, Conversations, SeenMessages
from web.channels.reply_text import answer_markdown, escaped, sentences_markdown
from web.texts import Tongue, say, tongue_of

MOST_AT_ONCE = 200  # messages being answered; more wait in the channel
log = logging.getLogger(__name__)
Work = dict[asyncio.Task[None], Incoming]


@dataclass(frozen=True, slots=True)
class Farewell:
    """How long a stop may take: answers under way, then the last words to those who get none."""

    answers_s: float = 5.0
    words_s: float = 3.0


async def answer_until_ended(
    channel: Channel, service: AnswerService, stopped: asyncio.Event | None = None, farewell: Farewell | None = None
) -> None:
    """Answer every message until the channel is closed, or ``stopped``: then what is under way is answered, or told so.

    Raises PolicyQAError when the channel cannot be kept up.
    """
    await ChannelDesk(channel, service, farewell or Farewell()).serve(stopped or asyncio.Event())


@dataclass(frozen=True)
class ChannelDesk:
    """Where a channel's people ask."""

    channel: Channel
    service: AnswerService
    farewell: Farewell = field(default_factory=Farewell)
    seen: SeenMessages = field(default_factory=SeenMessages)
    conversations: Conversations = field(init=False)
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(  # a lock lives while a message holds it or waits for it
        default_factory=WeakValueDictionary[str, asyncio.Lock], init=False
    )
    _delivering: set[str] = field(default_factory=set[str], init=False)  # messages whose whole reply is on its way

    def __post_init__(self) -> None:
        """Read how long a conversation lasts."""
        settings = self.service.settings
        known = Conversations(settings.follow_up_minutes * 60.0, settings.max_turns)
        object.__setattr__(self, "conversations", known)

    async def serve(self, stopped: asyncio.Event) -> None:
        """Answer each message in a task of its own; those of one person one after the other."""
        work: Work = {}
        taking = asyncio.create_task(self._take(work, stopped))
        stopping = asyncio.create_task(stopped.wait())
        try:
            await asyncio.wait({taking, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if taking.done():
                taking.result()
            else:
                await self._finish_up(work)
        finally:
            ending: list[asyncio.Task[Any]] = [taking, stopping, *work]
            for task in ending:
                task.cancel()
            await asyncio.gather(*ending, return_exceptions=True)

    async def _take(self, work: Work, stopped: asyncio.Event) -> None:
        room = asyncio.Semaphore(MOST_AT_ONCE)

        def ended(task: asyncio.Task[None], message: Incoming) -> None:
            room.release()
            if not task.cancelled() and (fault := task.exception()) is not None:
                log.error("answering a message failed", exc_info=fault)
                _begin(work, message, self.channel.finish(message, say("failed", "zh")))

        async with aclosing(self.channel.messages()) as messages:
            async for message in messages:
                if not self.seen.is_new(message.id):
                    continue
                await room.acquire()
                if stopped.is_set():
                    doing = self._say_last(message)
                else:
                    doing = self._in_turn(message, self.conversations.of(message.chat, message.person))
                _begin(work, message, doing).add_done_callback(partial(ended, message=message))

    async def _finish_up(self, work: Work) -> None:
        """Wait a little for what is under way; whoever has no answer by then is told so, and nobody waits for ever."""
        log.info("The bot stops; %d messages are being answered.", len(work))
        if work:
            await asyncio.wait(set(work), timeout=self.farewell.answers_s)
        for task, message in list(work.items()):
            if message.id not in self._delivering:
                task.cancel()
                _begin(work, message, self._say_last(message))
        with suppress(TimeoutError):
            async with asyncio.timeout(self.farewell.words_s):
                while work:
                    await asyncio.wait(set(work))

    async def _say_last(self, message: Incoming) -> None:
        await self.channel.finish(message, say("channel_stops", _tongue(message)))

    async def _in_turn(self, message: Incoming, conversation: Conversation) -> None:
        lock = self._turns.setdefault(conversation.id, asyncio.Lock())
        async with lock:
            reply = await self._reply_to(message, conversation)
        # A reply that the platform does not take for a while keeps nobody's next question waiting.
        self._delivering.add(message.id)
        try:
            await self.channel.finish(message, reply)
        finally:
            self._delivering.discard(message.id)

    async def _reply_to(self, message: Incoming, conversation: Conversation) -> str:
        """The reply to one message; whatever goes wrong is said in one sentence."""
        tongue = _tongue(message)
        if message.kind is Kind.ARRIVED:
            return say("channel_welcome", tongue)
        if message.kind is Kind.UNREADABLE:
            return say("channel_only_text", tongue)
        if not message.text:
            return say("channel_empty", tongue)
        return await self._reply(message, conversation, tongue)

    async def _reply(self, message: Incoming, conversation: Conversation, tongue: Tongue) -> str:
        client = f"{self.channel.name}:{message.person}"  # kept as a salted hash only
        try:
            self.service.admit(client)
            asked = AskRequest(
                question=message.text,
                turns=conversation.turns,
                as_of=None,
                level=None,
                document=None,
                lang=None,
                conversation=conversation.id,
            )
            await self.channel.show(message, say("working", tongue))
            return await self._answered(message, asked, Asker(conversation.id, client), conversation)
        except PolicyQAError as error:
            return escaped(error.sentence.said(tongue))

    async def _answered(self, message: Incoming, asked: AskRequest, asker: Asker, conversation: Conversation) -> str:
        said: list[AnswerSentence] = []
        async with aclosing(self.service.stream(self.service.question(asked), asker)) as parts:
            async for part in parts:
                if isinstance(part, Kept):
                    self.conversations.asked(conversation, asked.question)
                    return answer_markdown(part.answer, self.service)
                said += part
                await self.channel.show(message, sentences_markdown(said, language_of(asked.question)))
        log.error("an answer ended without its last part")
        return say("failed", tongue_of(Language.ZH))


def _tongue(message: Incoming) -> Tongue:
    return tongue_of(language_of(message.text)) if message.text else "zh"


def _begin(work: Work, message: Incoming, doing: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Do something for a message, in ``work`` as long as it lasts."""
    task = asyncio.create_task(doing)
    work[task] = message
    task.add_done_callback(work.pop)
    return task
