"""On a full disk staff sign in and make room; what they change is noted, or not done."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

import bot.records.spare_room
from bot.records.types import TurnOrigin
from bot.types import Question
from eval.runs.kept_runs import FOLDER as RUNS
from ingest.corpus.draft import drafts
from tests.web.conftest import TODAY
from tests.web.staff.conftest import BROWSER, STAFF, csrf_of, sign_in
from web.answers.recording import Asker
from web.staff.shell import audit_log as audit
from web.staff.shell.audit_log import ROOM_FOR_A_CHANGE, AuditLog, ChangeLog
from web.staff.shell.office import Office

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TOMORROW = "2026-11-21"
USED_UP = "除删除以外的改动暂时不能做"


class Disk:
    """Takes nothing more when a test says so: neither the log of changes, nor secrets, nor records."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_full = False
        self._patch(monkeypatch, audit, "_append")
        self._patch(monkeypatch, bot.records.spare_room, "_written_aside")

    def _patch(self, monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        write: Callable[..., Any] = getattr(module, name)

        def or_full(*given: Any) -> Any:
            if self.is_full:
                raise OSError(28, "No space left on device")
            return write(*given)

        monkeypatch.setattr(module, name, or_full)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, office: Office) -> Disk:
    office.audit.make_ready()
    return Disk(monkeypatch)


def use_up(log: ChangeLog) -> None:
    """Leave no room for a change in the reserve."""
    while log.standing() != "used_up":
        log.note("program", "change", "x" * 2000, a="x" * 2000, b="x" * 2000, c="x" * 2000, d="x" * 2000)


def sign_out(client: TestClient) -> Any:
    return client.post("/staff/logout", headers={"X-CSRF": csrf_of(client)})


def keep(office: Office, at: datetime) -> str:
    assert office.records is not None
    return office.records.keep_turn(office.door.bot.ask(Question(("天气怎么样？",), TODAY)), TurnOrigin("c1", "", at))


def test_staff_sign_in_and_out_on_a_full_disk(disk: Disk, visitor: TestClient, office: Office) -> None:
    disk.is_full = True
    assert sign_in(visitor, password="not the password").status_code == 401
    assert sign_in(visitor).status_code == 303
    page = visitor.get("/staff")
    assert page.status_code == 200
    assert "操作日志写不进磁盘" in page.text
    assert "暂存在备用空间或内存里" in page.text
    assert sign_out(visitor).status_code == 303
    assert not (office.settings.home / "audit.jsonl").exists()
    disk.is_full = False
    assert sign_in(visitor).status_code == 303
    noted = [(entry.who, entry.what) for entry in AuditLog(office.settings.home / "audit.jsonl").entries()]
    assert noted == [(STAFF, what) for what in ("login", "logout", "login", "login_failed")]
    assert "操作日志写不进磁盘" not in visitor.get("/staff").text


def test_waits_after_wrong_passwords_hold_on_a_full_disk(disk: Disk, visitor: TestClient) -> None:
    disk.is_full = True
    for _ in range(3):
        assert sign_in(visitor, password="not the password").status_code == 401
    assert sign_in(visitor, password="not the password").status_code == 429


def test_a_browser_known_from_before_is_known_on_a_full_disk(disk: Disk, visitor: TestClient) -> None:
    disk.is_full = True
    assert sign_in(visitor).status_code == 303
    other = TestClient(visitor.app, headers=BROWSER, follow_redirects=False)
    for _ in range(4):
        sign_in(other, password="not the password")
    assert sign_in(other).status_code == 429
    sign_out(visitor)
    assert sign_in(visitor).status_code == 303, "its owner does not wait for somebody else's guesses"


def test_a_change_is_noted_on_a_full_disk(disk: Disk, client: TestClient, office: Office) -> None:
    disk.is_full = True
    assert client.post("/staff/corpus/drafts").status_code == 303
    assert next(iter(AuditLog(office.settings.home / "audit.jsonl").entries())).what == "corpus_draft_begun"
    assert "操作日志写不进磁盘" in client.get("/staff/corpus").text


def test_when_the_reserve_is_used_up_changes_are_refused_and_deleting_is_not(
    disk: Disk, client: TestClient, office: Office
) -> None:
    client.post("/staff/corpus/drafts")
    (draft,) = drafts(office.settings.home)
    disk.is_full = True
    use_up(office.audit)
    refused = client.post("/staff/corpus/drafts")
    assert refused.status_code == 507
    assert USED_UP in refused.text
    told = client.post("/staff/corpus/drafts", headers={"Accept": "application/json"})
    assert (told.status_code, "Delete old" in told.json()["error"]) == (507, True)
    assert drafts(office.settings.home) == [draft]
    assert "现在只能删除" in client.get("/staff").text
    assert client.post(f"/staff/corpus/drafts/{draft.id}/discard").status_code == 303
    assert drafts(office.settings.home) == []
    disk.is_full = False
    assert client.post("/staff/corpus/drafts").status_code == 303
    noted = [entry.what for entry in AuditLog(office.settings.home / "audit.jsonl").entries()]
    assert noted[:2] == ["corpus_draft_begun", "corpus_draft_discarded"]


