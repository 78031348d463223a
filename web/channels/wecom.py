"""企业微信: its bot over a WebSocket that we open, so that no public address is needed.

The protocol as its documentation (智能机器人长连接) says: JSON frames ``{"cmd", "headers": {"req_id"}, "body"}``; a reply
carries the ``req_id`` of its message, each frame of ours is acknowledged by one with that ``req_id`` and ``errcode``. One bot
has one connection: a second one closes the first.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from ingest.errors import ServiceUnavailable
from web.channels.channel import Incoming, Kind
from web.settings import WebSettings

HEARTBEAT_S = 30.0
ACK_S = 10.0
SHOW_EVERY_S = 1.5  # a chat takes so many updates a minute; the last one is never left out
FIRST_RETRY_S, LONGEST_RETRY_S = 1.0, 60.0
MOST_BYTES = 20_000  # of a message, below the platform's 20,480
CUT = "……"
MOST_UNHEARD, UNHEARD = 5, -1  # times that a reply is sent on a line that stands and acknowledges nothing
TICKET_OVER = frozenset({846605, 846608})  # the reply's ticket is unknown, or too old to be updated
_MENTION = re.compile(r"^\s*(?:@\S+\s+)+|^\s*@\S+\s*$")
Frame = Mapping[str, Any]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take; tests take less."""

    heartbeat_s: float = HEARTBEAT_S
    ack_s: float = ACK_S
    show_every_s: float = SHOW_EVERY_S
    first_retry_s: float = FIRST_RETRY_S


class WeCom:
    """One bot of 企业微信."""

    name = "wecom"

    def __init__(self, url: str, bot_id: str, secret: str, pace: Pace | None = None) -> None:
        self._url, self._bot_id, self._secret = url, bot_id, secret
        self._pace = pace or Pace()
        self._line: ClientConnection | None = None
        self._connected = asyncio.Event()
        self._acks: dict[str, asyncio.Future[int]] = {}
        self._shown: dict[str, float] = {}  # message → when its reply was last shown
        self._streams: dict[str, str] = {}  # message → the id of its reply

    @classmethod
    def of(cls, settings: WebSettings) -> WeCom:
        """The bot that the settings name. Raises ServiceUnavailable when they name none."""
        if not settings.wecom_bot_id or settings.wecom_secret is None:
            raise ServiceUnavailable("web.wecom_not_set")
        return cls(settings.wecom_url, settings.wecom_bot_id, settings.wecom_secret.get_secret_value())

    async def messages(self) -> AsyncIterator[Incoming]:
        """Messages as they come; a lost connection is opened again. Raises ServiceUnavailable for a wrong key."""
        retry_s = self._pace.first_retry_s
        while True:
            try:
                async with connect(self._url, ping_interval=None, proxy=None) as line:
                    await self._subscribe(line)
                    retry_s = self._pace.first_retry_s
                    async for message in self._received(line):
                        yield message
            except (OSError, TimeoutError, WebSocketException) as error:
                log.warning("The line to %s was lost (%s); it is opened again.", self._url, error)
            finally:
                self._lost()
            await asyncio.sleep(retry_s)
            retry_s = min(2 * retry_s, LONGEST_RETRY_S)

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
        body = _text(markdown) if welcome else self._stream(message, markdown, finish=True)
        command = "aibot_respond_welcome_msg" if welcome else "aibot_respond_msg"
        code = await self._delivered(command, message.ticket, body)
        if code in TICKET_OVER and not welcome:
            where = {"chatid": message.chat, "chat_type": 1 if message.alone else 2}
            code = await self._delivered("aibot_send_msg", _new_id("send"), {**where, **_markdown(markdown)})
        if code:
            log.error("A reply was not taken (errcode %s).", code)
        self._shown.pop(message.id, None)
        self._streams.pop(message.id, None)

    async def _subscribe(self, line: ClientConnection) -> None:
        request = _new_id("aibot_subscribe")
        await line.send(_frame("aibot_subscribe", request, {"bot_id": self._bot_id, "secret": self._secret}))
        async with asyncio.timeout(self._pace.ack_s):
            answer = _read(await line.recv())
        if answer.get("errcode", 0) != 0:
            reason = f"{answer.get('errcode')} {answer.get('errmsg', '')}".strip()
            raise ServiceUnavailable("web.wecom_refused", reason=reason)
        self._line = line
        self._connected.set()
        log.info("The bot is connected.")

    async def _received(self, line: ClientConnection) -> AsyncIterator[Incoming]:
        beating = asyncio.create_task(self._beat(line))
        try:
            async for raw in line:
                frame = _read(raw)
                command = frame.get("cmd", "")
                if command in ("aibot_msg_callback", "aibot_event_callback"):
                    if _event_of(frame) == "disconnected_event":
                        raise ServiceUnavailable("web.wecom_replaced")
                    if (message := incoming(frame)) is not None:
                        yield message
                elif not command:
                    self._acknowledged(frame)
        finally:
            beating.cancel()

    async def _beat(self, line: ClientConnection) -> None:
        """Say that we are there; a line on which nothing comes back is closed, and opened again."""
        while True:
            await asyncio.sleep(self._pace.heartbeat_s)
            try:
                await self._sent("ping", _new_id("ping"), None)
            except (ConnectionError, TimeoutError):
                await line.close()
                return

    async def _delivered(self, command: str, ticket: str, body: Frame) -> int:
        """The errcode of what was sent, however often the line had to be opened for it; UNHEARD when nobody tells it."""
        unheard = 0
        while unheard < MOST_UNHEARD:
            await self._connected.wait()
            try:
                return await self._sent(command, ticket, body)
            except TimeoutError:
                unheard += 1
            except ConnectionError:
                await asyncio.sleep(0)  # whoever reads the line sees that it is lost
        return UNHEARD

    async def _sent(self, command: str, ticket: str, body: Frame | None) -> int:
        """Send one frame and wait for its errcode. Raises ConnectionError without a line, TimeoutError without a word."""
        line = self._line
        if line is None:
            raise ConnectionError
        waiting = self._acks[ticket] = asyncio.get_running_loop().create_future()
        try:
            await line.send(_frame(command, ticket, body))
            async with asyncio.timeout(self._pace.ack_s):
                return await waiting
        except WebSocketException as error:
            self._connected.clear()
            raise ConnectionError from error
        finally:
            if self._acks.get(ticket) is waiting:
                del self._acks[ticket]

    def _acknowledged(self, frame: Frame) -> None:
        waiting = self._acks.get(_ticket_of(frame))
        if waiting is not None and not waiting.done():
            code = frame.get("errcode", 0)
            waiting.set_result(code if isinstance(code, int) else 0)

    def _lost(self) -> None:
        self._line = None
        self._connected.clear()
        for waiting in self._acks.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError())

    def _stream(self, message: Incoming, markdown: str, finish: bool) -> Frame:
        stream = self._streams.setdefault(message.id, _new_id("stream"))
        return {"msgtype": "stream", "stream": {"id": stream, "finish": finish, "content": shortened(markdown)}}


