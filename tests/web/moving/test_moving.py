"""A home of an earlier release moved into a database of either engine and out again: every row and every byte."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from bot.records.store import Records
from ingest.database.blobs import PART
from ingest.database.database import Database
from ingest.errors import DatabaseUnusable, PolicyQAError, UnusableInput
from tests.web.staff.conftest import PASSWORD, QUICK_HASHER
from web.http.api_keys import ApiKeys
from web.moving.into_database import move_in
from web.moving.moved import TABLES
from web.moving.out_of_database import move_out
from web.staff.identity.accounts import Accounts
from web.staff.shell.audit_log import AuditLog
from web.staff.shell.audit_table import AuditTable

KEPT = Path(__file__).resolve().parents[2] / "kept_home" / "home"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(KEPT, tmp_path / "home")
    accounts = Accounts(tmp_path / "home" / "accounts.json", QUICK_HASHER)
    accounts.add("wang.li", PASSWORD)
    (tmp_path / "home" / "staff.secret").write_bytes(b"secret")
    return tmp_path / "home"


def files_in(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    paths = ((path.relative_to(folder), path) for path in found)
    return {
        name.as_posix(): path.read_bytes() for name, path in paths if not any(p.startswith(".") for p in name.parts)
    }


def rows_of(database: Database) -> int:
    with database.reading() as connection:
        return sum(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES)


def test_what_went_in_comes_out_the_same(home: Path, database: Database, tmp_path: Path) -> None:
    key = ApiKeys(home / "api-keys.json").add("portal")
    counts = move_in(home, database)
    assert {name: counts[name] for name in ("turn", "feedback", "accounts", "api-keys")} == {
        "turn": 2,
        "feedback": 1,
        "accounts": 1,
        "api-keys": 1,
    }
    assert counts["changes"] == len((home / "audit.jsonl").read_text("utf-8").splitlines())
    there = tmp_path / "there"
    assert move_out(database, there) == counts
    for tree in ("questions", "runs", "corpus-versions"):
        assert files_in(there / tree) == files_in(home / tree), tree
    for name in ("audit.jsonl", "staff.secret", "accounts.json", "api-keys.json"):
        assert (there / name).read_bytes() == (home / name).read_bytes(), name
    assert ApiKeys(there / "api-keys.json").owner(key) == "portal"
    before, after = Records(home), Records(there)
    assert list(after.turns()) == list(before.turns())
    assert after.feedback() == before.feedback()
    before.close()
    after.close()
    assert sorted(path.name for path in there.iterdir() if path.name.startswith(".")) == []


def test_a_service_finds_in_the_database_what_was_in_the_home(home: Path, database: Database) -> None:
    move_in(home, database)
    records, file = Records(home, database=database), Records(home)
    assert list(records.turns()) == list(file.turns())
    assert list(AuditTable(database).entries()) == list(AuditLog(home / "audit.jsonl").entries())
    assert Accounts(home / "accounts.json", QUICK_HASHER, database=database).check("wang.li", PASSWORD)
    file.close()


def test_a_database_that_holds_something_is_left_alone(home: Path, database: Database) -> None:
    AuditTable(database).note("a", "login")
    with pytest.raises(UnusableInput, match="holds 1 rows of audit already"):
        move_in(home, database)
    assert rows_of(database) == 1


def test_twice_is_refused(home: Path, database: Database) -> None:
    move_in(home, database)
    with pytest.raises(UnusableInput, match="already"):
        move_in(home, database)


def broken_records(home: Path) -> None:
    (home / "records.sqlite").write_bytes(b"no database, " * 100)


def broken_accounts(home: Path) -> None:
    (home / "api-keys.json").write_text("{")


@pytest.mark.parametrize("spoil", [broken_records, broken_accounts])
def test_what_cannot_be_read_moves_nothing(home: Path, database: Database, spoil: Callable[[Path], None]) -> None:
    spoil(home)
    with pytest.raises(PolicyQAError):
        move_in(home, database)
    assert rows_of(database) == 0


def test_an_empty_home_is_moved_as_well(tmp_path: Path, database: Database) -> None:
    assert set(move_in(tmp_path / "none", database).values()) == {0}


def test_files_of_several_parts_are_whole(
    home: Path, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.database.blobs.PART_BYTES", 100)
    move_in(home, database)
    with database.reading() as connection:
        assert connection.execute(select(func.max(PART.c.part))).scalar_one() > 3
    move_out(database, tmp_path / "there")
    assert files_in(tmp_path / "there" / "runs") == files_in(home / "runs")


# ── Back ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["records.sqlite", "accounts.json", "runs"])
def test_a_home_that_holds_something_is_left_alone(home: Path, database: Database, tmp_path: Path, name: str) -> None:
    move_in(home, database)
    there = tmp_path / "there"
    there.mkdir()
    (there / name).write_text("mine")
    with pytest.raises(UnusableInput, match=f"{name} is there already"):
        move_out(database, there)
    assert files_in(there) == {name: b"mine"}


def test_a_content_that_was_damaged_writes_nothing(home: Path, database: Database, tmp_path: Path) -> None:
    move_in(home, database)
    with database.writing() as connection:
        connection.execute(text("DELETE FROM blob_part"))
    with pytest.raises(DatabaseUnusable, match="damaged or gone"):
        move_out(database, tmp_path / "there")
    assert files_in(tmp_path / "there") == {}


def test_a_path_that_leads_out_writes_nothing(home: Path, database: Database, tmp_path: Path) -> None:
    move_in(home, database)
    with database.writing() as connection:
        connection.execute(text("UPDATE file SET path = '../../x' WHERE path = (SELECT min(path) FROM file)"))
    with pytest.raises(DatabaseUnusable, match="leads out"):
        move_out(database, tmp_path / "there")
    assert not (tmp_path / "x").exists()


def test_the_salt_of_the_records_moves_nowhere(home: Path, database: Database, tmp_path: Path) -> None:
    salt = (home / "records.salt").read_bytes()
    move_in(home, database)
    with database.reading() as connection:
        assert salt not in [bytes(row.content) for row in connection.execute(text("SELECT content FROM secret"))]
    move_out(database, tmp_path / "there")
    assert not (tmp_path / "there" / "records.salt").exists()
