"""Which role each staff route needs: the one place that says so. What is not named here is for administrators."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.errors import PolicyQAError
from web.staff.identity.roles import Role

_DRAFT = "/staff/corpus/drafts/{identifier}"
_VERSION = "/staff/corpus/versions/{identifier}"
_SETS = "/staff/evaluation/sets"
_RUN = "/staff/evaluation/runs/{name}"

LOOKING: tuple[str, ...] = (
    "GET /staff",
    "GET /staff/login",  # for those who are not signed in: nothing guards these three
    "POST /staff/login",
    "POST /staff/logout",
    "GET /staff/password",
    "POST /staff/password",
    "GET /staff/jobs/{identity}",
    "POST /staff/jobs/{identity}/cancel",  # one's own; anybody's needs more
    "GET /staff/evaluation",
    "GET /staff/evaluation/template.xlsx",
    f"GET {_RUN}",
    f"GET {_RUN}/compare",
    f"GET {_RUN}/files/{{file}}",
    f"GET {_SETS}/{{file}}",
    f"GET {_SETS}/{{name}}/cases",
    f"GET {_SETS}/{{name}}/case",
    "GET /staff/records",
    "GET /staff/records.csv",
    "GET /staff/records/unanswered",
    "GET /staff/records/{identity}",
    "GET /staff/corpus",
    "GET /staff/corpus/compare",
    "GET /staff/corpus/many",
    f"GET {_DRAFT}",
    f"GET {_DRAFT}/file",
    f"GET {_DRAFT}/questions",
    f"GET {_DRAFT}/update",
    f"GET {_DRAFT}/impact",
    f"GET {_DRAFT}/impact.{{ending}}",
    f"POST {_DRAFT}/cut",  # shows a file of a draft, and changes nothing in it
    "GET /staff/reminders",
    "POST /staff/reminders/address",  # of one's own feeds
    "POST /staff/reminders/revoke",
    "GET /staff/policies",
    "GET /staff/policies.csv",
    "GET /staff/policies/{identity}",
    "GET /staff/glossary",
    "GET /staff/entitlements",
    "GET /staff/entitlements/reworded",
    "GET /staff/service",
    "GET /staff/monthly",
    "GET /staff/monthly.html",
    "GET /staff/monthly.docx",
    "GET /staff/complaints",
    "GET /staff/complaints.csv",
    "GET /staff/complaints/declined",
    "GET /staff/complaints/{identity}",
    "GET /staff/approvals",
    "GET /staff/audit",
    "GET /staff/audit.csv",
    "GET /staff/{rest:path}",  # what is no page
    "POST /staff/{rest:path}",
)
TESTING: tuple[str, ...] = (
    "GET /staff/bench",
    "POST /staff/bench/case",
    "POST /staff/evaluation/run",
    f"POST {_RUN}/delete",
    f"POST {_SETS}",
    f"POST {_SETS}/{{name}}/case",
    f"POST {_SETS}/{{name}}/case/delete",
    f"GET {_DRAFT}/try",
    f"POST {_DRAFT}/try",
    f"POST {_DRAFT}/impact",
    *(f"POST {_DRAFT}/questions/{what}" for what in ("case", "take", "mend", "delete", "set", "run")),
)
EDITING: tuple[str, ...] = (
    "POST /staff/service/card",
    "POST /staff/service/remove",
    f"POST {_SETS}/{{name}}/delete",
    "POST /staff/records/{identity}/forget",
    "POST /staff/corpus/drafts",
    "POST /staff/corpus/upload",
    f"POST {_DRAFT}/update",
    "POST /staff/corpus/many",
    "POST /staff/corpus/many/save",
    "POST /staff/corpus/many/replace",
    "POST /staff/corpus/many/go-on",
    "POST /staff/corpus/many/clear",
    f"POST {_DRAFT}/discard",
    f"POST {_DRAFT}/describe",
    f"POST {_DRAFT}/remove",
    f"POST {_DRAFT}/publish",
    "POST /staff/complaints/{identity}",
    "POST /staff/complaints/declined",
    "POST /staff/approvals/{identifier}/ask",
    "POST /staff/policies/{identity}/seen",
    "POST /staff/policies/{identity}/correct",
    "POST /staff/glossary/row",
    "POST /staff/glossary/remove",
    "POST /staff/entitlements/accept",
    "POST /staff/entitlements/refuse",
    "POST /staff/entitlements/save",
    "POST /staff/entitlements/reworded",
    "POST /staff/entitlements/suggest",
    "POST /staff/entitlements/translate",
)
APPROVING: tuple[str, ...] = (
    "POST /staff/approvals/{identifier}/decide",
    f"POST {_VERSION}/serve",
    f"POST {_VERSION}/delete",
)
ADMINISTERING: tuple[str, ...] = (
    "POST /staff/records/forget",
    "GET /staff/accounts",
    "POST /staff/accounts/add",
    "POST /staff/accounts/role",
    "POST /staff/accounts/password",
    "POST /staff/accounts/remove",
)

NEEDED: Mapping[str, Role] = {
    route: role
    for role, routes in zip(Role, (LOOKING, TESTING, EDITING, APPROVING, ADMINISTERING), strict=True)
    for route in routes
}


_SAID: Mapping[Role, str] = {
    Role.TEST: "web.needs_test",
    Role.EDIT: "web.needs_edit",
    Role.APPROVE: "web.needs_approve",
    Role.ADMINISTER: "web.needs_administer",
}


class Forbidden(PolicyQAError):
    """Whoever is signed in may not do this."""

    def __init__(self, needed: Role) -> None:
        super().__init__(_SAID[needed])


def needed_for(route: str) -> Role:
    """The role for a route, as in ``POST /staff/glossary/row``."""
    return NEEDED.get(route, Role.ADMINISTER)
