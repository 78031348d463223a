"""Changing one's own password, which ends one's other sessions."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from ingest.errors import UnusableInput
from web.staff.account.login import set_session
from web.staff.identity.accounts import SHORTEST_PASSWORD
from web.staff.shell.office import SESSION_COOKIE, Office

REFUSED = 422


def password_routes(office: Office) -> APIRouter:
    """``/staff/password``."""
    routes = APIRouter()

    def form(request: Request, status: int = 200, fault: str = "", done: bool = False) -> HTMLResponse:
        return office.page(request, "password.html", status, fault=fault, done=done, shortest=SHORTEST_PASSWORD)

    @routes.get("/staff/password")
    def show(request: Request) -> HTMLResponse:
        return form(request)

    @routes.post("/staff/password")
    async def change(request: Request) -> Response:
        account = office.signed_in(request)
        given = await office.checked_form(request)
        old, new, again = (str(given.get(key, "")) for key in ("old", "new", "again"))
        if account.by != "password":
            return form(request, REFUSED, "not_ours")
        if await asyncio.to_thread(office.accounts.check, account.name, old) is None:
            await asyncio.to_thread(office.audit.note_visit, account.name, "password_refused")
            return form(request, REFUSED, "wrong")
        if new != again:
            return form(request, REFUSED, "differ")
        try:
            await asyncio.to_thread(office.accounts.set_password, account.name, new)
        except UnusableInput:
            return form(request, REFUSED, "too_short")
        await asyncio.to_thread(office.audit.note, account.name, "password_set", account.name)
        office.sessions.end(request.cookies.get(SESSION_COOKIE, ""))
        token = office.sessions.start(account, office.accounts.stamp(account.name) or "")
        # The page is made for the new session, whose cookie the browser gets only with it.
        request.cookies[SESSION_COOKIE] = token
        reply = form(request, done=True)
        set_session(reply, request, token)
        return reply

    _ = (show, change)  # registered by the decorators
    return routes
