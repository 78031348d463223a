"""The question sets of the evaluation page: sent, checked, kept, taken along, deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from eval.cases.case_files import load_cases
from eval.cases.case_table import CHINESE_HEADS
from eval.cases.workbook import template_workbook
from eval.sets.question_sets import LONGEST_NAME, check_name, question_set, question_sets, remove_set, save_set
from ingest.errors import ChangedMeanwhile, EvaluationUnusable
from ingest.sentences import in_language
from web.staff.evaluation.upload import ENDINGS, LARGEST, Upload, exported, look_at
from web.staff.shell.audit_log import AuditEntry
from web.staff.shell.edits import CONFLICT, OPENED, Clash, clash_over
from web.staff.shell.office import Office

PAGE = "evaluation"
SETS = "/staff/evaluation/sets"
TEMPLATE = "/staff/evaluation/template.xlsx"
TEMPLATE_FIELDS = ("id", "turns", "evidence", "answer", "must_not", "kind", "lang", "note")
MOST_REMARKS = 200  # rows shown; somebody mends these first
REFUSED = 422


def sets_routes(office: Office, overview: Callable[..., Response]) -> APIRouter:
    """What is below ``/staff/evaluation/sets``; ``overview`` makes the page that a refused change goes back to."""
    routes = APIRouter()
    home = office.settings.home

    @routes.post(SETS)
    async def send(request: Request) -> Response:
        form = await office.checked_form(request)
        file = form.get("file")
        t = office.t(request, PAGE)
        if not isinstance(file, UploadFile) or not file.filename:
            return overview(office, request, REFUSED, fault=t("choose_a_file"))
        data = await file.read(LARGEST + 1)
        upload = await asyncio.to_thread(look_at, data, file.filename, home, office.door.bot.corpus)
        name = str(form.get("name", "")).strip() or _name_from(upload.name)
        kept, fault = "", ""
        if upload.is_sound and form.get("keep"):
            try:
                fault = await asyncio.to_thread(_keep, office, request, name, upload, form)
            except ChangedMeanwhile:
                sent = {"name": name, "replace": str(form.get("replace", ""))}
                return overview(office, request, CONFLICT, clash=_clash(office, name), sent=sent)
            kept = "" if fault else name
        return _looked_at(office, request, upload, name, kept, fault)

    @routes.get(SETS + "/{file}")
    def take(file: str) -> Response:
        name, _, ending = file.rpartition(".")
        if ending not in ENDINGS:
            raise HTTPException(404, "Not Found")
        try:
            content = exported(load_cases([question_set(home, name).path]), ending, home)
        except EvaluationUnusable as error:
            raise HTTPException(404, "Not Found") from error
        return attachment(content, file, ENDINGS[ending])

    @routes.post(SETS + "/{name}/delete")
    async def delete(request: Request, name: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(removed, request, name, str(form.get(OPENED, "")))

    def removed(request: Request, name: str, opened: str) -> Response:
        try:
            remove_set(home, name, opened or None)
        except ChangedMeanwhile:
            return overview(office, request, CONFLICT, clash=_clash(office, name))
        except EvaluationUnusable as error:
            return overview(office, request, REFUSED, fault=error.sentence)
        office.audit.note_deletion(office.signed_in(request).name, "set_deleted", name)
        return RedirectResponse(f"{request.scope.get('root_path', '')}/staff/evaluation#sets", 303)

    _ = (send, take, delete)  # registered by the decorators
    return routes


def template(office: Office, request: Request) -> Response:
    """An empty workbook in the reader's language, with what each column holds."""
    t, chinese = office.t(request, PAGE), office.tongue(request) == "zh"
    heads = [CHINESE_HEADS[field][0] if chinese else field for field in TEMPLATE_FIELDS]
    guide = zip(heads, (t(f"template_{field}") for field in TEMPLATE_FIELDS), strict=True)
    content = template_workbook(heads, guide, t("template_guide"))
    return attachment(content, f"{t('template_file')}.xlsx", ENDINGS["xlsx"])


def _looked_at(office: Office, request: Request, upload: Upload, name: str, kept: str, fault: str) -> Response:
    """The page that says what a file holds and whether it was kept."""
    remarks = upload.checked.remarks if upload.checked else ()
    return office.page(
        request,
        "evaluation_check.html",
        200 if upload.is_sound and not fault else REFUSED,
        upload=upload,
        remarks=remarks[:MOST_REMARKS],
        left_out=max(0, len(remarks) - MOST_REMARKS),
        name=name,
        kept=kept,
        fault=office.told(request, fault),
        unreadable=office.told(request, upload.fault),
        said=in_language,
    )


def _keep(office: Office, request: Request, name: str, upload: Upload, form: FormData) -> str:
    """Keep a sound set; returns why not, or nothing. Raises ChangedMeanwhile for one to be replaced."""
    home, t = office.settings.home, office.t(request, PAGE)
    try:
        check_name(home, name)
        if not form.get("replace") and any(one.name == name for one in question_sets(home)):
            return t("name_taken", name=name)
        opened = str(form.get(f"{OPENED}:{name}", "")) or None
        kept = save_set(home, name, upload.cases, office.door.bot.corpus, opened)
    except EvaluationUnusable as error:
        return error.sentence
    office.audit.note(office.signed_in(request).name, "set_kept", name, questions=str(kept.count), file=upload.name)
    return ""


def _clash(office: Office, name: str) -> Clash:
    """Who changed a set last, or a question of it."""
    gone = not any(one.name == name for one in question_sets(office.settings.home))

    def is_change(entry: AuditEntry) -> bool:
        if entry.what in ("set_kept", "set_deleted"):
            return entry.about == name
        return entry.what in ("case_added", "case_changed", "case_deleted") and entry.details.get("set") == name

    return clash_over(office.audit, is_change, gone=gone)


def _name_from(file: str) -> str:
    """A name for a set from that of its file."""
    stem = PurePosixPath(file).stem
    return "".join(mark if mark.isalnum() or mark in "-_" else "-" for mark in stem)[:LONGEST_NAME].strip("-")


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """A file to save. Never shown in place: a report brings a script of its own, which this origin must not run."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=media_type, headers=headers)
