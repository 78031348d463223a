"""企业微信: its bot over a WebSocket that we open, so that no public address is needed.

The protocol as its documentation (智能机器人长连接) says: JSON frames ``{"cmd", "headers": {"req_id"}, "body"}``; a reply
carries the ``req_id`` of its message, each frame of ours is acknowledged by one with that ``req_id`` and ``errcode``. One bot
has one connection: a second one closes the first.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from ingest.errors import ServiceUnavailable
from web.channels.channel import Incoming, Kind
from web.channels.wecom_frames import (
    Frame,
    errcode_of,
    event_of,
    frame_text,
    incoming,
    markdown_body,
    new_id,
    read,
    shortened,
    text_body,
    ticket_of,
)
from web.settings import WebSettings

HEARTBEAT_S = 30.0
ACK_S = 10.0
SHOW_EVERY_S = 1.5  # a chat takes so many updates a minute; the last one is never left out
FIRST_RETRY_S, LONGEST_RETRY_S = 1.0, 60.0
MOST_UNHEARD = 5  # times that a reply is sent on a line that stands and acknowledges nothing
MOST_REFUSED = 5  # times that a reply is sent which the platform does not take for now
TICKET_OVER = frozenset({846605, 846608})  # the reply's ticket is unknown, or too old to be updated
# What a wait heals: the platform is busy, is called too often or at too many places at once, or fails within itself.
PASSING = frozenset({-1, 45009, 45011, 45033, 45035})
SYSTEM_FAULTS = range(6000, 7000)
# What no wait heals at the beginning: the bot's id or its secret.
WRONG_KEY = frozenset({40001, 40013, 40014, 41002, 41004})
WRONG_KEYS_OF_BOTS = range(853000, 854000)
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take; tests take less."""

    heartbeat_s: float = HEARTBEAT_S
    ack_s: float = ACK_S
    show_every_s: float = SHOW_EVERY_S
    first_retry_s: float = FIRST_RETRY_S


