"""A month counted: its questions by what they cite, what was published in it, which policies end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.pipeline import PolicyBot
from bot.records.queries import Tally
from bot.records.store import Records
from bot.records.types import Feedback, Thumb, TurnOrigin
from bot.types import Question
from tests.web.conftest import TODAY
from web.staff.monthly.month import last_day, month_before, month_of, month_report, months_offered
from web.staff.shell.audit_log import AuditEntry
from web.staff.shell.office import Office

IN, BEFORE = datetime(2026, 11, 20, 4, tzinfo=UTC), datetime(2026, 10, 20, 4, tzinfo=UTC)
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def records(office: Office) -> Records:
    assert office.records is not None
    return office.records


@pytest.mark.parametrize("given", ["", "2026", "2026-13", "2026-00", "1999-12", "2100-01", "2026-1", "11-2026", "x"])
def test_what_is_no_month(given: str) -> None:
    assert month_of(given) is None


def test_months_and_their_last_days() -> None:
    assert month_of(" 2026-11 ") == NOVEMBER
    assert month_before(date(2026, 1, 31)) == date(2025, 12, 1)
    assert [last_day(date(2028, month, 1)).day for month in (1, 2, 4, 12)] == [31, 29, 30, 31]
    assert months_offered(TODAY)[:2] == [NOVEMBER, date(2026, 10, 1)]


def test_only_the_questions_of_the_month_are_counted(bot: PolicyBot, records: Records) -> None:
    def keep(question: str, at: datetime) -> str:
        return records.keep_turn(bot.ask(Question((question,), TODAY)), TurnOrigin("c", "203.0.113.7", at))

    wrong = keep("高企首次认定奖励多少？", IN)
    keep("今天天气怎么样", IN)
    keep("高企首次认定奖励多少？", BEFORE)
    records.keep_feedback(Feedback(wrong, IN, Thumb.DOWN, "数字不对", correction="30万元"))
    asked = month_report(NOVEMBER, records, bot.corpus, ()).asked
    assert asked is not None
    assert (asked.whole, asked.corrected) == (Tally(2, 1, 0, 1), 1)
    assert len(asked.days) == 30
    titles = {row.name: row.said for row in asked.topics}
    assert titles["伊金霍洛旗支持企业高质量发展若干措施"].down == 1
    assert sum(row.said.asked for row in asked.levels) == 2
    assert [(row.name, row.said.asked) for row in asked.reasons] == [("off_topic", 1)]


def test_published_versions_are_those_of_the_log(bot: PolicyBot) -> None:
    entry = AuditEntry(at=IN, who="wang.li", what="corpus_published", about="v2", details={"note": "修订"})
    log = [replace(entry, at=IN, what="login"), entry, replace(entry, at=BEFORE)]
    month = month_report(NOVEMBER, None, bot.corpus, log)
    assert month.published == (entry,)
    assert month.asked is None


def test_policies_that_end_in_the_month_and_within_ninety_days_of_it(bot: PolicyBot) -> None:
    def ends(first: date) -> list[tuple[date, bool]]:
        return [(one.until, one.is_over) for one in month_report(first, None, bot.corpus, ()).endings]

    until = date(2028, 12, 31)  # as printed in one of the texts
    assert ends(date(2028, 12, 1)) == [(until, True)]
    assert ends(date(2028, 10, 1)) == [(until, False)]
    assert ends(date(2028, 9, 1)) == []
    assert ends(date(2029, 1, 1)) == []
