"""Answers are kept, and never lost for their record."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.records.store import Records
from bot.records.types import Thumb
from bot.types import Declined, Language, Question, Reason
from ingest.errors import ServiceUnavailable, UnusableInput
from tests.web.conftest import SOON_S
from web.answers.recording import Asker, Ledger

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
QUESTION = Question(("先前的一问", "天气怎么样？"), date(2026, 11, 22))
ANSWER = Declined(QUESTION, Language.ZH, Reason.OFF_TOPIC, "汇编未涉及。", (), (), QUESTION.last, 1.0)
ASKER = Asker("c1", "203.0.113.7")


def test_an_answer_is_kept_as_it_went_out(records: Records) -> None:
    ledger = Ledger(records, lambda: AT)
    identity = asyncio.run(ledger.keep(ANSWER, ASKER))
    ledger.close()
    (turn,) = records.turns()
    assert (turn.id, turn.turns) == (identity, QUESTION.turns)
    assert (turn.status, turn.reason, turn.asked_at, turn.conversation) == ("declined", "off_topic", AT, "c1")
    assert turn.answer["answer"] == ANSWER.body


def test_of_the_client_only_a_hash_is_kept(records: Records) -> None:
    ledger = Ledger(records)
    asyncio.run(ledger.keep(ANSWER, ASKER))
    asyncio.run(ledger.keep(ANSWER, Asker("c2", "203.0.113.8")))
    ledger.close()
    first, second = records.turns()
    assert first.client != second.client
    assert ASKER.client.encode() not in records.path.read_bytes()


def test_what_is_said_last_counts(records: Records) -> None:
    ledger = Ledger(records, lambda: AT)

    async def say_twice() -> str | None:
        turn = await ledger.keep(ANSWER, ASKER)
        assert turn
        await ledger.keep_feedback(turn, Thumb.UP, "", "")
        await ledger.keep_feedback(turn, Thumb.DOWN, "数字不对", "<b>应为 300 万元</b>")
        return turn

    turn = asyncio.run(say_twice())
    ledger.close()
    ((about, said),) = records.complaints()
    assert (about.id, said.reason, said.words) == (turn, "数字不对", "<b>应为 300 万元</b>")


def test_nothing_can_be_said_of_an_answer_that_is_not_there(records: Records) -> None:
    with pytest.raises(UnusableInput, match="no longer kept"):
        asyncio.run(Ledger(records).keep_feedback("nowhere", Thumb.UP, "", ""))


def test_without_records_nothing_is_kept_and_nothing_can_be_said() -> None:
    ledger = Ledger()
    assert not ledger.keeps
    assert asyncio.run(ledger.keep(ANSWER, ASKER)) is None
    with pytest.raises(ServiceUnavailable, match="POLICYQA_RECORDS"):
        asyncio.run(ledger.keep_feedback("x", Thumb.UP, "", ""))


def test_a_record_that_cannot_be_written_costs_no_answer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    records = Records.open(tmp_path)
    records.path.unlink()
    records.path.mkdir()
    ledger = Ledger(records)
    first = asyncio.run(ledger.keep(ANSWER, ASKER))
    assert not ledger.settle(SOON_S)
    second = asyncio.run(ledger.keep(ANSWER, ASKER))
    records.path.rmdir()
    ledger.close()
    (said,) = caplog.messages
    assert "records.sqlite" in said
    assert [turn.id for turn in records.turns()] == [first, second], "it waited for the file to be mended"
    records.close()
