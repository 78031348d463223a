"""Charts and rows of the records."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.records.queries import Line, Opinion, Tally, Topic
from bot.records.types import Feedback, Thumb, Turn
from bot.suggest.question_groups import group_questions
from bot.understand.follow_ups import carry_over
from web.staff.records.view import (
    CSV_HEAD,
    MOST_COLUMNS,
    asked_of,
    csv_rows,
    days_chart,
    days_unit,
    topic_chart,
    unanswered,
)
from web.staff.shell.words import namer, sayer

t, named = sayer("records", "zh"), namer("records", "zh")
NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HOSTILE = "<img src=x onerror=pwn(1)> ${pwn(2)} {{7*7}} [x](javascript:pwn(3))"


def days(n: int) -> list[tuple[date, Tally]]:
    return [(date(2025, 1, 1) + timedelta(days=k), Tally(2, 1)) for k in range(n)]


def line(identity: str, *turns: str, reason: str | None = "off_topic", at: datetime = NOON) -> Line:
    alone = carry_over(turns).standalone
    return Line(identity, "c", at, turns, "declined", reason, None, None, "zh", Opinion.NONE, 1.0, alone)


def test_a_chart_of_days_has_a_column_each_and_says_what_it_shows() -> None:
    chart = days_chart(days(3), t)
    assert chart.count("<title>") == 3
    assert "01-02：提问 2，未回答 1，没帮助 0" in chart
    assert 'aria-label="共提问 6 次，其中 3 次未回答"' in chart


def test_long_times_are_drawn_by_the_week_and_by_the_month_and_lose_nothing() -> None:
    weeks, months = days(MOST_COLUMNS + 1), days(MOST_COLUMNS * 7 + 1)
    assert [days_unit(days(MOST_COLUMNS)), days_unit(weeks), days_unit(months)] == ["by_day", "by_week", "by_month"]
    assert days_chart(weeks, t).count("<title>") == 10
    assert "24-12-30：提问 10，" in days_chart(weeks, t), "the week begins on its Monday"
    assert f"共提问 {2 * len(months)} 次" in days_chart(months, t)
    assert days_chart(months, t).count("<title>") == 15


def test_no_days_make_an_empty_chart() -> None:
    assert "<title>" not in days_chart([], t)


def test_a_topic_leads_to_its_questions_and_stays_text() -> None:
    rows = [(HOSTILE, Tally(5, 0, 0, 2)), (None, Tally(3))]
    chart = topic_chart(Topic.DOCUMENT, rows, t, named, lambda field, value: f"?{field}={len(value)}")
    assert f'<a href="?document={len(HOSTILE)}">&lt;img src=x' in chart
    assert "<img" not in chart
    assert "没帮助 2" in chart
    assert "（没有依据条款）" in chart


def test_answered_ones_are_no_reason_of_declining() -> None:
    chart = topic_chart(Topic.REASON, [(None, Tally(30)), ("off_topic", Tally(4))], t, named, lambda *_: "")
    assert chart.count("<li>") == 1
    assert "与投资政策无关" in chart


def test_headings_have_no_filter_and_so_no_link() -> None:
    assert "<a " not in topic_chart(Topic.HEADING, [("27.水价", Tally(1))], t, named, lambda *_: "?x")


def test_unanswered_questions_stand_together_with_the_latest_of_them() -> None:
    lines = [
        line("a", "包头的房补？"),
        line("b", "请问包头的房补", at=NOON + timedelta(days=1), reason="other_place"),
        line("c", "天气"),
    ]
    groups = unanswered(group_questions(asked_of(lines)), {one.id: one for one in lines})
    assert [(one.question, one.count, one.last.id) for one in groups] == [("包头的房补？", 2, "b"), ("天气", 1, "c")]
    assert groups[0].reasons == ("off_topic", "other_place")


def test_the_same_last_turn_of_other_conversations_is_another_question() -> None:
    lines = [line("a", "A类人才的补贴", "那B类呢"), line("b", "工业水价", "那B类呢")]
    groups = unanswered(group_questions(asked_of(lines)), {one.id: one for one in lines})
    assert [(one.question, one.read_as) for one in groups] == [
        ("那B类呢", "A类人才的补贴 → 那B类呢"),
        ("那B类呢", "工业水价 → 那B类呢"),
    ]


def test_a_last_turn_stands_with_those_that_began_with_it_whatever_was_said_before() -> None:
    lines = [
        line("a", "高企奖励多少？", "包头的房补是多少？"),
        line("b", "包头的房补是多少"),
        line("c", "工业水价", "谢谢", "请问包头的房补是多少"),
        line("d", "包头的房补是多少", "那旗里呢"),
    ]
    groups = unanswered(group_questions(asked_of(lines)), {one.id: one for one in lines})
    assert [(one.question, one.read_as, one.count) for one in groups] == [
        ("包头的房补是多少？", "", 3),
        ("那旗里呢", "包头的房补是多少 → 那旗里呢", 1),
    ]
    assert not any("／" in one.question for one in groups)


def test_what_was_taken_over_is_told_from_the_last_turns_own_words() -> None:
    lines = [line("a", "A类人才的补贴", "那B类呢"), line("b", "包头的房补")]
    assert [(one.question, one.own) for one in asked_of(lines)] == [
        ("A类人才的补贴 → 那B类呢", "那B类呢"),
        ("包头的房补", ""),
    ]


def turn(**other: Any) -> Turn:
    values: dict[str, Any] = {
        "id": "t1", "conversation": "c1", "asked_at": NOON, "client": "5a17ed", "as_of": date(2026, 11, 22),
        "turns": ("先问", "再问"), "level": "旗", "status": "answered", "reason": None, "took_ms": 12.34,
        "answer": {
            "answer": "30万元", "language": "zh",
            "citations": [{"document": "措施", "address": "一、"}, {"document": "措施", "address": "一、"}, {"document": "附则", "address": ""}],
        },
    }  # fmt: skip
    return Turn(**{**values, **other})


def test_a_row_of_the_table_has_every_column_and_not_who_asked() -> None:
    said = Feedback("t1", NOON, Thumb.DOWN, "数字不对", "应该是20万", "20万元")
    ((*row,),) = csv_rows([(turn(), said)], t, named)
    assert len(row) == len(CSV_HEAD)
    told = dict(zip(CSV_HEAD, row, strict=True))
    assert (told["question"], told["earlier"], told["answer"]) == ("再问", "先问", "30万元")
    assert told["citations"] == "措施 一、；附则"
    assert (told["status"], told["opinion"], told["correction"]) == ("已回答", "没帮助", "20万元")
    assert "5a17ed" not in map(str, row)


def test_a_row_without_opinion_or_citations() -> None:
    declined = turn(status="declined", reason="off_topic", answer={"answer": "不答"}, level=None)
    ((*row,),) = csv_rows([(declined, None)], t, named)
    told = dict(zip(CSV_HEAD, row, strict=True))
    assert (told["status"], told["reason"], told["opinion"], told["citations"]) == ("未回答", "与投资政策无关", "", "")
