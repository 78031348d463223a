"""Transcripts and feedback in a database: what was asked, what was answered, what people said of it.

Nothing personal is kept beyond what was typed, and what somebody tells of themselves to learn what they can get is not
kept at all (:mod:`bot.records.profiles`): of the client only a salted hash, and the salt lies in a file of its
own, so that a copy of the database alone leads to no address. Turns older than the days to keep are forgotten
whenever a new one is kept, their feedback with them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Engine, delete, select, text

from bot.output.json_form import answer_json
from bot.records.database_file import RecordFile
from bot.records.engines import put, put_once
from bot.records.place import DatabasePlace, RecordPlace
from bot.records.profiles import without_profile
from bot.records.spare_room import give_room, hold_room, kept_secret
from bot.records.tables import FEEDBACK, TURN, feedback_of, stamp, turn_of, worked_out
from bot.records.types import Feedback, Turn, TurnOrigin
from bot.types import Answer
from ingest.database.database import Database
from ingest.errors import RecordsUnusable, UnusableInput

FILE = "records.sqlite"
SALT_FILE = "records.salt"
SPARE_FILE = "records.spare"
SALT_BYTES = 32
CLIENT_DIGITS = 32  # of sha256: 128 bits tell clients apart
LOCK_WAIT_S = 10.0  # for another process that writes; a write takes milliseconds
SPARE_BYTES = 1024 * 1024  # more than deleting A_FEW turns writes beside the file
A_FEW = 20  # turns deleted at a time on a full disk; with its index entries one is some ten pages of 4 kB
GONE = "bot.feedback_gone"


class Records:
    """The records under ``home``, or in a ``database``. Safe to use from several threads; close it when done.

    Nothing is touched before something is kept or read. ``keep_days`` 0 keeps for ever. The salt lies under ``home`` in
    any case, so that a copy of a database leads to no address.
    """

    def __init__(
        self, home: Path, keep_days: int = 0, lock_wait_s: float = LOCK_WAIT_S, database: Database | None = None
    ) -> None:
        self.path = home / FILE
        self.keep_days = keep_days
        self.is_shared = database is not None
        self._file: RecordPlace = RecordFile(self.path, lock_wait_s) if database is None else DatabasePlace(database)
        self._salt = secrets.token_bytes(SALT_BYTES)  # until its file is read or made

    @classmethod
    def open(cls, home: Path, keep_days: int = 0) -> Records:
        """The records under ``home``, made when there are none. Raises RecordsUnusable."""
        records = cls(home, keep_days)
        try:
            records.make_ready()
        except RecordsUnusable:
            records.close()
            raise
        return records

    def make_ready(self) -> None:
        """See that there is a file that can be written. Raises RecordsUnusable."""
        self._file.make_ready()
        self._read_salt()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    @property
    def engine(self) -> Engine:
        """What the file is read and written by."""
        return self._file.engine

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to read by. Raises RecordsUnusable for whatever goes wrong inside."""
        return self._file.reading()

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction to write in. Raises RecordsUnusable, or UnusableInput for what no file could keep."""
        return self._file.writing()

    def keep_turn(self, answer: Answer, asked: TurnOrigin, identity: str = "") -> str:
        """Keep one answer, forget what is too old; returns the id feedback is given under.

        With an ``identity`` it may be repeated until it succeeds. Raises RecordsUnusable, or UnusableInput for an
        answer that no file could keep.
        """
        row = self.row_of(answer, asked, identity or uuid4().hex)
        self.keep_row(row)
        return row["id"]

    def row_of(self, answer: Answer, asked: TurnOrigin, identity: str) -> dict[str, Any]:
        """The row of one answer, as it is kept and as it may wait: without a profile, of the client only a hash.

        Raises RecordsUnusable when the salt cannot be read or made.
        """
        answer = without_profile(answer)
        question = answer.question
        kept = answer_json(answer)
        row = {
            "id": identity,
            "conversation": self._conversation_of(asked),
            "asked_at": stamp(asked.at),
            "client": self._hashed(asked.client),
            "as_of": question.as_of.isoformat(),
            "turns": json.dumps(question.turns, ensure_ascii=False),
            "level": "、".join(sorted(question.filters.levels)) or None,
            "answer": json.dumps(kept, ensure_ascii=False),
            "status": kept["status"],
            "reason": kept["reason"],
            "took_ms": answer.took_ms,
        }
        return row if self._file.works_out else {**row, **worked_out(kept)}

    def keep_row(self, row: Mapping[str, Any]) -> None:
        """Keep the row of one answer unless it is kept, and forget what is too old. Raises as :meth:`keep_turn`."""
        with self._file.writing() as connection:
            put_once(connection, TURN, row)
        self.forget_old(datetime.fromisoformat(row["asked_at"]))

    def keep_feedback(self, feedback: Feedback) -> None:
        """Keep what was said of an answer, in place of what was said before.

        Raises UnusableInput when no such answer is kept, RecordsUnusable when the file cannot be written.
        """
        self.keep_feedback_row(self.feedback_row(feedback))

    @staticmethod
    def feedback_row(feedback: Feedback) -> dict[str, Any]:
        """The row of what was said, as it is kept and as it may wait."""
        return {
            "turn": feedback.turn,
            "given_at": stamp(feedback.given_at),
            "thumb": feedback.thumb.value,
            "reason": feedback.reason,
            "words": feedback.words,
            "correction": feedback.correction,
            "clauses": json.dumps(feedback.clauses, ensure_ascii=False),
        }

    def keep_feedback_row(self, row: Mapping[str, Any]) -> None:
        """Keep the row of what was said. Raises as :meth:`keep_feedback`."""
        with self._file.writing() as connection:
            if connection.execute(select(TURN.c.id).where(TURN.c.id == row["turn"])).first() is None:
                raise UnusableInput(GONE)
            put(connection, FEEDBACK, row, "turn")

    def turns(self) -> Iterator[Turn]:
        """All turns, the oldest first. Raises RecordsUnusable."""
        with self.reading() as connection:
            for row in connection.execute(select(TURN).order_by(TURN.c.asked_at, text("rowid"))):
                yield turn_of(row)

    def has_turn(self, identity: str) -> bool:
        """Whether a turn is kept. Raises RecordsUnusable."""
        with self.reading() as connection:
            return connection.execute(select(TURN.c.id).where(TURN.c.id == identity)).first() is not None

    def turn(self, identity: str) -> Turn | None:
        """One turn; None when it is not, or no longer, kept. Raises RecordsUnusable."""
        with self.reading() as connection:
            row = connection.execute(select(TURN).where(TURN.c.id == identity)).first()
        return None if row is None else turn_of(row)

    def feedback(self) -> dict[str, Feedback]:
        """All feedback by the id of its turn, the oldest first. Raises RecordsUnusable."""
        with self.reading() as connection:
            rows = connection.execute(select(FEEDBACK).order_by(FEEDBACK.c.given_at, text("rowid"))).all()
        return {row.turn: feedback_of(row) for row in rows}

    def complaints(self) -> list[tuple[Turn, Feedback]]:
        """The turns that were thumbed down or corrected, in the order they were asked. Raises RecordsUnusable."""
        said = self.feedback()
        return [(turn, said[turn.id]) for turn in self.turns() if turn.id in said and said[turn.id].complains]

    def forget_old(self, now: datetime) -> int:
        """Forget turns older than the days to keep; returns how many. Raises RecordsUnusable."""
        if not self.keep_days:
            return 0
        return self._forget(TURN.c.asked_at < stamp(now - timedelta(days=self.keep_days)))

    def forget_turn(self, identity: str) -> int:
        """Forget one turn; returns 1, or 0 when it was not kept. Raises RecordsUnusable."""
        return self._forget_in_any_case(TURN.c.id == identity)

    def forget_conversation(self, conversation: str) -> int:
        """Forget all turns of one conversation; returns how many. Raises RecordsUnusable.

        Turns without a conversation belong to nobody in common: of "" nothing is forgotten.
        """
        return self._forget_in_any_case(TURN.c.conversation == conversation) if conversation else 0

    def forget_before(self, moment: datetime) -> int:
        """Forget all turns asked before it and give their room back; returns how many. Raises RecordsUnusable."""
        count = self._forget_in_any_case(TURN.c.asked_at < stamp(moment))
        with suppress(RecordsUnusable):  # forgotten they are; what is not given back is used again
            self._file.give_back()
        return count

    def hold_room(self) -> None:
        """Hold some of the disk for deletions, which write before they free anything. What cannot be held is not."""
        with suppress(OSError):
            hold_room(self.path.with_name(SPARE_FILE), SPARE_BYTES)

    def turns_of_conversation(self, conversation: str) -> list[Turn]:
        """Its turns, the oldest first; none of "". Raises RecordsUnusable."""
        if not conversation:
            return []
        chosen = select(TURN).where(TURN.c.conversation == conversation).order_by(TURN.c.asked_at, text("rowid"))
        with self.reading() as connection:
            return [turn_of(row) for row in connection.execute(chosen)]

    def feedback_on(self, identity: str) -> Feedback | None:
        """What was said of one turn. Raises RecordsUnusable."""
        with self.reading() as connection:
            row = connection.execute(select(FEEDBACK).where(FEEDBACK.c.turn == identity)).first()
        return None if row is None else feedback_of(row)

    def _forget_in_any_case(self, which: ColumnElement[bool]) -> int:
        """On a full disk a few at a time, in the room that was held for it and that the log beside the file takes."""
        try:
            return self._forget(which)
        except RecordsUnusable:
            give_room(self.path.with_name(SPARE_FILE))
            with suppress(RecordsUnusable):
                self._file.drop_log()
        count, few = 0, select(TURN.c.id).where(which).limit(A_FEW)
        while gone := self._forget(TURN.c.id.in_(few)):
            count += gone
        return count

    def _forget(self, which: ColumnElement[bool]) -> int:
        with self._file.writing() as connection:
            count = connection.execute(delete(TURN).where(which)).rowcount
        if count:  # the log beside the file must not hold what was forgotten
            self._file.drop_log()
        return count

    def _conversation_of(self, asked: TurnOrigin) -> str:
        hidden = asked.names_a_person and asked.conversation
        return self._hashed(f"conversation:{asked.conversation}") if hidden else asked.conversation

    def _hashed(self, client: str) -> str:
        self._read_salt()
        return hmac.new(self._salt, client.encode(), hashlib.sha256).hexdigest()[:CLIENT_DIGITS]

    def _read_salt(self) -> None:
        path = self.path.with_name(SALT_FILE)
        try:
            self._salt = kept_secret(path, self._salt)
        except OSError as error:
            raise RecordsUnusable("bot.salt_cannot_be_read", path=path, reason=error.strerror) from error
