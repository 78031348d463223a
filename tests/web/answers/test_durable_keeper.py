"""Records of a shared database: acknowledged is what lies on the disk, handed in later in order, each once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.records.store import Records
from bot.records.types import Thumb
from ingest.database.database import Database
from ingest.errors import DatabaseAway, ServiceUnavailable, UnusableInput
from tests.web.answers.test_record_keeper import ANSWER, ASKED, AT, HALF_A_SIGN, RETRY_S, said
from tests.web.conftest import SOON_S
from web.answers.durable_keeper import DurableKeeper
from web.answers.record_keeper import Keeping
from web.answers.waiting_file import FILE, WaitingFile


class Reach:
    """A database that is away when a test says so, before what is written to it or right after it was kept."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_away = self.loses_replies = False
        self._writing = database.writing
        self._reading = database.reading
        monkeypatch.setattr(database, "writing", self.writing)
        monkeypatch.setattr(database, "reading", self.reading)

    def _check(self, away: bool) -> None:
        if away:
            raise DatabaseAway("ingest.database_away", where="db/p", cause="cut")

    @contextmanager
    def writing(self) -> Generator[Connection]:
        self._check(self.is_away)
        with self._writing() as connection:
            yield connection
        self._check(self.loses_replies)

    @contextmanager
    def reading(self) -> Generator[Connection]:
        self._check(self.is_away)
        with self._reading() as connection:
            yield connection


@pytest.fixture
def reach(database: Database, monkeypatch: pytest.MonkeyPatch) -> Reach:
    return Reach(database, monkeypatch)


@pytest.fixture
def records(reach: Reach, database: Database, tmp_path: Path) -> Records:
    return Records(tmp_path / "home", database=database)


Made = Callable[..., DurableKeeper]


@pytest.fixture
def made(records: Records) -> Iterator[Made]:
    keepers: list[DurableKeeper] = []

    def make(**wanted: Any) -> DurableKeeper:
        keepers.append(DurableKeeper(records, lambda: AT, retry_s=RETRY_S, **wanted))
        return keepers[-1]

    yield make
    for keeper in keepers:
        keeper.close()


def kept(records: Records) -> list[str]:
    return [turn.id for turn in records.turns()]


def wait_for_trouble(keeper: DurableKeeper) -> Keeping:
    assert not keeper.settle(SOON_S), "nothing prevents it"
    return keeper.keeping()


def test_what_is_kept_reaches_the_database(made: Made, records: Records) -> None:
    keeper = made()
    turn = keeper.keep_turn(ANSWER, ASKED)
    keeper.keep_feedback(said(turn))
    assert keeper.settle(SOON_S)
    assert kept(records) == [turn]
    assert records.feedback().keys() == {turn}
    assert keeper.keeping() == Keeping()


def test_while_the_database_is_away_all_is_taken_and_handed_in_later_in_order(
    made: Made, records: Records, reach: Reach
) -> None:
    keeper = made()
    reach.is_away = True
    turns = [keeper.keep_turn(ANSWER, ASKED) for _ in range(5)]
    keeper.keep_feedback(said(turns[3], Thumb.UP))
    keeper.keep_feedback(said(turns[3], Thumb.DOWN))
    now = wait_for_trouble(keeper)
    assert (now.waiting, now.lost_turns, now.since) == (7, 0, AT)
    assert "cannot be reached" in now.why
    reach.is_away = False
    keeper.close()
    assert kept(records) == turns
    assert {one.turn: one.thumb for one in records.feedback().values()} == {turns[3]: Thumb.DOWN}


def test_what_was_acknowledged_outlives_the_process(made: Made, records: Records, reach: Reach) -> None:
    reach.is_away = True
    first = made()
    turns = [first.keep_turn(ANSWER, ASKED) for _ in range(3)]
    wait_for_trouble(first)
    first.close(within_s=0)
    reach.is_away = False
    again = made()
    again.start()
    assert again.settle(SOON_S)
    assert kept(records) == turns


def test_what_was_kept_though_nobody_was_told_is_kept_once(made: Made, records: Records, reach: Reach) -> None:
    keeper = made()
    reach.loses_replies = True
    turns = [keeper.keep_turn(ANSWER, ASKED) for _ in range(2)]
    wait_for_trouble(keeper)
    reach.loses_replies = False
    keeper.close()
    assert kept(records) == turns


def test_what_is_said_of_an_earlier_answer_waits_while_it_cannot_be_looked_up(
    made: Made, records: Records, reach: Reach
) -> None:
    keeper = made()
    turn = keeper.keep_turn(ANSWER, ASKED)
    assert keeper.settle(SOON_S)
    reach.is_away = True
    keeper.keep_feedback(said(turn))
    keeper.keep_feedback(said("nobody"))
    reach.is_away = False
    keeper.close()
    assert records.feedback().keys() == {turn}
    assert keeper.keeping().lost_feedback == 1, "of an answer that is not there"


def test_what_is_said_of_no_answer_is_refused(made: Made) -> None:
    with pytest.raises(UnusableInput, match="no longer kept"):
        made().keep_feedback(said("nobody"))


def test_the_disk_takes_only_so_many_and_the_rest_is_counted(
    made: Made, records: Records, reach: Reach, tmp_path: Path
) -> None:
    reach.is_away = True
    keeper = made(waiting=WaitingFile(tmp_path / "home", most=2))
    turns = [keeper.keep_turn(ANSWER, ASKED) for _ in range(3)]
    assert turns[2] is None
    with pytest.raises(ServiceUnavailable):
        keeper.keep_feedback(said(turns[0]))
    now = keeper.keeping()
    assert (now.waiting, now.lost_turns, now.lost_feedback) == (2, 1, 1)
    reach.is_away = False
    keeper.close()
    assert kept(records) == turns[:2]


def test_what_cannot_be_written_anywhere_is_counted_and_holds_up_nothing(made: Made, records: Records) -> None:
    keeper = made()
    assert keeper.keep_turn(HALF_A_SIGN, ASKED) is None
    turn = keeper.keep_turn(ANSWER, ASKED)
    keeper.close()
    assert kept(records) == [turn]
    assert keeper.keeping().lost_turns == 1


def test_the_file_is_for_its_owner_and_synced_and_forgets_what_was_handed_in(made: Made, tmp_path: Path) -> None:
    file = WaitingFile(tmp_path)
    file.add("turn", "t", {"answer": "水价很特别"})
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    first = file.first()
    assert first is not None
    file.remove(first.number)
    file.close()
    assert "水价很特别".encode() not in (tmp_path / FILE).read_bytes()
    with sqlite3.connect(tmp_path / FILE) as other:
        assert other.execute("SELECT count(*) FROM waiting").fetchone() == (0,)
    other.close()
