"""How far a job is, and stopping it: what ``watchJob`` of ``staff.js`` asks."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from web.staff.identity.roles import Role
from web.staff.shell.jobs import Job
from web.staff.shell.needed_roles import Forbidden
from web.staff.shell.office import Office


def job_routes(office: Office) -> APIRouter:
    """``GET /staff/jobs/{id}`` and ``POST /staff/jobs/{id}/cancel``."""
    routes = APIRouter()

    def told(request: Request, job: Job | None) -> JSONResponse:
        if job is None:
            return JSONResponse({"error": office.t(request, "frame")("job_gone")}, status_code=404)
        # A job does not know who will read of it: its error is said in the language of the page that asks.
        form = {**job.as_json(), "error": office.told(request, job.error or "")}
        return JSONResponse(form, headers={"Cache-Control": "no-store"})

    @routes.get("/staff/jobs/{identity}")
    def show(request: Request, identity: str) -> JSONResponse:
        return told(request, office.jobs.find(identity))

    @routes.post("/staff/jobs/{identity}/cancel")
    def cancel(request: Request, identity: str) -> JSONResponse:
        job = office.jobs.find(identity)
        if job is not None and not job.is_over:
            account = office.signed_in(request)
            if job.who != account.name and not account.role.reaches(Role.EDIT):
                raise Forbidden(Role.EDIT)  # what an editor began
            office.audit.note_deletion(account.name, "job_stopped", job.kind)
            office.jobs.cancel(identity)
        return told(request, job)

    _ = (show, cancel)  # registered by the decorators
    return routes
