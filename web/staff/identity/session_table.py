"""Open sessions in a shared database: who is signed in at one replica is at all."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Column, Float, MetaData, String, Table, delete, func, insert, or_, select, update

from ingest.database.database import Database
from ingest.database.kept_secrets import shared_secret
from web.staff.identity.accounts import Account, By
from web.staff.identity.roles import role_of
from web.staff.identity.sessions import Session

SECRET = "forms"
SESSION = Table(
    "session",
    MetaData(),
    Column("key", String, primary_key=True),
    *(Column(name, String) for name in ("name", "by", "role", "stamp")),
    Column("begun", Float),
    Column("last_seen", Float),
)


class SessionTable:
    """The sessions of one database; moments are those of the clock on the wall. Every method raises DatabaseUnusable."""

    seen_share = 0.05  # of the longest silence: not every request is a row written

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, key: str, session: Session) -> None:
        """Keep a new one."""
        account = session.account
        who = {"name": account.name, "by": account.by, "role": account.role.value, "stamp": session.stamp}
        with self._database.writing() as connection:
            connection.execute(insert(SESSION).values(key=key, begun=session.begun, last_seen=session.last_seen, **who))

    def get(self, key: str) -> Session | None:
        """One of them."""
        with self._database.reading() as connection:
            row = connection.execute(select(SESSION).where(SESSION.c.key == key)).first()
        if row is None:
            return None
        account = Account(row.name, cast("By", row.by), role_of(row.role))
        return Session(account, row.stamp, row.begun, row.last_seen)

    def seen(self, key: str, at: float) -> None:
        """Something was asked in it."""
        with self._database.writing() as connection:
            connection.execute(update(SESSION).where(SESSION.c.key == key).values(last_seen=at))

    def drop(self, key: str) -> None:
        """Forget one."""
        with self._database.writing() as connection:
            connection.execute(delete(SESSION).where(SESSION.c.key == key))

    def drop_over(self, silent_since: float, begun_before: float) -> None:
        """Forget those that are over."""
        with self._database.writing() as connection:
            connection.execute(delete(SESSION).where(_over(silent_since, begun_before)))

    def count(self, silent_since: float, begun_before: float) -> int:
        """How many are not over."""
        chosen = select(func.count()).select_from(SESSION).where(~_over(silent_since, begun_before))
        with self._database.reading() as connection:
            return connection.execute(chosen).scalar_one()

    def secret(self, ours: bytes) -> bytes:
        """What forms are proved with."""
        return shared_secret(self._database, SECRET, ours)


def _over(silent_since: float, begun_before: float) -> Any:
    return or_(SESSION.c.last_seen < silent_since, SESSION.c.begun < begun_before)
