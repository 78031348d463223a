"""What a request is made into before anything reads it: HEAD as GET, nobody's word about who we are, no endless name.

Plain ASGI, because streamed replies must pass through untouched.
"""

from __future__ import annotations

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.guards import path_within

LONGEST_PATH = 2000  # bytes; Linux opens no file whose path has more than 4096, that of our own folder included
LONGEST_NAME = 255  # bytes between two slashes, which is the most that file systems allow
# Gradio believes these from anybody and repeats them. What a trusted proxy says of protocol and visitor has been taken
# over into the scope by then, and by which name the service was asked for stands in Host.
HEARSAY = frozenset({b"x-forwarded-host", b"x-forwarded-proto", b"x-gradio-server"})
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
    """Takes out the headers by which anybody could tell the service its own name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name.lower() not in HEARSAY]
        await self._app(scope, receive, send)


class LongNames:
    """Says of an address that no file can have that there is nothing; asked for, the system would raise an error."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_too_long(scope["path"]):
            await JSONResponse({"error": "Not Found."}, status_code=404)(scope, receive, send)
            return
        await self._app(scope, receive, send)


def is_too_long(path: str) -> bool:
    """Whether no file can have this path."""
    raw = path.encode("utf-8", "surrogateescape")
    return len(raw) > LONGEST_PATH or any(len(name) > LONGEST_NAME for name in raw.split(b"/"))
