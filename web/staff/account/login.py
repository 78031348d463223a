"""Signing in and out, with growing waits after wrong passwords."""

from __future__ import annotations

import asyncio
import hmac
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from web.http.guards import counted_as
from web.staff.identity.known_devices import Devices
from web.staff.identity.login_throttle import Throttle
from web.staff.shell.office import A_YEAR_S, SESSION_COOKIE, FormRefused, Office, is_own_origin, new_form_word, own_path

DEVICE_COOKIE = "pq_staff_known"
FORM_COOKIE = "pq_staff_form"  # the login form's word: there is no session yet that could hold it
SEE_OTHER = 303


def login_routes(office: Office, patience: Throttle, devices: Devices) -> APIRouter:
    """``/staff/login`` and ``/staff/logout``: the only staff routes that nobody needs to be signed in for."""
    routes = APIRouter(include_in_schema=False)

    def form(request: Request, wanted: str, status: int = 200, **said: object) -> HTMLResponse:
        word = new_form_word()
        none_yet = not office.accounts.names() and not office.settings.staff_header
        context = {"fault": "", "wait": 0, "name": "", **said}
        reply = office.page(
            request, "login.html", status, wanted=own_path(wanted), word=word, none_yet=none_yet, **context
        )
        _set_cookie(reply, request, FORM_COOKIE, word)
        return reply

    @routes.get("/staff/login")
    def show(request: Request, next: str = "") -> Response:
        if office.visitor(request):
            return _onwards(request, next)
        return form(request, next)

    @routes.post("/staff/login")
    async def enter(request: Request) -> Response:
        async with request.form() as given:
            name, password, wanted, word = (str(given.get(key, "")) for key in ("name", "password", "next", "word"))
        kept = request.cookies.get(FORM_COOKIE, "")
        if not is_own_origin(request) or not kept or not hmac.compare_digest(word.encode(), kept.encode()):
            raise FormRefused
        client = counted_as(request.client.host if request.client else "")
        device = await asyncio.to_thread(devices.number, name, request.cookies.get(DEVICE_COOKIE, ""))
        wait = await asyncio.to_thread(patience.begin, name, client, device)
        if wait:
            reply = form(request, wanted, 429, fault="too_soon", wait=wait, name=name)
            reply.headers["Retry-After"] = str(wait)
            return reply
        account = await asyncio.to_thread(office.accounts.check, name, password)
        stamp = await asyncio.to_thread(office.accounts.stamp, name)
        if account is None or stamp is None:
            who = name if stamp else "?"  # what is no name may be a password
            await asyncio.to_thread(office.audit.note_visit, who, "login_failed")
            return form(request, wanted, 401, fault="wrong", name=name)
        await asyncio.to_thread(patience.succeeded, name, client, device)
        await asyncio.to_thread(office.audit.note_visit, name, "login")
        office.sessions.end(request.cookies.get(SESSION_COOKIE, ""))
        reply = _onwards(request, wanted)
        set_session(reply, request, office.sessions.start(account, stamp))
        if not device:
            _set_cookie(reply, request, DEVICE_COOKIE, devices.cookie_for(name), A_YEAR_S)
        reply.delete_cookie(FORM_COOKIE, path=_cookie_path(request))
        return reply

    @routes.post("/staff/logout")
    async def leave(request: Request) -> Response:
        await office.checked_form(request)
        account = office.signed_in(request)
        office.sessions.end(request.cookies.get(SESSION_COOKIE, ""))
        await asyncio.to_thread(office.audit.note_visit, account.name, "logout")
        reply = RedirectResponse(f"{_root(request)}/staff/login", SEE_OTHER)
        reply.delete_cookie(SESSION_COOKIE, path=_cookie_path(request))
        return reply

    _ = (show, enter, leave)  # registered by the decorators
    return routes


def to_login(request: Request) -> RedirectResponse:
    """The login page, and back to where one wanted to go."""
    root = _root(request)
    wanted = request.url.path.removeprefix(root) if request.method == "GET" else "/staff"
    if request.method == "GET" and request.url.query:
        wanted += f"?{request.url.query}"
    return RedirectResponse(f"{root}/staff/login?{urlencode({'next': wanted})}", SEE_OTHER)


def set_session(reply: Response, request: Request, token: str) -> None:
    """Hand the browser the token of its session."""
    _set_cookie(reply, request, SESSION_COOKIE, token)


def _onwards(request: Request, wanted: str) -> RedirectResponse:
    return RedirectResponse(_root(request) + own_path(wanted), SEE_OTHER)


def _root(request: Request) -> str:
    root: str = request.scope.get("root_path", "")
    return root


def _cookie_path(request: Request) -> str:
    return f"{_root(request)}/staff"


def _set_cookie(reply: Response, request: Request, key: str, value: str, seconds: int | None = None) -> None:
    secure = request.url.scheme == "https"
    reply.set_cookie(key, value, seconds, path=_cookie_path(request), httponly=True, samesite="strict", secure=secure)
