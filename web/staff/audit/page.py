"""The log of changes as a page: filtered, in pages, and as a table to take along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from web.staff.shell.audit_log import AuditEntry
from web.staff.shell.csv_file import csv_reply
from web.staff.shell.days import day_of
from web.staff.shell.office import Office
from web.staff.shell.words import FRAME, namer, words_of
from web.texts import Tongue

ENTRIES_A_PAGE = 50
MOST_EXPORTED = 100_000  # rows; spreadsheets open a million, but nobody reads them


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries: of one person, of one kind, of one day (of this machine's time zone); empty means all."""

    who: str = ""
    what: str = ""
    day: date | None = None

    def fits(self, entry: AuditEntry) -> bool:
        """Whether an entry is among them."""
        return (
            (not self.who or entry.who == self.who)
            and (not self.what or entry.what == self.what)
            and (self.day is None or entry.at.astimezone().date() == self.day)
        )

    def query(self) -> str:
        """The same as part of an address."""
        return urlencode({"who": self.who, "what": self.what, "day": self.day.isoformat() if self.day else ""})


def names_of_changes(pages: tuple[str, ...], tongue: Tongue) -> dict[str, str]:
    """What each kind of change is called: the words ``audit_<what>`` of all pages."""
    said = {key: say for page in (FRAME, *pages) for key, say in words_of(page).items()}
    return {key.removeprefix("audit_"): getattr(say, tongue) for key, say in said.items() if key.startswith("audit_")}


def audit_routes(office: Office) -> APIRouter:
    """``/staff/audit`` and ``/staff/audit.csv``."""
    routes = APIRouter()

    @routes.get("/staff/audit")
    def audit(request: Request, who: str = "", what: str = "", day: str = "", page: int = 1) -> HTMLResponse:
        wanted = AuditFilter(who.strip(), what.strip(), day_of(day))
        page = max(1, page)
        begin = (page - 1) * ENTRIES_A_PAGE
        every = list(office.audit.entries())
        found = list(islice(filter(wanted.fits, every), begin, begin + ENTRIES_A_PAGE + 1))
        return office.page(
            request,
            "audit.html",
            entries=found[:ENTRIES_A_PAGE],
            more=len(found) > ENTRIES_A_PAGE,
            page=page,
            wanted=wanted,
            query=wanted.query(),
            people=sorted({entry.who for entry in every}),
            kinds=sorted({entry.what for entry in every}),
            named=namer("audit", office.tongue(request)),
            called=names_of_changes(office.pages, office.tongue(request)),
        )

    @routes.get("/staff/audit.csv")
    def table(request: Request, who: str = "", what: str = "", day: str = "") -> Response:
        t = office.t(request, "audit")
        called = names_of_changes(office.pages, office.tongue(request))
        wanted = AuditFilter(who.strip(), what.strip(), day_of(day))
        entries = islice(filter(wanted.fits, office.audit.entries()), MOST_EXPORTED)
        head = [t(key) for key in ("when", "who", "what", "on", "details")]
        rows = [(local(e), e.who, called.get(e.what, e.what), e.about, details(e)) for e in entries]
        return csv_reply(f"audit-{office.today().isoformat()}.csv", head, rows)

    _ = (audit, table)  # registered by the decorators
    return routes


def local(entry: AuditEntry) -> str:
    """When, in the time zone of this machine."""
    return entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def details(entry: AuditEntry) -> str:
    """The details in a line."""
    return "; ".join(f"{key}: {value}" for key, value in entry.details.items())
