"""What becomes of a draft: questions asked of it, the answers it changes, and its publication."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from eval.cases.case_files import load_cases
from eval.cases.joined_sets import MARK
from eval.sets.draft_questions import standing_of
from eval.sets.question_sets import question_sets
from eval.studies.impact import Change, Turned
from eval.studies.impact_report import sides
from ingest.corpus.draft import Draft, draft_place, is_outdated, open_draft
from ingest.errors import DraftUnusable
from ingest.sentences import Sentence
from web.replicas.replica import remove_among
from web.staff.approvals.approval import check_approved
from web.staff.approvals.impact_file import IMPACT_FOLDER
from web.staff.corpus.addresses import HOME, to
from web.staff.corpus.publishing import IMPACT, TRY, Publishing
from web.staff.shell.edits import CONFLICT, OPENED, is_changed
from web.staff.shell.office import Office
from web.staff.shell.words import namer

BASE = "/staff/corpus/drafts/{identifier}"
LONGEST_NOTE = 300  # characters of what is said of a version
CHANGES_A_PAGE = 25
DOWNLOADS = {"html": "text/html", "json": "application/json"}

DraftPage = Callable[..., HTMLResponse]
"""The page of a draft: ``(request, draft, fault, status, note=…, clash=…)``."""


def trial_routes(office: Office, publishing: Publishing) -> APIRouter:
    """``/staff/corpus/drafts/{id}/try``: a question asked of the draft and of what serves."""
    routes = APIRouter()

    def opened(identifier: str) -> Draft:
        return open_draft(publishing.home, identifier)

    @routes.get(BASE + "/try")
    def tried(request: Request, identifier: str, q: str = "", job: str = "") -> HTMLResponse:
        draft = opened(identifier)
        question = q.strip()[: office.settings.max_question_chars]
        found = publishing.ask(draft, question) if question else None
        running = office.jobs.running(TRY)
        return office.page(
            request,
            "corpus_try.html",
            named=namer("records", office.tongue(request)),
            draft=draft,
            base=BASE.format(identifier=draft.id),
            question=question,
            ready=publishing.trial(draft) is not None,
            tried=found,
            pair=sides(found.impact.changes[0].before, found.impact.changes[0].after)
            if found and found.impact.changes
            else None,
            job=running.id if running else job if office.jobs.find(job) else "",
        )

    @routes.post(BASE + "/try")
    async def ask(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        draft = opened(identifier)
        question = str(form.get("question", "")).strip()[: office.settings.max_question_chars]
        here = BASE.format(identifier=draft.id) + "/try?" + urlencode({"q": question})
        if await run_in_threadpool(publishing.trial, draft) is not None:
            return to(request, here)
        job = publishing.prepare(draft, office.signed_in(request).name, office.t(request, "corpus"), here)
        return to(request, f"{BASE.format(identifier=draft.id)}/try?job={job.id}")

    _ = (tried, ask)  # registered by the decorators
    return routes


def impact_routes(office: Office, publishing: Publishing) -> APIRouter:
    """``/staff/corpus/drafts/{id}/impact``: what the draft changes in the answers to many questions."""
    routes = APIRouter()

    def opened(identifier: str) -> Draft:
        return open_draft(publishing.home, identifier)

    @routes.get(BASE + "/impact")
    def impact(request: Request, identifier: str, job: str = "", page: int = 1, only: str = "") -> HTMLResponse:
        draft = opened(identifier)
        kept = publishing.impact_of(draft)
        running = office.jobs.running(IMPACT)
        only = only if only in {turn.value for turn in Turned} else ""
        changes = [one for one in kept.impact.changes if only in ("", one.turned)] if kept else []
        begin = (max(1, page) - 1) * CHANGES_A_PAGE
        return office.page(
            request,
            "corpus_impact.html",
            named=namer("records", office.tongue(request)),
            draft=draft,
            base=BASE.format(identifier=draft.id),
            kept=kept,
            stale=kept is not None and publishing.is_stale(draft, kept),
            parts=Counter(part for change in changes for part in change.parts),
            turned=list(Turned),
            only=only,
            case_places=case_places(publishing.home, changes[begin : begin + CHANGES_A_PAGE]),
            changes=[(one, *sides(one.before, one.after)) for one in changes[begin : begin + CHANGES_A_PAGE]],
            begin=begin,
            page=max(1, page),
            more=len(changes) > begin + CHANGES_A_PAGE,
            sets=(known := question_sets(publishing.home)),
            shipped={one.name for one in known if not one.writable},
            recorded=office.records is not None,
            job=running.id if running else job if office.jobs.find(job) else "",
        )

    @routes.post(BASE + "/impact")
    async def measure(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        draft = opened(identifier)
        t = office.t(request, "corpus")
        sets = [str(name) for name in form.getlist("set")]
        recorded, examples = bool(form.get("recorded")), bool(form.get("examples"))
        job = await run_in_threadpool(
            lambda: publishing.measure(
                draft, office.signed_in(request).name, t, sets, recorded=recorded, examples=examples
            )
        )
        return to(request, f"{BASE.format(identifier=draft.id)}/impact?job={job.id}")

    @routes.get(BASE + "/impact.{ending}")
    def download(identifier: str, ending: str) -> Response:
        path = draft_place(publishing.home, opened(identifier)) / IMPACT_FOLDER / f"impact.{ending}"
        if ending not in DOWNLOADS or not path.is_file():
            raise HTTPException(404)
        return FileResponse(path, media_type=DOWNLOADS[ending], filename=f"impact-{identifier}.{ending}")

    _ = (impact, measure, download)  # registered by the decorators
    return routes


def case_places(home: Path, changes: Sequence[Change]) -> dict[str, tuple[str, str]]:
    """Set and id of the questions, by where a change comes from; of one set that goes by its id alone."""
    asked = [change.asking.origin for change in changes if change.asking.case]
    known = question_sets(home) if asked else []
    names = {one.name for one in known}
    alone = [origin for origin in asked if origin.partition(MARK)[0] not in names]
    sets = {case.id: one.name for one in known for case in load_cases([one.path])} if alone else {}
    found: dict[str, tuple[str, str]] = {}
    for origin in asked:
        name, _, identity = origin.partition(MARK) if origin not in alone else (sets.get(origin, ""), "", origin)
        if name:
            found[origin] = (name, identity)
    return found


def publication_routes(office: Office, publishing: Publishing, draft_page: DraftPage) -> APIRouter:
    """``/staff/corpus/drafts/{id}/publish``, ``/staff/corpus/versions/{id}/serve`` and ``…/delete``."""
    routes = APIRouter()

    @routes.post(BASE + "/publish")
    async def publish(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        draft, who = open_draft(publishing.home, identifier), office.signed_in(request).name
        note = " ".join(str(form.get("note", "")).split())[:LONGEST_NOTE]
        over_newer = form.get("over_newer") == "yes"
        if is_changed(str(form.get(OPENED, "")), publishing.fingerprint(draft)):
            return draft_page(request, draft, "", CONFLICT, note=note, clash=publishing.clash(draft))
        if not over_newer and is_outdated(publishing.corpus, publishing.home, draft):
            return draft_page(request, draft, "", CONFLICT, note=note)
        place, state = draft_place(publishing.home, draft), publishing.fingerprint(draft)
        if form.get("questions_anyway") != "yes" and not standing_of(place, state).is_sound:
            return draft_page(request, draft, Sentence("web.questions_not_right"), CONFLICT, note=note)
        if office.settings.approval:
            try:
                check_approved(publishing.corpus, publishing.home, draft)
            except DraftUnusable as fault:
                return draft_page(request, draft, fault.sentence, CONFLICT, note=note)
        await run_in_threadpool(lambda: office.audit.note(who, "corpus_publishing", draft.id, note=note))
        job = publishing.publish(draft, who, note, office.t(request, "corpus"), over_newer=over_newer)
        return to(request, f"/staff/corpus?job={job.id}")

    @routes.post("/staff/corpus/versions/{identifier}/serve")
    def serve(request: Request, identifier: str) -> Response:
        who = office.signed_in(request).name
        office.audit.note(who, "corpus_putting_back", identifier)
        job = publishing.serve(identifier, who, office.t(request, "corpus"))
        return to(request, f"/staff/corpus?job={job.id}")

    @routes.post("/staff/corpus/versions/{identifier}/delete")
    def delete(request: Request, identifier: str) -> Response:
        remove_among(office.replica, publishing.home, identifier, office.signed_in(request).name)
        office.audit.note_deletion(office.signed_in(request).name, "corpus_version_deleted", identifier)
        return to(request, f"{HOME}#versions")

    _ = (publish, serve, delete)  # registered by the decorators
    return routes
