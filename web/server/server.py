"""uvicorn, with a door that cannot be blocked and an end that comes.

asyncio's own way to accept tries a listening socket up to 2,048 times in a row, and writes a traceback for each time
that no descriptor is left. Here connections are accepted one by one: by the rules of ``web.server.admission``, each of them held
to the deadlines of ``web.server.connections``.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from types import FrameType

import uvicorn

from web.server.admission import Admission, origin_of
from web.server.connections import Deadlines, TimedConnection
from web.server.ending import LastCall

CHECK_S = 1.0  # between two looks at all connections
RETRY_S = 0.2  # after a connection could not be taken
LINGERING = 8  # that were turned away and stay open for a moment: hanging up on unread words takes the reply back
GRACE_S = 4.0  # for requests that are being worked on when the service is to end
LEFT_S = 1  # for what is left of them
INTERRUPTED = 130  # the status of a program that was stopped with Ctrl-C
NOT_SERVING = 1
TURNED_AWAY = "服务正忙，请稍后再试。The service is busy; try again in a few seconds.".encode()
TURNING_AWAY = b"\r\n".join(
    (
        b"HTTP/1.1 503 Service Unavailable",
        b"Content-Type: text/plain; charset=utf-8",
        b"Content-Length: %d" % len(TURNED_AWAY),
        b"Retry-After: 5",
        b"Connection: close",
        b"",
        TURNED_AWAY,
    )
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DoorRules:
    """Who may come in, and how long a client may take."""

    admission: Admission
    deadlines: Deadlines


class Server(uvicorn.Server):
    """Serves until it is stopped; ``status`` is then the exit status.

    ``closing`` holds what has to end with it: jobs, child processes. Its callbacks are called once, in the event loop, as
    soon as the service is to end; they ask or kill and wait for nothing. ``ended`` is told why a connection was ended.
    """

    def __init__(
        self, config: uvicorn.Config, rules: DoorRules, closing: ExitStack, ended: Callable[[str], None]
    ) -> None:
        super().__init__(config)
        self.status = 0
        self._rules = rules
        self._closing = closing
        self._ended = ended
        self._tasks: list[asyncio.Task[None]] = []
        self._turned_away: deque[socket.socket] = deque()
        self.last_call: LastCall | None = None

    def stop(self, status: int = 0) -> None:
        """End soon, with the first status that was given. May be called from any thread."""
        self.force_exit = self.should_exit
        if not self.should_exit:
            self.status = status
        self.should_exit = True
        if self.last_call is not None:
            self.last_call.ask()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called for SIGTERM and Ctrl-C; the second time nothing is waited for."""
        self.stop(INTERRUPTED if sig == signal.SIGINT else 0)

    @property
    def present(self) -> list[TimedConnection]:
        """The open connections."""
        return [one for one in self.server_state.connections if isinstance(one, TimedConnection)]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then listen on the sockets."""
        await super().startup(sockets=[])
        for listener in sockets or []:
            listener.setblocking(False)
            listener.listen(self.config.backlog)
            self._keep_going(self._accept(listener))
        self._keep_going(self._check())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take nobody any more, end what ends with the service, let requests finish for a while."""
        for task in self._tasks:
            task.cancel()
        loop = asyncio.get_running_loop()
        loop.call_soon(self._closing.close)  # whatever it raises is logged by the loop, and holds up nothing
        for one in self.present:
            one.shutdown()
        until = loop.time() + GRACE_S
        while self.server_state.connections and loop.time() < until and not self.force_exit:
            await asyncio.sleep(0.05)
        for one in self.present:
            one.transport.abort()
        await super().shutdown(sockets)

    def _keep_going(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        task.add_done_callback(self._gone)
        self._tasks.append(task)

    def _gone(self, task: asyncio.Task[None]) -> None:
        """Without this task nobody would be served, or nobody's time would run out: a supervisor has to begin anew."""
        if task.cancelled():
            return
        log.critical("The service can no longer take care of its connections; it ends.", exc_info=task.exception())
        self.stop(NOT_SERVING)

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                opened, address = await loop.sock_accept(listener)
            except OSError as error:  # no descriptor or no memory is left; who waits stays in the system's queue
                log.warning("No connection can be taken: %s.", error.strerror)
                self._rules.admission.make_room(self.present)
                await asyncio.sleep(RETRY_S)
                continue
            await self._welcome(opened, str(address[0]))

    async def _welcome(self, opened: socket.socket, address: str) -> None:
        if not self._rules.admission.room_for(address, self.present):
            self._ended("refused")
            self._turn_away(opened)
            await asyncio.sleep(0)  # others have their turn, however many knock
            return
        try:
            await asyncio.get_running_loop().connect_accepted_socket(partial(self._connection, address), opened)
        except OSError as error:
            opened.close()
            log.warning("A connection was lost while it was taken: %s.", error.strerror)

    def _turn_away(self, opened: socket.socket) -> None:
        """Say that there is no room, as far as that can be said without waiting, and hang up a little later."""
        with suppress(OSError):
            opened.send(TURNING_AWAY)
            opened.shutdown(socket.SHUT_WR)
        self._turned_away.append(opened)
        if len(self._turned_away) > LINGERING:
            self._turned_away.popleft().close()

    def _connection(self, address: str) -> TimedConnection:
        made = TimedConnection(self.config, self.server_state, self.lifespan.state, self._rules.deadlines, self._ended)
        made.origin = origin_of(address)
        return made

    async def _check(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(CHECK_S)
            while self._turned_away:
                self._turned_away.popleft().close()
            for one in self.present:
                loop.call_soon(
                    one.check
                )  # a fault with one of them is logged, and the others are looked at all the same
