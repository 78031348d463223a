"""The feeds themselves, for calendars and readers that sign in nowhere: who has the address reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from ingest.errors import PolicyQAError
from web.staff.reminders import calendar, rss
from web.staff.reminders.addresses import Known
from web.staff.reminders.desk import ReminderDesk
from web.staff.reminders.due import Reminder
from web.staff.reminders.kept import RemindersUnusable
from web.staff.reminders.wording import PAGE, lasting, path_of
from web.staff.shell.office import Office
from web.staff.shell.words import sayer
from web.texts import Tongue

HOME = "/feeds"
GONE, NOT_FOUND, LATER = 410, 404, 503
PRIVATE = {"Cache-Control": "private, max-age=600", "X-Robots-Tag": "noindex"}


def feed_routes(office: Office) -> APIRouter:
    """``/feeds/<secret>/reminders.ics`` and ``…/reminders.rss``."""
    routes = APIRouter()
    desk = ReminderDesk(office)

    @routes.api_route(HOME + "/{secret}/reminders.ics", methods=["GET", "HEAD"], include_in_schema=False)
    def as_calendar(request: Request, secret: str) -> Response:
        return _feed(desk, request, secret, _calendar)

    @routes.api_route(HOME + "/{secret}/reminders.rss", methods=["GET", "HEAD"], include_in_schema=False)
    def as_rss(request: Request, secret: str) -> Response:
        return _feed(desk, request, secret, _rss)

    _ = (as_calendar, as_rss)  # registered by the decorators
    return routes


Made = Callable[[list[tuple[Reminder, date]], Tongue, str], Response]


def base_of(office: Office, request: Request) -> str:
    """Where the service is reached: as the settings say, else as it was asked."""
    public = office.settings.public_url
    return public or f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"


def _feed(desk: ReminderDesk, request: Request, secret: str, made: Made) -> Response:
    office = desk.office
    tongue = office.tongue(request)
    t = sayer(PAGE, tongue)
    known = desk.addresses.known(secret)
    if known is not Known.CURRENT:
        words, status = (t("feed_old"), GONE) if known is Known.OLD else (t("feed_unknown"), NOT_FOUND)
        return PlainTextResponse(f"{words}\n", status, headers={"Cache-Control": "no-store"})
    if not office.door.is_open:
        return PlainTextResponse(f"{t('loading')}\n", LATER, headers={"Retry-After": "60"})
    try:
        due = desk.due()
    except PolicyQAError as error:
        return PlainTextResponse(f"{office.told(request, error)}\n", LATER, headers={"Retry-After": "3600"})
    reply = made(_noticed(desk, due), tongue, base_of(office, request))
    reply.headers.update(PRIVATE)
    return reply


def _noticed(desk: ReminderDesk, due: list[Reminder]) -> list[tuple[Reminder, date]]:
    """Each reminder with the day it was due first; on a full disk what is new counts from today."""
    today = desk.office.today()
    try:
        noticed = desk.file.noticed((one.key for one in due), today)
    except RemindersUnusable:
        noticed = dict[str, date]()
    return [(one, one.on or noticed.get(one.key, today)) for one in due]


def _calendar(due: list[tuple[Reminder, date]], tongue: Tongue, base: str) -> Response:
    said = partial(lasting, tongue=tongue)
    body = calendar.calendar(sayer(PAGE, tongue)("feed_name"), due, said, lambda one: f"{base}{path_of(one)}")
    headers = {"Content-Disposition": 'inline; filename="reminders.ics"'}
    return Response(body, media_type=calendar.MEDIA_TYPE, headers=headers)


def _rss(due: list[tuple[Reminder, date]], tongue: Tongue, base: str) -> Response:
    t, said = sayer(PAGE, tongue), partial(lasting, tongue=tongue)
    home = f"{base}/staff/reminders"
    body = rss.rss(t("feed_name"), t("about"), home, due, said, lambda one: f"{base}{path_of(one)}")
    return Response(body, media_type=rss.MEDIA_TYPE)
