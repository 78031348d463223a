"""What staff ask of the records: how many questions a day and a topic, which ones, a page at a time.

Counts are read from an index that holds all they need; pages go on from the turn they end with, so that the last
page of a hundred thousand turns is as quick as the first. Days are days of this machine's time zone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, desc, func, nulls_first, select, tuple_

from bot.records.engines import day_of, standalone_of
from bot.records.store import Records
from bot.records.tables import FEEDBACK, TURN, feedback_of, stamp, texts_of, turn_of
from bot.records.types import Feedback, Turn
from bot.understand.follow_ups import carry_over

LINES_A_PAGE = 50
ROWS_AT_A_TIME = 200  # read for an export; an answer is some kilobytes

_SAID = TURN.outerjoin(FEEDBACK, FEEDBACK.c.turn == TURN.c.id)


class Opinion(StrEnum):
    """What was said of an answer."""

    UP = "up"
    DOWN = "down"
    CORRECTED = "corrected"  # with the answer as it should have been
    NONE = "none"


class Topic(StrEnum):
    """What questions are counted by; each is a column of the turns."""

    DOCUMENT = "document"  # of the first clause cited
    HEADING = "heading"  # the one above that clause
    LEVEL = "level"  # the answer was limited to
    LANGUAGE = "language"
    REASON = "reason"  # of declining


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """Which turns. What is None or empty does not matter."""

    first: date | None = None
    last: date | None = None  # itself included
    status: str = ""  # answered, declined
    reason: str = ""
    opinion: Opinion | None = None
    language: str = ""
    document: str = ""
    words: str = ""  # each stands in the question or in a turn before it


@dataclass(frozen=True, slots=True)
class Tally:
    """How many turns."""

    asked: int = 0
    declined: int = 0
    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A turn in a list, without its answer."""

    id: str
    conversation: str
    asked_at: datetime
    turns: tuple[str, ...]
    status: str
    reason: str | None
    level: str | None
    document: str | None
    language: str | None
    opinion: Opinion
    took_ms: float
    alone: str = ""  # of :func:`lines_of`: the question as it was read, with what it took over from earlier turns

    @property
    def cursor(self) -> str:
        """Where it stands, for the page before or behind it."""
        return f"{stamp(self.asked_at)}~{self.id}"


@dataclass(frozen=True, slots=True)
class Page:
    """Some turns, the newest first."""

    lines: tuple[Line, ...]
    newer: str | None  # cursor: the page of newer turns ends before it; None on the first page
    older: str | None


def tally(records: Records, wanted: RecordFilter) -> Tally:
    """All of them counted. Raises RecordsUnusable."""
    with records.reading() as connection:
        return _tally(connection.execute(_counting(wanted)).one())


def by_day(records: Records, wanted: RecordFilter) -> list[tuple[date, Tally]]:
    """One tally a day from the first to the last that is wanted, days without a question too.

    Without a first or last day, from the first or to the last day of a question. Raises RecordsUnusable.
    """
    with records.reading() as connection:
        day_asked = day_of(TURN.c.asked_at, connection)
        rows = connection.execute(_counting(wanted, day_asked.label("group")).group_by(day_asked)).all()
    found = {date.fromisoformat(row.group): _tally(row) for row in rows}
    if not found and not (wanted.first and wanted.last):
        return []
    day, last = wanted.first or min(found), wanted.last or max(found)
    days: list[tuple[date, Tally]] = []
    while day <= last:
        days.append((day, found.get(day, Tally())))
        day += timedelta(days=1)
    return days


def by_topic(records: Records, wanted: RecordFilter, topic: Topic, most: int) -> list[tuple[str | None, Tally]]:
    """At most ``most`` topics, the one most asked about first; None is what has no such topic. Raises RecordsUnusable."""
    column = TURN.c[topic.value]
    chosen = _counting(wanted, column.label("group")).group_by(column)
    chosen = chosen.order_by(desc("asked"), nulls_first(column)).limit(most)
    with records.reading() as connection:
        return [(row.group, _tally(row)) for row in connection.execute(chosen)]


def page_of(records: Records, wanted: RecordFilter, older_than: str = "", newer_than: str = "") -> Page:
    """A page of what is wanted; a cursor that is none leads to the first page. Raises RecordsUnusable."""
    place = _place(older_than) or _place(newer_than)
    upwards = place is not None and not _place(older_than)
    chosen = _listing(wanted)
    here = tuple_(TURN.c.asked_at, TURN.c.id)
    if place is not None:
        chosen = chosen.where(here > place if upwards else here < place)
    order = (TURN.c.asked_at, TURN.c.id) if upwards else (desc(TURN.c.asked_at), desc(TURN.c.id))
    with records.reading() as connection:
        rows = connection.execute(chosen.order_by(*order).limit(LINES_A_PAGE + 1)).all()
    more = len(rows) > LINES_A_PAGE
    lines = [_line(row) for row in rows[:LINES_A_PAGE]]
    if upwards:
        if not more:  # the first page is full, though fewer are newer
            return page_of(records, wanted)
        lines.reverse()
    newer = lines[0].cursor if lines and place is not None else None
    older = lines[-1].cursor if lines and (more or upwards) else None
    return Page(tuple(lines), newer, older)


