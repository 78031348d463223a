"""The file of the records: deleted, replaced, emptied and broken while it is open; locked; and given back to the disk."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.records.store import A_FEW, Records
from bot.records.types import TurnOrigin
from bot.types import Declined, Language, Question, Reason
from ingest.errors import RecordsUnusable, UnusableInput

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUESTION = Question(("天气怎么样？",), date(2026, 11, 22))
ANSWER = Declined(QUESTION, Language.ZH, Reason.OFF_TOPIC, "汇编未涉及。" * 1000, (), (), QUESTION.last, 1.0)
ASKED = TurnOrigin("c1", "203.0.113.7", NOON)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records(tmp_path / "home", lock_wait_s=0.05)
    yield opened
    opened.close()


def kept(records: Records) -> list[str]:
    return [turn.id for turn in records.turns()]


@contextmanager
def locked(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def deleted(path: Path) -> None:
    path.unlink()


def moved(path: Path) -> None:
    path.rename(path.with_name("earlier"))


def without_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def replaced(path: Path) -> None:
    other = Records.open(path.parent / "other")
    other.close()
    other.path.replace(path)


@pytest.mark.parametrize("vanish", [deleted, moved, without_folder, replaced])
def test_what_was_in_a_file_that_is_gone_does_not_come_back_into_its_heir(
    records: Records, vanish: Callable[[Path], None]
) -> None:
    lost = [records.keep_turn(ANSWER, ASKED) for _ in range(3)]
    vanish(records.path)
    assert kept(records) == []
    assert not records.has_turn(lost[0])
    turn = records.keep_turn(ANSWER, ASKED)
    assert kept(records) == [turn]
    with sqlite3.connect(records.path) as other:
        assert other.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert other.execute("SELECT id FROM turn").fetchall() == [(turn,)]
    other.close()


def test_clients_stay_the_same_when_the_file_is_gone(records: Records) -> None:
    records.keep_turn(ANSWER, ASKED)
    (before,) = [turn.client for turn in records.turns()]
    shutil.rmtree(records.path.parent)
    records.keep_turn(ANSWER, ASKED)
    (after,) = [turn.client for turn in records.turns()]
    again = Records.open(records.path.parent)
    assert [turn.client for turn in again.turns()] == [after] == [before]
    again.close()


def test_an_emptied_file_is_a_file_with_tables_again(records: Records) -> None:
    records.keep_turn(ANSWER, ASKED)
    os.truncate(records.path, 0)
    turn = records.keep_turn(ANSWER, ASKED)
    records.close()
    again = Records.open(records.path.parent)
    assert again.has_turn(turn)
    again.close()


def test_a_log_that_somebody_removes_takes_nothing_with_it(records: Records) -> None:
    before = records.keep_turn(ANSWER, ASKED)
    records.path.with_name("records.sqlite-wal").unlink()
    after = records.keep_turn(ANSWER, ASKED)
    records.close()
    again = Records.open(records.path.parent)
    assert kept(again) == [before, after]
    again.close()


def test_a_broken_file_is_used_again_once_it_is_mended(records: Records) -> None:
    turn = records.keep_turn(ANSWER, ASKED)
    records.close()
    whole = records.path.read_bytes()
    records.path.write_bytes(b"no database, " * 1000)
    with pytest.raises(RecordsUnusable, match="not a database"):
        records.has_turn(turn)
    records.path.write_bytes(whole)
    assert records.has_turn(turn)


def test_nobodys_lock_is_waited_for_to_open_and_to_read(records: Records) -> None:
    turn = records.keep_turn(ANSWER, ASKED)
    with locked(records.path):
        again = Records(records.path.parent, lock_wait_s=0.05)
        again.make_ready()
        assert kept(again) == [turn]
        with pytest.raises(RecordsUnusable, match="locked"):
            again.keep_turn(ANSWER, ASKED)
        assert kept(again) == [turn], "a lock is no reason to distrust the file"
        again.close()


def test_a_turn_may_be_kept_again_under_its_id(records: Records) -> None:
    assert records.keep_turn(ANSWER, ASKED, "ours") == records.keep_turn(ANSWER, ASKED, "ours") == "ours"
    assert kept(records) == ["ours"]


def test_what_no_file_can_keep_is_told_from_a_file_that_cannot_be_used(records: Records) -> None:
    def limit(connection: sqlite3.Connection, _: object) -> None:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2000)

    event.listen(records.engine, "connect", limit)
    with pytest.raises(UnusableInput, match="cannot be kept"):
        records.keep_turn(ANSWER, ASKED)
    assert kept(records) == []


def test_what_is_forgotten_is_given_back_to_the_disk(records: Records) -> None:
    for day in range(60):
        records.keep_turn(ANSWER, TurnOrigin("c1", "", NOON + timedelta(days=day)))
    records.close()
    before = records.path.stat().st_size
    assert records.forget_before(NOON + timedelta(days=50)) == 50
    assert [turn.asked_at for turn in records.turns()] == [NOON + timedelta(days=day) for day in range(50, 60)]
    records.close()
    assert records.path.stat().st_size < before / 3
    assert sorted(path.name for path in records.path.parent.iterdir()) == ["records.salt", "records.sqlite"]


def test_a_file_of_an_earlier_version_keeps_its_size_and_loses_nothing(tmp_path: Path) -> None:
    tmp_path.joinpath("home").mkdir()
    with sqlite3.connect(tmp_path / "home" / "records.sqlite") as other:
        other.execute("PRAGMA journal_mode = WAL")
    other.close()
    records = Records.open(tmp_path / "home")
    for day in range(10):
        records.keep_turn(ANSWER, TurnOrigin("c1", "", NOON + timedelta(days=day)))
    assert records.forget_before(NOON + timedelta(days=5)) == 5
    assert len(kept(records)) == 5
    records.close()


def test_on_a_full_disk_a_few_are_forgotten_at_a_time_in_the_room_that_was_held(records: Records) -> None:
    for number in range(3 * A_FEW):
        records.keep_turn(ANSWER, TurnOrigin("c1", "", NOON + timedelta(seconds=number)))
    spare = records.path.with_name("records.spare")
    records.hold_room()
    assert spare.exists()
    deleted_at_once: list[int] = []

    def on_a_full_disk(_: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith("DELETE") and spare.exists():
            full = sqlite3.OperationalError("database or disk is full")
            full.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise full

    def count(_: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith("DELETE"):
            deleted_at_once.append(cursor.rowcount)

    event.listen(records.engine, "before_cursor_execute", on_a_full_disk)
    event.listen(records.engine, "after_cursor_execute", count)
    assert records.forget_before(NOON + timedelta(seconds=2 * A_FEW + 5)) == 2 * A_FEW + 5
    assert deleted_at_once == [A_FEW, A_FEW, 5, 0]
    assert len(kept(records)) == A_FEW - 5
    assert not spare.exists()


def test_where_nothing_was_held_a_full_disk_is_said(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    records.keep_turn(ANSWER, ASKED)
    with locked(records.path), pytest.raises(RecordsUnusable):
        records.forget_before(NOON + timedelta(days=1))
    assert len(kept(records)) == 1
