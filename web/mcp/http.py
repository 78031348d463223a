"""The tools at ``/mcp`` of the service, behind the same guards and keys as ``/api/``."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from mcp.server import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.sentences import Sentence
from web.http.fault_form import MCP, fault_body
from web.settings import WebSettings

_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")
# What the SDK says by a status alone, or in words that are no JSON-RPC, as a sentence that clients show.
_REFUSED = {
    400: "A call is JSON: send it with 'Content-Type: application/json'.",
    403: "Pages of this site may not call the tools (Origin); whoever runs the service names its own site in POLICYQA_PUBLIC_URL.",
    405: "The tools are called by POST.",
    406: "Send 'Accept: application/json, text/event-stream'.",
    421: "The service does not know itself by this name (Host); whoever runs it names its address in POLICYQA_PUBLIC_URL.",
}


def add_tools(app: FastAPI, server: MCPServer[Any], settings: WebSettings) -> None:
    """Answer at ``/mcp``. Each request is one by itself: nothing is held between two for a client that never returns."""
    made = server.streamable_http_app(
        streamable_http_path=MCP[0],
        json_response=True,
        stateless_http=True,
        transport_security=known_names(settings),
    )
    (tools,) = (route.endpoint for route in made.routes if isinstance(route, Route))
    _answer_with(app, InSentences(tools))


def say_tools_are_off(app: FastAPI) -> None:
    """Where the tools would be, say how they are switched on."""
    body = fault_body(MCP[0], 404, Sentence("web.tools_are_off"))
    _answer_with(app, JSONResponse(body, status_code=404))


def _answer_with(app: FastAPI, endpoint: ASGIApp) -> None:
    app.router.routes.extend(Route(path, endpoint=_Endpoint(endpoint)) for path in MCP)


class _Endpoint:
    """An ASGI application; Starlette takes a function for a handler of requests, and an object for an application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


def known_names(settings: WebSettings) -> TransportSecuritySettings:
    """By which names the service may be called (Host), and from which pages (Origin).

    A page of another site whose name leads to this machine (DNS rebinding) would else reach the tools through a
    visitor's browser.
    """
    hosts = [*_THIS_MACHINE]
    if settings.host not in ("0.0.0.0", "::", ""):
        hosts.append(f"[{settings.host}]" if ":" in settings.host else settings.host)
    origins = [f"http://{host}{port}" for host in hosts for port in ("", ":*")]
    if settings.public_url:
        public = urlsplit(settings.public_url)
        hosts += [public.netloc, public.hostname or ""]
        origins.append(f"{public.scheme}://{public.netloc}")
    return TransportSecuritySettings(
        allowed_hosts=[f"{host}{port}" for host in hosts for port in ("", ":*")], allowed_origins=origins
    )


class InSentences:
    """Puts a JSON-RPC error in the place of a refusal that has none; clients show its message."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        replaced = False

        async def replacing(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                status: int = message["status"]
                kind = Headers(raw=message["headers"]).get("content-type", "")
                replaced = status >= 400 and not kind.startswith("application/json")
                if replaced:
                    headers = {"Allow": "POST"} if status == 405 else None
                    body = fault_body(MCP[0], status, _REFUSED.get(status, "The call cannot be used."))
                    await JSONResponse(body, status_code=status, headers=headers)(scope, receive, send)
            if not replaced:
                await send(message)

        await self._app(scope, receive, replacing)
