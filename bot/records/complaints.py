"""Complaints as work: what staff did about an answer that was not as it should be, and about a question declined.

What was done about an answer goes with its turn when that is forgotten. Of a question that was declined only a hash of
its wording is kept, so that whoever asks the same again finds it settled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, or_, select

from bot.records.engines import put
from bot.records.store import Records
from bot.records.tables import COMPLAINT, FEEDBACK, SETTLED, TURN, feedback_of, stamp, turn_of
from bot.records.types import Feedback, Turn
from ingest.database.alone import hold_alone
from ingest.errors import ChangedMeanwhile


class Stage(StrEnum):
    """How far a complaint is."""

    OPEN = "open"
    TAKEN = "taken"
    MENDED = "mended"
    ANSWERED = "answered"
    CLOSED = "closed"


class Mended(StrEnum):
    """By what something was mended."""

    CASE = "case"  # a question of a question set
    GLOSSARY = "glossary"  # a row
    ENTITLEMENT = "entitlement"  # a record
    POLICY = "policy"  # a document
    NOT_OURS = "not_ours"  # nothing is to be mended here


@dataclass(frozen=True, slots=True)
class Work:
    """What was done about one complaint, or one declined question, by whom and when last."""

    taken_by: str = ""
    mended: Mended | None = None
    reference: str = ""  # which case, row, record or document
    answer: str = ""
    closed: str = ""  # day it was closed, ISO 8601
    who: str = ""
    at: str = ""  # UTC, ISO 8601

    @property
    def moment(self) -> datetime | None:
        """When it was done last; None when nothing was."""
        return datetime.fromisoformat(self.at) if self.at else None

    @property
    def stage(self) -> Stage:
        """The last step that was taken."""
        steps = (
            (Stage.CLOSED, self.closed),
            (Stage.ANSWERED, self.answer),
            (Stage.MENDED, self.mended),
            (Stage.TAKEN, self.taken_by),
        )
        return next((stage for stage, done in steps if done), Stage.OPEN)


@dataclass(frozen=True, slots=True)
class Complaint:
    """A turn that was complained of, what was said, and what was done. ``said`` None: it was taken back."""

    turn: Turn
    said: Feedback | None
    work: Work

    @property
    def at(self) -> datetime:
        """When it was complained of."""
        return self.said.given_at if self.said else self.turn.asked_at

    @property
    def said_again(self) -> bool:
        """Whether somebody complained again after the last thing that was done."""
        return bool(self.work.at) and self.said is not None and stamp(self.said.given_at) > self.work.at


_ALL = TURN.outerjoin(FEEDBACK, FEEDBACK.c.turn == TURN.c.id).outerjoin(COMPLAINT, COMPLAINT.c.turn == TURN.c.id)


def complaints_of(records: Records, most: int) -> list[Complaint]:
    """The newest ``most`` complaints, and what was worked on though it was taken back. Raises RecordsUnusable."""
    order = (FEEDBACK.c.given_at.desc(), TURN.c.asked_at.desc(), TURN.c.id)
    return _complaints(records, select(TURN, COMPLAINT.c.work).order_by(*order).limit(most))


def complaint_on(records: Records, turn: str) -> Complaint | None:
    """The complaint of one turn; None when nobody complained of it. Raises RecordsUnusable."""
    found = _complaints(records, select(TURN, COMPLAINT.c.work).where(TURN.c.id == turn))
    return found[0] if found else None


def keep_work(records: Records, turn: str, work: Work, seen: Work, now: datetime) -> Work:
    """Keep what was done in place of ``seen``; returns it as it is kept.

    Raises ChangedMeanwhile when something else than ``seen`` is there, or the turn is gone, RecordsUnusable when the
    file cannot be written.
    """
    kept = replace(work, at=stamp(now))
    with records.writing() as connection:
        hold_alone(connection, COMPLAINT.name)  # else two who saw the same would both find it unchanged
        row = connection.execute(select(TURN.c.id, COMPLAINT.c.work).select_from(_ALL).where(TURN.c.id == turn)).first()
        if row is None or _work(row.work) != seen:
            raise ChangedMeanwhile
        values = {"turn": turn, "work": _written(kept)}
        put(connection, COMPLAINT, values, "turn")
    return kept


def settled(records: Records) -> dict[str, Work]:
    """What was done about declined questions, by the hash of their wording. Raises RecordsUnusable."""
    with records.reading() as connection:
        return {row.wording: _work(row.work) for row in connection.execute(select(SETTLED))}


def settle(records: Records, wordings: Iterable[str], work: Work, seen: Mapping[str, Work], now: datetime) -> None:
    """Keep what was done about questions of these wordings, or, without ``mended``, that it was taken back.

    Raises ChangedMeanwhile when for one of them something else than ``seen`` is there, RecordsUnusable.
    """
    kept = _written(replace(work, at=stamp(now)))
    with records.writing() as connection:
        hold_alone(connection, SETTLED.name)
        for wording in wordings:
            row = connection.execute(select(SETTLED.c.work).where(SETTLED.c.wording == wording)).first()
            if _work(row.work if row else None) != seen.get(wording, Work()):
                raise ChangedMeanwhile
            values = {"wording": wording, "work": kept}
            put(connection, SETTLED, values, "wording")


def _complaints(records: Records, chosen: Any) -> list[Complaint]:
    complains = or_(FEEDBACK.c.thumb == "down", FEEDBACK.c.correction != "", COMPLAINT.c.turn.is_not(None))
    with records.reading() as connection:
        rows = connection.execute(chosen.select_from(_ALL).where(complains)).all()
        said = select(FEEDBACK).where(FEEDBACK.c.turn.in_([row.id for row in rows]))
        feedback = {one.turn: one for one in map(feedback_of, connection.execute(said))}
    return [_complaint(row, feedback.get(row.id)) for row in rows]


def _complaint(row: Row[Any], said: Feedback | None) -> Complaint:
    return Complaint(turn_of(row), said if said is not None and said.complains else None, _work(row.work))


def _work(written: str | None) -> Work:
    given: dict[str, Any] = json.loads(written) if written else {}
    if given.get("mended"):
        given["mended"] = Mended(given["mended"])
    return Work(**given)


def _written(work: Work) -> str:
    return json.dumps(asdict(work), ensure_ascii=False)
