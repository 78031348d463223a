"""The staff area as a whole: which pages there are, and that none of them can be reached without signing in."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.types import Scope

from bot.records.store import Records
from ingest.database.database import Database
from web.answers.bot_pool import BotDoor
from web.answers.recording import Ledger
from web.http.guards import path_within
from web.replicas.replica import Replica
from web.settings import WebSettings
from web.staff.account.login import login_routes
from web.staff.account.password import password_routes
from web.staff.accounts.page import account_routes
from web.staff.approvals.page import approval_routes
from web.staff.audit.page import audit_routes
from web.staff.bench.page import bench_routes
from web.staff.compare.page import compare_routes
from web.staff.complaints.page import complaint_routes
from web.staff.corpus.page import corpus_routes
from web.staff.entitlements.page import entitlement_routes
from web.staff.evaluation.page import evaluation_routes
from web.staff.faults import add_staff_faults
from web.staff.glossary.page import glossary_routes
from web.staff.identity import accounts
from web.staff.identity import known_devices as devices
from web.staff.identity.accounts import Accounts
from web.staff.identity.known_devices import Devices
from web.staff.identity.login_throttle import Patience, Throttle
from web.staff.identity.session_table import SessionTable
from web.staff.identity.sessions import Sessions
from web.staff.identity.throttle_table import SharedPatience
from web.staff.monthly.page import monthly_routes
from web.staff.policies.page import policy_routes
from web.staff.questions.page import question_routes
from web.staff.records.page import records_routes
from web.staff.reminders.feeds import feed_routes
from web.staff.reminders.page import reminder_routes
from web.staff.rewording.page import rewording_routes
from web.staff.service.page import service_routes
from web.staff.shell.audit_table import log_in
from web.staff.shell.job_routes import job_routes
from web.staff.shell.jobs import Jobs
from web.staff.shell.office import Office
from web.staff.start import start_routes
from web.staff.updating.page import update_routes


class StaffPage(NamedTuple):
    """One page: its name gives its address ``/staff/<name>``, its words and, by their ``nav``, its navigation."""

    name: str
    routes: Callable[[Office], APIRouter]
    uploads: tuple[str, ...] = ()  # paths that take a file of up to POLICYQA_MAX_FILE_MB
    setting: str = ""  # without which it stands in no navigation


def _corpus_area(office: Office) -> APIRouter:
    return corpus_routes(office, compare_routes, question_routes, update_routes)


def _entitlement_area(office: Office) -> APIRouter:
    return entitlement_routes(office, rewording_routes)


PAGES: tuple[StaffPage, ...] = (
    StaffPage("bench", bench_routes),
    StaffPage("evaluation", evaluation_routes, uploads=("/staff/evaluation/sets",)),
    StaffPage("records", records_routes),
    StaffPage("complaints", complaint_routes),
    StaffPage(
        "corpus",
        _corpus_area,
        uploads=("/staff/corpus/upload", "/staff/corpus/many"),
    ),
    StaffPage("approvals", approval_routes, setting="approval"),
    StaffPage("policies", policy_routes),
    StaffPage("reminders", reminder_routes),
    StaffPage("glossary", glossary_routes),
    StaffPage("entitlements", _entitlement_area),
    StaffPage("service", service_routes),
    StaffPage("monthly", monthly_routes),
    StaffPage("accounts", account_routes),
    StaffPage("audit", audit_routes),
    # one line a page, in the order of the navigation
)
ROOM_AROUND_A_FILE_MB = 1  # the other fields of the form and its boundaries


def open_office(
    door: BotDoor,
    settings: WebSettings,
    today: Callable[[], date],
    records: Records | None,
    database: Database | None = None,
    replica: Replica | None = None,
) -> Office:
    """The office as the settings want it. Nothing is written before somebody changes something."""
    idle_s = settings.staff_idle_minutes * 60.0
    shared = None if database is None else SessionTable(database)
    return Office(
        door,
        settings,
        today,
        records,
        Accounts(settings.home / accounts.FILE, sign_on=bool(settings.staff_header), database=database),
        Sessions(idle_s) if shared is None else Sessions(idle_s, time.time, shared),
        log_in(settings.home, database),
        Jobs() if replica is None else Jobs(kept=replica.work.put),
        ledger=Ledger(records),
        database=database,
        replica=replica,
    )


def is_wanted(page: StaffPage, settings: WebSettings) -> bool:
    """Whether a page stands in the navigation."""
    return not page.setting or bool(getattr(settings, page.setting))


def add_staff(app: FastAPI, office: Office, patience: Throttle | None = None) -> Office:
    """Put the staff area into the service; returns the office with its navigation."""
    furnished = replace(office, pages=tuple(page.name for page in PAGES if is_wanted(page, office.settings)))
    known = Devices(office.settings.home / devices.FILE, office.database)
    shared = None if office.database is None else SharedPatience(office.database)
    app.include_router(login_routes(furnished, patience or shared or Patience(), known))
    app.include_router(feed_routes(furnished))
    for routes in (start_routes, job_routes, password_routes, *(page.routes for page in PAGES)):
        # Asked here, so that no page can forget to.
        app.include_router(routes(furnished), dependencies=[Depends(furnished.guard)], include_in_schema=False)
    app.include_router(_nowhere(), dependencies=[Depends(furnished.guard)], include_in_schema=False)
    add_staff_faults(app, furnished)
    return furnished


def upload_limit(office: Office, scope: Scope) -> int:
    """Bytes that the body of a request may have: more than usual for a file that somebody signed in sends."""
    usual = office.settings.max_request_bytes
    if scope["method"] != "POST" or path_within(scope) not in {path for page in PAGES for path in page.uploads}:
        return usual
    if not office.may(Request(scope), f"POST {path_within(scope)}"):
        return usual
    return max(usual, (office.settings.max_file_mb + ROOM_AROUND_A_FILE_MB) * 1024 * 1024)


def _nowhere() -> APIRouter:
    """What is below ``/staff`` and no page; the chat page would answer it otherwise."""
    routes = APIRouter()

    @routes.api_route("/staff/{rest:path}", methods=["GET", "POST"])
    def nowhere(request: Request, rest: str) -> Response:
        if not rest:
            return RedirectResponse(f"{request.scope.get('root_path', '')}/staff")
        raise HTTPException(404, "Not Found")

    _ = nowhere  # registered by the decorator
    return routes
