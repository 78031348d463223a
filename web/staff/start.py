"""The first page of the staff area: what the service answers from, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.staff.approvals.standing import waiting_words
from web.staff.audit.page import names_of_changes
from web.staff.complaints.page import open_words
from web.staff.reminders.desk import ReminderDesk
from web.staff.reminders.page import reminder_words
from web.staff.shell.office import Office
from web.staff.shell.words import sayer

ENTRIES_SHOWN = 8  # latest changes


@dataclass(frozen=True, slots=True)
class Way:
    """A page to go to."""

    path: str
    name: str
    about: str


def start_routes(office: Office) -> APIRouter:
    """``/staff``."""
    routes = APIRouter()
    desk = ReminderDesk(office)

    @routes.get("/staff")
    def start(request: Request) -> HTMLResponse:
        tongue = office.tongue(request)
        words = [(name, sayer(name, tongue)) for name in office.pages_of(request)]
        ways = [Way(f"/staff/{name}", t("nav"), t("about")) for name, t in words]
        corpus = office.door.bot.corpus if office.door.is_open else None
        latest = list(islice(office.audit.entries(), ENTRIES_SHOWN))
        called = names_of_changes(office.pages, tongue)
        todo = [*waiting_words(office, request), *open_words(office, request), *reminder_words(desk, request)]
        return office.page(request, "start.html", todo=todo, ways=ways, corpus=corpus, latest=latest, called=called)

    _ = start  # registered by the decorator
    return routes
