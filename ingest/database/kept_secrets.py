"""Secrets that all replicas share: whoever needs one first makes it."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, MetaData, String, Table, insert, select

from ingest.database.alone import hold_alone
from ingest.database.database import Database

SECRET = Table("secret", MetaData(), Column("name", String, primary_key=True), Column("content", LargeBinary))


def shared_secret(database: Database, name: str, ours: bytes) -> bytes:
    """The secret of that name; where there is none, it is ``ours`` from now on. Raises DatabaseUnusable."""
    wanted = select(SECRET.c.content).where(SECRET.c.name == name)
    with database.reading() as connection:
        found = connection.execute(wanted).scalar_one_or_none()
    if found is not None:
        return bytes(found)
    with database.writing() as connection:
        hold_alone(connection, SECRET.name)
        found = connection.execute(wanted).scalar_one_or_none()
        if found is None:
            connection.execute(insert(SECRET).values(name=name, content=ours))
    return ours if found is None else bytes(found)
