"""Work on complaints in its file: kept over what was seen, gone with its turn, settled for whoever asks again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.records.complaints import (
    Mended,
    Stage,
    Work,
    complaint_on,
    complaints_of,
    keep_work,
    settle,
    settled,
)
from bot.records.store import Records
from bot.records.tables import TURN, stamp
from bot.records.types import Feedback, Thumb
from ingest.errors import ChangedMeanwhile
from tests.bot.records.conftest import OpenRecords

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def records(open_records: OpenRecords) -> Records:
    made = open_records()
    row = {"conversation": "c", "asked_at": stamp(NOON), "client": "", "as_of": "2026-11-20", "turns": '["补贴多少？"]', "answer": "{}", "status": "answered", "took_ms": 1.0}  # fmt: skip
    with made.writing() as connection:
        for identity in ("t1", "t2"):
            connection.execute(insert(TURN).values({**row, "id": identity}))
    return made


def test_only_what_is_complained_of_is_a_complaint(records: Records) -> None:
    records.keep_feedback(Feedback("t1", NOON, Thumb.UP))
    assert complaints_of(records, 10) == []
    records.keep_feedback(Feedback("t2", NOON, Thumb.UP, correction="应为60%"))
    assert [one.turn.id for one in complaints_of(records, 10)] == ["t2"]


def test_work_is_kept_over_what_was_seen_and_nothing_else(records: Records) -> None:
    records.keep_feedback(Feedback("t1", NOON, Thumb.DOWN))
    kept = keep_work(records, "t1", Work(taken_by="li.na", mended=Mended.CASE, reference="own/1"), Work(), LATER)
    with pytest.raises(ChangedMeanwhile):
        keep_work(records, "t1", Work(taken_by="wang.li"), Work(), LATER)
    with pytest.raises(ChangedMeanwhile):
        keep_work(records, "gone", Work(), Work(), LATER)
    found = complaint_on(records, "t1")
    assert found is not None
    assert (found.work, found.work.stage, found.said_again) == (kept, Stage.MENDED, False)
    records.keep_feedback(Feedback("t1", LATER + timedelta(hours=1), Thumb.DOWN))
    again = complaint_on(records, "t1")
    assert again is not None
    assert again.said_again


def test_what_was_worked_on_stays_when_it_is_taken_back_and_goes_with_its_turn(records: Records) -> None:
    records.keep_feedback(Feedback("t1", NOON, Thumb.DOWN))
    keep_work(records, "t1", Work(answer="已答复"), Work(), LATER)
    records.keep_feedback(Feedback("t1", LATER, Thumb.UP))
    found = complaint_on(records, "t1")
    assert found is not None
    assert (found.said, found.work.stage) == (None, Stage.ANSWERED)
    records.forget_turn("t1")
    assert complaints_of(records, 10) == []


def test_wordings_are_settled_together_or_not_at_all(records: Records) -> None:
    settle(records, ["a", "b"], Work(mended=Mended.NOT_OURS, who="li.na"), {}, NOON)
    known = settled(records)
    assert {key: work.mended for key, work in known.items()} == {"a": Mended.NOT_OURS, "b": Mended.NOT_OURS}
    with pytest.raises(ChangedMeanwhile):
        settle(records, ["c", "a"], Work(who="wang.li"), {}, LATER)
    assert settled(records) == known
    settle(records, ["a"], Work(), known, LATER)
    assert settled(records)["a"].mended is None
