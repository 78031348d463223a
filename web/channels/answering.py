"""Answers what people of a channel ask: the same checks, limits, bot and records as everywhere, a task a message."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
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


async def answer_until_ended(channel: Channel, service: AnswerService) -> None:
    """Answer every message until the channel is closed. Raises PolicyQAError when it cannot be kept up."""
    await ChannelDesk(channel, service).serve()


@dataclass(frozen=True)
class ChannelDesk:
    """Where a channel's people ask."""

    channel: Channel
    service: AnswerService
    seen: SeenMessages = field(default_factory=SeenMessages)
    conversations: Conversations = field(init=False)
    _turns: WeakValueDictionary[str, asyncio.Lock] = field(  # a lock lives while a message holds it or waits for it
        default_factory=WeakValueDictionary[str, asyncio.Lock], init=False
    )

    def __post_init__(self) -> None:
        """Read how long a conversation lasts."""
        settings = self.service.settings
        known = Conversations(settings.follow_up_minutes * 60.0, settings.max_turns)
        object.__setattr__(self, "conversations", known)

    async def serve(self) -> None:
        """Answer each message in a task of its own; those of one person one after the other."""
        room = asyncio.Semaphore(MOST_AT_ONCE)
        tasks: set[asyncio.Task[None]] = set()

        def ended(task: asyncio.Task[None], message: Incoming) -> None:
            room.release()
            tasks.discard(task)
            if not task.cancelled() and (fault := task.exception()) is not None:
                log.error("answering a message failed", exc_info=fault)
                tasks.add(asyncio.create_task(self.channel.finish(message, say("failed", "zh"))))

        try:
            async for message in self.channel.messages():
                if self.seen.is_new(message.id):
                    await room.acquire()
                    conversation = self.conversations.of(message.chat, message.person)
                    task = asyncio.create_task(self._in_turn(message, conversation))
                    tasks.add(task)
                    task.add_done_callback(partial(ended, message=message))
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _in_turn(self, message: Incoming, conversation: Conversation) -> None:
        lock = self._turns.setdefault(conversation.id, asyncio.Lock())
        async with lock:
            await self.answer(message, conversation)

    async def answer(self, message: Incoming, conversation: Conversation) -> None:
        """One message and its reply; whatever goes wrong is said in one sentence."""
        tongue = tongue_of(language_of(message.text)) if message.text else "zh"
        if message.kind is Kind.ARRIVED:
            await self.channel.finish(message, say("channel_welcome", tongue))
        elif message.kind is Kind.UNREADABLE:
            await self.channel.finish(message, say("channel_only_text", tongue))
        elif not message.text:
            await self.channel.finish(message, say("channel_empty", tongue))
        else:
            await self.channel.finish(message, await self._reply(message, conversation, tongue))

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