def test_what_was_deleted_is_noted_as_soon_as_that_made_room(disk: Disk, client: TestClient, office: Office) -> None:
    small = AuditLog(office.settings.home / "audit.jsonl", reserve_bytes=ROOM_FOR_A_CHANGE)
    office.audit.__dict__.update(small.__dict__)
    run = office.settings.home / RUNS / "20261101-120000"
    run.mkdir(parents=True)
    (run / "run.json").write_text('{"format": 1, "cases": 0}')
    disk.is_full = True
    use_up(office.audit)
    assert client.get("/staff/audit.csv").status_code == 200
    assert client.get("/staff/records.csv").status_code == 507, "what was taken along could not be noted"
    disk.is_full = False
    assert client.post("/staff/evaluation/runs/20261101-120000/delete").status_code == 303
    assert not run.exists()
    assert office.audit.standing() == ""
    assert next(iter(AuditLog(office.settings.home / "audit.jsonl").entries())).what == "run_deleted"


# ── Records ────────────────────────────────────────────────────────────────────────────────────


def test_records_before_a_day_are_deleted_and_the_log_says_who_did_it(client: TestClient, office: Office) -> None:
    assert office.records is not None
    for days in range(5):
        keep(office, NOON - timedelta(days=days))
    page = client.get("/staff/records").text
    assert 'action="/staff/records/forget"' in page
    reply = client.post("/staff/records/forget", data={"before": "2026-11-19"})
    assert reply.headers["location"] == "/staff/records?forgotten=3"
    assert len(list(office.records.turns())) == 2
    entry = next(iter(office.audit.entries()))
    assert (entry.who, entry.what, entry.about) == (STAFF, "records_forgotten", "2026-11-19")
    assert "删除某日之前的提问记录" in client.get("/staff/audit").text


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01"])
def test_no_day_deletes_nothing(client: TestClient, office: Office, day: str) -> None:
    assert office.records is not None
    keep(office, NOON)
    reply = client.post("/staff/records/forget", data={"before": day})
    assert reply.status_code == 422
    assert "没有删除任何记录" in reply.text
    assert len(list(office.records.turns())) == 1


def test_records_are_deleted_on_a_full_disk(disk: Disk, client: TestClient, office: Office) -> None:
    assert office.records is not None
    for _ in range(30):
        keep(office, NOON)
    office.records.hold_room()
    spare = office.records.path.with_name("records.spare")

    def on_a_full_disk(_: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith("DELETE") and spare.exists():
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise full

    event.listen(office.records.engine, "before_cursor_execute", on_a_full_disk)
    disk.is_full = True
    use_up(office.audit)
    reply = client.post("/staff/records/forget", data={"before": TOMORROW})
    assert reply.headers["location"] == "/staff/records?forgotten=30"
    assert list(office.records.turns()) == []


def test_records_that_cannot_be_read_are_a_sentence_and_a_way_to_delete_them(
    client: TestClient, office: Office
) -> None:
    assert office.records is not None
    office.records.close()
    office.records.path.write_bytes(b"no database, " * 1000)
    page = client.get("/staff/records")
    assert page.status_code == 200
    assert "提问记录现在读不出来：records.sqlite 已损坏：请把它移走，系统会新建一个。" in page.text
    assert 'action="/staff/records/forget"' in page.text
    assert client.post("/staff/records/forget", data={"before": TOMORROW}).status_code == 503


def test_what_could_not_be_kept_is_said_on_the_page(client: TestClient, office: Office, tmp_path: Path) -> None:
    assert office.records is not None
    office.records.path.unlink()
    office.records.path.mkdir()
    answer = office.door.bot.ask(Question(("天气怎么样？",), TODAY))
    assert asyncio.run(office.ledger.keep(answer, Asker("c1", ""))) is not None
    assert not office.ledger.settle(30)
    page = client.get("/staff/records").text
    assert "起提问记录写不进磁盘" in page
    assert "1 条在内存里等待" in page
    office.ledger.close()
    assert "有 1 条提问、0 条评价没有保存下来" in client.get("/staff/records").text
