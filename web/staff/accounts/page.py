"""The page of accounts: add one, give it another role or password, take it away; raise names from a single sign-on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from ingest.errors import UnusableInput
from web.staff.identity.accounts import SHORTEST_PASSWORD, By
from web.staff.identity.roles import Role
from web.staff.shell.edits import CONFLICT, OPENED, Clash, Sides, clash_over, is_changed, mark_of
from web.staff.shell.office import Office
from web.staff.shell.words import namer

HOME = "/staff/accounts"
PAGE = "accounts"
REFUSED = 422
CHANGES = frozenset({"role_set", "user_added", "user_removed", "password_set"})  # as the log calls them


@dataclass(frozen=True, slots=True)
class Given:
    """A form of the page as it was filled in; of the passwords nothing is shown again."""

    name: str = ""
    role: Role | None = None  # None for a word that is no role
    by: By = "password"
    password: str = ""
    again: str = ""
    opened: str = ""


class FormUnusable(ValueError):
    """What was filled in cannot be used: a word of the page."""


Act = Callable[[Office, Given, str], None]
"""What a form does, for the person who sent it; raises UnusableInput, FormUnusable."""


def account_routes(office: Office) -> APIRouter:
    """``/staff/accounts`` and what is done there."""
    routes = APIRouter()

    @routes.get(HOME)
    def accounts(request: Request) -> HTMLResponse:
        return _page(office, request, Given())

    async def do(request: Request, act: Act) -> Response:
        given = _read(await office.checked_form(request))
        return await run_in_threadpool(_done, office, request, given, act)

    @routes.post(f"{HOME}/add")
    async def add(request: Request) -> Response:
        return await do(request, _add)

    @routes.post(f"{HOME}/role")
    async def role(request: Request) -> Response:
        return await do(request, _set_role)

    @routes.post(f"{HOME}/password")
    async def password(request: Request) -> Response:
        return await do(request, _set_password)

    @routes.post(f"{HOME}/remove")
    async def remove(request: Request) -> Response:
        return await do(request, _remove)

    _ = (accounts, add, role, password, remove)  # registered by the decorators
    return routes


def _read(form: FormData) -> Given:
    text = {key: str(form.get(key, "")) for key in ("name", "role", "by", "password", "again", OPENED)}
    role = Role(text["role"]) if text["role"] in list(Role) else None
    by: By = "header" if text["by"] == "header" else "password"
    return Given(text["name"].strip(), role, by, text["password"], text["again"], text[OPENED])


def _done(office: Office, request: Request, given: Given, act: Act) -> Response:
    """Do it and lead back; a page with a sentence, or with what somebody else did, when it was not done."""
    now = _mark(office, given.name, given.by)
    if is_changed(given.opened, now):
        return _page(office, request, given, clash=_clash(office, request, given))
    try:
        act(office, given, office.signed_in(request).name)
    except FormUnusable as fault:
        return _page(office, request, given, office.t(request, PAGE)(str(fault)))
    except UnusableInput as fault:
        return _page(office, request, given, office.told(request, fault))
    root = request.scope.get("root_path", "")
    # Who has lowered the own role may not see this page any more.
    return RedirectResponse(f"{root}{HOME if office.may(request, f'GET {HOME}') else '/staff'}", status_code=303)


def _add(office: Office, given: Given, who: str) -> None:
    role = _role(given)
    if given.by == "header":
        office.accounts.set_role(given.name, role, "header")
        office.audit.note(who, "role_set", given.name, role=role, by="header")
        return
    office.accounts.add(given.name, _password(given), role)
    office.audit.note(who, "user_added", given.name, role=role)


def _set_role(office: Office, given: Given, who: str) -> None:
    role = _role(given)
    before = office.accounts.role(given.name, given.by)
    office.accounts.set_role(given.name, role, given.by)
    office.audit.note(who, "role_set", given.name, role=role, before=before, by=given.by)


def _set_password(office: Office, given: Given, who: str) -> None:
    office.accounts.set_password(given.name, _password(given))
    office.audit.note(who, "password_set", given.name)


def _remove(office: Office, given: Given, who: str) -> None:
    office.accounts.remove(given.name)
    office.audit.note(who, "user_removed", given.name)


def _role(given: Given) -> Role:
    if given.role is None:
        raise FormUnusable("no_role")
    return given.role


def _password(given: Given) -> str:
    if given.password != given.again:
        raise FormUnusable("differ")
    return given.password


def _mark(office: Office, name: str, by: By) -> str:
    """Of an account as it is now."""
    stamp = office.accounts.stamp(name) if by == "password" else ""
    return mark_of([office.accounts.role(name, by), stamp])


def _clash(office: Office, request: Request, given: Given) -> Clash:
    gone = given.by == "password" and office.accounts.stamp(given.name) is None
    named, t = namer(PAGE, office.tongue(request)), office.t(request, PAGE)
    now = office.accounts.role(given.name, given.by)
    sides = [Sides(t("role"), named("role", now), named("role", given.role))] if given.role else []

    return clash_over(office.audit, lambda entry: entry.what in CHANGES and entry.about == given.name, sides, gone=gone)


def _page(office: Office, request: Request, given: Given, fault: str = "", clash: Clash | None = None) -> HTMLResponse:
    accounts = office.accounts
    return office.page(
        request,
        "accounts.html",
        CONFLICT if clash else REFUSED if fault else 200,
        accounts=[(name, role, _mark(office, name, "password")) for name, role in accounts.roles().items()],
        sign_on=[(name, role, _mark(office, name, "header")) for name, role in accounts.roles("header").items()],
        has_sign_on=bool(office.settings.staff_header) or bool(accounts.roles("header")),
        roles=list(Role),
        given=given,
        fault=fault,
        clash=clash,
        shortest=SHORTEST_PASSWORD,
        named=namer(PAGE, office.tongue(request)),
    )
