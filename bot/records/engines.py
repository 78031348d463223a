"""The few things of a statement that SQLite and PostgreSQL say differently."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Table, case, cast, func, literal_column, null
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import DateTime, String, TypeDecorator

from ingest.database.address import POSTGRESQL

_ZONES = "/zoneinfo/"
_ZONE_NAME = re.compile(r"[\w+-]+(/[\w+-]+)*")
_ESCAPE, _NUL = "\x1a", "\x00"  # PostgreSQL takes no NUL into a text


class AnyText(TypeDecorator[str]):
    """Text of people, kept as it is also where the engine takes no NUL."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """As it is written."""
        if value is None or dialect.name != POSTGRESQL:
            return value
        return value.replace(_ESCAPE, f"{_ESCAPE}1").replace(_NUL, f"{_ESCAPE}0")

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """As it was given."""
        if value is None or dialect.name != POSTGRESQL:
            return value
        return value.replace(f"{_ESCAPE}0", _NUL).replace(f"{_ESCAPE}1", _ESCAPE)


def put(connection: Connection, table: Table, values: Mapping[str, Any], key: str) -> None:
    """Insert a row, or put it in the place of the one that has its ``key``."""
    made = postgresql.insert(table) if connection.dialect.name == POSTGRESQL else sqlite.insert(table)
    row = made.values(dict(values))
    connection.execute(row.on_conflict_do_update(index_elements=[key], set_=dict(values)))


def put_once(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Insert a row unless it is there."""
    made = postgresql.insert(table) if connection.dialect.name == POSTGRESQL else sqlite.insert(table)
    connection.execute(made.values(dict(values)).on_conflict_do_nothing())


def day_of(moment: ColumnElement[str], connection: Connection) -> ColumnElement[str]:
    """The day of moments kept as text in UTC, in this machine's time zone and not in that of the database."""
    if connection.dialect.name != POSTGRESQL:
        return func.date(moment, "localtime")
    # No parameters: one that is grouped by must be the very words that are selected.
    there = func.timezone(literal_column(_zone()), cast(moment, DateTime(timezone=True)))
    return func.to_char(there, literal_column("'YYYY-MM-DD'"))


def standalone_of(answer: ColumnElement[str], connection: Connection) -> ColumnElement[str | None]:
    """The question as it was searched for, out of a kept answer; NULL when the engine cannot read it."""
    if connection.dialect.name != POSTGRESQL:
        return func.json_extract(answer, "$.standalone")
    has_nul = func.strpos(answer, "\\u0000") > 0  # PostgreSQL reads no JSON that holds one anywhere
    return case((has_nul, null()), else_=cast(answer, JSON)["standalone"].as_string())


def _zone() -> str:
    """This machine's time zone in PostgreSQL's words: its name, else how far it is from UTC today."""
    try:
        name = os.environ.get("TZ", "").removeprefix(":") or str(Path("/etc/localtime").readlink()).partition(_ZONES)[2]
    except OSError:
        name = ""
    if _ZONE_NAME.fullmatch(name) and Path(f"/usr/share{_ZONES}{name}").is_file():
        return f"'{name}'"
    away = datetime.now().astimezone().utcoffset()
    return f"INTERVAL '{int(away.total_seconds()) if away else 0} seconds'"
