"""Deadlines of a connection, with a clock that is set by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from web.server.connections import BODY_BYTES_PER_S, Deadlines, Phase, TimedConnection

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n"
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Wire(asyncio.Transport):
    """A transport to nowhere: what it is given waits until ``taken``."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.waiting = 0
        self.state = "open"

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += bytes(data)
        self.waiting += len(data)

    def taken(self, size: int | None = None) -> None:
        self.waiting -= self.waiting if size is None else size

    def get_write_buffer_size(self) -> int:
        return self.waiting

    def is_closing(self) -> bool:
        return self.state != "open"

    def close(self) -> None:
        self.state = "closed" if self.state == "open" else self.state

    def abort(self) -> None:
        self.state, self.waiting = "aborted", 0

    def pause_reading(self) -> None:
        """None."""

    def resume_reading(self) -> None:
        """None."""


@dataclass
class Talk:
    """One connection to an application that is told by the test when to go on."""

    wire: Wire = field(default_factory=Wire)
    now: float = 0.0
    ended: list[str] = field(default_factory=list[str])
    heard: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    def __post_init__(self) -> None:
        state = ServerState()
        self.tasks = state.tasks
        config = uvicorn.Config(
            self.application, interface="asgi3", proxy_headers=False, log_config=None, lifespan="off"
        )
        self.connection = TimedConnection(
            config, state, {}, Deadlines(request_s=20, reply_s=60), self.ended.append, lambda: self.now
        )
        self.connection.connection_made(self.wire)

    async def application(self, scope: Any, receive: Any, send: Any) -> None:
        more = True
        while more:
            self.heard.append(await receive())
            more = self.heard[-1].get("more_body", False)
        await self.go_on.wait()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await send({"type": "http.response.body", "body": b"here"})

    async def sends(self, words: bytes) -> None:
        if words:  # a transport never hands over nothing
            self.connection.data_received(words)
        for _ in range(5):
            await asyncio.sleep(0)

    async def answers(self) -> None:
        self.go_on.set()
        await asyncio.gather(*self.tasks)
        self.go_on.clear()

    def after(self, seconds: float, step: float = 1.0) -> str:
        """How the wire stands after so many seconds, looked at once a second."""
        until = self.now + seconds
        while self.now < until and self.wire.state != "aborted":
            self.now += step
            self.connection.check()
        return self.wire.state


def talked(conversation: Callable[[Talk], Awaitable[None]]) -> None:
    async def run() -> None:
        await conversation(Talk())

    asyncio.run(run())


@pytest.mark.parametrize("words", [b"", b"G", b"GET / HTTP/1.1\r\nHost: x\r\n"])
def test_a_head_must_come_in_time(words: bytes) -> None:
    async def conversation(talk: Talk) -> None:
        await talk.sends(words)
        assert talk.after(20) == "open"
        assert talk.connection.phase is Phase.HEAD
        assert talk.after(2) == "closed"
        assert talk.ended == ["head"]
        assert talk.wire.written.startswith(b"HTTP/1.1 408 " if words else b"")
        assert bool(talk.wire.written) is bool(words)

    talked(conversation)


def test_a_head_that_trickles_is_no_better() -> None:
    async def conversation(talk: Talk) -> None:
        for letter in b"GET / HTTP/1.1\r\nX: aaaaaa":
            await talk.sends(bytes([letter]))
            if talk.after(1) != "open":
                break
        assert talk.ended == ["head"]
        assert 20 <= talk.now <= 22

    talked(conversation)


def test_each_request_has_its_own_time() -> None:
    async def conversation(talk: Talk) -> None:
        for _ in range(10):
            assert talk.after(10) == "open"
            await talk.sends(GET)
            await talk.answers()
            talk.wire.taken()
        assert talk.wire.written.count(b"here") == 10
        assert talk.ended == []

    talked(conversation)


def test_a_body_that_stops_is_cut_off_and_never_taken_for_a_whole_one() -> None:
    async def conversation(talk: Talk) -> None:
        await talk.sends(HEAD + b"half of it")
        assert talk.connection.phase is Phase.BODY
        assert talk.after(25) == "closed"
        assert talk.ended == ["body"]
        assert talk.wire.written.startswith(b"HTTP/1.1 408 ")
        said = len(talk.wire.written)
        await talk.answers()
        assert [message["type"] for message in talk.heard] == ["http.request", "http.disconnect"]
        assert len(talk.wire.written) == said

    talked(conversation)


