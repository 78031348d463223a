"""The log as a page: filtered, in pages, as a table; whatever stands in it stays text."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.staff.conftest import STAFF
from web.staff.audit.page import ENTRIES_A_PAGE, AuditFilter
from web.staff.shell.audit_log import AuditEntry, AuditLog
from web.staff.shell.office import Office

DAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HOSTILE = "<img src=x onerror=pwn(1)>"


@pytest.fixture
def filled(office: Office) -> Office:
    """Entries of three days."""
    for number in range(3):
        log = AuditLog(office.settings.home / "audit.jsonl", lambda number=number: DAY + timedelta(days=number))
        log.note("li.si", "case-added", f"F00{number}", set="own")
        log.note(HOSTILE, "=1+1", HOSTILE, words="{{7*7}}")
    return office


def rows(reply: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"), newline="")))


@pytest.mark.usefixtures("filled")
def test_filters_go_together(client: TestClient) -> None:
    page = client.get("/staff/audit?who=li.si&day=2026-11-21").text
    assert "F001" in page
    assert "F000" not in page
    assert 'href="/staff/audit.csv?who=li.si&amp;what=&amp;day=2026-11-21"' in page
    assert "没有符合条件的记录" in client.get("/staff/audit?who=nobody").text
    assert "F002" in client.get("/staff/audit?day=not-a-day").text


@pytest.mark.usefixtures("filled")
def test_hostile_text_stays_text(client: TestClient) -> None:
    page = client.get("/staff/audit").text
    assert "&lt;img src=x onerror=pwn(1)&gt;" in page
    assert "<img" not in page
    assert "<img" not in client.get("/staff").text
    assert "{{7*7}}" in page
    query = client.get("/staff/audit", params={"who": '"><script>pwn()</script>', "what": "'--"}).text
    assert "<script>pwn" not in query


@pytest.mark.usefixtures("filled")
def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(client: TestClient) -> None:
    reply = client.get("/staff/audit.csv?lang=zh")
    head, *lines = rows(reply)
    assert head == ["时间", "账号", "操作", "对象", "详情"]
    assert len(lines) == 7  # six and the login
    assert [line[2] for line in lines if line[1] == STAFF] == ["登录"]
    assert {line[2] for line in lines if line[1] == HOSTILE} == {"'=1+1"}
    assert rows(client.get("/staff/audit.csv?who=li.si&lang=en"))[0][0] == "When"


def test_long_logs_come_in_pages(client: TestClient, office: Office) -> None:
    for number in range(ENTRIES_A_PAGE + 3):
        office.audit.note("li.si", "case-added", f"<{number}>")
    first, second = client.get("/staff/audit?who=li.si").text, client.get("/staff/audit?who=li.si&page=2").text
    assert first.count("<tr><td") == ENTRIES_A_PAGE
    assert second.count("<tr><td") == 3
    assert "page=2" in first
    assert "page=1" in second
    assert client.get("/staff/audit?page=-5").status_code == 200
    assert client.get("/staff/audit?page=999999999999").status_code == 200
    assert client.get("/staff/audit?page=x").status_code == 422


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (AuditFilter(), True),
        (AuditFilter(who="a"), True),
        (AuditFilter(who="A"), False),
        (AuditFilter(what="login"), True),
        (AuditFilter(what="logout"), False),
        (AuditFilter(day=DAY.astimezone().date()), True),
        (AuditFilter(day=date(2026, 11, 18)), False),
    ],
)
def test_what_fits(wanted: AuditFilter, fits: bool) -> None:
    assert wanted.fits(AuditEntry(DAY, "a", "login")) is fits


@pytest.mark.usefixtures("filled")
def test_details_are_called_in_the_readers_language(client: TestClient) -> None:
    assert "题集: own" in client.get("/staff/audit").text
    assert "说明: {{7*7}}" in client.get("/staff/audit").text
    assert "set: own" in client.get("/staff/audit?lang=en").text
