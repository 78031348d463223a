"""Around every staff request of one of several replicas: what others changed is brought, what was changed here is put."""

from __future__ import annotations

from contextlib import suppress

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.errors import ChangedMeanwhile, DatabaseUnusable, PolicyQAError
from ingest.sentences import Sentence
from web.http.error_replies import fault_reply
from web.http.guards import is_staff, path_within
from web.replicas.staff_work import StaffWork
from web.staff.faults import wants_page
from web.staff.shell.edits import CONFLICT
from web.staff.shell.office import SAFE_METHODS, Office

BEFORE_SIGNING_IN = "/staff/login"


class StaffWorkShared:
    """A change is answered once it is in the database; one that is not kept there is said to have failed."""

    def __init__(self, app: ASGIApp, office: Office, work: StaffWork) -> None:
        self._app = app
        self._office = office
        self._work = work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_staff(path_within(scope)) or path_within(scope) == BEFORE_SIGNING_IN:
            await self._app(scope, receive, send)
            return
        with suppress(DatabaseUnusable):  # the page says it: without it nobody can be looked up
            await run_in_threadpool(self._work.bring)
        if scope["method"] in SAFE_METHODS:
            await self._app(scope, receive, send)
            return
        refused = False

        async def put_first(message: Message) -> None:
            nonlocal refused
            if message["type"] == "http.response.start":
                try:
                    await run_in_threadpool(self._work.put)
                except PolicyQAError as error:
                    refused = True
                    reply = await run_in_threadpool(self._fault, Request(scope), error)
                    await reply(scope, receive, send)
            if not refused:
                await send(message)

        await self._app(scope, receive, put_first)

    def _fault(self, request: Request, error: PolicyQAError) -> Response:
        plain = fault_reply(request, error)
        status = CONFLICT if isinstance(error, ChangedMeanwhile) else plain.status_code
        if not wants_page(request):
            plain.status_code = status
            return plain
        words = Sentence("web.cannot_be_looked_up") if isinstance(error, DatabaseUnusable) else error.sentence
        return self._office.page(request, "fault.html", status, sentence=self._office.told(request, words), typed="")