def test_a_body_may_take_as_long_as_it_is_long() -> None:
    async def conversation(talk: Talk) -> None:
        await talk.sends(HEAD.replace(b"100", b"1000000"))
        for _ in range(100):
            await talk.sends(b"x" * BODY_BYTES_PER_S)
            assert talk.after(1) == "open"
        assert talk.after(15) == "open"
        assert talk.after(10) == "closed"  # the 20 seconds and what it earned are used up

    talked(conversation)


def test_a_body_we_do_not_read_has_time() -> None:
    async def conversation(talk: Talk) -> None:
        await talk.sends(HEAD.replace(b"100", b"100\r\nExpect: 100-continue"))
        talk.connection.cycle.waiting_for_100_continue = True
        talk.wire.taken()
        assert talk.after(100) == "open"
        talk.connection.cycle.waiting_for_100_continue = False
        talk.connection.flow.pause_reading()
        assert talk.after(100) == "open"
        talk.connection.flow.resume_reading()
        assert talk.after(25) == "closed"

    talked(conversation)


def test_an_answer_may_take_long() -> None:
    async def conversation(talk: Talk) -> None:
        await talk.sends(GET)
        assert talk.connection.phase is Phase.REPLY
        assert talk.connection.dispensable is None
        assert talk.after(3600) == "open"

    talked(conversation)


def test_a_reader_who_takes_nothing_is_left() -> None:
    async def conversation(talk: Talk) -> None:
        await talk.sends(GET)
        talk.wire.write(b"x" * 100_000)
        assert talk.after(60) == "open"
        assert talk.after(2) == "aborted"  # closing would wait for him
        assert talk.ended == ["reply"]

    talked(conversation)


def test_a_slow_reader_gets_it_all() -> None:
    async def conversation(talk: Talk) -> None:
        await talk.sends(GET)
        talk.wire.write(b"x" * 100_000)
        for _ in range(10):
            assert talk.after(50) == "open"
            talk.wire.taken(1000)
            talk.wire.write(b"x" * 2000)  # more is added than is taken
            talk.connection.check()
            talk.wire.taken(3000)
        assert talk.ended == []

    talked(conversation)


def test_what_is_left_in_a_closed_connection_goes_too() -> None:
    async def conversation(talk: Talk) -> None:
        await talk.sends(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        await talk.answers()
        assert talk.wire.state == "closed"
        assert talk.connection.phase is Phase.LEAVING
        assert talk.after(62) == "aborted"
        assert talk.ended == ["leaving"]

    talked(conversation)


def test_the_rest_of_a_body_nobody_wants_is_awaited_for_a_while() -> None:
    async def conversation(talk: Talk) -> None:
        talk.go_on.set()

        async def early(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 413, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body"})

        talk.connection.app = early  # pyright: ignore[reportAttributeAccessIssue] an application like any other
        await talk.sends(HEAD)
        talk.wire.taken()
        assert talk.connection.phase is Phase.LEAVING
        for _ in range(30):
            await talk.sends(b"x")
            if talk.after(1) != "open":
                break
        assert talk.wire.state == "closed"
        assert 20 <= talk.now <= 23

    talked(conversation)


def test_nonsense_within_a_reply_only_hangs_up() -> None:
    async def conversation(talk: Talk) -> None:
        await talk.sends(HEAD.replace(b"Content-Length: 100", b"Transfer-Encoding: chunked"))
        await talk.connection.cycle.send({"type": "http.response.start", "status": 200, "headers": []})
        said = len(talk.wire.written)
        await talk.sends(b"zz\r\n")
        assert (talk.wire.state, len(talk.wire.written)) == ("closed", said)
        await talk.answers()

    talked(conversation)


def test_when_the_service_ends_replies_may_be_finished() -> None:
    async def conversation(talk: Talk) -> None:
        await talk.sends(GET)
        talk.connection.shutdown()
        assert talk.wire.state == "open"
        await talk.answers()
        assert talk.wire.written.endswith(b"here")
        assert talk.wire.state == "closed"
        waiting = Talk()
        waiting.connection.shutdown()
        assert waiting.wire.state == "closed"

    talked(conversation)
