"""The first tables: records, accounts and keys, sessions, limits, the log of changes, jobs, files.

Everything that is compared or sorted is kept by the order of its bytes (collation "C"), so that both engines agree.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

_TEXT = sa.String().with_variant(sa.Text(collation="C"), "postgresql")
_SECONDS: sa.types.TypeEngine[float] = sa.Double()  # since 1970
_COUNTED = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite numbers by itself only what it calls INTEGER


def upgrade() -> None:
    """Make them."""
    _records()
    _people()
    _limits()
    _audit_log()
    _jobs()
    _files()


def _text(name: str, *, key: bool = False, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, _TEXT, primary_key=key, nullable=nullable and not key)


def _of_turn() -> sa.Column[Any]:
    return sa.Column("turn", _TEXT, sa.ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True)


def _arrival() -> list[sa.Column[Any]]:
    """PostgreSQL is given the number of arrival that SQLite has by itself, under the name it has there."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    return [sa.Column("rowid", sa.BigInteger(), sa.Identity(always=True), nullable=False)] if is_postgresql else []


def _records() -> None:
    op.create_table(
        "turn",
        _text("id", key=True),
        *(_text(name) for name in ("conversation", "asked_at", "client", "as_of", "turns")),
        _text("level", nullable=True),
        _text("answer"),
        _text("status"),
        _text("reason", nullable=True),
        sa.Column("took_ms", sa.Float(), nullable=False),
        *(_text(name, nullable=True) for name in ("language", "document", "heading")),
        *_arrival(),
    )
    # PostgreSQL takes at most 2,704 bytes into an entry of a sorted index, and a heading may be longer.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_index("ix_turn_conversation", "turn", ["conversation"], postgresql_using="hash")
    overview = [
        "asked_at",
        "id",
        "status",
        "reason",
        *(["level", "language", "document", "heading"] if is_sqlite else []),
    ]
    op.create_index("turn_overview", "turn", overview)
    names = ("given_at", "thumb", "reason", "words", "correction", "clauses")
    op.create_table("feedback", _of_turn(), *(_text(name) for name in names), *_arrival())
    op.create_table("complaint", _of_turn(), _text("work"))
    op.create_table("settled", _text("wording", key=True), _text("work"))


def _people() -> None:
    op.create_table(
        "entry", _text("list", key=True), _text("name", key=True), _text("hash"), _text("changed"), _text("role")
    )
    op.create_table("secret", _text("name", key=True), sa.Column("content", sa.LargeBinary(), nullable=False))
    op.create_table(
        "session",
        _text("key", key=True),
        *(_text(name) for name in ("name", "by", "role", "stamp")),
        sa.Column("begun", _SECONDS, nullable=False),
        sa.Column("last_seen", _SECONDS, nullable=False),
    )


def _limits() -> None:
    op.create_table(
        "bucket",
        _text("limit", key=True),
        _text("client", key=True),
        sa.Column("tokens", _SECONDS, nullable=False),
        sa.Column("at", _SECONDS, nullable=False),
    )
    op.create_table(
        "failed_login",
        _text("kind", key=True),
        _text("key", key=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last", _SECONDS, nullable=False),
    )


def _audit_log() -> None:
    op.create_table(
        "audit",
        sa.Column("number", _COUNTED, primary_key=True, autoincrement=True),
        *(_text(name) for name in ("at", "who", "what", "about", "details")),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the log of changes is only appended to'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_stays_{change.lower()} BEFORE {change} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the log of changes is only appended to'); END"
        )


def _jobs() -> None:
    op.create_table(
        "job",
        sa.Column("number", _COUNTED, primary_key=True, autoincrement=True),
        *(_text(name) for name in ("kind", "who", "about", "state")),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        _text("holder"),
        sa.Column("leased_until", _SECONDS, nullable=False),
        sa.Column("begun", _SECONDS, nullable=False),
        _text("told"),
        sqlite_autoincrement=True,
    )
    op.create_index("job_waiting", "job", ["kind", "state", "number"])


def _files() -> None:
    op.create_table("blob", _text("digest", key=True), sa.Column("size", sa.BigInteger(), nullable=False))
    op.create_table(
        "blob_part",
        sa.Column("digest", _TEXT, sa.ForeignKey("blob.digest", ondelete="CASCADE"), primary_key=True),
        sa.Column("part", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "file",
        _text("tree", key=True),
        _text("path", key=True),
        sa.Column("digest", _TEXT, sa.ForeignKey("blob.digest"), nullable=False),
        sa.Column("changed", _SECONDS, nullable=False),
    )
    op.create_index("ix_file_digest", "file", ["digest"])
