"""Signing in and out: who is let in, who waits, and what a stolen or forged request comes to."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.web.staff.conftest import PASSWORD, STAFF, sign_in
from web.staff.office import Office


def test_nobody_sees_a_page_without_signing_in(visitor: TestClient) -> None:
    reply = visitor.get("/staff/audit?page=2")
    assert reply.status_code == 303
    assert reply.headers["location"] == "/staff/login?next=%2Fstaff%2Faudit%3Fpage%3D2"
    assert visitor.get("/staff/audit", headers={"Accept": "application/json"}).status_code == 401


def test_right_name_and_password_lead_on(visitor: TestClient, office: Office) -> None:
    reply = sign_in(visitor, wanted="/staff/audit")
    assert (reply.status_code, reply.headers["location"]) == (303, "/staff/audit")
    page = visitor.get("/staff/audit")
    assert page.status_code == 200
    assert STAFF in page.text
    assert [(entry.who, entry.what) for entry in office.audit.entries()] == [(STAFF, "login")]


def test_wrong_password_and_unknown_name_get_the_same_words(visitor: TestClient) -> None:
    wrong = sign_in(visitor, password="not the password")
    unknown = sign_in(visitor, name="nobody", password=PASSWORD)
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert "账号或密码不对" in wrong.text
    assert "账号或密码不对" in unknown.text


def test_the_first_page_names_what_answers_rest_on(client: TestClient, office: Office) -> None:
    page = client.get("/staff").text
    assert office.door.bot.corpus.title in page
    assert client.get("/staff?lang=en").text.count("Answers rest on") == 1
    assert "Answers rest on" in client.get("/staff").text, "the choice of language is kept"


def test_a_change_without_the_word_is_refused(client: TestClient) -> None:
    del client.headers["X-CSRF"]
    assert client.post("/staff/logout", data={"csrf": "guess"}).status_code == 403
    assert client.get("/staff/audit").status_code == 200


def test_signing_out_ends_the_session(client: TestClient) -> None:
    assert client.post("/staff/logout").status_code == 303
    assert client.get("/staff/audit").status_code == 303
