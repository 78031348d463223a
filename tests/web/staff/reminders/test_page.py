"""The page of reminders and its feeds: a secret address that is shown once and can be revoked."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from tests.web.conftest import TODAY
from tests.web.staff.conftest import COLLEAGUE, STAFF
from web.staff.identity.roles import Role
from web.staff.shell.office import Office

HOME = "/staff/reminders"
TITLE = "青川区支持人才企业科技创新和产业高质量发展的若干措施"
LAST = date(TODAY.year, 12, 31)


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def texts(texts: Path) -> Path:
    text = f"{TITLE}\n第一条 奖励10万元。\n第二条 本措施自2024年1月1日起施行，有效期至{TODAY.year}年12月31日。\n"
    (texts / "快到期.txt").write_text(text, "utf-8")
    return texts


def new_addresses(client: TestClient) -> tuple[str, str]:
    """The calendar's and the reader's, as paths."""
    page = client.post(f"{HOME}/address").text
    calendar, reader = re.findall(r'value="https?://[^/"]+(/feeds/[^"]+)"', unescape(page))
    return calendar, reader


def test_what_is_due_stands_on_its_page_and_on_the_first(client: TestClient) -> None:
    left = (LAST - TODAY).days
    words = f"《{TITLE}》{LAST} 到期，还有 {left} 天。"
    assert words in unescape(client.get(HOME).text)
    assert words in unescape(client.get("/staff").text)
    assert "days from now" in client.get(f"{HOME}?lang=en").text


def test_the_calendar_is_one_that_programs_read(client: TestClient, visitor: TestClient) -> None:
    address, _ = new_addresses(client)
    visitor.cookies.clear()
    reply = visitor.get(address)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    body = reply.content
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    assert b"\n" not in body.replace(b"\r\n", b"")
    whole = body.decode().replace("\r\n ", "").split("\r\n")
    assert whole[0] == "BEGIN:VCALENDAR"
    assert whole[-2:] == ["END:VCALENDAR", ""]
    assert f"DTSTART;VALUE=DATE:{LAST:%Y%m%d}" in whole
    assert [line for line in whole if line.startswith("TRIGGER")] == ["TRIGGER:-P7D", "TRIGGER:-P30D", "TRIGGER:-P90D"]
    (summary,) = (line for line in whole if line.startswith("SUMMARY"))
    assert summary == f"SUMMARY:《{TITLE}》{LAST} 到期"
    assert visitor.head(address).status_code == 200


def test_the_reader_gets_the_same(client: TestClient, visitor: TestClient) -> None:
    _, address = new_addresses(client)
    visitor.cookies.clear()
    reply = visitor.get(address)
    root = fromstring(reply.content)
    (item,) = root.findall("./channel/item")
    assert item.findtext("title") == f"《{TITLE}》{LAST} 到期"
    assert (item.findtext("link") or "").startswith("http://testserver/staff/policies/")
    assert visitor.get(address).content == reply.content, "nothing of it changes from one look to the next"


def test_an_address_is_shown_once_and_its_hash_alone_is_kept(client: TestClient, office: Office) -> None:
    address, _ = new_addresses(client)
    secret = address.split("/")[2]
    assert secret not in client.get(HOME).text
    assert secret not in (office.settings.home / "feeds.json").read_text("utf-8")
    noted = list(office.audit.entries())
    assert secret not in str(noted)
    entry = noted[0]
    assert (entry.who, entry.what) == (STAFF, "feed_address_made")


def test_an_old_address_is_one_sentence(client: TestClient, office: Office) -> None:
    first, _ = new_addresses(client)
    second, reader = new_addresses(client)
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)
    assert client.post(f"{HOME}/revoke").status_code == 303
    for address in (second, reader):
        reply = client.get(address, headers={"Accept-Language": "zh-CN"})
        assert reply.status_code == 410
        assert reply.text.strip().count("。") == 1
        assert "撤销" in reply.text
    assert "revoked" in client.get(f"{second.partition('?')[0]}?lang=en").text
    assert next(office.audit.entries()).what == "feed_address_revoked"


@pytest.mark.parametrize("secret", ["x", "x" * 300, "没有", "..", "%00"])
def test_an_address_that_never_was_is_one_sentence(client: TestClient, secret: str) -> None:
    reply = client.get(f"/feeds/{secret}/reminders.ics", headers={"Accept-Language": "zh-CN"})
    assert reply.status_code == 404
    assert secret == ".." or reply.text.strip() == "没有这个订阅地址，请检查是否复制完整。"


def test_the_address_of_an_account_that_is_gone_is_old(
    client: TestClient, colleague: TestClient, office: Office
) -> None:
    office.accounts.set_role(COLLEAGUE, Role.LOOK)
    address, _ = new_addresses(colleague)
    assert client.get(address).status_code == 200
    office.accounts.remove(COLLEAGUE)
    assert client.get(address).status_code == 410


def test_a_file_that_cannot_be_read_is_one_sentence_and_the_feed_goes_on(client: TestClient, office: Office) -> None:
    address, _ = new_addresses(client)
    (office.settings.home / "reminders.json").write_text("{", "utf-8")
    assert "reminders.json" in client.get(HOME).text
    assert client.get(address).status_code == 200
