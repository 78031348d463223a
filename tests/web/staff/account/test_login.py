"""Signing in and out: who is let in, who waits, and what a stolen or forged request comes to."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.web.staff.conftest import BROWSER, PASSWORD, STAFF, Clock, sign_in
from web.staff.identity.login_throttle import Patience
from web.staff.pages import add_staff
from web.staff.shell.office import Office


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


# ── What attackers try ─────────────────────────────────────────────────────────────────────────


def test_a_session_that_somebody_planted_is_not_taken_over(visitor: TestClient) -> None:
    visitor.cookies.set("pq_staff", "planted", path="/staff")
    assert sign_in(visitor).status_code == 303
    tokens = {cookie.value for cookie in visitor.cookies.jar if cookie.name == "pq_staff"}
    assert "planted" not in tokens or len(tokens) == 2
    visitor.cookies.clear()
    visitor.cookies.set("pq_staff", "planted", path="/staff")
    assert visitor.get("/staff/audit").status_code == 303


def test_signing_in_again_changes_the_token_and_ends_the_old_session(client: TestClient, office: Office) -> None:
    before = client.cookies["pq_staff"]
    office.sessions.end("none")
    client.cookies.delete("pq_staff")
    sign_in(client)
    assert client.cookies["pq_staff"] != before


def test_the_cookie_is_out_of_reach(visitor: TestClient) -> None:
    cookies = sign_in(visitor).headers.get_list("set-cookie")
    (session,) = [cookie for cookie in cookies if cookie.startswith("pq_staff=")]
    assert "HttpOnly" in session
    assert "SameSite=strict" in session
    assert "Path=/staff" in session
    assert "Secure" not in session, "this request came without TLS"


def test_with_https_it_is_secure(staff_app: FastAPI) -> None:
    with TestClient(staff_app, base_url="https://zc.example", headers=BROWSER, follow_redirects=False) as client:
        cookies = sign_in(client).headers.get_list("set-cookie")
        assert cookies
        assert all("Secure" in cookie for cookie in cookies if "Max-Age=0" not in cookie)


@pytest.mark.parametrize("word", ["", "guess", "ü"])
def test_a_login_form_of_another_site_is_refused(visitor: TestClient, word: str) -> None:
    visitor.get("/staff/login")
    given = {"name": STAFF, "password": PASSWORD, "word": word}
    assert visitor.post("/staff/login", data=given).status_code == 403


def test_a_login_form_without_its_cookie_is_refused(visitor: TestClient) -> None:
    assert visitor.post("/staff/login", data={"name": STAFF, "password": PASSWORD, "word": ""}).status_code == 403


def test_a_login_from_another_origin_is_refused(visitor: TestClient) -> None:
    visitor.headers["Origin"] = "https://evil.example"
    assert sign_in(visitor).status_code == 403


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example/staff", "/staff/../../x", "/\\evil.example"]
)
def test_one_is_sent_on_to_own_pages_only(visitor: TestClient, wanted: str) -> None:
    page = visitor.get("/staff/login", params={"next": wanted}).text
    assert 'name="next" value="/staff"' in page
    assert sign_in(visitor, wanted=wanted).headers["location"] == "/staff"
    assert visitor.get("/staff/login", params={"next": wanted}).headers["location"] == "/staff"


def test_guessing_soon_waits_and_the_right_password_after_the_wait_is_let_in(visitor: TestClient, clock: Clock) -> None:
    assert [sign_in(visitor, password="guess no. 123").status_code for _ in range(3)] == [401] * 3
    reply = sign_in(visitor)
    assert reply.status_code == 429, "even the right one waits"
    assert reply.headers["retry-after"] == "2"
    assert "请 2 秒后再试" in reply.text
    clock.now += 2
    assert sign_in(visitor).status_code == 303


def test_the_owner_signs_in_while_others_guess(visitor: TestClient, staff_app: FastAPI, patience: Patience) -> None:
    sign_in(visitor)  # this browser is known from now on
    for number in range(100):
        patience.begin(STAFF, f"192.0.2.{number}")
    visitor.cookies.delete("pq_staff")
    with TestClient(staff_app, headers=BROWSER, follow_redirects=False) as stranger:
        assert sign_in(stranger).status_code == 429
    assert sign_in(visitor).status_code == 303


def test_what_was_typed_wrongly_is_not_in_the_log(visitor: TestClient, office: Office) -> None:
    sign_in(visitor, name="my secret password", password="x")
    sign_in(visitor, password="x")
    assert [(entry.who, entry.what) for entry in office.audit.entries()] == [
        (STAFF, "login_failed"),
        ("?", "login_failed"),
    ]
    assert "secret" not in (office.settings.home / "audit.jsonl").read_text()


@pytest.mark.parametrize(
    "name",
    ["<img src=x onerror=pwn(1)>", '"><script>pwn(2)</script>', "${123457*99991}{{123457*99991}}", "\x00", "a" * 9000],
)
def test_a_hostile_name_stays_text(visitor: TestClient, name: str) -> None:
    reply = sign_in(visitor, name=name)
    assert reply.status_code == 401
    assert "<img" not in reply.text
    assert "<script>pwn" not in reply.text
    assert "12344588887" not in reply.text


def test_a_password_in_a_file_field_is_no_password(visitor: TestClient) -> None:
    visitor.get("/staff/login")
    files = {"password": ("p.txt", PASSWORD.encode())}
    given = {"name": STAFF, "word": visitor.cookies["pq_staff_form"]}
    assert visitor.post("/staff/login", data=given, files=files).status_code == 401


def test_without_any_account_the_page_says_how_to_make_one(visitor: TestClient, office: Office) -> None:
    (office.settings.home / "accounts.json").unlink()
    page = visitor.get("/staff/login")
    assert "python -m web add-user" in page.text
    assert 'type="password"' not in page.text
    assert visitor.get("/staff").status_code == 303


def test_a_broken_file_of_accounts_lets_nobody_in(client: TestClient, office: Office) -> None:
    (office.settings.home / "accounts.json").write_text("{")
    assert client.get("/staff/audit").status_code == 500


# ── Looks ──────────────────────────────────────────────────────────────────────────────────────


def test_no_page_runs_foreign_script_or_stands_in_a_frame(client: TestClient) -> None:
    for path in ("/staff", "/staff/audit", "/staff/password", "/staff/nowhere"):
        reply = client.get(path)
        policy = reply.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "style-src 'self';" in policy
        assert "frame-ancestors 'none'" in policy, "also where others may embed the public page"
        assert reply.headers["x-frame-options"] == "DENY"
        assert reply.headers["cache-control"] == "no-store"
        assert " style=" not in reply.text
        assert re.findall(r"<script(?![^>]*\ssrc=)", reply.text) == []


def test_under_a_prefix_every_address_has_it(office: Office, patience: Patience) -> None:
    app = FastAPI()
    add_staff(app, office, patience)
    with TestClient(app, headers=BROWSER, follow_redirects=False, root_path="/zc") as client:
        assert client.get("/zc/staff/audit").headers["location"] == "/zc/staff/login?next=%2Fstaff%2Faudit"
        page = client.get("/zc/staff/login?next=/staff/audit").text
        word = re.search(r'name="word" value="([^"]+)"', page)
        assert word is not None
        given = {"name": STAFF, "password": PASSWORD, "word": word[1], "next": "/staff/audit"}
        reply = client.post("/zc/staff/login", data=given)
        assert reply.headers["location"] == "/zc/staff/audit"
        assert all("Path=/zc/staff" in cookie for cookie in reply.headers.get_list("set-cookie"))
        inside = client.get("/zc/staff/audit").text
        addresses = re.findall(r'(?:href|src|action)="(/[^"]*)"', page + inside)
        assert addresses
        assert [address for address in addresses if not address.startswith("/zc/")] == []
