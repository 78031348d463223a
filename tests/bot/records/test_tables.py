from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import create_engine, text

from bot.records.tables import COMPUTED, METADATA, OVERVIEW, prepare, stamp, texts_of

BEIJING = timezone(timedelta(hours=8))


def columns(connection) -> set[str]:
    return {str(row[1]) for row in connection.execute(text("PRAGMA table_xinfo(turn)"))}


def test_tables_are_made_and_made_again_without_harm() -> None:
    with create_engine("sqlite://").begin() as connection:
        for _ in range(2):
            prepare(connection)
        assert set(COMPUTED) <= columns(connection)
        names = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master"))}
        assert {table.name for table in METADATA.sorted_tables} | {OVERVIEW.name} <= names


def test_a_table_of_an_earlier_version_gets_what_it_lacks_and_keeps_its_rows() -> None:
    with create_engine("sqlite://").begin() as connection:
        connection.execute(
            text(
                "CREATE TABLE turn (id TEXT PRIMARY KEY, conversation TEXT, asked_at TEXT, client TEXT, as_of TEXT, "
                "turns TEXT, level TEXT, answer TEXT, status TEXT, reason TEXT, took_ms REAL)"
            )
        )
        connection.execute(text("CREATE INDEX ix_turn_asked_at ON turn (asked_at)"))
        answer = '{"language": "zh", "citations": [{"document": "若干措施", "path": ["一、", "（一）"]}]}'
        connection.execute(text("INSERT INTO turn (id, answer) VALUES ('t1', :answer)"), {"answer": answer})
        prepare(connection)
        row = connection.execute(text("SELECT language, document, heading FROM turn")).one()
        assert tuple(row) == ("zh", "若干措施", "（一）")
        indexes = {one[0] for one in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'index'"))}
        assert "ix_turn_asked_at" not in indexes


@pytest.mark.parametrize(
    "answer",
    ['{"language": "en", "citations": []}', '{"language": "en", "citations": [{"document": null, "path": []}]}'],
)
def test_an_answer_without_a_clause_has_no_topic(answer: str) -> None:
    with create_engine("sqlite://").begin() as connection:
        prepare(connection)
        connection.execute(
            text(
                "INSERT INTO turn (id, conversation, asked_at, client, as_of, turns, answer, status, took_ms) "
                "VALUES ('t1', '', '', '', '', '[]', :answer, 'declined', 1)"
            ),
            {"answer": answer},
        )
        row = connection.execute(text("SELECT language, document, heading FROM turn")).one()
        assert tuple(row) == ("en", None, None)


def test_moments_of_any_zone_sort_as_text() -> None:
    early = datetime(2026, 11, 22, 7, 59, tzinfo=BEIJING)  # 23:59 the day before in UTC
    late = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    assert stamp(early) == "2026-11-21T23:59:00.000+00:00"
    assert stamp(early) < stamp(late)


def test_a_list_of_texts_is_read_as_it_was_written() -> None:
    assert texts_of('["一", "\\"二\\"", ""]') == ("一", '"二"', "")
    assert texts_of("[]") == ()
