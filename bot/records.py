"""Transcripts and feedback in SQLite: what was asked, what was answered, what people said of it.

Nothing personal is kept beyond what was typed: of the client only a salted hash, and the salt lies in a file of its
own, so that a copy of the database alone leads to no address. Turns older than the days to keep are forgotten
whenever a new one is kept, their feedback with them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, Connection, Delete, Engine, create_engine, delete, event, select, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError

from bot.json_form import answer_json
from bot.record_tables import FEEDBACK, TURN, feedback_of, prepare, stamp, turn_of
from bot.record_types import Asked, Feedback, Turn
from bot.types import Answer
from ingest.errors import RecordsUnusable, UnusableInput

FILE = "records.sqlite"
SALT_FILE = "records.salt"
FORMAT = 1
"""``user_version`` of the database; raised when an older reader would misread it."""

SALT_BYTES = 32
CLIENT_DIGITS = 32  # of sha256: 128 bits tell clients apart
LOCK_WAIT_S = 10.0  # for another process that writes; a write takes milliseconds
OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Records:
    """The open records. Safe to use from several threads; close it when done."""

    path: Path
    engine: Engine
    salt: bytes
    keep_days: int  # 0 keeps them for ever

    @classmethod
    def open(cls, home: Path, keep_days: int = 0) -> Records:
        """The records under ``home``, made when there are none. Raises RecordsUnusable."""
        path = home / FILE
        try:
            home.mkdir(parents=True, exist_ok=True)
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, OWNER_ONLY))
            salt = _salt(home / SALT_FILE)
        except OSError as error:
            raise RecordsUnusable(
                f"{path} cannot be opened ({error.strerror or error}): set POLICYQA_HOME to a folder that can be "
                "written, or POLICYQA_RECORDS=false."
            ) from error
        engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": LOCK_WAIT_S})
        event.listen(engine, "connect", _set_up_connection)
        records = cls(path, engine, salt, keep_days)
        try:
            records._prepare()
        except RecordsUnusable:
            engine.dispose()
            raise
        return records

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()

    def keep_turn(self, answer: Answer, asked: Asked) -> str:
        """Keep one answer, forget what is too old; returns the id feedback is given under. Raises RecordsUnusable."""
        question = answer.question
        kept = answer_json(answer)
        identity = uuid4().hex
        row = {
            "id": identity,
            "conversation": asked.conversation,
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
        with self._writing() as connection:
            connection.execute(TURN.insert().values(row))
        self.forget_old(asked.at)
        return identity

    def keep_feedback(self, feedback: Feedback) -> None:
        """Keep what was said of an answer, in place of what was said before.

        Raises UnusableInput when no such answer is kept, RecordsUnusable when the file cannot be written.
        """
        row = {
            "turn": feedback.turn,
            "given_at": stamp(feedback.given_at),
            "thumb": feedback.thumb.value,
            "reason": feedback.reason,
            "words": feedback.words,
            "correction": feedback.correction,
            "clauses": json.dumps(feedback.clauses, ensure_ascii=False),
        }
        with self._writing() as connection:
            if connection.execute(select(TURN.c.id).where(TURN.c.id == feedback.turn)).first() is None:
                raise UnusableInput("The answer this feedback belongs to is no longer kept; ask the question again.")
            written = insert(FEEDBACK).values(row)
            connection.execute(written.on_conflict_do_update(index_elements=["turn"], set_=row))

    def turns(self) -> Iterator[Turn]:
        """All turns, the oldest first. Raises RecordsUnusable."""
        with self.reading() as connection:
            for row in connection.execute(select(TURN).order_by(TURN.c.asked_at, text("rowid"))):
                yield turn_of(row)

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
        oldest_kept = stamp(now - timedelta(days=self.keep_days))
        return self._forget(delete(TURN).where(TURN.c.asked_at < oldest_kept))

    def forget_turn(self, identity: str) -> int:
        """Forget one turn; returns 1, or 0 when it was not kept. Raises RecordsUnusable."""
        return self._forget(delete(TURN).where(TURN.c.id == identity))

    def forget_conversation(self, conversation: str) -> int:
        """Forget all turns of one conversation; returns how many. Raises RecordsUnusable.

        Turns without a conversation belong to nobody in common: of "" nothing is forgotten.
        """
        return self._forget(delete(TURN).where(TURN.c.conversation == conversation)) if conversation else 0

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

    def _forget(self, statement: Delete) -> int:
        with self._writing() as connection:
            count = connection.execute(statement).rowcount
        if count:
            with self.reading() as connection:  # the log beside the file must not hold what was forgotten
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        return count

    def _hashed(self, client: str) -> str:
        return hmac.new(self.salt, client.encode(), hashlib.sha256).hexdigest()[:CLIENT_DIGITS]

    def _prepare(self) -> None:
        with self._writing() as connection:
            found = int(connection.execute(text("PRAGMA user_version")).scalar_one())
            if found not in (0, FORMAT):
                raise RecordsUnusable(
                    f"{self.path} has format {found}, not {FORMAT}: move it away, or set POLICYQA_HOME."
                )
            prepare(connection)
            connection.execute(text(f"PRAGMA user_version = {FORMAT}"))

    @contextmanager
    def _writing(self) -> Generator[Connection]:
        with self._reaching(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A connection to read by. Raises RecordsUnusable for whatever goes wrong inside."""
        with self._reaching(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def _reaching(self) -> Generator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            raise RecordsUnusable(
                f"{self.path} cannot be used ({cause}): mend or move it, or set POLICYQA_RECORDS=false."
            ) from error


def _set_up_connection(connection: Any, _: object) -> None:
    """Readers do not wait for the writer; what is deleted is overwritten; feedback goes with its turn."""
    for pragma in ("journal_mode = WAL", "secure_delete = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _salt(path: Path) -> bytes:
    """The salt of this place, made once; of two processes that make it, the first one's holds."""
    if not path.exists():
        aside = path.with_name(f".{path.name}.{uuid4().hex}")
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY), "wb") as file:
            file.write(secrets.token_bytes(SALT_BYTES))
        try:
            path.hardlink_to(aside)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    return path.read_bytes()
