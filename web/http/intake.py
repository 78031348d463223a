"""What a request is made into before anything reads it: HEAD as GET, nobody's word about who we are, no odd path.

Plain ASGI, because streamed replies must pass through untouched.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.http.guards import path_within

LONGEST_PATH = 2000  # bytes; Linux opens no file whose path has more than 4096, that of our own folder included
LONGEST_NAME = 255  # bytes between two slashes, which is the most that file systems allow
# Gradio believes these from anybody and repeats them. What a trusted proxy says of protocol and visitor has been taken
# over into the scope by then, and by which name the service was asked for stands in Host.
HEARSAY = frozenset({b"x-forwarded-host", b"x-forwarded-proto", b"x-gradio-server"})
# What stands in Host when it is an address and no name; Gradio fails on an address that is none.
_ADDRESS = re.compile(rb"(?:\[(?P<v6>[^\]]*)\]|(?P<v4>[\d.]+))(?::\d*)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
STREAMS = "/gradio_api/"  # its GETs wait for events; a HEAD would wait with them


class HeadAsGet:
    """Answers HEAD as GET without the body, on every page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD" or path_within(scope).startswith(STREAMS):
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, without_body)


class HearsayDropped:
    """Takes out the headers by which anybody could tell the service its own name, and a Host that can be none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope["headers"] = [(name, value) for name, value in scope["headers"] if not _is_hearsay(name, value)]
        await self._app(scope, receive, send)


def _is_hearsay(name: bytes, value: bytes) -> bool:
    return name in HEARSAY or (name == b"host" and not can_be_host(value))


def can_be_host(value: bytes) -> bool:
    """False for an address that is none; what can be a name Starlette looks at."""
    found = _ADDRESS.fullmatch(value)
    if found is None:
        return True
    try:
        IPv4Address(found["v4"].decode()) if found["v4"] is not None else IPv6Address(found["v6"].decode("latin-1"))
    except ValueError:
        return False
    return True


class OddPaths:
    """Says that there is nothing under an address that no file can have; looked for, it would raise an error."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_odd(scope["path"]):
            await JSONResponse({"error": "Not Found."}, status_code=404)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_odd(path: str) -> bool:
    """Whether a path is longer than that of any file, or holds control characters, which none of ours does."""
    raw = path.encode("utf-8", "surrogateescape")
    too_long = len(raw) > LONGEST_PATH or any(len(name) > LONGEST_NAME for name in raw.split(b"/"))
    return too_long or _CONTROL.search(path) is not None
