"""Roles over the whole area: each route needs one, in one place; what needs more is refused and not shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html
from starlette.routing import BaseRoute, Route

from bot.pipeline import PolicyBot
from eval.cases.cases import Case
from eval.sets.question_sets import save_set
from ingest.corpus.draft import drafts
from tests.web.staff.conftest import CARE, COLLEAGUE
from web.staff.identity.roles import Role
from web.staff.pages import PAGES
from web.staff.shell.needed_roles import NEEDED, needed_for
from web.staff.shell.office import Office
from web.staff.shell.shown_by_role import needed_at

LOWER = tuple(role for role in Role if role is not Role.ADMINISTER)


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def declared(app: FastAPI) -> set[str]:
    """Every staff route as it is declared, behind its method."""

    def walk(routes: list[BaseRoute]) -> Iterator[str]:
        for route in routes:
            inner = getattr(route, "routes", None) or getattr(getattr(route, "original_router", None), "routes", None)
            if isinstance(route, Route) and route.path.startswith("/staff"):
                yield from (f"{method} {route.path}" for method in route.methods or () if method != "HEAD")
            elif inner:
                yield from walk(list(inner))

    return set(walk(app.router.routes))


def test_each_route_says_which_role_it_needs(staff_app: FastAPI) -> None:
    routes = declared(staff_app)
    assert len(routes) > 50, "the routes are not where this test looks for them"
    assert routes == set(NEEDED), "name it in web/staff/shell/needed_roles.py"


@pytest.mark.parametrize("role", LOWER)
def test_what_needs_more_is_one_sentence(staff_app: FastAPI, colleague: TestClient, office: Office, role: Role) -> None:
    office.accounts.set_role(COLLEAGUE, role)
    before = len(list(office.audit.entries()))
    refused = [route for route in declared(staff_app) if not role.reaches(needed_for(route))]
    assert len(refused) > 5
    for route in refused:
        method, path = route.split(" ")
        reply = colleague.request(method, path.replace("{", "").replace("}", ""))
        assert reply.status_code == 403, route
        refusal: Any = html.fromstring(reply.text)
        (said,) = refusal.xpath("//p[@role='alert']/text()")
        assert said.count("。") == 1, route
        assert "角色" in said
    assert len(list(office.audit.entries())) == before, "nothing was done"


def test_a_role_taken_away_works_at_the_next_request(colleague: TestClient, office: Office) -> None:
    row = {"table": "people", "spoken": "人才", "words": "博士"}
    assert colleague.post("/staff/glossary/row", data=row).status_code == 303
    office.accounts.set_role(COLLEAGUE, Role.LOOK)
    reply = colleague.post("/staff/glossary/row", data=row)
    assert (reply.status_code, "需要“编辑”或更高的角色" in reply.text) == (403, True)
    assert colleague.get("/staff/glossary").status_code == 200
    assert colleague.get("/staff/accounts", headers={"Accept": "application/json"}).status_code == 403


def addresses(office: Office) -> list[str]:
    """Pages with much that can be done."""
    (draft,) = drafts(office.settings.home)
    base, sets = f"/staff/corpus/drafts/{draft.id}", "/staff/evaluation/sets/own"
    parts = ("", "/impact", f"/file?name={CARE}", "/try")
    pages = [f"/staff/{page.name}" for page in PAGES]
    return [
        "/staff", *pages, *(base + part for part in parts), f"{sets}/cases", f"{sets}/case?id=W1",
        f"/staff/glossary?draft={draft.id}", f"/staff/entitlements?draft={draft.id}",
    ]  # fmt: skip


@pytest.mark.parametrize("role", LOWER)
def test_a_page_shows_nothing_its_reader_may_not_do(
    client: TestClient, colleague: TestClient, office: Office, role: Role
) -> None:
    client.post("/staff/corpus/drafts")
    save_set(office.settings.home, "own", [Case("W1", ("怎么申请？",))], office.door.bot.corpus)
    office.accounts.set_role(COLLEAGUE, role)
    for address in addresses(office):
        page = colleague.get(address)
        if not role.reaches(needed_at("GET", address, "")):
            assert page.status_code == 403, address
            continue
        assert page.status_code == 200, address
        document: Any = html.fromstring(page.text)
        for form in document.xpath("//form[@method='post'][.//button]"):
            action = form.get("action")
            assert role.reaches(needed_at("POST", action, "")), (address, action)
        assert document.xpath("//form[@action='/staff/logout']//button"), "everybody may leave"
        for link in document.xpath("//a/@href"):
            path = urlsplit(link).path or address
            here = needed_at("GET", path, "") if path.startswith("/staff") else Role.LOOK
            assert role.reaches(here), (address, link)
        assert document.xpath("//details[not(.//form)][contains(@class, 'sure')]") == []


def test_who_administers_sees_everything(client: TestClient) -> None:
    page = client.get("/staff/corpus").text
    assert 'action="/staff/corpus/drafts"' in page
    assert 'href="/staff/accounts"' in client.get("/staff").text


def test_a_job_that_somebody_else_began_is_not_stopped(colleague: TestClient, office: Office) -> None:
    from threading import Event

    office.accounts.set_role(COLLEAGUE, Role.TEST)
    go_on = Event()

    def work(progress: object) -> str:
        go_on.wait(30)
        return ""

    for who, status in (("wang.li", 403), (COLLEAGUE, 200)):
        job = office.jobs.start(f"work-of-{who}", who, work)
        assert colleague.post(f"/staff/jobs/{job.id}/cancel").status_code == status
    go_on.set()


def test_large_files_are_for_those_who_may_send_them(colleague: TestClient, office: Office) -> None:
    from web.staff.pages import upload_limit

    cookie = "; ".join(f"{name}={value}" for name, value in colleague.cookies.items())
    scope = {"type": "http", "method": "POST", "path": "/staff/corpus/upload", "headers": [(b"cookie", cookie.encode())], "client": None}  # fmt: skip
    assert upload_limit(office, scope) > office.settings.max_request_bytes
    office.accounts.set_role(COLLEAGUE, Role.TEST)
    assert upload_limit(office, scope) == office.settings.max_request_bytes
