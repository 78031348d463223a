"""Complaints as work: a list by stage and week, one of them with what was done about it, and a table to take along."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from bot.records.complaints import (
    Complaint,
    Mended,
    Stage,
    Work,
    complaint_on,
    complaints_of,
    keep_work,
)
from bot.records.store import Records
from ingest.errors import ChangedMeanwhile, UnusableInput
from web.staff.complaints import view as view
from web.staff.complaints.declined import declined_routes
from web.staff.complaints.form import LONGEST_ANSWER, changes_between, read_work
from web.staff.complaints.mending import check_reference, link_to, offered
from web.staff.shell.csv_file import csv_reply
from web.staff.shell.edits import CONFLICT, OPENED, Clash, is_changed, mark_of, sides_of
from web.staff.shell.needed_roles import needed_for
from web.staff.shell.office import Office
from web.staff.shell.words import namer
from web.texts import TEXTS

HOME = "/staff/complaints"
PAGE = "complaints"
MOST = 2000  # complaints, the newest
A_PAGE = 50
MINE = "mine"  # a filter beside the stages
REFUSED = 422
SAVE = f"POST {HOME}/{{identity}}"


def complaint_routes(office: Office) -> APIRouter:
    """``/staff/complaints``, its table, the questions declined, and one complaint."""
    routes = APIRouter()

    @routes.get(HOME)
    def complaints(request: Request, stage: str = "", page: int = 1) -> HTMLResponse:
        return _listed(office, request, stage, page)

    @routes.get(f"{HOME}.csv")
    def table(request: Request, stage: str = "") -> Response:
        t, named = office.t(request, PAGE), namer(PAGE, office.tongue(request))
        rows = view.csv_rows(_chosen(office, request, stage), named)
        office.audit.check_room()
        office.audit.note(office.signed_in(request).name, "complaints_exported", stage)
        name = f"complaints-{office.today().isoformat()}.csv"
        return csv_reply(name, [t(f"csv_{key}") for key in view.CSV_HEAD], rows)

    routes.include_router(declined_routes(office))

    @routes.get(HOME + "/{identity}")
    def show(request: Request, identity: str) -> HTMLResponse:
        return _page(office, request, _complaint(office, identity))

    @routes.post(HOME + "/{identity}")
    async def save(request: Request, identity: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(_save, office, request, identity, form)

    _ = (complaints, table, show, save)  # registered by the decorators
    return routes


def open_words(office: Office, request: Request) -> list[tuple[str, str]]:
    """What the first page says of complaints, for those who work on them."""
    if office.records is None or not office.may(request, SAVE):
        return []
    t, name = office.t(request, PAGE), office.signed_in(request).name
    works = [one.work for one in complaints_of(office.records, MOST)]
    unheard = sum(work.stage is Stage.OPEN for work in works)
    mine = sum(work.taken_by == name and work.stage is not Stage.CLOSED for work in works)
    said = [("start_open", unheard, f"{HOME}?stage=open"), ("start_mine", mine, f"{HOME}?stage={MINE}")]
    return [(t(key, n=count), path) for key, count, path in said if count]


def _records(office: Office) -> Records:
    if office.records is None:
        raise HTTPException(404, "Not Found")
    return office.records


def _complaint(office: Office, identity: str) -> Complaint:
    found = complaint_on(_records(office), identity)
    if found is None:
        raise HTTPException(404, "Not Found")
    return found


def _chosen(office: Office, request: Request, stage: str) -> list[Complaint]:
    every = complaints_of(_records(office), MOST)
    if stage == MINE:
        name = office.signed_in(request).name
        return [one for one in every if one.work.taken_by == name and one.work.stage is not Stage.CLOSED]
    return [one for one in every if stage not in list(Stage) or one.work.stage == stage]


def _listed(office: Office, request: Request, stage: str, page: int) -> HTMLResponse:
    if office.records is None:
        return office.page(request, "complaints.html", kept=False)
    every, chosen = complaints_of(office.records, MOST), _chosen(office, request, stage)
    last = max(1, -(-len(chosen) // A_PAGE))
    page = min(max(1, page), last)
    t = office.t(request, PAGE)
    weeks = view.weeks_of(every, office.today())
    return office.page(
        request,
        "complaints.html",
        kept=True,
        stage=stage if stage in (*Stage, MINE) else "",
        stages=view.by_stage(every),
        mine=len(_chosen(office, request, MINE)),
        every=len(every),
        complaints=chosen[(page - 1) * A_PAGE : page * A_PAGE],
        page=page,
        last=last,
        chart=view.weeks_chart(weeks, t) if any(week.came for week in weeks) else "",
        weeks=[week for week in reversed(weeks) if week.came or week.closed],
        named=namer(PAGE, office.tongue(request)),
    )


def _page(
    office: Office,
    request: Request,
    complaint: Complaint,
    given: Work | None = None,
    fault: str = "",
    clash: Clash | None = None,
) -> HTMLResponse:
    """One complaint; ``given`` is what was filled in and not kept."""
    said, tongue, work = complaint.said, office.tongue(request), complaint.work
    reason = TEXTS.get(f"reason_{said.reason}") if said else None
    me = office.signed_in(request).name
    needed = needed_for(SAVE)
    roles = {**office.accounts.roles("header"), **office.accounts.roles()}
    names = dict.fromkeys([me, *(name for name, role in roles.items() if role.reaches(needed)), work.taken_by])
    return office.page(
        request,
        "complaints_one.html",
        CONFLICT if clash else REFUSED if fault else 200,
        complaint=complaint,
        work=given or work,
        mark=_mark(work),
        link=link_to(work.mended, work.reference),
        said_reason=getattr(reason, tongue) if reason else said.reason if said else "",
        people=[name for name in names if name],
        kinds=list(Mended),
        offered=offered(office),
        longest=LONGEST_ANSWER,
        fault=fault,
        clash=clash,
        named=namer(PAGE, tongue),
    )


def _save(office: Office, request: Request, identity: str, form: FormData) -> Response:
    """Keep what was done, unless somebody else did something meanwhile."""
    complaint, who = _complaint(office, identity), office.signed_in(request).name
    before = complaint.work
    after = read_work(form, before, who, office.today())
    if is_changed(str(form.get(OPENED, "")), _mark(before)):
        return _page(office, request, complaint, after, clash=_clash(office, request, before, after))
    try:
        if after.mended is not None and (after.mended, after.reference) != (before.mended, before.reference):
            check_reference(office, after.mended, after.reference)
        if after.closed and not (after.mended or after.answer):
            raise UnusableInput("web.complaint_closed_with_nothing_done")
        office.audit.check_room()
        keep_work(_records(office), identity, after, before, datetime.now(UTC))
    except ChangedMeanwhile:
        now = _complaint(office, identity)
        return _page(office, request, now, after, clash=_clash(office, request, now.work, after))
    except UnusableInput as fault:
        return _page(office, request, complaint, after, office.told(request, fault))
    office.audit.note(who, "complaint_worked_on", identity, **changes_between(before, after))
    root = request.scope.get("root_path", "")
    return RedirectResponse(f"{root}{HOME}/{quote(identity, safe='')}", status_code=303)


def _clash(office: Office, request: Request, now: Work, yours: Work) -> Clash:
    t, named = office.t(request, PAGE), namer(PAGE, office.tongue(request))

    def fields(work: Work) -> dict[str, str]:
        mended = named("mended", work.mended) if work.mended else ""
        return {"taken_by": work.taken_by, "mended": mended, "reference": work.reference, "answer": work.answer, "closed": work.closed}  # fmt: skip

    at = now.moment.astimezone().strftime("%Y-%m-%d %H:%M:%S") if now.moment else ""
    sides = sides_of({key: t(f"csv_{key}") for key in fields(now)}, fields(now), fields(yours))
    return Clash(now.who, at, gone=False, sides=tuple(sides))


def _mark(work: Work) -> str:
    return mark_of([work.taken_by, work.mended, work.reference, work.answer, work.closed, work.at])
