"""Faults of staff pages as pages: a person who sent a form gets a sentence and a way back, not JSON."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from ingest.errors import ChangedMeanwhile, DatabaseUnusable, EvaluationUnusable, PolicyQAError
from ingest.sentences import Sentence
from web.http.error_replies import fault_reply
from web.http.guards import is_staff, path_within
from web.staff.account.login import to_login
from web.staff.shell.audit_log import AuditFull
from web.staff.shell.edits import OPENED
from web.staff.shell.jobs import JobBusy
from web.staff.shell.needed_roles import Forbidden
from web.staff.shell.office import SAFE_METHODS, FormRefused, Office, SignInNeeded

# Errors that our own words say better, in both languages, and their status.
SAID: dict[type[Exception], tuple[int, str]] = {
    FormRefused: (403, "form_refused"),
    JobBusy: (409, "job_busy"),
    AuditFull: (507, "audit_full"),
}
# Of the person's making on these pages, where sets, runs and drafts are chosen and changed.
STATUS: dict[type[Exception], int] = {EvaluationUnusable: 422, ChangedMeanwhile: 409, Forbidden: 403}
LONGEST_TYPED = 60_000  # characters of a form that are shown again
OURS = frozenset({"csrf", OPENED, "draft", "page", "row", "key", "group", "mark", "q", "standing", "show"})
"""Fields that pages fill in themselves."""
SECRET = frozenset({"password", "old", "new", "again"})


def add_staff_faults(app: FastAPI, office: Office) -> None:
    """From here on a fault below ``/staff`` is a page for a browser and a JSON sentence for a script."""

    async def ours(request: Request, error: Exception) -> Response:
        typed = "" if isinstance(error, SignInNeeded | FormRefused) else await _typed(office, request)
        return await run_in_threadpool(said, request, error, typed)

    def said(request: Request, error: Exception, typed: str) -> Response:
        if isinstance(error, SignInNeeded):
            return to_login(request) if wants_page(request) else _json(401, error)
        if type(error) in SAID:
            status, key = SAID[type(error)]
            sentence = office.t(request, "fault")(key)
            return (
                office.page(request, "fault.html", status, sentence=sentence, typed=typed)
                if wants_page(request)
                else _json(status, error)
            )
        if is_staff(path_within(request.scope)) and type(error) in STATUS:
            plain: Response = _json(STATUS[type(error)], office.told(request, str(error)))
        else:
            plain = fault_reply(request, error)
        if not (is_staff(path_within(request.scope)) and wants_page(request)):
            return plain
        words = Sentence("web.cannot_be_looked_up") if isinstance(error, DatabaseUnusable) else str(error)
        return office.page(request, "fault.html", plain.status_code, sentence=office.told(request, words), typed=typed)

    def others(request: Request, error: Exception) -> Response:
        plain = fault_reply(request, error)
        if not (is_staff(path_within(request.scope)) and wants_page(request)):
            return plain
        key = "not_found" if plain.status_code == 404 else "not_understood"
        return office.page(request, "fault.html", plain.status_code, sentence=office.t(request, "fault")(key))

    app.add_exception_handler(PolicyQAError, ours)
    app.add_exception_handler(HTTPException, others)
    app.add_exception_handler(RequestValidationError, others)


async def _typed(office: Office, request: Request) -> str:
    """What somebody typed into the form that was refused, one field below the other; nobody has to type it again."""
    if request.method in SAFE_METHODS or not wants_page(request) or not is_staff(path_within(request.scope)):
        return ""
    try:
        form = await office.checked_form(request)
    except (PolicyQAError, HTTPException):
        return ""
    given = (str(value).strip() for name, value in form.multi_items() if isinstance(value, str) and _is_typed(name))
    return "\n".join(value for value in given if value)[:LONGEST_TYPED]


def _is_typed(name: str) -> bool:
    return name.partition(":")[0] not in OURS | SECRET


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks, and not a script or a program."""
    return "text/html" in request.headers.get("accept", "")


def _json(status: int, error: Exception | str) -> JSONResponse:
    return JSONResponse({"error": str(error)}, status_code=status)
