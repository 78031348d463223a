"""Files that come in, and files that are cut up: the reply lasts as long as the work, which ends when nobody waits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.types import Receive, Scope, Send

from ingest.corpus.draft import Draft, open_draft
from ingest.errors import DraftUnusable, PolicyQAError, ServiceUnavailable
from ingest.sentences import Sentence, in_language
from web.chat.stream import NOT_KEPT
from web.staff.corpus.addresses import HOME, to
from web.staff.corpus.reading import CHANGED, Reading, Words
from web.staff.shell.edits import CONFLICT, OPENED, Clash
from web.staff.shell.jobs import Cancelled, Job
from web.staff.shell.office import Office
from web.texts import Tongue

EVENTS = "text/event-stream"
STEP_S = 0.5  # between two words on how far it is

DraftPage = Callable[..., HTMLResponse]
"""The page of a draft: ``(request, draft, fault, status, clash=…)``."""
FileClash = Callable[[Draft, str, str], Clash | None]
"""What became of a file since somebody saw it with a digest; None when it is as it was."""


def upload_routes(office: Office, reading: Reading, draft_page: DraftPage, file_clash: FileClash) -> APIRouter:
    """``POST /staff/corpus/upload`` and ``…/drafts/{id}/cut``.

    A script that accepts events is told how far it is; a form gets the page it leads to. Whoever closes the
    connection before, by leaving the page or however, ends the work.
    """
    routes = APIRouter()

    @routes.post(f"{HOME}/upload")
    async def upload(request: Request) -> Response:
        form = await office.checked_form(request)
        draft = open_draft(reading.home, str(form.get("draft", "")))
        given, instead_of = form.get("file"), str(form.get("instead_of", ""))
        if not isinstance(given, UploadFile) or not given.filename:
            return await refused(request, draft, Sentence("web.no_file_chosen"))
        seen = str(form.get(f"{OPENED}:{instead_of}", ""))
        if clash := await run_in_threadpool(file_clash, draft, instead_of, seen):
            return await refused(request, draft, Sentence(CHANGED, name=instead_of), CONFLICT, clash)
        take_in = partial(reading.take_in, draft, given.file, given.filename, instead_of, seen)
        return await lasting(request, draft, take_in)

    @routes.post(HOME + "/drafts/{identifier}/cut")
    async def cut(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        draft = open_draft(reading.home, identifier)
        return await lasting(request, draft, partial(reading.cut, draft, str(form.get("name", ""))))

    async def lasting(request: Request, draft: Draft, start: Callable[[str, Words], Job]) -> Response:
        try:
            job = await run_in_threadpool(start, office.signed_in(request).name, office.t(request, "corpus"))
        except ServiceUnavailable as error:
            return await refused(request, draft, error.sentence, 503)
        except PolicyQAError as error:
            return await refused(request, draft, error.sentence)
        if wants_events(request):
            return JobEvents(office, request, job)
        try:
            return to(request, await _when_over(office, request, job))
        except PolicyQAError as error:
            return await refused(request, draft, error.sentence)

    async def refused(
        request: Request, draft: Draft, sentence: str, status: int = 422, clash: Clash | None = None
    ) -> Response:
        if wants_events(request):
            return JSONResponse({"error": in_language(sentence, office.tongue(request))}, status_code=status)
        shown = "" if clash else sentence
        return await run_in_threadpool(lambda: draft_page(request, draft, shown, status, clash=clash))

    _ = (upload, cut)  # registered by the decorators
    return routes


async def _when_over(office: Office, request: Request, job: Job) -> str:
    """Where a job led, once it is over. Raises Cancelled when nobody waits any more, DraftUnusable with what it failed of."""
    while not job.is_over and not await request.is_disconnected():
        await asyncio.sleep(STEP_S / 10)
    office.jobs.cancel(job.id)
    if job.state == "done":
        return job.result
    raise DraftUnusable(job.error) if job.error else Cancelled()


def wants_events(request: Request) -> bool:
    """Whether a script of ours asks, which shows how far it is."""
    return EVENTS in request.headers.get("accept", "")


class JobEvents(StreamingResponse):
    """How far a job is, again and again until it is over; it is stopped when the connection is closed before."""

    def __init__(self, office: Office, request: Request, job: Job) -> None:
        self._office = office
        self._job = job
        self._t = office.t(request, "corpus")
        self._tongue: Tongue = office.tongue(request)
        super().__init__(self._events(), media_type=EVENTS, headers=NOT_KEPT)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._office.jobs.cancel(self._job.id)

    async def _events(self) -> AsyncIterator[str]:
        over = False
        while not over:
            over = self._job.is_over  # looked at before it is told, so that the last word is told
            yield f"data: {json.dumps(self._told(), ensure_ascii=False)}\n\n"
            if not over:
                await asyncio.sleep(STEP_S)

    def _told(self) -> dict[str, str]:
        job = self._job
        waits = job.state == "waiting"
        words = self._t("step_wait", n=self._office.jobs.ahead_of(job)) if waits else job.words
        error = in_language(job.error or "", self._tongue)
        return {"id": job.id, "state": job.state, "words": words, "error": error, "result": job.result}
