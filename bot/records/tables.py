"""The tables that turns and feedback are kept in, and how their rows become what they stand for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy import Column, Computed, Connection, Float, ForeignKey, Index, MetaData, Row, String, Table, text

from bot.records.engines import AnyText
from bot.records.types import Feedback, Thumb, Turn

# Read out of the answer when asked for, and kept in the index below: charts and filters never open an answer.
# A heading is the last of the first cited clause.
COMPUTED: dict[str, str] = {
    "language": "json_extract(answer, '$.language')",
    "document": "json_extract(answer, '$.citations[0].document')",
    "heading": "json_extract(answer, '$.citations[0].path[#-1]')",
}

METADATA = MetaData()
TURN = Table(
    "turn",
    METADATA,
    Column("id", String, primary_key=True),
    Column("conversation", AnyText, nullable=False, index=True),
    Column("asked_at", String, nullable=False),  # UTC, ISO 8601: sorts as text
    Column("client", String, nullable=False),
    Column("as_of", String, nullable=False),
    Column("turns", String, nullable=False),  # JSON list
    Column("level", AnyText),
    Column("answer", String, nullable=False),  # JSON object
    Column("status", String, nullable=False),
    Column("reason", String),
    Column("took_ms", Float, nullable=False),
    *(Column(name, String, Computed(expression, persisted=False)) for name, expression in COMPUTED.items()),
)
OVERVIEW = Index(
    "turn_overview", *(TURN.c[name] for name in ("asked_at", "id", "status", "reason", "level", *COMPUTED))
)
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("turn", String, ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True),
    Column("given_at", String, nullable=False),
    Column("thumb", String, nullable=False),
    Column("reason", AnyText, nullable=False),
    Column("words", AnyText, nullable=False),
    Column("correction", AnyText, nullable=False),
    Column("clauses", String, nullable=False),  # JSON list
)

COMPLAINT = Table(  # what staff did about a turn that was complained of
    "complaint",
    METADATA,
    Column("turn", String, ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True),
    Column("work", String, nullable=False),  # JSON object
)
SETTLED = Table(  # what staff did about questions that were declined
    "settled",
    METADATA,
    Column("wording", String, primary_key=True),  # its hash
    Column("work", String, nullable=False),  # JSON object
)


def worked_out(answer: Mapping[str, Any]) -> dict[str, str | None]:
    """What :data:`COMPUTED` reads out of an answer's JSON, for tables of a database that does not read it itself."""
    first = next(iter(answer.get("citations", ())), None)
    path = first["path"] if first else ()
    return {
        "language": answer.get("language"),
        "document": first["document"] if first else None,
        "heading": path[-1] if path else None,
    }


def is_prepared(connection: Connection) -> bool:
    """Whether :func:`prepare` would find nothing to do."""
    names = connection.execute(text("SELECT name FROM sqlite_master")).scalars()
    return {*METADATA.tables, str(OVERVIEW.name)} <= set(names)


def prepare(connection: Connection) -> None:
    """Make the tables, or give those of an earlier version the columns and the index they lack.

    An earlier version goes on reading and writing them: what is new is computed by the database.
    """
    known = {str(row[1]) for row in connection.execute(text("PRAGMA table_xinfo(turn)"))}
    for name, expression in COMPUTED.items():
        if known and name not in known:
            connection.execute(text(f"ALTER TABLE turn ADD COLUMN {name} VARCHAR AS ({expression}) VIRTUAL"))
    METADATA.create_all(connection)
    OVERVIEW.create(connection, checkfirst=True)
    connection.execute(text("DROP INDEX IF EXISTS ix_turn_asked_at"))  # of an earlier version; the one above has it


def stamp(moment: datetime) -> str:
    """A moment as it is kept: UTC, so that it sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def turn_of(row: Row[Any]) -> Turn:
    """The turn of a row of TURN."""
    return Turn(
        id=row.id,
        conversation=row.conversation,
        asked_at=datetime.fromisoformat(row.asked_at),
        client=row.client,
        as_of=date.fromisoformat(row.as_of),
        turns=texts_of(row.turns),
        level=row.level,
        answer=json.loads(row.answer),
        status=row.status,
        reason=row.reason,
        took_ms=row.took_ms,
    )


def feedback_of(row: Row[Any]) -> Feedback:
    """The feedback of a row of FEEDBACK."""
    return Feedback(
        turn=row.turn,
        given_at=datetime.fromisoformat(row.given_at),
        thumb=Thumb(row.thumb),
        reason=row.reason,
        words=row.words,
        correction=row.correction,
        clauses=texts_of(row.clauses),
    )


def texts_of(column: str) -> tuple[str, ...]:
    """The texts of a JSON list."""
    return tuple(cast("list[str]", json.loads(column)))
