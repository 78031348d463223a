"""What stands before every request: size, closed doors, headers; and how much one client may ask.

Plain ASGI, because streamed replies must pass through untouched.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.http.fault_form import fault_body, is_program_door, speaks_english
from web.texts import Tongue, say, tongue_wanted

MAX_CLIENTS = 10_000  # addresses remembered; the longest silent one is forgotten first (about 2 MB)
SECONDS_PER_MINUTE = 60.0
PEER = "policyqa.peer"  # in the scope of a request
SUBSCRIBER_BITS = 64  # of an IPv6 address; whoever has one address has all that begin like it
LONGEST_UNKNOWN = 64  # characters of what a proxy calls a visitor and is no address
MATCHING = "/match"  # the page of matching
BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})

# Gradio answers these although the page needs none of them: uploads without a limit, a proxy, server functions,
# saved sessions, call histories and the interface description of the page's own events.
GRADIO_POSTS_NEEDED = ("/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset", "/gradio_api/reset/")
GRADIO_CLOSED = (
    "/gradio_api/proxy=",
    "/gradio_api/file",
    "/gradio_api/custom_component/",
    "/gradio_api/deep_link",
    "/gradio_api/call/",
    "/gradio_api/run",
    "/gradio_api/info",
    "/gradio_api/openapi.json",
    "/gradio_api/upload",
    "/gradio_api/stream/",
    "/monitoring",
)


class Allowance:
    """How many questions one client may ask in a minute: a bucket that refills evenly."""

    def __init__(
        self,
        per_minute: int,
        clock: Callable[[], float] = time.monotonic,
        refused: Callable[[], None] | None = None,
    ) -> None:
        self._refused = refused
        self._capacity = float(per_minute)
        self._per_second = per_minute / SECONDS_PER_MINUTE
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # client → (tokens, when)

    def wait_seconds(self, client: str) -> int:
        """0 when this question may be asked (and is counted), else the seconds to wait."""
        now = self._clock()
        tokens, then = self._buckets.pop(client, (self._capacity, now))
        tokens = min(self._capacity, tokens + (now - then) * self._per_second)
        allowed = tokens >= 1
        self._buckets[client] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > MAX_CLIENTS:
            self._buckets.popitem(last=False)
        if not allowed and self._refused is not None:
            self._refused()
        return 0 if allowed else int((1 - tokens) / self._per_second) + 1


class RequestSizeLimit:
    """Refuses bodies above ``max_bytes``: by their header, or as soon as that much has come.

    A body is read here whole before anything else sees it; the limit is small enough to hold it. ``uploads`` may
    allow a request more: then its announced length counts, which the server holds it to, and it is passed through.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, uploads: Callable[[Scope], int] | None = None) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in BODILESS:
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        too_large = announced.isdigit() and int(announced) > self._max_bytes
        if too_large and self._uploads is not None and int(announced) <= self._uploads(scope):
            await self._app(scope, receive, send)
            return
        try:
            body = None if too_large else await self._read(receive)
        except ClientDisconnect:
            return  # half a request is none, and nobody waits for a reply
        if body is None:
            sentence = say("too_large", tongue_asked(scope), limit=self._max_bytes)
            body_told = fault_body(path_within(scope), 413, sentence)
            await JSONResponse(body_told, status_code=413)(scope, receive, send)
            return
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replayed() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._app(scope, replayed, send)

    async def _read(self, receive: Receive) -> bytes | None:
        """The whole body, or None when it is too large. Raises ClientDisconnect when its sender left before its end."""
        parts: list[bytes] = []
        size = 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                raise ClientDisconnect
            part: bytes = message.get("body", b"")
            size += len(part)
            if size > self._max_bytes:
                return None
            parts.append(part)
            if not message.get("more_body", False):
                return b"".join(parts)


