"""What a channel's people wait for, and what they do not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

import pytest

from tests.web.conftest import SOON_S, TODAY, LittleBot
from web.answers.bot_pool import BotDoor
from web.api.answer_service import AnswerService
from web.channels.answering import answer_until_ended
from web.channels.channel import Incoming, Kind
from web.http.guards import Allowance
from web.settings import WebSettings


class Stubborn:
    """Takes the first reply only once the second has come, as a platform that is asked too often."""

    name = "stubborn"

    def __init__(self) -> None:
        self.second = asyncio.Event()
        self.finished: list[str] = []
        self.all_taken = asyncio.Event()

    async def messages(self) -> AsyncGenerator[Incoming]:
        for number in ("1", "2"):
            yield Incoming(number, "zhang.san", "zhang.san", Kind.TEXT, "人才安家补贴多少？", f"t{number}")
        await self.all_taken.wait()

    async def show(self, message: Incoming, markdown: str) -> None:
        pass

    async def finish(self, message: Incoming, markdown: str) -> None:
        if message.id == "1":
            await self.second.wait()
        self.second.set()
        self.finished.append(message.id)
        if len(self.finished) == 2:
            self.all_taken.set()


@pytest.fixture
def service(bot: LittleBot, settings: WebSettings) -> AnswerService:
    door = BotDoor(1)
    door.open(bot)
    return AnswerService(door, Allowance(100), settings, lambda: TODAY)


def test_a_reply_that_is_not_taken_yet_keeps_nobodys_next_question_waiting(service: AnswerService) -> None:
    async def talk() -> list[str]:
        channel = Stubborn()
        async with asyncio.timeout(SOON_S):
            await answer_until_ended(channel, service, asyncio.Event())
        return channel.finished

    assert asyncio.run(talk()) == ["2", "1"]