def incoming(frame: Frame) -> Incoming | None:
    """A frame of the platform as a message; None for what needs no reply."""
    body = _part(frame, "body")
    ticket, person = _ticket_of(frame), str(_part(body, "from").get("userid", ""))
    alone = body.get("chattype", "single") == "single"
    chat = person if alone else str(body.get("chatid", ""))
    identity = str(body.get("msgid") or ticket)
    if frame.get("cmd") == "aibot_event_callback":
        arrived = _event_of(frame) == "enter_chat"
        return Incoming(identity, person, chat, Kind.ARRIVED, "", ticket, alone) if arrived else None
    text = _text_in(body)
    kind = Kind.UNREADABLE if text is None else Kind.TEXT
    bare = _MENTION.sub("", text or "") if not alone else text or ""
    return Incoming(identity, person, chat, kind, bare.strip(), ticket, alone)


def shortened(markdown: str) -> str:
    """As much of a message as the platform takes, and a sign that there was more."""
    raw = markdown.encode()
    if len(raw) <= MOST_BYTES:
        return markdown
    return raw[: MOST_BYTES - len(CUT.encode())].decode(errors="ignore") + CUT


def _text_in(body: Frame) -> str | None:
    """The words of a text, of speech that was written down, or of the texts between pictures; None when there are none."""
    kind = str(body.get("msgtype", ""))
    if kind in ("text", "voice"):
        return str(_part(body, kind).get("content", ""))
    if kind != "mixed":
        return None
    items = cast("list[Frame]", _part(body, "mixed").get("msg_item", []))
    return (
        "\n".join(str(_part(one, "text").get("content", "")) for one in items if one.get("msgtype") == "text") or None
    )


def _event_of(frame: Frame) -> str:
    return str(_part(_part(frame, "body"), "event").get("eventtype", ""))


def _ticket_of(frame: Frame) -> str:
    return str(_part(frame, "headers").get("req_id", ""))


def _part(of: Frame, name: str) -> Frame:
    value = of.get(name)
    return cast("Frame", value) if isinstance(value, dict) else {}


def _read(raw: str | bytes) -> Frame:
    """A frame; what is no JSON object is an empty one."""
    try:
        told: object = json.loads(raw)
    except ValueError:
        return {"cmd": "unreadable"}
    return cast("Frame", told) if isinstance(told, dict) else {"cmd": "unreadable"}


def _frame(command: str, ticket: str, body: Frame | None) -> str:
    frame: dict[str, Any] = {"cmd": command, "headers": {"req_id": ticket}}
    return json.dumps(frame if body is None else {**frame, "body": body}, ensure_ascii=False)


def _text(content: str) -> Frame:
    return {"msgtype": "text", "text": {"content": shortened(content)}}


def _markdown(content: str) -> Frame:
    return {"msgtype": "markdown", "markdown": {"content": shortened(content)}}


def _new_id(what: str) -> str:
    return f"{what}_{uuid4().hex}"
