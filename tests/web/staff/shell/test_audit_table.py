"""The log of changes in a database: whole, in order, and nothing that must be told is lost while it is away."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from sqlalchemy import text

from ingest.database.database import Database
from ingest.errors import DatabaseAway, DatabaseUnusable, UnusableInput
from tests.databases import TEMPLATE, PostgresServer
from web.staff.shell import audit_table
from web.staff.shell.audit_log import LONGEST_TEXT, AuditEntry
from web.staff.shell.audit_table import AuditTable

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture
def log(database: Database) -> AuditTable:
    return AuditTable(database, lambda: AT)


def whats(log: AuditTable) -> list[str]:
    return [entry.what for entry in log.entries()][::-1]


def test_who_what_when_the_newest_first(log: AuditTable) -> None:
    log.note("wang.li", "case-added", "F001", set="own")
    log.note("王丽", "login")
    newest, oldest = log.entries()
    assert (newest.who, newest.what, newest.about, dict(newest.details)) == ("王丽", "login", "", {})
    assert (oldest.at, oldest.who, oldest.about, dict(oldest.details)) == (AT, "wang.li", "F001", {"set": "own"})


@pytest.mark.parametrize("words", ["x\n\r\x85", "\x00零", "\ud83d", "长" * (LONGEST_TEXT + 1)])
def test_texts_of_any_kind_are_kept(log: AuditTable, words: str) -> None:
    log.note("a", "one", words, more=words)
    (entry,) = log.entries()
    expected = words[:LONGEST_TEXT].encode("utf-8", "replace").decode()
    assert (entry.about, entry.details["more"]) == (expected, expected)


def test_the_order_is_kept_over_more_than_is_read_at_a_time(log: AuditTable, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_table, "ROWS_AT_A_TIME", 3)
    for number in range(8):
        log.note("a", str(number))
    assert whats(log) == [str(number) for number in range(8)]


def test_entries_of_several_replicas_stay_whole(log: AuditTable, database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: AuditTable(database).note("a", str(n)), range(12)))
    assert sorted(whats(log), key=int) == [str(number) for number in range(12)]


def test_nobody_takes_an_entry_away(log: AuditTable, database: Database) -> None:
    log.note("a", "one")
    with pytest.raises((DatabaseUnusable, UnusableInput)), database.writing() as connection:
        connection.execute(text("DELETE FROM audit"))
    assert whats(log) == ["one"]


def test_while_the_database_is_away_changes_are_refused_and_the_rest_waits_in_order(
    log: AuditTable, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.note("a", "before")

    def away() -> None:
        raise DatabaseAway("ingest.database_away", where="d", cause="cut")

    with monkeypatch.context() as patch:
        patch.setattr(database, "writing", away)
        with pytest.raises(DatabaseAway):
            log.check_room()
        log.note_visit("a", "login")
        log.note_deletion("a", "deleted")
        with pytest.raises(DatabaseAway):
            log.note("a", "changed")
        with pytest.raises(DatabaseAway):
            log.check_room()
        assert log.standing() == "reserve"
    log.note("a", "after")
    assert whats(log) == ["before", "login", "deleted", "after"]
    assert log.standing() == ""


class Later:
    """In place of a timer: what it would do, done when the test says."""

    made: ClassVar[list[Later]] = []

    def __init__(self, seconds: float, work: Callable[[], None]) -> None:
        self.run, self.daemon = work, False
        self.made.append(self)

    def start(self) -> None:
        assert self.daemon, "it keeps no process from ending"


def test_what_waits_is_on_the_disk_and_handed_in_when_the_database_is_back(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise DatabaseAway("ingest.database_away", where="d", cause="cut")

    monkeypatch.setattr(Later, "made", [])
    monkeypatch.setattr(audit_table.threading, "Timer", Later)
    waiting = tmp_path / "waiting.jsonl"
    log = AuditTable(database, lambda: AT, waiting)
    with monkeypatch.context() as patch:
        patch.setattr(database, "writing", away)
        log.note_deletion("王丽", "deleted", "一份草稿")
        log.note_visit("a", "logout")
        assert len(waiting.read_text("utf-8").splitlines()) == 2
        (first,) = Later.made
        first.run()
        assert len(Later.made) == 2, "as long as it is away it is tried again, by one"
        killed = AuditTable(database, lambda: AT, waiting)
        assert killed.standing() == "reserve", "it outlives its process"
    Later.made[-1].run()
    assert whats(log) == ["deleted", "logout"]
    assert not waiting.exists()
    assert log.standing() == ""


def test_entries_of_a_process_that_was_killed_come_with_the_next_one(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = tmp_path / "waiting.jsonl"
    row = audit_table.row_of(AuditEntry(AT, "王丽", "deleted", "x", {"draft": "d"}))
    waiting.write_text(f'{json.dumps(row)}\n{{"who": "half', "utf-8")
    log = AuditTable(database, lambda: AT, waiting)
    log.make_ready()
    (entry,) = log.entries()
    assert (entry.who, entry.what, dict(entry.details)) == ("王丽", "deleted", {"draft": "d"})
    assert not waiting.exists()


def test_no_change_is_begun_where_it_could_not_be_noted(prepared_postgres: PostgresServer) -> None:
    with prepared_postgres.database(TEMPLATE) as url:
        name = url.partition("@/")[2].partition("?")[0]
        prepared_postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        database = Database(url)
        with pytest.raises(DatabaseUnusable, match="can only be read"):
            AuditTable(database).check_room()
        database.close()
