"""Faults as pages, for people who follow a wrong link or come too early. Programs get their JSON as it is."""

from __future__ import annotations

from functools import partial

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.http.guards import is_staff, path_within
from web.http.look import look_of
from web.http.templates import page_templates
from web.settings import WebSettings
from web.texts import disclaimer, say, tongue_wanted

FOR_PROGRAMS = (
    "/api/",
    "/v1/",
    "/mcp",
    "/page/",
    "/gradio_api/",
    "/assets/",
    "/ui/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
)


def is_visit(scope: Scope) -> bool:
    """Whether a browser goes to an address that shows people something."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    path = path_within(scope)
    return "text/html" in Headers(scope=scope).get("accept", "") and not (
        is_staff(path) or path.startswith(FOR_PROGRAMS)
    )


class FaultPages:
    """Puts a page in the place of a fault's JSON when a browser visits."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app = app
        self._settings = settings
        self._page = page_templates().get_template("fault.html")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_visit(scope):
            await self._app(scope, receive, send)
            return
        replaced = False

        async def replacing(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                replaced = message["status"] >= 400 and headers.get("content-type", "").startswith("application/json")
                if replaced:
                    body = self._drawn(Request(scope), message["status"])
                    headers["Content-Type"] = "text/html; charset=utf-8"
                    headers["Content-Length"] = str(len(body))
                    await send(message)
                    await send({"type": "http.response.body", "body": body})
                    return
            if not replaced:
                await send(message)

        await self._app(scope, receive, replacing)

    def _drawn(self, request: Request, status: int) -> bytes:
        tongue = tongue_wanted(request.query_params.get("lang"), request.headers.get("accept-language"))
        return self._page.render(
            root=request.scope.get("root_path", ""),
            tongue=tongue,
            other="zh" if tongue == "en" else "en",
            t=partial(say, tongue=tongue),
            look=look_of(request.headers),
            bureau=self._settings.bureau_en if tongue == "en" else self._settings.bureau_zh,
            disclaimer=disclaimer(self._settings, tongue),
            soon=status == 503,
            sentence={404: say("no_such_page", tongue), 503: say("loading", tongue)}.get(status, say("failed", tongue)),
        ).encode()
