"""Lists of names in a database: the same for every replica, changed by one at a time, still known while it is away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.database.database import Database
from ingest.errors import DatabaseAway, DatabaseUnusable, UnusableInput
from tests.web.http.test_api_keys import Clock
from web.http.api_keys import FILE, ApiKeys
from web.http.entry_file import entry_of
from web.http.entry_table import EntryTable


def test_what_one_changes_the_other_reads(database: Database) -> None:
    here, there = EntryTable(database, "list"), EntryTable(database, "list")
    with here.changing() as entries:
        entries["a"], entries["b"] = entry_of("h1", "edit"), entry_of("h2")
    assert {name: (entry.hash, entry.role) for name, entry in there.read().items()} == {
        "a": ("h1", "edit"),
        "b": ("h2", ""),
    }
    with there.changing() as entries:
        del entries["a"]
        entries["b"] = entry_of("h3")
    assert {name: entry.hash for name, entry in here.read().items()} == {"b": "h3"}
    assert EntryTable(database, "another").read() == {}


def test_nothing_is_written_when_something_is_wrong(database: Database, tmp_path: Path) -> None:
    keys = ApiKeys(tmp_path / "keys.json", database)
    keys.add("portal")
    with pytest.raises(UnusableInput):
        keys.add("portal")
    with pytest.raises(UnusableInput):
        keys.remove("nobody")
    assert EntryTable(database, FILE).read().keys() == {"portal"}


def test_of_many_who_change_at_once_none_is_lost(database: Database) -> None:
    def add(number: int) -> None:
        with EntryTable(database, "list").changing() as entries:
            entries[str(number)] = entry_of("h")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(12)))
    assert len(EntryTable(database, "list").read()) == 12


def test_keys_are_the_same_at_every_replica(database: Database, tmp_path: Path) -> None:
    key = ApiKeys(tmp_path / "one.json", database).add("portal")
    assert ApiKeys(tmp_path / "two.json", database).owner(key) == "portal"
    assert list(tmp_path.glob("*.json")) == []


def test_what_was_known_holds_while_the_database_is_away(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    table = EntryTable(database, "list", 1.0, clock, beside=lambda work: work())
    with EntryTable(database, "list").changing() as entries:
        entries["a"] = entry_of("h")
    assert table.read().keys() == {"a"}
    asked = 0

    def away() -> None:
        nonlocal asked
        asked += 1
        raise DatabaseAway("ingest.database_away", where="d", cause="cut")

    with EntryTable(database, "list").changing() as entries:
        entries["b"] = entry_of("h")
    assert table.read().keys() == {"a"}, "read a moment ago"
    clock.now = 1.0
    table.read()
    assert table.read().keys() == {"a", "b"}
    monkeypatch.setattr(database, "reading", away)
    clock.now = 2.0
    assert [set(table.read()) for _ in range(5)] == [{"a", "b"}] * 5
    assert asked == 1, "nobody waits for the database at every request"
    with pytest.raises(DatabaseUnusable):
        EntryTable(database, "list", 1.0, clock).read()
