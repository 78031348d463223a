"""What staff ask of the records, and that a hundred thousand turns are asked by index, not by reading answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.records.queries import (
    LINES_A_PAGE,
    Opinion,
    RecordFilter,
    Tally,
    Topic,
    by_day,
    by_topic,
    first_instant,
    lines_of,
    page_of,
    tally,
    whole_turns,
)
from bot.records.store import FILE, Records
from bot.records.types import Feedback, Thumb, TurnOrigin
from bot.types import Answer, Answered, AnswerSentence, Citation, Declined, Language, Question, Reason
from index.types import Filters
from ingest.types import Clause, Span
from tests.bot.records.conftest import OpenRecords

DAY = date(2026, 11, 20)
NOON = first_instant(DAY) + timedelta(hours=12)
WATER = "——工商业用水：10.4元/吨"


@pytest.fixture
def records(open_records: OpenRecords) -> Records:
    return open_records()


@pytest.fixture
def file_records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def clause(clause_with) -> Clause:
    return clause_with(WATER)


def answered(question: str, clause: Clause, title: str = "投资要素成本", *earlier: str) -> Answer:
    citation = Citation(1, clause, title, (Span(0, 6),), "answer")
    sentence = AnswerSentence(clause.text, (1,), ())
    asked = Question((*earlier, question), DAY, Filters(levels=frozenset({"旗"})))
    return Answered(asked, Language.ZH, (sentence,), (citation,), (), question, 12.5)


def declined(question: str, reason: Reason = Reason.OFF_TOPIC) -> Answer:
    return Declined(Question((question,), DAY), Language.EN, reason, "no", (), (), question, 3.0)


def keep(records: Records, answer: Answer, at: datetime = NOON, conversation: str = "c1") -> str:
    return records.keep_turn(answer, TurnOrigin(conversation, "203.0.113.7", at))


def thumb(records: Records, turn: str, thumb: Thumb, correction: str = "") -> None:
    records.keep_feedback(Feedback(turn, NOON, thumb, correction=correction))


def test_everything_is_counted(records: Records, clause: Clause) -> None:
    thumb(records, keep(records, answered("水价", clause)), Thumb.UP)
    thumb(records, keep(records, answered("电价", clause)), Thumb.DOWN)
    keep(records, declined("天气"))
    assert tally(records, RecordFilter()) == Tally(asked=3, declined=1, up=1, down=1)


def test_a_day_without_questions_is_a_day_too(records: Records, clause: Clause) -> None:
    keep(records, answered("水价", clause), NOON - timedelta(days=2))
    thumb(records, keep(records, declined("天气"), NOON), Thumb.DOWN)
    days = by_day(records, RecordFilter(first=DAY - timedelta(days=3), last=DAY))
    assert [(day.day, told.asked, told.declined, told.down) for day, told in days] == [
        (17, 0, 0, 0),
        (18, 1, 0, 0),
        (19, 0, 0, 0),
        (20, 1, 1, 1),
    ]


def test_no_question_at_all_has_no_days_unless_they_are_named(records: Records) -> None:
    assert by_day(records, RecordFilter()) == []
    assert by_day(records, RecordFilter(first=DAY, last=DAY)) == [(DAY, Tally())]


def test_a_day_is_one_of_this_machine(records: Records) -> None:
    begin = first_instant(DAY)
    for moment in (begin - timedelta(milliseconds=1), begin, begin + timedelta(hours=23, minutes=59)):
        keep(records, declined("天气"), moment)
    assert tally(records, RecordFilter(first=DAY, last=DAY)).asked == 2
    assert [(day, told.asked) for day, told in by_day(records, RecordFilter())] == [
        (DAY - timedelta(days=1), 1),
        (DAY, 2),
    ]


@pytest.mark.parametrize(
    ("topic", "groups"),
    [
        (Topic.DOCUMENT, [("投资要素成本", 2), (None, 1), ("甲办法", 1)]),
        (Topic.LANGUAGE, [("zh", 3), ("en", 1)]),
        (Topic.LEVEL, [("旗", 3), (None, 1)]),
        (Topic.REASON, [(None, 3), ("off_topic", 1)]),
    ],
)
def test_topics_are_counted_the_greatest_first(
    records: Records, clause: Clause, topic: Topic, groups: list[tuple[str | None, int]]
) -> None:
    for title in ("投资要素成本", "投资要素成本", "甲办法"):
        keep(records, answered("水价", clause, title))
    keep(records, declined("天气"))
    assert [(name, told.asked) for name, told in by_topic(records, RecordFilter(), topic, 10)] == groups
    assert [(name, told.asked) for name, told in by_topic(records, RecordFilter(), topic, 1)] == groups[:1]


def test_the_heading_is_the_last_of_the_first_clause(records: Records, clause: Clause) -> None:
    keep(records, answered("水价", clause))
    assert [name for name, _ in by_topic(records, RecordFilter(), Topic.HEADING, 5)] == [clause.path[-1]]


@pytest.mark.parametrize(
    ("wanted", "questions"),
    [
        (RecordFilter(status="declined"), ["天气", '他说"100%_水"']),
        (RecordFilter(reason="garbage"), ['他说"100%_水"']),
        (RecordFilter(language="zh"), ["还有呢", "水价"]),
        (RecordFilter(document="甲办法"), ["还有呢"]),
        (RecordFilter(opinion=Opinion.UP), ["水价"]),
        (RecordFilter(opinion=Opinion.DOWN), ["天气", "还有呢"]),
        (RecordFilter(opinion=Opinion.CORRECTED), ["还有呢"]),
        (RecordFilter(opinion=Opinion.NONE), ['他说"100%_水"']),
        (RecordFilter(words="水"), ['他说"100%_水"', "水价"]),
        (RecordFilter(words="先问的 还有"), ["还有呢"]),  # each word, in any turn of the conversation
        (RecordFilter(words='"100%_水"'), ['他说"100%_水"']),  # neither JSON's quotation marks nor LIKE's wildcards
        (RecordFilter(words="1_0"), []),
        (RecordFilter(words="0%水"), []),
        (RecordFilter(words="甲' OR 1=1 --"), []),
        (RecordFilter(words="  "), ["天气", '他说"100%_水"', "还有呢", "水价"]),
    ],
)
def test_filters(records: Records, clause: Clause, wanted: RecordFilter, questions: list[str]) -> None:
    thumb(records, keep(records, answered("水价", clause), NOON), Thumb.UP)
    minute = timedelta(minutes=1)
    corrected = keep(records, answered("还有呢", clause, "甲办法", "先问的"), NOON + minute)
    thumb(records, corrected, Thumb.DOWN, "应为 10.4 元")
    keep(records, declined('他说"100%_水"', Reason.GARBAGE), NOON + 2 * minute)
    thumb(records, keep(records, declined("天气"), NOON + 3 * minute), Thumb.DOWN)
    assert [line.turns[-1] for line in page_of(records, wanted).lines] == questions
    assert [line.turns[-1] for line in lines_of(records, wanted, 100)] == questions
    assert [turn.turns[-1] for turn, _ in whole_turns(records, wanted)] == questions[::-1]
    assert tally(records, wanted).asked == len(questions)


def test_lines_say_the_question_as_it_was_read(records: Records) -> None:
    keep(records, declined("天气"), NOON)
    alone = "B类人才的补贴"
    keep(records, replace(declined("那B类呢"), standalone=alone), NOON + timedelta(minutes=1))
    assert [line.alone for line in lines_of(records, RecordFilter(), 10)] == [alone, "天气"]
    with records.writing() as connection:
        connection.execute(text("UPDATE turn SET answer = replace(answer, '\"standalone\"', '\"unknown\"')"))
    assert [line.alone for line in lines_of(records, RecordFilter(), 10)] == ["那B类呢", "天气"], (
        "kept by another version"
    )
    assert [line.alone for line in page_of(records, RecordFilter()).lines] == ["", ""], "a list opens no answer"


def test_whole_turns_bring_their_own_feedback(records: Records, clause: Clause) -> None:
    keep(records, declined("天气"), NOON)
    corrected = keep(records, answered("水价", clause), NOON + timedelta(minutes=1))
    thumb(records, corrected, Thumb.DOWN, "应为 10.4 元")
    (_, none), (turn, said) = whole_turns(records, RecordFilter())
    assert none is None
    assert said is not None
    assert (turn.id, said.turn, said.correction) == (corrected, corrected, "应为 10.4 元")


def fill(records: Records, count: int) -> None:
    """Many turns, several at the same moment; written at once, since keeping them one by one takes minutes."""
    keep(records, declined("0"))
    rows = [
        {
            "id": f"t{n:06}",
            "at": (NOON + timedelta(minutes=n // 7)).isoformat(timespec="milliseconds"),
            "turns": f'["{n}"]',
        }
        for n in range(1, count)
    ]
    copied = (
        "INSERT INTO turn (id, conversation, asked_at, client, as_of, turns, answer, status, took_ms) "
        "SELECT :id, '', :at, '', as_of, :turns, answer, status, 1 FROM turn LIMIT 1"
    )
    with records.writing() as connection:
        if rows:
            connection.execute(text(copied), rows)


@pytest.mark.parametrize("count", [1, LINES_A_PAGE, LINES_A_PAGE + 1, 3 * LINES_A_PAGE + 20])
def test_pages_show_every_turn_once_and_lead_back(records: Records, count: int) -> None:
    fill(records, count)
    forth = [page_of(records, RecordFilter())]
    while (older := forth[-1].older) is not None:
        forth.append(page_of(records, RecordFilter(), older_than=older))
    shown = [line.id for page in forth for line in page.lines]
    assert len(shown) == len(set(shown)) == count
    assert shown == [line.id for line in lines_of(records, RecordFilter(), count)]
    assert forth[0].newer is None
    back = [forth[-1]]
    while (newer := back[-1].newer) is not None:
        back.append(page_of(records, RecordFilter(), newer_than=newer))
    assert back[-1] == forth[0]


def test_a_cursor_that_is_none_leads_to_the_first_page(records: Records) -> None:
    fill(records, 3)
    assert page_of(records, RecordFilter(), older_than="x' OR 1=1") == page_of(records, RecordFilter())
    assert page_of(records, RecordFilter(), older_than="2000-01-01T00:00~t").lines == ()


@contextmanager
def statements(records: Records) -> Iterator[list[tuple[str, Any]]]:
    told: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, given: object, *_: object) -> None:
        told.append((statement, given))

    event.listen(records.engine, "before_cursor_execute", note)
    yield told
    event.remove(records.engine, "before_cursor_execute", note)


def plan(records: Records, statement: str, given: Any) -> str:
    with records.reading() as connection:
        found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        return "\n".join(str(row[3]) for row in found)


PERIOD = RecordFilter(first=DAY, last=DAY + timedelta(days=30))


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda r: tally(r, PERIOD), "SEARCH turn USING COVERING INDEX turn_overview (asked_at>? AND asked_at<?)"),
        (lambda r: by_day(r, PERIOD), "SEARCH turn USING COVERING INDEX turn_overview (asked_at>? AND asked_at<?)"),
        (lambda r: by_topic(r, PERIOD, Topic.DOCUMENT, 5), "INDEX turn_overview (asked_at>? AND asked_at<?)"),
        (lambda r: page_of(r, replace(PERIOD, status="declined")), "INDEX turn_overview (asked_at>? AND asked_at<?)"),
        (lambda r: page_of(r, RecordFilter()), "SCAN turn USING INDEX turn_overview"),
    ],
)
def test_one_statement_by_index(file_records: Records, ask: Any, index: str) -> None:
    fill(file_records, 500)
    with statements(file_records) as told:
        ask(file_records)
    ((statement, given),) = told
    assert index in plan(file_records, statement, given)


def test_a_page_far_back_is_found_by_its_cursor_without_sorting(file_records: Records) -> None:
    fill(file_records, 500)
    cursor = lines_of(file_records, RecordFilter(), 400)[-1].cursor
    with statements(file_records) as told:
        page_of(file_records, RecordFilter(), older_than=cursor)
    ((statement, given),) = told
    found = plan(file_records, statement, given)
    assert "INDEX turn_overview ((asked_at,id)<(?,?))" in found
    assert "TEMP B-TREE" not in found
    assert "OFFSET ?" not in statement.replace("LIMIT ? OFFSET ?", "")


def test_an_export_reads_in_portions(file_records: Records, clause: Clause) -> None:
    fill(file_records, 450)
    with statements(file_records) as told:
        assert sum(1 for _ in whole_turns(file_records, RecordFilter())) == 450
    assert len(told) == 1 + 3  # the turns, and the feedback of each portion


def test_records_of_an_earlier_version_are_read_and_counted(tmp_path: Path, clause: Clause) -> None:
    first = Records.open(tmp_path)
    keep(first, answered("水价", clause))
    first.close()
    with sqlite3.connect(tmp_path / FILE) as connection:  # as it was before these columns
        connection.execute("DROP INDEX turn_overview")
        for name in ("language", "document", "heading"):
            connection.execute(f"ALTER TABLE turn DROP COLUMN {name}")
    again = Records.open(tmp_path)
    keep(again, declined("天气"))
    assert [(name, told.asked) for name, told in by_topic(again, RecordFilter(), Topic.DOCUMENT, 5)] == [
        (None, 1),
        ("投资要素成本", 1),
    ]
    with again.reading() as connection:
        assert connection.execute(text("SELECT name FROM sqlite_master WHERE name='turn_overview'")).first()
    again.close()


def test_one_turn_is_forgotten_with_its_feedback(records: Records, clause: Clause) -> None:
    gone, kept = keep(records, answered("水价很特别", clause)), keep(records, declined("天气"))
    thumb(records, gone, Thumb.DOWN)
    assert records.forget_turn(gone) == 1
    assert records.forget_turn(gone) == 0
    assert [turn.id for turn in records.turns()] == [kept]
    assert records.feedback() == {}
    assert records.feedback_on(gone) is None
    records.close()
    left = b"".join(file.read_bytes() for file in records.path.parent.glob(f"{FILE}*"))
    assert "水价很特别".encode() not in left


def test_a_conversation_is_forgotten_as_a_whole(records: Records) -> None:
    for conversation in ("c1", "c2", "c1"):
        keep(records, declined("天气"), conversation=conversation)
    assert len(records.turns_of_conversation("c1")) == 2
    assert records.forget_conversation("c1") == 2
    assert [turn.conversation for turn in records.turns()] == ["c2"]


def test_turns_without_a_conversation_are_not_one(records: Records) -> None:
    keep(records, declined("天气"), conversation="")
    keep(records, declined("天气"), conversation="")
    assert records.turns_of_conversation("") == []
    assert records.forget_conversation("") == 0
    assert tally(records, RecordFilter()).asked == 2


def test_the_first_instant_of_a_day_is_in_utc() -> None:
    begin = first_instant(DAY)
    assert begin.tzinfo is UTC
    assert begin.astimezone().date() == DAY
    assert (begin - timedelta(microseconds=1)).astimezone().date() == DAY - timedelta(days=1)
