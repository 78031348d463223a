"""The monthly report: a page to choose the month and to print, and the same as one HTML file and as Word."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from ingest.errors import RecordsUnusable
from web.chat.word_file import MEDIA_TYPE
from web.staff.monthly.month import Month, month_before, month_of, month_report, months_offered
from web.staff.monthly.view import days_chart, month_name, tables, totals
from web.staff.monthly.word_report import word_report
from web.staff.shell.office import Office
from web.staff.shell.words import namer

HOME = "/staff/monthly"
PAGE = "monthly"
JUST_ASKED_S = 2.0  # how long an answer that is being written is waited for


def monthly_routes(office: Office) -> APIRouter:
    """``/staff/monthly``, ``/staff/monthly.html`` and ``/staff/monthly.docx``, each for ``?month=2026-11``."""
    routes = APIRouter()

    @routes.get(HOME)
    def monthly(request: Request, month: str = "") -> HTMLResponse:
        first, fault = _chosen(office, request, month)
        shown = _shown(office, request, first)
        offered = [*months_offered(office.today())]
        return office.page(
            request,
            "monthly.html",
            422 if fault else 200,
            fault=fault,
            months=offered if first in offered else [first, *offered],
            first=first,
            **shown,
        )

    @routes.get(f"{HOME}.html")
    def as_html(request: Request, month: str = "") -> Response:
        first, fault = _chosen(office, request, month)
        if fault:
            return monthly(request, month)
        shown = _shown(office, request, first)
        blanks = {"t": office.t(request, PAGE), "tongue": office.tongue(request), **shown}
        body = office.templates.get_template("staff/monthly_file.html").render(blanks)
        return Response(body, media_type="text/html; charset=utf-8", headers=_as_file(first, "html"))

    @routes.get(f"{HOME}.docx")
    def as_word(request: Request, month: str = "") -> Response:
        first, fault = _chosen(office, request, month)
        if fault:
            return monthly(request, month)
        shown = _shown(office, request, first)
        made = word_report(shown["heading"], shown["lead"], shown["counts"], shown["tables"])
        return Response(made, media_type=MEDIA_TYPE, headers=_as_file(first, "docx"))

    _ = (monthly, as_html, as_word)  # registered by the decorators
    return routes


def _chosen(office: Office, request: Request, given: str) -> tuple[date, str]:
    """The month asked for, else the one before today's with a sentence on what is wrong with what was asked for."""
    today, t = office.today(), office.t(request, PAGE)
    first = month_of(given) if given else month_before(today)
    if first is None:
        return month_before(today), t("bad_month")
    if first > today:
        return month_before(today), t("month_to_come")
    return first, ""


def _shown(office: Office, request: Request, first: date) -> dict[str, Any]:
    """What page and files show of a month."""
    t, tongue, unusable = office.t(request, PAGE), office.tongue(request), ""
    corpus = office.door.bot.corpus if office.door.is_open else None
    log = list(office.audit.entries())
    if office.records is not None:
        office.ledger.settle(JUST_ASKED_S)
    try:
        month = month_report(first, office.records, corpus, log)
    except RecordsUnusable as error:
        unusable, month = office.told(request, error), month_report(first, None, corpus, log)
    return {
        "heading": t("heading", month=month_name(month, t)),
        "lead": _lead(office, request, month, unusable),
        "counts": totals(month.asked, t) if month.asked else [],
        "days": days_chart(month.asked, t) if month.asked and month.asked.whole.asked else "",
        "tables": tables(month, t, namer(PAGE, tongue), tongue),
    }


def _lead(office: Office, request: Request, month: Month, unusable: str) -> list[str]:
    """Whose report it is, as of when, and what it cannot tell."""
    t, settings = office.t(request, PAGE), office.settings
    bureau = settings.bureau_en if office.tongue(request) == "en" else settings.bureau_zh
    made = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    said = [t("made", at=made) + (f" · {bureau}" if bureau else "")]
    if month.last >= office.today():
        said.append(t("not_over"))
    if unusable:
        said.append(t("unreadable", why=unusable))
    elif month.asked is None:
        said.append(t("not_kept"))
    elif settings.keep_records_days and (office.today() - month.first).days > settings.keep_records_days:
        said.append(t("forgotten", n=settings.keep_records_days))
    if not office.door.is_open:
        said.append(t("loading"))
    return said


def _as_file(first: date, ending: str) -> dict[str, str]:
    name = f'attachment; filename="policyqa-{first:%Y-%m}.{ending}"'
    return {"Content-Disposition": name, "Cache-Control": "no-store"}
