"""The log of changes in a database: whole, in order, and nothing that must be told is lost while it is away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from ingest.database.database import Database
from ingest.errors import DatabaseAway, DatabaseUnusable, UnusableInput
from tests.databases import TEMPLATE, PostgresServer
from web.staff.shell import audit_table
from web.staff.shell.audit_log import LONGEST_TEXT
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


def test_no_change_is_begun_where_it_could_not_be_noted(prepared_postgres: PostgresServer) -> None:
    with prepared_postgres.database(TEMPLATE) as url:
        name = url.partition("@/")[2].partition("?")[0]
        prepared_postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        database = Database(url)
        with pytest.raises(DatabaseUnusable, match="can only be read"):
            AuditTable(database).check_room()
        database.close()
