"""A connection that is held to its deadlines: what uvicorn would wait for without end, ends here.

uvicorn closes a connection that stays silent after a reply, and nothing else: a head that never ends, a body that
trickles and a reader who takes nothing hold a descriptor for ever.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import h11
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

BODY_BYTES_PER_S = 1024  # a body that comes faster may take as long as it is long
MAY_REPLY = frozenset({h11.IDLE, h11.SEND_RESPONSE})  # no reply of ours has begun
SENTENCE = "The request did not come in time; send it again."


class Phase(StrEnum):
    """Whose turn it is on a connection. The value names it in the metrics."""

    HEAD = "head"  # the client's, to send a request
    LEAVING = "leaving"  # the client's, to take the rest or to stop sending: nothing more is done for it
    BODY = "body"  # the client's, to send the body of its request
    REPLY = "reply"  # ours, or the client's to take what is written


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long a client may take, in seconds."""

    request_s: float  # for a whole head; for a body as well, and a second more for each BODY_BYTES_PER_S that came
    reply_s: float  # in which a reader must take some of what waits for it


class TimedConnection(H11Protocol):
    """uvicorn's connection that can say how long it has waited for its client, and end for it.

    ``check`` is to be called about once a second; the deadlines are no sharper than that.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        deadlines: Deadlines,
        ended: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(config, server_state, app_state)
        self._deadlines = deadlines
        self._ended = ended
        self._clock = clock
        self._turn: tuple[Phase, RequestResponseCycle | None] = (Phase.HEAD, None)
        self._since = self._checked = self._taken_at = clock()
        self._received = 0
        self._unsent = 0
        self.origin = ""  # who it counts for, by web.server.admission
        self.lost = False

    @property
    def phase(self) -> Phase:
        """Whose turn it is now."""
        if self.transport.is_closing():
            return Phase.LEAVING
        request = self._request
        answering = request is not None and not request.response_complete
        if self.conn.their_state is h11.SEND_BODY:
            return Phase.BODY if answering else Phase.LEAVING
        return Phase.REPLY if answering else Phase.HEAD

    @property
    def _request(self) -> RequestResponseCycle | None:
        return self.cycle  # None before the first, which uvicorn's type of it does not say

    @property
    def since(self) -> float:
        """When the last check saw this phase begin."""
        return self._since

    @property
    def dispensable(self) -> int | None:
        """How soon it may go to make room, 0 before all others; None while a request of it is being worked on."""
        phase = self.phase
        if phase is Phase.REPLY and not self.transport.get_write_buffer_size():
            return None
        return tuple(Phase).index(phase)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by the transport when the connection is gone."""
        self.lost = True
        super().connection_lost(exc)

    def make_way(self) -> None:
        """End now, for another."""
        self._ended("room")
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Called by the transport with what has come."""
        self._received += len(data)
        super().data_received(data)

    def check(self) -> None:
        """End the connection when its client has taken too long."""
        now = self._clock()
        phase = self.phase
        if self._turn[0] is not phase or self._turn[1] is not self.cycle:
            self._turn, self._since, self._received = (phase, self.cycle), now, 0
        elif phase is Phase.BODY and (self.flow.read_paused or self.cycle.waiting_for_100_continue):
            self._since += now - self._checked  # the client waits for us
        unsent = self.transport.get_write_buffer_size()
        if unsent < self._unsent or not unsent:
            self._taken_at = now
        self._unsent, self._checked = unsent, now
        if self._is_overdue(phase, now):
            self._end(phase)

    def _is_overdue(self, phase: Phase, now: float) -> bool:
        if self._unsent and phase in (Phase.REPLY, Phase.LEAVING):
            return now - self._taken_at > self._deadlines.reply_s
        if phase is Phase.REPLY:
            return False
        grown = self._received / BODY_BYTES_PER_S if phase is Phase.BODY else 0.0
        return now - self._since > self._deadlines.request_s + grown

    def _end(self, phase: Phase) -> None:
        self._ended(phase)
        if self._unsent and phase in (Phase.REPLY, Phase.LEAVING):
            self.transport.abort()  # closing would wait for the reader
        elif phase is Phase.BODY or (phase is Phase.HEAD and self.conn.trailing_data[0]):
            self._say_too_slow()
        else:
            self.transport.close()

    def _say_too_slow(self) -> None:
        self._give_up_request()
        if self.conn.our_state in MAY_REPLY:
            headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
            length = ("content-length", str(len(SENTENCE)))
            reply = h11.Response(status_code=408, headers=[*headers, length], reason=b"Request Timeout")
            for event in (reply, h11.Data(data=SENTENCE.encode()), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _give_up_request(self) -> None:
        request = self._request
        if request is not None:  # whatever is still said of it has no reader any more
            request.disconnected = True
            request.message_event.set()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP; without a word when a reply has begun, which would otherwise be a fault of ours."""
        self._give_up_request()
        if self.conn.our_state in MAY_REPLY:
            super().send_400_response(msg)
        else:
            self.transport.close()

    def shutdown(self) -> None:
        """Called when the service is to end: at once, or after the reply that is under way."""
        if self.phase in (Phase.BODY, Phase.REPLY):
            self.cycle.keep_alive = False
        else:
            self.transport.close()
