"""Questions whose asker has gone, against a real server: what is begun and what is worked on."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from bot.awaited import check_awaited
from bot.types import Answer, Question
from tests.web.conftest import LittleBot
from tests.web.serving import serving
from web.answers.bot_pool import BotDoor
from web.http.leaving import ClientLeft, while_connected
from web.settings import WebSettings

ABANDONED = 50
SOON_S = 120.0
WAYS = [("/api/ask", "application/json"), ("/api/ask", "text/event-stream"), ("/page/ask", "text/event-stream")]


class HeldBot(LittleBot):
    """Keeps its first answer back until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()

    def ask(self, question: Question) -> Answer:
        answer = super().ask(question)
        assert self.go_on.wait(SOON_S)
        return answer


class SteppingBot(LittleBot):
    """Takes one step after another until it is told that nobody waits."""

    def __init__(self) -> None:
        super().__init__()
        self.stepped = threading.Event()
        self.ended = threading.Event()

    def ask(self, question: Question) -> Answer:
        pause = threading.Event()
        try:
            while True:
                check_awaited()
                self.stepped.set()
                pause.wait(0.01)
        finally:
            self.ended.set()

    def stream(self, question: Question) -> Iterator[Any]:
        yield self.ask(question)


def left_alone(address: str, path: str, accept: str) -> socket.socket:
    """A question that has been sent, and whose answer is not read."""
    body = json.dumps({"question": "安家"}).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nAccept: {accept}\r\nContent-Type: application/json\r\n"
    opened = socket.create_connection(("127.0.0.1", int(address.rpartition(":")[2])))
    opened.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    return opened


def comes_true(condition: Callable[[], bool]) -> bool:
    pause = threading.Event()
    return any(condition() or pause.wait(0.01) for _ in range(int(SOON_S / 0.01)))


@pytest.mark.parametrize(("path", "accept"), WAYS)
def test_what_nobody_waits_for_is_not_begun(settings: WebSettings, path: str, accept: str) -> None:
    held, door = HeldBot(), BotDoor(1)
    door.open(held)
    with serving(door, settings) as address, httpx.Client(base_url=address, trust_env=False, timeout=SOON_S) as staying:
        gone = [left_alone(address, path, accept) for _ in range(ABANDONED)]
        assert comes_true(lambda: door.answering == ABANDONED)
        for one in gone:
            one.close()
        assert comes_true(lambda: door.answering == 0)
        held.go_on.set()
        reply = staying.post(path, json={"question": "岗"}, headers={"Accept": accept})
        assert "30%" in reply.text
    begun = [question.last for question in held.asked]
    assert begun[-1] == "岗"
    assert len(begun) <= 3, "the one under way, perhaps one that left in this very moment, and the one that stayed"


@pytest.mark.parametrize(("path", "accept"), WAYS)
def test_what_has_been_begun_stops_at_its_next_step(settings: WebSettings, path: str, accept: str) -> None:
    stepping, door = SteppingBot(), BotDoor(1)
    door.open(stepping)
    with serving(door, settings) as address:
        one = left_alone(address, path, accept)
        assert stepping.stepped.wait(SOON_S)
        one.close()
        assert stepping.ended.wait(SOON_S)
        assert comes_true(lambda: door.answering == 0)


class Broken(Exception):
    """A fault of the work."""


def connected(*messages: str) -> Request:
    """A request whose client does these things, then nothing."""
    waiting = list(messages)

    async def receive() -> dict[str, str]:
        if not waiting:
            await asyncio.Event().wait()
        return {"type": waiting.pop(0)}

    return Request({"type": "http"}, receive)


def test_work_ends_as_it_does_without_anybody_leaving() -> None:
    async def broken() -> None:
        raise Broken

    assert asyncio.run(while_connected(connected("http.request"), asyncio.sleep(0, "done"))) == "done"
    with pytest.raises(Broken):
        asyncio.run(while_connected(connected(), broken()))


def test_work_for_a_client_who_has_left_is_cancelled() -> None:
    ended: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    async def leave() -> None:
        with pytest.raises(ClientLeft):
            await while_connected(connected("http.request", "http.disconnect"), work())
        await asyncio.sleep(0)

    asyncio.run(leave())
    assert ended == ["cancelled"]
