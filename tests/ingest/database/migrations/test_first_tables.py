"""The steps as a whole: both engines end with the same tables, and every step can be told from the others."""

from __future__ import annotations

from sqlalchemy import inspect

from ingest.database.database import Database
from ingest.database.schema import VERSION_TABLE

TABLES = "turn feedback complaint settled entry secret session bucket failed_login audit job blob blob_part file"


def test_both_engines_have_the_same_tables(database: Database) -> None:
    with database.reading() as connection:
        found = inspect(connection).get_table_names()
    assert sorted(found) == sorted([*TABLES.split(), VERSION_TABLE])


def test_what_is_compared_is_kept_by_the_order_of_its_bytes(database: Database) -> None:
    if database.kind == "sqlite":
        return
    with database.reading() as connection:
        columns = inspect(connection).get_columns("turn")
    assert {getattr(column["type"], "collation", "") for column in columns if column["type"].python_type is str} == {
        "C"
    }
