"""The page of accounts: what an administrator does there, and what two do at once."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.web.staff.conftest import COLLEAGUE, PASSWORD, STAFF, form_of, is_shown_as_text, sign_in
from web.settings import WebSettings
from web.staff.identity.roles import Role
from web.staff.shell.office import Office

NEW = {"name": "zhao.min", "role": "test", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def staff_settings(staff_settings: WebSettings) -> WebSettings:
    return staff_settings.model_copy(update={"staff_header": "X-Remote-User"})


def last_change(office: Office) -> tuple[str, str, str, dict[str, str]]:
    entry = next(office.audit.entries())
    return entry.who, entry.what, entry.about, dict(entry.details)


def test_an_account_is_added_raised_given_a_password_and_removed(client: TestClient, office: Office) -> None:
    assert client.post("/staff/accounts/add", data=NEW).status_code == 303
    assert last_change(office) == (STAFF, "user_added", "zhao.min", {"role": "test"})
    page = client.get("/staff/accounts").text
    role = form_of(page, "/staff/accounts/role", 1)
    assert (role["name"], role["role"]) == ("zhao.min", "test")
    assert client.post("/staff/accounts/role", data=role | {"role": "approve"}).status_code == 303
    assert office.accounts.role("zhao.min") is Role.APPROVE
    assert last_change(office)[3] == {"role": "approve", "before": "test", "by": "password"}
    password = form_of(client.get("/staff/accounts").text, "/staff/accounts/password", 1)
    password |= {"password": "another long one", "again": "another long one"}
    assert client.post("/staff/accounts/password", data=password).status_code == 303
    assert office.accounts.check("zhao.min", "another long one")
    assert office.accounts.role("zhao.min") is Role.APPROVE
    remove = form_of(client.get("/staff/accounts").text, "/staff/accounts/remove", 1)
    assert client.post("/staff/accounts/remove", data=remove).status_code == 303
    assert office.accounts.names() == [STAFF]
    assert last_change(office)[:3] == (STAFF, "user_removed", "zhao.min")


@pytest.mark.parametrize(
    ("what", "given", "said"),
    [
        ("add", NEW | {"name": "../x"}, "“../x”"),
        ("add", NEW | {"password": "short", "again": "short"}, "10"),
        ("add", NEW | {"again": "something else"}, "两次输入的密码不一样"),
        ("add", NEW | {"role": "emperor"}, "请选择一个角色"),
        ("add", NEW | {"name": STAFF}, "已有账号"),
        ("role", {"name": STAFF, "role": "look"}, "最后一个管理员"),
        ("role", {"name": "nobody", "role": "look"}, "没有账号"),
        ("remove", {"name": STAFF}, "最后一个管理员"),
        ("password", {"name": "nobody", "password": PASSWORD, "again": PASSWORD}, "没有账号"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    client: TestClient, office: Office, what: str, given: dict[str, str], said: str
) -> None:
    before = len(list(office.audit.entries()))
    reply = client.post(f"/staff/accounts/{what}", data=given)
    assert (reply.status_code, said in reply.text) == (422, True), reply.text
    assert office.accounts.roles() == {STAFF: Role.ADMINISTER}
    assert len(list(office.audit.entries())) == before
    assert PASSWORD not in reply.text


def test_what_was_filled_in_is_still_there(client: TestClient) -> None:
    page = client.post("/staff/accounts/add", data=NEW | {"name": "<img src=x>", "role": "edit"}).text
    given = form_of(page, "/staff/accounts/add")
    assert (given["name"], given["role"]) == ("<img src=x>", "edit")
    assert is_shown_as_text(page, "<img src=x>")


def test_the_second_of_two_is_told(client: TestClient, colleague: TestClient, office: Office) -> None:
    client.post("/staff/accounts/add", data=NEW)
    page = client.get("/staff/accounts").text
    first, second = (form_of(page, "/staff/accounts/role", 2) for _ in range(2))
    assert first["name"] == "zhao.min"
    colleague.post("/staff/accounts/role", data=first | {"role": "edit"})
    late = client.post("/staff/accounts/role", data=second | {"role": "approve"})
    assert (late.status_code, f"{COLLEAGUE}（" in late.text) == (409, True)
    assert office.accounts.role("zhao.min") is Role.EDIT
    again = form_of(late.text, "/staff/accounts/role", 2)
    assert again["role"] == "approve", "what was chosen is still chosen"
    assert client.post("/staff/accounts/role", data=again).status_code == 303
    assert office.accounts.role("zhao.min") is Role.APPROVE


def test_who_lowers_the_own_role_is_led_to_the_start(client: TestClient, colleague: TestClient) -> None:
    own = form_of(colleague.get("/staff/accounts").text, "/staff/accounts/role")
    assert own["name"] == COLLEAGUE
    reply = colleague.post("/staff/accounts/role", data=own | {"role": "edit"})
    assert reply.headers["location"] == "/staff"
    assert colleague.get("/staff/accounts").status_code == 403
    assert client.get("/staff/accounts").status_code == 200


def test_a_name_from_the_single_sign_on_is_raised_and_lowered(client: TestClient, office: Office) -> None:
    form = {"name": STAFF, "role": "edit", "by": "header"}
    assert client.post("/staff/accounts/add", data=form).status_code == 303
    assert office.accounts.roles("header") == {STAFF: Role.EDIT}
    assert office.accounts.role(STAFF) is Role.ADMINISTER, "the account of that name is somebody else's"
    lower = form_of(client.get("/staff/accounts").text, "/staff/accounts/role", 1)
    assert lower["by"] == "header"
    client.post("/staff/accounts/role", data=lower | {"role": "look"})
    assert office.accounts.roles("header") == {}


def test_a_new_account_does_what_its_role_allows(client: TestClient, visitor: TestClient) -> None:
    client.post("/staff/accounts/add", data=NEW)
    visitor.cookies.clear()
    del visitor.headers["X-CSRF"]
    assert sign_in(visitor, "zhao.min").status_code == 303
    assert visitor.get("/staff/bench").status_code == 200
    assert visitor.get("/staff/accounts").status_code == 403