class WeCom:
    """One bot of 企业微信; ``called`` is its name in groups, empty when it is not known."""

    name = "wecom"

    def __init__(self, url: str, bot_id: str, secret: str, pace: Pace | None = None, called: str = "") -> None:
        self._url, self._bot_id, self._secret, self._called = url, bot_id, secret, called
        self._pace = pace or Pace()
        self._line: ClientConnection | None = None
        self._connected = asyncio.Event()
        self._acks: dict[str, asyncio.Future[int | None]] = {}  # the errcode to come; None when the line is lost
        self._shown: dict[str, float] = {}  # message → when its reply was last shown
        self._streams: dict[str, str] = {}  # message → the id of its reply

    @classmethod
    def of(cls, settings: WebSettings) -> WeCom:
        """The bot that the settings name. Raises ServiceUnavailable when they name none."""
        secret = settings.wecom_secret.get_secret_value() if settings.wecom_secret else ""
        if not settings.wecom_bot_id or not secret:
            raise ServiceUnavailable("web.wecom_not_set")
        return cls(settings.wecom_url, settings.wecom_bot_id, secret, called=settings.wecom_name)

    async def messages(self) -> AsyncGenerator[Incoming]:
        """Messages as they come; a lost connection is opened again. Raises ServiceUnavailable for a wrong key.

        The line is read whether or not somebody takes the messages: acknowledgements come on it, too.
        """
        inbox: asyncio.Queue[Incoming | None] = asyncio.Queue()
        reading = asyncio.create_task(self._keep_reading(inbox))
        reading.add_done_callback(lambda _: inbox.put_nowait(None))
        try:
            while (message := await inbox.get()) is not None:
                yield message
            await reading
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)

    async def show(self, message: Incoming, markdown: str) -> None:
        """Show the reply as far as it is, if the last time is long enough ago and there is a line."""
        now = time.monotonic()
        if self._line is None or now - self._shown.get(message.id, -self._pace.show_every_s) < self._pace.show_every_s:
            return
        self._shown[message.id] = now
        with suppress(ConnectionError, TimeoutError):
            await self._sent("aibot_respond_msg", message.ticket, self._stream(message, markdown, finish=False))

    async def finish(self, message: Incoming, markdown: str) -> None:
        """Deliver the whole reply. Not acknowledged, it is sent again under the same id, which replaces and never doubles."""
        welcome = message.kind is Kind.ARRIVED
        body = text_body(markdown) if welcome else self._stream(message, markdown, finish=True)
        command = "aibot_respond_welcome_msg" if welcome else "aibot_respond_msg"
        code = await self._delivered(command, message.ticket, body)
        if code in TICKET_OVER and not welcome:
            where = {"chatid": message.chat, "chat_type": 1 if message.alone else 2}
            code = await self._delivered("aibot_send_msg", new_id("send"), {**where, **markdown_body(markdown)})
        if code is None:
            log.error("Nobody said that a reply was taken; it was sent %d times.", MOST_UNHEARD)
        elif code:
            log.error("A reply was not taken (errcode %s).", code)
        self._shown.pop(message.id, None)
        self._streams.pop(message.id, None)

    # ── The line ───────────────────────────────────────────────────────────────────────────────

    async def _keep_reading(self, inbox: asyncio.Queue[Incoming | None]) -> None:
        """Read one line after the other, for ever. Raises ServiceUnavailable for what another line does not mend."""
        retry_s = self._pace.first_retry_s
        while True:
            try:
                async with connect(self._url, ping_interval=None, proxy=None) as line:
                    await self._subscribe(line)
                    retry_s = self._pace.first_retry_s
                    await self._read(line, inbox)
                    why = f"closed by the other side, {line.close_code}"
            except (OSError, TimeoutError, WebSocketException) as error:
                why = str(error) or type(error).__name__
            finally:
                self._lost()
            log.warning("The line to %s was lost (%s); it is opened again in %g seconds.", self._url, why, retry_s)
            await asyncio.sleep(retry_s)
            retry_s = min(2 * retry_s, LONGEST_RETRY_S)

    async def _subscribe(self, line: ClientConnection) -> None:
        """Say which bot we are. Raises ServiceUnavailable for a wrong key, OSError when we are to come again."""
        request = new_id("aibot_subscribe")
        await line.send(frame_text("aibot_subscribe", request, {"bot_id": self._bot_id, "secret": self._secret}))
        async with asyncio.timeout(self._pace.ack_s):
            answer = read(await line.recv())
            while "errcode" not in answer and ticket_of(answer) != request:
                answer = read(await line.recv())
        code, said = errcode_of(answer), str(answer.get("errmsg", ""))
        if code != 0:
            reason = f"{code} {said}".strip()
            if code in WRONG_KEY or code in WRONG_KEYS_OF_BOTS or "secret" in said:
                raise ServiceUnavailable("web.wecom_refused", reason=reason)
            raise ConnectionRefusedError(f"the bot was not let in, {reason}")
        self._line = line
        self._connected.set()
        log.info("The bot is connected to %s.", self._url)

    async def _read(self, line: ClientConnection, inbox: asyncio.Queue[Incoming | None]) -> None:
        beating = asyncio.create_task(self._beat(line))
        try:
            async for raw in line:
                frame = read(raw)
                command = frame.get("cmd", "")
                if command in ("aibot_msg_callback", "aibot_event_callback"):
                    if event_of(frame) == "disconnected_event":
                        raise ServiceUnavailable("web.wecom_replaced")
                    if (message := incoming(frame, self._called)) is not None:
                        inbox.put_nowait(message)
                elif not command:
                    self._acknowledged(frame)
        finally:
            beating.cancel()

    async def _beat(self, line: ClientConnection) -> None:
        """Say that we are there; a line on which nothing comes back is closed, and opened again."""
        while True:
            await asyncio.sleep(self._pace.heartbeat_s)
            try:
                await self._sent("ping", new_id("ping"), None)
            except TimeoutError:
                log.warning("A ping was not answered within %g seconds; the line is closed.", self._pace.ack_s)
                await line.close()
                return
            except ConnectionError:
                return  # whoever reads the line sees that it is lost

    def _lost(self) -> None:
        self._line = None
        self._connected.clear()
        for waiting in self._acks.values():
            if not waiting.done():
                waiting.set_result(None)

    # ── What is sent ───────────────────────────────────────────────────────────────────────────

    async def _delivered(self, command: str, ticket: str, body: Frame) -> int | None:
        """The errcode of what was sent, however often the line had to be opened for it; None when nobody tells it.

        What is refused for now is sent again after a pause that doubles.
        """
        unheard = refused = 0
        while unheard < MOST_UNHEARD:
            await self._connected.wait()
            try:
                code = await self._sent(command, ticket, body)
            except TimeoutError:
                unheard += 1
                continue
            except ConnectionError:
                await asyncio.sleep(0)  # whoever reads the line sees that it is lost
                continue
            refused += 1
            if refused >= MOST_REFUSED or not (code in PASSING or code in SYSTEM_FAULTS):
                return code
            pause_s = self._pace.first_retry_s * 2**refused
            log.warning("A reply was not taken for now (errcode %s); it is sent again in %g seconds.", code, pause_s)
            await asyncio.sleep(pause_s)
        return None

    async def _sent(self, command: str, ticket: str, body: Frame | None) -> int:
        """Send one frame and wait for its errcode. Raises ConnectionError without a line, TimeoutError without a word."""
        line = self._line
        if line is None:
            raise ConnectionError
        waiting = self._acks[ticket] = asyncio.get_running_loop().create_future()
        try:
            await line.send(frame_text(command, ticket, body))
            async with asyncio.timeout(self._pace.ack_s):
                code = await waiting
        except WebSocketException as error:
            self._connected.clear()
            raise ConnectionError from error
        finally:
            if self._acks.get(ticket) is waiting:
                del self._acks[ticket]
        if code is None:
            raise ConnectionError
        return code

    def _acknowledged(self, frame: Frame) -> None:
        waiting = self._acks.get(ticket_of(frame))
        if waiting is not None and not waiting.done():
            waiting.set_result(errcode_of(frame))

    def _stream(self, message: Incoming, markdown: str, finish: bool) -> Frame:
        stream = self._streams.setdefault(message.id, new_id("stream"))
        return {"msgtype": "stream", "stream": {"id": stream, "finish": finish, "content": shortened(markdown)}}