class ClosedDoors:
    """Refuses the parts of Gradio's interface that the page does not use, above all its open upload.

    And what browsers ask for other sites' pages (OPTIONS) at the doors of programs: no other site may read a reply.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = path_within(scope) if scope["type"] == "http" else ""
        if path and scope["method"] == "OPTIONS" and is_program_door(path):
            sentence = "Programs call this address, not the pages of other sites; it takes no OPTIONS."
            body = fault_body(path, 405, sentence)
            await JSONResponse(body, status_code=405, headers={"Allow": "GET, POST"})(scope, receive, send)
            return
        if path and is_closed(scope["method"], path):
            reply = JSONResponse({"error": "This service takes no such request."}, status_code=403)
            await reply(scope, receive, send)
            return
        await self._app(scope, receive, send)


class PeerKept:
    """Keeps the address that opened the connection, before a proxy's word about the visitor replaces it.

    An IPv4 address that a socket of both kinds writes as IPv6 is IPv4 again, as the settings name it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket"):
            client: tuple[str, int] | None = scope.get("client")
            if client:
                scope["client"] = client = (plain_address(client[0]), client[1])
            scope[PEER] = client[0] if client else ""
        await self._app(scope, receive, send)


def plain_address(host: str) -> str:
    """An address, IPv4 within IPv6 as IPv4; what is no address as it is."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def counted_as(host: str) -> str:
    """Whom the limits take a visitor's address for: itself, of IPv6 the network that one subscriber has."""
    plain = plain_address(host)
    if ":" not in plain:
        return plain[:LONGEST_UNKNOWN] or "unknown"
    try:
        beginning = int(IPv6Address(plain)) >> SUBSCRIBER_BITS << SUBSCRIBER_BITS
    except ValueError:
        return plain[:LONGEST_UNKNOWN]
    return str(IPv6Network((beginning, SUBSCRIBER_BITS)))


def tongue_asked(scope: Scope, named: object = None) -> Tongue:
    """The language of a reader: what the request itself has ``named``, else ``?lang=``, else that of the browser.

    Where a protocol is spoken that knows no language of readers, it is English, as all its faults are.
    """
    if speaks_english(path_within(scope)):
        return "en"
    asked = named or parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    return tongue_wanted(asked if isinstance(asked, str) else None, Headers(scope=scope).get("accept-language"))


def peer_of(scope: Scope) -> str:
    """The address that opened the connection, a proxy's if there is one; empty when it is not known."""
    peer: str = scope.get(PEER, "")
    return peer


def path_within(scope: Scope) -> str:
    """The path of a request without the prefix under which a proxy shows the service."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


def is_closed(method: str, path: str) -> bool:
    """Whether a request is one the page never makes."""
    if any(path.startswith(door) for door in GRADIO_CLOSED):
        return True
    return method == "POST" and path.startswith("/gradio_api/") and path not in GRADIO_POSTS_NEEDED


def is_staff(path: str) -> bool:
    """Whether a path belongs to the staff area."""
    return path == "/staff" or path.startswith("/staff/")


@dataclass(frozen=True)
class HeaderRules:
    """The security headers of the two kinds of pages."""

    embed_origins: tuple[str, ...]

    @property
    def frame_ancestors(self) -> str:
        """Who may show the pages in a frame."""
        return " ".join(("'self'", *self.embed_origins))

    def policy(self, path: str) -> str:
        """The Content-Security-Policy of a path. No page may load or send anything elsewhere.

        Gradio's page starts by an inline script and runs component scripts through ``new Function``;
        it cannot do without the two 'unsafe' words. Matching and the staff area run script files of
        ours, and the latter may stand in nobody's frame; our other pages have no script at all.
        """
        staff = is_staff(path)
        matching = path == MATCHING
        own = staff or matching or path.startswith(("/library", "/api/", "/healthz", "/readyz"))
        scripts = "'self'" if staff or matching else "'none'" if own else "'self' 'unsafe-inline' 'unsafe-eval'"
        styles = "'self'" if own else "'self' 'unsafe-inline'"
        ancestors = "'none'" if staff else self.frame_ancestors
        return (
            f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data: blob:; "
            f"font-src 'self' data:; connect-src 'self'; manifest-src 'self'; worker-src 'self' blob:; "
            f"form-action 'self'; base-uri 'self'; object-src 'none'; frame-ancestors {ancestors}"
        )


class SecurityHeaders:
    """Adds the security headers to every reply."""

    def __init__(self, app: ASGIApp, rules: HeaderRules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                path = path_within(scope)
                headers["Content-Security-Policy"] = self._rules.policy(path)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "same-origin"
                headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                if is_staff(path):
                    headers["X-Frame-Options"] = "DENY"
                    headers["Cache-Control"] = "no-store"
                elif not self._rules.embed_origins:
                    headers["X-Frame-Options"] = "SAMEORIGIN"
            await send(message)

        await self._app(scope, receive, with_headers)
