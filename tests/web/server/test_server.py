"""The server in a thread of the test: what it does when the fault is its own. Hostile clients: test_app_connections.py."""

from __future__ import annotations

import logging
import signal
import socket
import threading
from collections.abc import Collection, Generator
from contextlib import ExitStack, contextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from tests.web.running import until
from web.server.admission import Admission
from web.server.connections import Deadlines, TimedConnection
from web.server.server import INTERRUPTED, NOT_SERVING, DoorRules, Server

SOON_S = 10


async def application(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


class LostItsHead(Admission):
    """A fault of ours in what lets people in."""

    def room_for(self, address: str, present: Collection[TimedConnection]) -> bool:
        raise RuntimeError("a fault of ours")


def made(closing: ExitStack | None = None, admission: Admission | None = None) -> Server:
    config = uvicorn.Config(application, log_config=None, lifespan="off", ws="none")
    rules = DoorRules(admission or Admission(10, "127.0.0.1"), Deadlines(20, 60))
    return Server(config, rules, closing or ExitStack(), lambda why: None)


@contextmanager
def serving(server: Server) -> Generator[str]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        until(lambda: server.started)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        server.stop()
        thread.join(SOON_S)
        assert not thread.is_alive()


def get(address: str) -> int:
    return httpx.get(address, trust_env=False, timeout=SOON_S).status_code


def test_it_serves_and_ends_with_the_status_it_was_stopped_with() -> None:
    server = made()
    with serving(server) as address:
        assert [get(address) for _ in range(20)] == [204] * 20
        server.stop(2)
    assert server.status == 2


def test_what_ends_with_it_is_ended_once_whatever_one_of_them_does(caplog: pytest.LogCaptureFixture) -> None:
    ended: list[str] = []
    closing = ExitStack()
    closing.callback(ended.append, "jobs")

    def fails() -> None:
        raise OSError("no such process")

    closing.callback(fails)
    closing.callback(ended.append, "children")
    with serving(made(closing)) as address:
        assert get(address) == 204
        assert ended == []
    assert ended == ["children", "jobs"]
    assert "no such process" in caplog.text


def test_a_door_that_breaks_ends_the_service_instead_of_leaving_it_deaf(caplog: pytest.LogCaptureFixture) -> None:
    server = made(admission=LostItsHead(10, ""))
    with serving(server) as address, caplog.at_level(logging.CRITICAL):
        with pytest.raises(httpx.HTTPError):
            get(address)
        until(lambda: server.should_exit)
    assert server.status == NOT_SERVING
    assert "a fault of ours" in caplog.text


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 0), (signal.SIGINT, INTERRUPTED)])
def test_the_second_signal_waits_for_nothing(number: signal.Signals, status: int) -> None:
    server = made()
    server.handle_exit(number, None)
    assert (server.should_exit, server.force_exit, server.status) == (True, False, status)
    server.handle_exit(signal.SIGINT, None)
    assert (server.should_exit, server.force_exit, server.status) == (True, True, status)
