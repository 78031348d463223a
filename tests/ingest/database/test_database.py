"""The database from its address: made ready by whoever comes first, and refused with one sentence each where it is wrong."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Thread

import pytest
from pydantic import SecretStr
from sqlalchemy import event, text

from ingest.database.address import address_of
from ingest.database.alone import hold_alone
from ingest.database.database import LEFT_ALONE_S, Database, database_at
from ingest.database.schema import VERSION_TABLE, Standing
from ingest.errors import DatabaseAway, DatabaseUnusable, UnusableInput
from tests.databases import PostgresServer

PASSWORD = "Geheim-8"


@pytest.fixture
def empty(postgres: PostgresServer) -> Iterator[str]:
    with postgres.database() as url:
        yield url


def ready(url: str) -> None:
    database = Database(url)
    try:
        database.make_ready()
    finally:
        database.close()


@pytest.mark.parametrize("nothing", [None, SecretStr(""), SecretStr("  ")])
def test_who_sets_nothing_has_no_database(nothing: SecretStr | None) -> None:
    assert database_at(nothing) is None


def test_what_is_written_is_read(database: Database) -> None:
    assert database.standing() is (Standing.CURRENT if database.kind == "postgresql" else Standing.EMPTY)
    with database.writing() as connection:
        connection.execute(text("INSERT INTO settled VALUES ('w', '{}')"))
    with database.reading() as connection:
        assert connection.execute(text("SELECT wording FROM settled")).scalars().all() == ["w"]
    assert database.standing() is Standing.CURRENT


def test_what_fails_half_way_leaves_nothing(database: Database) -> None:
    twice = text("INSERT INTO settled VALUES ('w', '{}')")
    with pytest.raises(UnusableInput, match="cannot be kept"), database.writing() as connection:
        _ = [connection.execute(twice) for _ in range(2)]
    with database.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM settled")).scalar_one() == 0


def test_of_several_that_start_at_once_one_makes_the_tables(empty: str, tmp_path: Path) -> None:
    for url in (empty, f"sqlite:///{tmp_path / 'new.sqlite'}"):
        start = Barrier(4)

        def begin(url: str = url, start: Barrier = start) -> None:
            start.wait()
            ready(url)

        with ThreadPoolExecutor(4) as pool:
            for done in [pool.submit(begin) for _ in range(4)]:
                done.result()
        database = Database(url)
        assert database.standing() is Standing.CURRENT
        database.close()


def test_one_waits_for_the_other_that_holds_a_thing_alone(database: Database) -> None:
    order: list[str] = []

    def second() -> None:
        with database.writing() as connection:
            hold_alone(connection, "thing")
            order.append("second")

    with database.writing() as connection:
        hold_alone(connection, "thing")
        waiting = Thread(target=second)
        waiting.start()
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_a_file_of_sqlite_outlives_power_cuts_and_overwrites_what_is_deleted(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.sqlite'}")
    with database.reading() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("synchronous", "secure_delete", "foreign_keys", "journal_mode")
        }
    database.close()
    assert found == {"synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "journal_mode": "wal"}


# ── What is wrong ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"postgresql+psycopg//u:{PASSWORD}@h/d", "write it as postgresql"),
        (f"postgresql+psycopg://u:{PASSWORD}@h:port/d", "write it as postgresql"),
        (f"postgresql+psycopg://u:{PASSWORD}@h", "write it as postgresql"),
        (f"mysql://u:{PASSWORD}@h/d", "begins with mysql"),
        (f"postgresql+asyncpg://u:{PASSWORD}@h/d", r"begins with postgresql\+asyncpg"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        (f"postgresql+psycopg://u:{PASSWORD}@127.0.0.1:1/d", r"127\.0\.0\.1:1/d cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere_is_told_in_one_sentence(address: str, said: str) -> None:
    with pytest.raises(DatabaseUnusable, match=said) as raised:
        ready(address)
    assert PASSWORD not in str(raised.value) + raised.value.sentence.said("zh") + repr(raised.value.__cause__)
    assert "\n" not in str(raised.value)


def test_an_address_needs_not_name_the_driver() -> None:
    assert address_of("postgres://u@h/d").drivername == address_of("postgresql+psycopg://u@h/d").drivername


def test_a_driver_that_is_not_installed_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(DatabaseUnusable, match=r"policyqa\[postgres\]"):
        Database("postgresql+psycopg://u@h/d")


def test_a_database_that_is_not_there_is_no_passing_fault(postgres: PostgresServer) -> None:
    with pytest.raises(DatabaseUnusable, match=r"nowhere refuses .* create it") as raised:
        ready(postgres.url("nowhere"))
    assert not isinstance(raised.value, DatabaseAway)


def test_a_wrong_password_is_told_and_not_shown(postgres: PostgresServer, empty: str) -> None:
    postgres.run("CREATE ROLE guarded LOGIN PASSWORD 'right'")
    rules = postgres.folder / "pg_hba.conf"
    rules.write_text("local all guarded scram-sha-256\n" + rules.read_text())
    postgres.run("SELECT pg_reload_conf()", "SELECT count(*) FROM pg_hba_file_rules")
    with pytest.raises(DatabaseUnusable, match="refuses name or password") as raised:
        ready(empty.replace("postgres@", f"guarded:{PASSWORD}@"))
    assert PASSWORD not in str(raised.value) + repr(raised.value.__cause__)


def test_an_account_that_may_not_make_tables_is_told(postgres: PostgresServer, empty: str) -> None:
    postgres.run("CREATE ROLE guest LOGIN")
    with pytest.raises(DatabaseUnusable, match="grant our account all rights"):
        ready(empty.replace("postgres@", "guest@"))


def test_a_database_that_is_only_read_serves_what_it_has(prepared_postgres: PostgresServer) -> None:
    with prepared_postgres.database("prepared") as url:
        name = url.partition("@/")[2].partition("?")[0]
        prepared_postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        database = Database(url)
        with database.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM turn")).scalar_one() == 0
        with pytest.raises(DatabaseUnusable, match="can only be read"), database.writing() as connection:
            connection.execute(text("INSERT INTO settled VALUES ('w', '{}')"))
        database.close()


def test_an_empty_database_that_is_only_read_is_told(postgres: PostgresServer, empty: str) -> None:
    name = empty.partition("@/")[2].partition("?")[0]
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with pytest.raises(DatabaseUnusable, match="can only be read"):
        ready(empty)


def test_the_state_of_a_newer_release_is_left_alone(database: Database) -> None:
    database.make_ready()
    with database.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    assert database.standing() is Standing.NEW
    with pytest.raises(DatabaseUnusable, match="state 9999 by a newer release"):
        ready(database.url.render_as_string(hide_password=False))
    assert database.standing() is Standing.NEW


def test_tables_that_others_made_are_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "theirs.sqlite") as other:
        other.execute("CREATE TABLE turn (id)")
    other.close()
    with pytest.raises(DatabaseUnusable, match="name an empty database"):
        ready(f"sqlite:///{tmp_path / 'theirs.sqlite'}")


def test_files_of_sqlite_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match="cannot be opened"):
        ready(f"sqlite:///{tmp_path / 'no' / 'folder.sqlite'}")
    (tmp_path / "broken.sqlite").write_bytes(b"no database, " * 100)
    with pytest.raises(DatabaseUnusable, match="no sound database"):
        ready(f"sqlite:///{tmp_path / 'broken.sqlite'}")


def test_a_connection_that_was_cut_is_a_passing_fault_and_the_next_one_works(prepared_postgres: PostgresServer) -> None:
    with prepared_postgres.database("prepared") as url:
        database = Database(url)
        with pytest.raises(DatabaseAway, match="cannot be reached"), database.reading() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        with database.reading() as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1
        database.close()


def test_a_database_that_is_away_is_left_alone_for_a_moment() -> None:
    now = 0.0
    tries: list[object] = []
    database = Database("postgresql+psycopg://u@127.0.0.1:1/d", clock=lambda: now)
    event.listen(database.engine, "do_connect", lambda *given: tries.append(given))

    def ask() -> None:
        with pytest.raises(DatabaseAway, match="cannot be reached"), database.reading():
            pass

    ask()
    tried = len(tries)
    assert tried
    for _ in range(3):
        ask()
    assert len(tries) == tried, "nobody waits for what is known to be away"
    now = LEFT_ALONE_S
    ask()
    assert len(tries) > tried


def test_the_log_of_changes_is_only_appended_to(database: Database) -> None:
    row = "INSERT INTO audit (at, who, what, about, details) VALUES ('t', 'w', 'x', '', '{}')"
    with database.writing() as connection:
        connection.execute(text(row))
    for change in ("UPDATE audit SET who = 'other'", "DELETE FROM audit"):
        with (
            pytest.raises((DatabaseUnusable, UnusableInput), match="only appended to"),
            database.writing() as connection,
        ):
            connection.execute(text(change))


def test_a_file_is_for_its_owner_only(tmp_path: Path) -> None:
    ready(f"sqlite:///{tmp_path / 'new.sqlite'}")
    assert stat.S_IMODE((tmp_path / "new.sqlite").stat().st_mode) & 0o077 == 0
