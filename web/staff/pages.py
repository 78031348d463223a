"""The staff area as a whole: which pages there are, and that none of them can be reached without signing in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import JSONResponse, Response

from bot.records import Records
from web.answering import BotDoor
from web.settings import WebSettings
from web.staff import accounts, audit
from web.staff.accounts import Accounts
from web.staff.audit import AuditLog
from web.staff.audit_page import audit_routes
from web.staff.job_routes import job_routes
from web.staff.jobs import JobBusy, Jobs
from web.staff.login import login_routes, to_login
from web.staff.office import FormRefused, Office, SignInNeeded
from web.staff.patience import Patience
from web.staff.sessions import Sessions
from web.staff.start import start_routes


class StaffPage(NamedTuple):
    """One page: its name gives its address ``/staff/<name>``, its words and, by their ``nav``, its navigation."""

    name: str
    routes: Callable[[Office], APIRouter]


PAGES: tuple[StaffPage, ...] = (StaffPage("audit", audit_routes),)


def open_office(
    door: BotDoor,
    settings: WebSettings,
    today: Callable[[], date],
    records: Records | None,
) -> Office:
    """The office as the settings want it. Nothing is written before somebody changes something."""
    return Office(
        door,
        settings,
        today,
        records,
        Accounts(settings.home / accounts.FILE),
        Sessions(settings.staff_idle_minutes * 60.0),
        AuditLog(settings.home / audit.FILE),
        Jobs(),
    )


def add_staff(app: FastAPI, office: Office, patience: Patience | None = None) -> Office:
    """Put the staff area into the service; returns the office with its navigation."""
    furnished = replace(office, pages=tuple(page.name for page in PAGES))
    app.include_router(login_routes(furnished, patience or Patience()))
    for routes in (start_routes, job_routes, *(page.routes for page in PAGES)):
        # Asked here, so that no page can forget to.
        app.include_router(routes(furnished), dependencies=[Depends(furnished.guard)], include_in_schema=False)
    app.add_exception_handler(SignInNeeded, _sign_in)
    app.add_exception_handler(FormRefused, _fault(furnished, 403))
    app.add_exception_handler(JobBusy, _fault(furnished, 409))
    return furnished


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks, and not a script or a program."""
    return "text/html" in request.headers.get("accept", "")


def _sign_in(request: Request, error: Exception) -> Response:
    if wants_page(request):
        return to_login(request)
    return JSONResponse({"error": str(error)}, status_code=401)


def _fault(office: Office, status: int) -> Callable[[Request, Exception], Response]:
    def reply(request: Request, error: Exception) -> Response:
        if wants_page(request):
            return office.page(request, "fault.html", status, sentence=str(error))
        return JSONResponse({"error": str(error)}, status_code=status)

    return reply
