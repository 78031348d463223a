"""A server on 127.0.0.1 that speaks the protocol of 企业微信's bots as its documentation says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.server import ServerConnection, serve

BOT, SECRET = "aib-test", "open sesame"
PATIENCE_S = 90.0  # a bot that is a process of its own loads the libraries first


@dataclass
class WeComServer:
    """Takes one bot; a test says what people send, and reads what they see."""

    url: str = ""
    line: ServerConnection | None = None
    subscribed: asyncio.Event = field(default_factory=asyncio.Event)
    frames: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    drop_before_ack: int = 0  # so many whole replies are taken, and the line is cut instead of saying so
    refuse_with: dict[str, int] = field(default_factory=dict[str, int])  # command → errcode
    taken: list[str] = field(default_factory=list[str])  # tickets of the whole replies that were not refused
    refuse_once: list[int] = field(default_factory=list[int])  # errcodes of the next whole replies
    subscribe_once: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])  # of the next subscriptions
    deaf: bool = False  # pings are not answered
    connections: int = 0

    async def talk(self, line: ServerConnection) -> None:
        """One connection from its subscription on."""
        request = json.loads(await line.recv())
        right = request["cmd"] == "aibot_subscribe" and request["body"] == {"bot_id": BOT, "secret": SECRET}
        code, said = (0, "ok") if right else (853000, "invalid bot_id or secret")
        if self.subscribe_once:
            code, said = self.subscribe_once.pop(0)
        await line.send(json.dumps({"headers": request["headers"], "errcode": code, "errmsg": said}))
        if code:
            return
        self.line = line
        self.connections += 1
        self.subscribed.set()
        async for raw in line:
            frame = json.loads(raw)
            whole = frame["cmd"] != "ping" and frame["body"].get("stream", {}).get("finish", True)
            async with self.arrived:
                self.frames.append(frame)
                self.arrived.notify_all()
            if whole and self.drop_before_ack:
                self.drop_before_ack -= 1
                self.subscribed.clear()
                await line.close()
                return
            if self.deaf and frame["cmd"] == "ping":
                continue
            code = self.refuse_with.get(frame["cmd"], 0)
            if whole and frame["cmd"] != "ping" and self.refuse_once:
                code = self.refuse_once.pop(0)
            if whole and not code:
                self.taken.append(frame["headers"]["req_id"])
            await line.send(json.dumps({"headers": frame["headers"], "errcode": code, "errmsg": "ok"}))

    async def sends(self, text: str, /, *, identity: str = "m1", person: str = "zhang.san", **more: Any) -> None:
        """Somebody sends a text; ``more`` is of the body."""
        body = {"msgid": identity, "aibotid": BOT, "chattype": "single", "from": {"userid": person}, "msgtype": "text"}
        await self.push("aibot_msg_callback", f"req-{identity}", {**body, "text": {"content": text}, **more})

    async def push(self, command: str, request: str, body: dict[str, Any]) -> None:
        """A frame to the bot, once there is one."""
        async with asyncio.timeout(PATIENCE_S):
            await self.subscribed.wait()
        assert self.line is not None
        await self.line.send(json.dumps({"cmd": command, "headers": {"req_id": request}, "body": body}))

    async def seen(self, number: int) -> list[dict[str, Any]]:
        """The first whole replies, once there are so many."""
        async with asyncio.timeout(PATIENCE_S), self.arrived:
            await self.arrived.wait_for(lambda: len(self.whole()) >= number)
        return self.whole()

    def whole(self) -> list[dict[str, Any]]:
        """What people see in the end: a reply sent again under the same id replaces itself."""
        found: dict[str, dict[str, Any]] = {}
        for frame in self.frames:
            if frame["cmd"] != "ping" and frame["body"].get("stream", {}).get("finish", True):
                found[frame["body"].get("stream", {}).get("id", frame["headers"]["req_id"])] = frame
        return list(found.values())


@asynccontextmanager
async def wecom_server() -> AsyncGenerator[WeComServer]:
    """A running one."""
    made = WeComServer()
    async with serve(made.talk, "127.0.0.1", 0) as server:
        made.url = f"ws://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}"
        yield made
