"""Answers do not wait for their records: what cannot be written waits, in its order and within a bound."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import event

import bot.records.database_file
from bot.records.store import Records
from bot.records.types import Feedback, Thumb, TurnOrigin
from bot.types import Declined, Language, Question, Reason
from ingest.errors import ServiceUnavailable, UnusableInput
from tests.web.conftest import SOON_S, locked
from web.answers.record_keeper import Keeping, RecordKeeper

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
QUESTION = Question(("天气怎么样？",), date(2026, 11, 22))
ANSWER = Declined(QUESTION, Language.ZH, Reason.OFF_TOPIC, "汇编未涉及。", (), (), QUESTION.last, 1.0)
HALF_A_SIGN = replace(ANSWER, body="\ud83d")
ASKED = TurnOrigin("c1", "203.0.113.7", AT)
RETRY_S = 0.01

Made = Callable[..., RecordKeeper]


@pytest.fixture
def made(records: Records) -> Iterator[Made]:
    keepers: list[RecordKeeper] = []

    def make(**wanted: Any) -> RecordKeeper:
        keepers.append(RecordKeeper(records, lambda: AT, retry_s=RETRY_S, **wanted))
        return keepers[-1]

    yield make
    for keeper in keepers:
        keeper.close()


@pytest.fixture
def keeper(made: Made) -> RecordKeeper:
    return made()


def said(turn: str | None, thumb: Thumb = Thumb.DOWN) -> Feedback:
    assert turn is not None
    return Feedback(turn, AT, thumb)


def kept(records: Records) -> list[str]:
    return [turn.id for turn in records.turns()]


def wait_for_trouble(keeper: RecordKeeper) -> Keeping:
    assert not keeper.settle(SOON_S), "nothing prevents it"
    return keeper.keeping()


class Disk:
    """A disk that takes no more pages of the database when a test says so."""

    def __init__(self, records: Records) -> None:
        self.is_full = False
        event.listen(records.engine, "checkout", self._limit)

    def _limit(self, connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {1 if self.is_full else 1_000_000}")


# ── Behind another program's lock ──────────────────────────────────────────────────────────────


def test_an_answer_is_given_while_another_program_writes_and_kept_after(keeper: RecordKeeper, records: Records) -> None:
    with locked(records):
        turns = [keeper.keep_turn(ANSWER, ASKED) for _ in range(3)]
        assert len(set(turns)) == 3
        assert None not in turns
        assert kept(records) == []
    keeper.close()
    assert kept(records) == turns


def test_a_thumb_given_before_its_turn_is_written_is_written_after_it(keeper: RecordKeeper, records: Records) -> None:
    with locked(records):
        turn, other = keeper.keep_turn(ANSWER, ASKED), keeper.keep_turn(ANSWER, ASKED)
        keeper.keep_feedback(said(turn, Thumb.UP))
        keeper.keep_feedback(said(turn, Thumb.DOWN))
        keeper.keep_feedback(said(other, Thumb.UP))
        assert keeper.keeping().waiting == 5
    keeper.close()
    assert {one.turn: one.thumb for one in records.feedback().values()} == {turn: Thumb.DOWN, other: Thumb.UP}


def test_a_turn_that_was_kept_before_takes_a_thumb_while_another_program_writes(
    keeper: RecordKeeper, records: Records
) -> None:
    turn = keeper.keep_turn(ANSWER, ASKED)
    assert keeper.settle(SOON_S)
    with locked(records):
        keeper.keep_feedback(said(turn))
    keeper.close()
    assert records.feedback().keys() == {turn}


# ── A file that is gone ────────────────────────────────────────────────────────────────────────


def unlinked(records: Records) -> None:
    records.path.unlink()


def moved(records: Records) -> None:
    records.path.rename(records.path.with_name("earlier.sqlite"))


def emptied_folder(records: Records) -> None:
    shutil.rmtree(records.path.parent)


def replaced(records: Records) -> None:
    other = Records.open(records.path.parent / "other")
    other.close()
    other.path.replace(records.path)


@pytest.mark.parametrize("vanish", [unlinked, moved, emptied_folder, replaced])
def test_a_file_that_is_gone_is_made_anew_and_keeping_goes_on(
    keeper: RecordKeeper, records: Records, vanish: Callable[[Records], None]
) -> None:
    lost = keeper.keep_turn(ANSWER, ASKED)
    assert keeper.settle(SOON_S)
    vanish(records)
    turn = keeper.keep_turn(ANSWER, ASKED)
    assert keeper.settle(SOON_S)
    with pytest.raises(UnusableInput, match="no longer kept"):
        keeper.keep_feedback(said(lost))
    keeper.keep_feedback(said(turn))
    keeper.close()
    records.close()
    reopened = Records.open(records.path.parent)
    assert kept(reopened) == [turn]
    assert reopened.feedback().keys() == {turn}
    assert (records.path.stat().st_mode & 0o077) == 0
    reopened.close()


# ── A disk, a folder, a file that cannot be written ────────────────────────────────────────────


def test_on_a_full_disk_answers_wait_and_the_log_says_so_once(
    keeper: RecordKeeper, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Disk(records)
    disk.is_full = True
    large = replace(ANSWER, body="汇" * 20_000)
    turns = [keeper.keep_turn(large, ASKED) for _ in range(20)]
    trouble = wait_for_trouble(keeper)
    assert (trouble.since, trouble.lost_turns) == (AT, 0)
    assert "full" in trouble.why
    keeper.keep_feedback(said(turns[-1]))
    disk.is_full = False
    keeper.close()
    assert kept(records) == turns
    assert records.feedback().keys() == {turns[-1]}
    assert keeper.keeping() == Keeping()
    (line,) = caplog.messages
    assert "policyqa_records_lost_total" in line


def test_a_second_time_is_said_again(keeper: RecordKeeper, records: Records, caplog: pytest.LogCaptureFixture) -> None:
    for times in (1, 2):
        records.path.unlink()
        records.path.mkdir()
        keeper.keep_turn(ANSWER, ASKED)
        wait_for_trouble(keeper)
        records.path.rmdir()
        while not keeper.settle(SOON_S):
            pass
        assert len(caplog.messages) == times


def test_a_broken_file_costs_nothing_once_it_is_moved_away(keeper: RecordKeeper, records: Records) -> None:
    records.close()
    records.path.write_bytes(b"no database, " * 1000)
    turn = keeper.keep_turn(ANSWER, ASKED)
    assert "not a database" in wait_for_trouble(keeper).why
    records.path.rename(records.path.with_name("broken"))
    keeper.close()
    assert kept(records) == [turn]


def test_a_folder_that_cannot_be_written_holds_up_no_answer(
    keeper: RecordKeeper, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(30, "Read-only file system")

    records.path.unlink()
    with monkeypatch.context() as patched:
        patched.setattr(bot.records.database_file.os, "open", refuse)
        turn = keeper.keep_turn(ANSWER, ASKED)
        assert "Read-only file system" in wait_for_trouble(keeper).why
    keeper.close()
    assert kept(records) == [turn]


def test_what_is_wrong_is_known_before_the_first_question(keeper: RecordKeeper, records: Records) -> None:
    records.close()
    records.path.write_bytes(b"no database, " * 1000)
    keeper.start()
    keeper.close()
    assert "not a database" in keeper.keeping().why


@pytest.mark.parametrize("bad", [HALF_A_SIGN])
def test_an_answer_that_no_file_can_keep_stops_no_other(keeper: RecordKeeper, records: Records, bad: Declined) -> None:
    assert keeper.keep_turn(bad, ASKED)
    turn = keeper.keep_turn(ANSWER, ASKED)
    keeper.close()
    assert kept(records) == [turn]
    assert keeper.keeping().lost_turns == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_that_nobody_foresaw_costs_one_record(
    keeper: RecordKeeper, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Records, "keep_turn", lambda *_: 1 / 0)
        keeper.keep_turn(ANSWER, ASKED)
        assert keeper.settle(SOON_S)
        assert keeper._thread is not None
        keeper._thread.join(SOON_S)
    turn = keeper.keep_turn(ANSWER, ASKED)
    keeper.close()
    assert kept(records) == [turn]
    assert keeper.keeping().lost_turns == 1


# ── The bound, and the end ─────────────────────────────────────────────────────────────────────


def test_what_comes_to_a_full_queue_is_not_taken_and_counted(
    made: Made, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = made(most=3)
    with locked(records):
        taken = [keeper.keep_turn(ANSWER, ASKED) for _ in range(3)]
        assert [keeper.keep_turn(ANSWER, ASKED) for _ in range(2)] == [None, None]
        with pytest.raises(ServiceUnavailable, match="later"):
            keeper.keep_feedback(said(taken[0]))
        now = keeper.keeping()
        assert (now.waiting, now.lost_turns, now.lost_feedback) == (3, 2, 1)
    keeper.close()
    assert kept(records) == taken, "whatever an id was given out for is kept"
    assert len(caplog.messages) == 1


def test_at_the_end_nobody_waits_longer_than_said(
    keeper: RecordKeeper, records: Records, caplog: pytest.LogCaptureFixture
) -> None:
    with locked(records):
        turn = keeper.keep_turn(ANSWER, ASKED)
        keeper.keep_feedback(said(turn))
        keeper.close(within_s=0.0)  # while the lock is still held
        assert kept(records) == []
        now = keeper.keeping()
        assert (now.waiting, now.lost_turns, now.lost_feedback) == (0, 1, 1)
        assert caplog.messages[-1] == "1 answers and 1 opinions could not be written before the end."
        assert keeper.keep_turn(ANSWER, ASKED) is None


def test_at_the_end_a_lock_is_tried_once_more_and_not_for_ever(keeper: RecordKeeper, records: Records) -> None:
    with locked(records):
        keeper.keep_turn(ANSWER, ASKED)
        wait_for_trouble(keeper)
        keeper.close(within_s=SOON_S)
        assert keeper._thread is not None
        assert not keeper._thread.is_alive()


def test_many_threads_lose_nothing(keeper: RecordKeeper, records: Records) -> None:
    def ask_and_complain() -> None:
        for _ in range(10):
            keeper.keep_feedback(said(keeper.keep_turn(ANSWER, ASKED)))

    threads = [threading.Thread(target=ask_and_complain) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    keeper.close(SOON_S)
    assert len(kept(records)) == len(records.complaints()) == 80


def test_room_is_held_for_the_day_there_is_none(keeper: RecordKeeper, records: Records) -> None:
    keeper.keep_turn(ANSWER, ASKED)
    keeper.close()
    spare = records.path.with_name("records.spare")
    assert spare.stat().st_blocks * 512 >= 1024 * 1024 or os.name != "posix"
