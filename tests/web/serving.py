"""The service on a port of its own, in a thread of the test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.web.conftest import TODAY
from web.answers.bot_pool import BotDoor
from web.service import build_service
from web.settings import WebSettings


class Server(uvicorn.Server):
    """In a thread; it leaves the signals alone."""

    def install_signal_handlers(self) -> None:
        """None."""


@contextmanager
def serving(door: BotDoor, settings: WebSettings) -> Iterator[str]:
    """The address of a real server of this door."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        app = build_service(door, settings, today=lambda: TODAY)
        server = Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
