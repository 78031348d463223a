"""The page of reminders: what is due, one's own secret addresses for calendar and reader, and whether mails are sent."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from ingest.errors import PolicyQAError
from web.staff.reminders.desk import ReminderDesk
from web.staff.reminders.due import Kind, Reminder
from web.staff.reminders.feeds import HOME as FEEDS
from web.staff.reminders.feeds import base_of
from web.staff.reminders.kept import RemindersUnusable
from web.staff.reminders.wording import PAGE, path_of, said
from web.staff.shell.office import Office

HOME = "/staff/reminders"
SHOWN_AT_START = 3  # the first of them, by their words


def reminder_routes(office: Office) -> APIRouter:
    """``/staff/reminders``, ``…/address`` and ``…/revoke``."""
    routes = APIRouter()
    desk = ReminderDesk(office)

    @routes.get(HOME)
    def show(request: Request) -> HTMLResponse:
        return _page(desk, request)

    @routes.post(f"{HOME}/address")
    async def make(request: Request) -> Response:
        await office.checked_form(request)
        return await run_in_threadpool(_made, desk, request)

    @routes.post(f"{HOME}/revoke")
    async def revoke(request: Request) -> Response:
        await office.checked_form(request)
        return await run_in_threadpool(_revoked, desk, request)

    _ = (show, make, revoke)  # registered by the decorators
    return routes


def reminder_words(desk: ReminderDesk, request: Request) -> list[tuple[str, str]]:
    """What the first page says of reminders: the first ones, and how many more there are."""
    office = desk.office
    t, tongue = office.t(request, PAGE), office.tongue(request)
    try:
        due = desk.due()
    except PolicyQAError as error:
        return [(office.told(request, error), HOME)]
    first = [(said(one, tongue), path_of(one)) for one in due[:SHOWN_AT_START]]
    more = len(due) - len(first)
    return [*first, *([(t("start_more", n=more), HOME)] if more else [])]


def _page(desk: ReminderDesk, request: Request, secret: str = "") -> HTMLResponse:
    office = desk.office
    settings, tongue, fault = office.settings, office.tongue(request), ""
    due, mailed = list[Reminder](), dict[str, object]()
    try:
        due = desk.due()
        mailed = {**desk.file.read().mailed}
    except RemindersUnusable as error:
        fault = office.told(request, error)
    except PolicyQAError as error:
        fault = office.told(request, error)
    base = f"{base_of(office, request)}{FEEDS}/{secret}/reminders"
    return office.page(
        request,
        "reminders.html",
        rows=[(one, said(one, tongue), path_of(one), mailed.get(one.key)) for one in due],
        signs={Kind.ENDING: "warn", Kind.TRIAL_OVER: "bad", Kind.WORDS: "bad", Kind.CARD: "bad", Kind.TRIAL_OPEN: ""},
        is_open=office.door.is_open,
        has_address=desk.addresses.has_one(office.signed_in(request)),
        addresses=[(kind, f"{base}.{kind}?lang={tongue}") for kind in ("ics", "rss")] if secret else [],
        mail=settings.smtp_host,
        mail_to=settings.smtp_to,
        last_mail=max(mailed.values(), default=None, key=str),
        fault=fault,
    )


def _made(desk: ReminderDesk, request: Request) -> Response:
    """A new address, shown this once."""
    account = desk.office.signed_in(request)
    secret = desk.addresses.make(account)
    desk.office.audit.note(account.name, "feed_address_made", account.name)
    return _page(desk, request, secret)


def _revoked(desk: ReminderDesk, request: Request) -> Response:
    account = desk.office.signed_in(request)
    desk.addresses.revoke(account)
    desk.office.audit.note(account.name, "feed_address_revoked", account.name)
    return RedirectResponse(f"{request.scope.get('root_path', '')}{HOME}#feeds", status_code=303)