def lines_of(records: Records, wanted: RecordFilter, most: int) -> list[Line]:
    """The newest ``most`` of what is wanted, each with the question that was asked in it. Raises RecordsUnusable."""
    with records.reading() as connection:
        chosen = _listing(wanted).add_columns(standalone_of(TURN.c.answer, connection).label("alone"))
        rows = connection.execute(chosen.order_by(desc(TURN.c.asked_at), desc(TURN.c.id)).limit(most)).all()
    lines = [(_line(row), str(row.alone or "")) for row in rows]
    return [replace(line, alone=alone.strip() or carry_over(line.turns).standalone) for line, alone in lines]


def whole_turns(records: Records, wanted: RecordFilter) -> Iterator[tuple[Turn, Feedback | None]]:
    """Everything kept of what is wanted, the oldest first, read as it is asked for. Raises RecordsUnusable."""
    chosen = select(TURN).select_from(_SAID).where(*_conditions(wanted)).order_by(TURN.c.asked_at, TURN.c.id)
    with records.reading() as connection:
        rows = connection.execution_options(yield_per=ROWS_AT_A_TIME).execute(chosen)
        for some in rows.partitions(ROWS_AT_A_TIME):
            turns = [turn_of(row) for row in some]
            said = select(FEEDBACK).where(FEEDBACK.c.turn.in_([turn.id for turn in turns]))
            feedback = {one.turn: one for one in map(feedback_of, connection.execute(said))}
            yield from ((turn, feedback.get(turn.id)) for turn in turns)


def first_instant(day: date) -> datetime:
    """When a day begins in this machine's time zone, in UTC."""
    return datetime.combine(day, time.min).astimezone(UTC)


def _counting(wanted: RecordFilter, *group: ColumnElement[Any]) -> Select[Any]:
    def count_of(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
        return func.count().filter(condition).label(name)

    return (
        select(
            *group,
            func.count().label("asked"),
            count_of(TURN.c.status == "declined", "declined"),
            count_of(FEEDBACK.c.thumb == "up", "up"),
            count_of(FEEDBACK.c.thumb == "down", "down"),
        )
        .select_from(_SAID)
        .where(*_conditions(wanted))
    )


def _listing(wanted: RecordFilter) -> Select[Any]:
    names = ("id", "conversation", "asked_at", "turns", "status", "reason", "level", "document", "language", "took_ms")
    columns = [TURN.c[name] for name in names]
    said = (FEEDBACK.c.thumb, FEEDBACK.c.correction)
    return select(*columns, *said).select_from(_SAID).where(*_conditions(wanted))


def _conditions(wanted: RecordFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.first is not None:
        conditions.append(TURN.c.asked_at >= stamp(first_instant(wanted.first)))
    if wanted.last is not None:
        conditions.append(TURN.c.asked_at < stamp(first_instant(wanted.last + timedelta(days=1))))
    same = {name: getattr(wanted, name) for name in ("status", "reason", "language", "document")}
    conditions.extend(TURN.c[name] == value for name, value in same.items() if value)
    if wanted.opinion is not None:
        conditions.append(_of_opinion(wanted.opinion))
    # The turns are kept as JSON: a quotation mark stands there as \".
    needles = (json.dumps(word, ensure_ascii=False)[1:-1] for word in wanted.words.split())
    conditions.extend(TURN.c.turns.icontains(needle, autoescape=True) for needle in needles)
    return conditions


def _of_opinion(opinion: Opinion) -> ColumnElement[bool]:
    match opinion:
        case Opinion.UP | Opinion.DOWN:
            return FEEDBACK.c.thumb == opinion.value
        case Opinion.CORRECTED:
            return and_(FEEDBACK.c.correction.is_not(None), FEEDBACK.c.correction != "")
        case Opinion.NONE:
            return FEEDBACK.c.turn.is_(None)


def _place(cursor: str) -> tuple[str, str] | None:
    at, mark, identity = cursor.partition("~")
    return (at, identity) if mark and at and identity else None


def _tally(row: Row[Any]) -> Tally:
    return Tally(row.asked, row.declined, row.up, row.down)


def _line(row: Row[Any]) -> Line:
    said = Opinion.CORRECTED if row.correction else Opinion(row.thumb) if row.thumb else Opinion.NONE
    return Line(
        id=row.id,
        conversation=row.conversation,
        asked_at=datetime.fromisoformat(row.asked_at),
        turns=texts_of(row.turns),
        status=row.status,
        reason=row.reason,
        level=row.level,
        document=row.document,
        language=row.language,
        opinion=said,
        took_ms=row.took_ms,
    )
