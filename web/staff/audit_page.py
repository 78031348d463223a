"""The log of changes as a page: filtered, in pages, and as a table to take along."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from web.staff.office import Office

ENTRIES_A_PAGE = 50


def audit_routes(office: Office) -> APIRouter:
    """``/staff/audit``."""
    routes = APIRouter()

    @routes.get("/staff/audit")
    def audit(request: Request) -> HTMLResponse:
        entries = [entry for entry, _ in zip(office.audit.entries(), range(ENTRIES_A_PAGE), strict=False)]
        return office.page(request, "audit.html", entries=entries)

    _ = audit  # registered by the decorator
    return routes
