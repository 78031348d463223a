"""One's own password: changed by who knows the present one, and it ends one's other sessions."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.web.staff.conftest import BROWSER, PASSWORD, STAFF, csrf_of, sign_in
from web.staff.shell.office import Office

NEW = "a new and longer one"


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    client: TestClient, staff_app: FastAPI, office: Office
) -> None:
    with TestClient(staff_app, headers=BROWSER, follow_redirects=False) as elsewhere:
        sign_in(elsewhere)
        before = client.cookies["pq_staff"]
        reply = client.post("/staff/password", data={"old": PASSWORD, "new": NEW, "again": NEW})
        assert reply.status_code == 200
        assert "密码已修改" in reply.text
        assert client.cookies["pq_staff"] != before
        assert client.get("/staff/audit").status_code == 200
        assert elsewhere.get("/staff/audit").status_code == 303
        assert sign_in(elsewhere).status_code == 401
        assert sign_in(elsewhere, password=NEW).status_code == 303
    assert (STAFF, "password_set") in [(entry.who, entry.what) for entry in office.audit.entries()]
    assert NEW not in (office.settings.home / "audit.jsonl").read_text()


def test_the_page_after_the_change_has_a_word_that_holds(client: TestClient) -> None:
    client.post("/staff/password", data={"old": PASSWORD, "new": NEW, "again": NEW})
    client.headers["X-CSRF"] = csrf_of(client)
    assert client.post("/staff/logout").status_code == 303


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"old": "wrong", "new": NEW, "again": NEW}, "现在的密码不对"),
        ({"old": PASSWORD, "new": NEW, "again": NEW + "x"}, "不一样"),
        ({"old": PASSWORD, "new": "short", "again": "short"}, "太短"),
        ({"old": PASSWORD, "new": "x" * 1025, "again": "x" * 1025}, "太短或太长"),
        ({}, "现在的密码不对"),
    ],
)
def test_nothing_changes_otherwise(client: TestClient, office: Office, given: dict[str, str], said: str) -> None:
    reply = client.post("/staff/password", data=given)
    assert reply.status_code == 422
    assert said in reply.text
    assert office.accounts.check(STAFF, PASSWORD)


def test_without_the_word_of_the_form_nothing_changes(client: TestClient, office: Office) -> None:
    del client.headers["X-CSRF"]
    reply = client.post("/staff/password", data={"old": PASSWORD, "new": NEW, "again": NEW})
    assert reply.status_code == 403
    assert office.accounts.check(STAFF, PASSWORD)
