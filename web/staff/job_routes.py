"""How far a job is, and stopping it: what ``watchJob`` of ``staff.js`` asks."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from web.staff.jobs import Job
from web.staff.office import Office


def job_routes(office: Office) -> APIRouter:
    """``GET /staff/jobs/{id}`` and ``POST /staff/jobs/{id}/cancel``."""
    routes = APIRouter()

    def told(job: Job | None, identity: str) -> JSONResponse:
        if job is None:
            sentence = f"There is no job {identity!r}; jobs are forgotten when the service starts anew."
            return JSONResponse({"error": sentence}, status_code=404)
        return JSONResponse(job.as_json(), headers={"Cache-Control": "no-store"})

    @routes.get("/staff/jobs/{identity}")
    def show(identity: str) -> JSONResponse:
        return told(office.jobs.find(identity), identity)

    @routes.post("/staff/jobs/{identity}/cancel")
    def cancel(request: Request, identity: str) -> JSONResponse:
        job = office.jobs.find(identity)
        if job is not None and job.state == "running":
            office.audit.note_deletion(office.signed_in(request).name, "job_stopped", job.kind)
            office.jobs.cancel(identity)
        return told(job, identity)

    _ = (show, cancel)  # registered by the decorators
    return routes
