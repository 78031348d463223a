"""Questions that were declined, by topic: each becomes a case, a row, a policy, or is said not to be ours."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from bot.pipeline import PolicyBot
from bot.records.complaints import Mended, Work, settle, settled
from bot.records.queries import RecordFilter, lines_of
from bot.records.store import Records
from bot.suggest.question_groups import group_questions
from ingest.errors import ChangedMeanwhile, UnusableInput
from web.staff.complaints.form import read_mended, read_reference
from web.staff.complaints.mending import check_reference, link_to, offered
from web.staff.complaints.view import DeclinedGroup, declined_groups
from web.staff.records.view import asked_of, local
from web.staff.shell.edits import CONFLICT, OPENED, Clash, is_changed
from web.staff.shell.office import Office
from web.staff.shell.words import namer

HOME = "/staff/complaints/declined"
PAGE = "complaints"
MOST_GROUPED = 2000  # declined questions, the newest
MOST_GROUPS = 100
MOST_WORDINGS = 500  # of one group
SETTLING = f"POST {HOME}"
SETTLED, OPEN = "settled", "open"


def declined_routes(office: Office) -> APIRouter:
    """``/staff/complaints/declined``."""
    routes = APIRouter()

    @routes.get(HOME)
    def declined(request: Request, show: str = OPEN) -> HTMLResponse:
        return _page(office, request, show)

    @routes.post(HOME)
    async def save(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(_save, office, request, form)

    _ = (declined, save)  # registered by the decorators
    return routes


def _records(office: Office) -> Records:
    if office.records is None:
        raise HTTPException(404, "Not Found")
    return office.records


def _groups(office: Office) -> list[DeclinedGroup]:
    records, bot = _records(office), office.door.bot
    lines = lines_of(records, RecordFilter(status="declined"), MOST_GROUPED)
    encoder = bot.clause_index.encoder.encode_queries if isinstance(bot, PolicyBot) else None
    groups = group_questions(asked_of(lines), encoder)
    return declined_groups(groups, {line.id: line for line in lines}, settled(records))


def _page(
    office: Office,
    request: Request,
    show: str,
    fault: str = "",
    *,
    given: tuple[str, Mended | None, str] = ("", None, ""),
    clash: Clash | None = None,
) -> HTMLResponse:
    """``given`` is the group, kind and reference that were sent and not kept."""
    groups = _groups(office)
    done = [group for group in groups if group.work.mended]
    chosen = done if show == SETTLED else [group for group in groups if not group.work.mended]
    return office.page(
        request,
        "complaints_declined.html",
        CONFLICT if clash else 422 if fault else 200,
        show=SETTLED if show == SETTLED else OPEN,
        counts={OPEN: len(groups) - len(done), SETTLED: len(done)},
        groups=chosen[:MOST_GROUPS],
        left_out=max(0, len(chosen) - MOST_GROUPS),
        kinds=list(Mended),
        offered=offered(office) if chosen else [],
        given=given,
        link_to=link_to,
        fault=fault,
        clash=clash,
        local=local,
        named=namer(PAGE, office.tongue(request)),
    )


def _save(office: Office, request: Request, form: FormData) -> Response:
    """Keep what was done about a group, or take that back; the page that says why not."""
    key, show = str(form.get("group", "")), str(form.get("show", OPEN))
    mended, reference, who = read_mended(form), read_reference(form), office.signed_in(request).name
    given = (key, mended, reference)
    group = next((one for one in _groups(office) if key in one.wordings), None)
    if group is None:
        raise HTTPException(404, "Not Found")
    if is_changed(str(form.get(OPENED, "")), group.mark):
        return _page(office, request, show, given=given, clash=Clash(group.work.who, _at(group.work), gone=False))
    if mended is None and not form.get("open_again"):
        return _page(office, request, show, office.t(request, PAGE)("no_kind"), given=given)
    work = Work() if form.get("open_again") else Work(mended=mended, reference=reference)
    try:
        if work.mended is not None:
            check_reference(office, work.mended, work.reference)
        office.audit.check_room()
        _settle(office, group, work, who)
    except ChangedMeanwhile:
        return _page(office, request, show, given=given, clash=Clash("", "", gone=False))
    except UnusableInput as fault:
        return _page(office, request, show, office.told(request, fault), given=given)
    # The log outlasts what visitors asked, so it does not say what that was.
    said = {"mended": str(work.mended or ""), "reference": work.reference, "times": str(group.shown.count)}
    office.audit.note(who, "declined_settled", group.shown.last.id, **said)
    return RedirectResponse(f"{request.scope.get('root_path', '')}{HOME}?show={show}", status_code=303)


def settle_by_case(office: Office, turn: str, case: str, who: str) -> None:
    """The group of a declined question is settled when one of its turns was made a case; others stay as they are."""
    kept = office.records.turn(turn) if office.records is not None else None
    if kept is None or kept.status != "declined":
        return
    for group in _groups(office):
        if turn in group.turns and not group.work.mended:
            try:
                _settle(office, group, Work(mended=Mended.CASE, reference=case), who)
            except ChangedMeanwhile:  # somebody settled it otherwise
                return
            said = {"mended": str(Mended.CASE), "reference": case, "times": str(group.shown.count)}
            office.audit.note(who, "declined_settled", group.shown.last.id, **said)


def _settle(office: Office, group: DeclinedGroup, work: Work, who: str) -> None:
    records = _records(office)
    known = settled(records)
    seen = {key: known[key] for key in group.wordings if key in known}
    kept = Work(mended=work.mended, reference=work.reference, who=who)
    settle(records, group.wordings[:MOST_WORDINGS], kept, seen, datetime.now(UTC))


def _at(work: Work) -> str:
    return work.moment.astimezone().strftime("%Y-%m-%d %H:%M:%S") if work.moment else ""
