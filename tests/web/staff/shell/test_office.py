"""Who is believed, which forms are ours, and where one is sent."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from pydantic import ValidationError
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from tests.web.staff.conftest import BROWSER, PASSWORD, STAFF, csrf_of, sign_in
from web.http.guards import PeerKept
from web.settings import WebSettings
from web.staff.shell.office import Office, is_own_origin, own_path


@pytest.mark.parametrize(
    "path",
    ["/staff", "/staff/audit", "/staff/audit?page=2&who=a", "/staff/records/turn-1", "/staff/corpus/", "/staff#x"],
)
def test_own_paths_are_gone_on_to(path: str) -> None:
    assert own_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/library",
        "//evil.example/staff",
        "///evil.example",
        "https://evil.example/staff",
        "http:/staff",
        "javascript:alert(1)",
        "/\\evil.example",
        "/staff\\..\\..\\evil",
        "\\\\evil.example/staff",
        "/staff/../..//evil.example",
        "/staff/..",
        "/staff/./x/../../y",
        "/staff//evil.example",
        "/staff/%2e%2e/",
        "/staff/%0d%0aSet-Cookie:x",
        "/staff\r\nSet-Cookie: x=1",
        "/staff\t",
        " /staff",
        "/staffroom",
        "staff",
        "/staff@evil.example/../",
        "@evil.example",
        "?next=/staff",
        "/\u2215staff",
    ],
)
def test_anything_else_leads_to_the_first_page(path: str) -> None:
    assert own_path(path) == "/staff"


def request_with(headers: dict[str, str]) -> Request:
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/staff", "headers": raw, "query_string": b""})


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"Host": "zc.example"}, True),  # a program; the form's word still counts
        ({"Host": "zc.example", "Origin": "https://zc.example"}, True),
        ({"Host": "zc.example", "Origin": "http://zc.example:80"}, True),
        ({"Host": "zc.example:443", "Origin": "https://zc.example"}, True),
        ({"Host": "127.0.0.1:7860", "Origin": "http://127.0.0.1:7860"}, True),
        ({"Host": "127.0.0.1:7860", "Origin": "http://127.0.0.1:9000"}, False),
        ({"Host": "zc.example", "Origin": "https://evil.example"}, False),
        ({"Host": "zc.example", "Origin": "https://zc.example.evil.example"}, False),
        ({"Host": "zc.example", "Origin": "null"}, False),
        ({"Host": "zc.example", "Origin": ""}, False),
        ({"Host": "zc.example", "Sec-Fetch-Site": "same-origin", "Origin": "https://zc.example:8443"}, True),
        ({"Host": "zc.example", "Sec-Fetch-Site": "same-site"}, False),
        ({"Host": "zc.example", "Sec-Fetch-Site": "cross-site", "Origin": "https://zc.example"}, False),
        ({"Host": "zc.example", "Sec-Fetch-Site": "none"}, False),
    ],
)
def test_where_a_request_comes_from(headers: dict[str, str], own: bool) -> None:
    assert is_own_origin(request_with(headers)) is own


# ── Forms ──────────────────────────────────────────────────────────────────────────────────────


def test_a_form_with_its_word_is_taken(client: TestClient) -> None:
    word = client.headers.pop("X-CSRF")
    assert client.post("/staff/logout", data={"csrf": word}).status_code == 303


@pytest.mark.parametrize(
    ("data", "headers"),
    [
        ({}, {}),
        ({"csrf": ""}, {}),
        ({"csrf": "0" * 96}, {}),
        ({"csrf": "{word}"}, {"Origin": "https://evil.example"}),
        ({"csrf": "{word}"}, {"Sec-Fetch-Site": "cross-site"}),
        ({}, {"X-CSRF": "guess"}),
        ({"csrf": "{word}"}, {"X-CSRF": "guess"}),
    ],
)
def test_a_form_without_its_word_or_from_elsewhere_is_refused(
    client: TestClient, data: dict[str, str], headers: dict[str, str]
) -> None:
    word = client.headers.pop("X-CSRF")
    given = {key: value.format(word=word) for key, value in data.items()}
    reply = client.post("/staff/logout", data=given, headers=headers)
    assert reply.status_code == 403
    assert "不是从本站页面发出的" in reply.text
    assert client.get("/staff").status_code == 200, "still signed in"


def test_the_word_of_another_session_is_no_good(client: TestClient, staff_app: FastAPI) -> None:
    with TestClient(staff_app, headers=BROWSER, follow_redirects=False) as other:
        sign_in(other)
        assert client.post("/staff/logout", headers={"X-CSRF": csrf_of(other)}).status_code == 403


def test_a_file_that_is_no_text_cannot_stand_for_the_word(client: TestClient) -> None:
    del client.headers["X-CSRF"]
    assert client.post("/staff/logout", files={"csrf": ("a.txt", b"x")}).status_code == 403


# ── Single sign-on ─────────────────────────────────────────────────────────────────────────────

PROXY, STRANGER = "10.0.0.1", "192.0.2.66"
HEADER = "X-Remote-User"


@pytest.fixture
def by_header(staff_settings: WebSettings) -> WebSettings:
    return staff_settings.model_copy(update={"staff_header": HEADER, "trusted_proxies": "10.0.0.1, 10.9.0.0/16"})


@pytest.fixture
def sso_app(office: Office, by_header: WebSettings) -> FastAPI:
    from dataclasses import replace

    from web.staff.pages import add_staff

    app = FastAPI()
    add_staff(app, replace(office, settings=by_header))
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=by_header.trusted_proxies)
    app.add_middleware(PeerKept)
    return app


def visit(app: FastAPI, peer: str, headers: Any) -> Any:
    with TestClient(app, headers=BROWSER, client=(peer, 4000), follow_redirects=False) as client:
        return client.get("/staff/audit", headers=headers)


@pytest.mark.parametrize(
    ("peer", "headers", "let_in"),
    [
        (PROXY, [(HEADER, "zhang.san")], True),
        ("10.9.8.7", [(HEADER, "zhang.san")], True),
        (PROXY, [("x-remote-user", "zhang.san")], True),
        (PROXY, [], False),
        (PROXY, [(HEADER, "")], False),
        (PROXY, [(HEADER, "  ")], False),
        (STRANGER, [(HEADER, "zhang.san")], False),
        (STRANGER, [(HEADER, "zhang.san"), ("X-Forwarded-For", PROXY)], False),  # says it is the proxy
        (PROXY, [(HEADER, "zhang.san"), ("X-Forwarded-For", STRANGER)], True),  # the usual case: a visitor behind it
        (PROXY, [(HEADER, "zhang.san"), (HEADER, "admin")], False),  # one of the two may be the visitor's
        (PROXY, [("X_Remote_User", "zhang.san")], False),
        (PROXY, [(HEADER, "x" * 65)], False),
        (PROXY, [(HEADER, "a\x07b")], False),
    ],
)
def test_the_header_is_believed_from_the_proxy_only(
    sso_app: FastAPI, peer: str, headers: list[tuple[str, str]], let_in: bool
) -> None:
    reply = visit(sso_app, peer, headers)
    assert (reply.status_code == 200) is let_in
    if let_in:
        assert "zhang.san" in reply.text
        assert "退出" not in reply.text, "signing out is the single sign-on's"


def test_a_header_is_nothing_when_the_settings_name_none(staff_app: FastAPI) -> None:
    assert visit(staff_app, PROXY, {HEADER: "zhang.san"}).status_code == 303


def test_a_chinese_name_is_shown_as_text(sso_app: FastAPI) -> None:
    reply = visit(sso_app, PROXY, {HEADER: "张三<img src=x onerror=pwn(1)>".encode()})
    assert reply.status_code == 200
    assert "张三&lt;img" in reply.text
    assert "<img" not in reply.text


def test_forms_need_their_word_with_a_header_too(sso_app: FastAPI) -> None:
    headers = {HEADER: "zhang.san", **BROWSER}
    with TestClient(sso_app, headers=headers, client=(PROXY, 4000), follow_redirects=False) as client:
        assert client.post("/staff/jobs/x/cancel").status_code == 403
        word = csrf_of(client)
        assert client.post("/staff/jobs/x/cancel", headers={"X-CSRF": word}).status_code == 404
        other = {"X-CSRF": word, HEADER: "li.si"}
        assert client.post("/staff/jobs/x/cancel", headers=other).status_code == 403


def test_every_proxy_must_be_named_when_a_header_is_believed(tmp_path: Any) -> None:
    given: dict[str, Any] = {"home": tmp_path, "staff_header": HEADER, "trusted_proxies": "*"}
    with pytest.raises(ValidationError, match="must be an address"):
        WebSettings(**given)


def test_a_changed_password_or_removed_account_ends_the_session_at_once(client: TestClient, office: Office) -> None:
    assert client.get("/staff/audit").status_code == 200
    office.accounts.set_password(STAFF, PASSWORD)  # even to the same words
    assert client.get("/staff/audit").status_code == 303
    sign_in(client)
    office.accounts.add("li.na", PASSWORD)
    office.accounts.remove(STAFF)
    assert client.get("/staff/audit").status_code == 303
