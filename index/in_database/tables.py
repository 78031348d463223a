"""Which indexes lie in a database, and in which of its tables. Each index has tables of its own, dropped as a whole.

search_index                  one row an index: what it is known by, and which version of the corpus it is of
search_7_clause_vectors       a row a vector: its number, the beginning of the sha256 of its text, the vector
search_7_words                a row a token: its number, the clauses that hold it and its score in each, packed
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError

from index.rankers.bm25 import BigramBm25, TokenRanker, WordBm25
from index.rankers.english import EnglishBm25, EnglishVectors
from index.rankers.postings import CLAUSES_FILE, SCORES_FILE
from index.rankers.quantized_vectors import AXES_FILE, ROUNDED_FILE, ROWS_FILE
from index.rankers.quantized_vectors import KEYS_FILE as ROUNDED_KEYS_FILE
from index.rankers.vectors import KEYS_FILE, VECTORS_FILE, ClauseVectors, SentenceVectors
from index.store.manifest import Manifest
from ingest.database.address import POSTGRESQL
from ingest.database.database import Database
from ingest.errors import DatabaseUnusable, IndexMissing

REGISTRY = "search_index"
OF_VECTORS = (ClauseVectors, SentenceVectors, EnglishVectors)
OF_TOKENS: tuple[type[TokenRanker], ...] = (WordBm25, BigramBm25, EnglishBm25)
# What a folder need not have when its index lies in a database. Vocabulary and sentences stay: they grow far slower,
# and reading a mistyped question asks for the words of the whole corpus.
SPARED = frozenset(
    f"{ranker.name}/{file}"
    for rankers, files in (
        (OF_VECTORS, (VECTORS_FILE, KEYS_FILE, ROUNDED_FILE, AXES_FILE, ROWS_FILE, ROUNDED_KEYS_FILE)),
        (OF_TOKENS, (CLAUSES_FILE, SCORES_FILE)),
    )
    for ranker in rankers
    for file in files
)
EXTENSION, LEAST_VERSION = "vector", (0, 8)  # of pgvector: halfvec since 0.7, scans that go on under filters since 0.8
NO_SUCH_TABLE = "42P01"  # as PostgreSQL numbers faults
KEY_CHARACTERS = 16  # of a sha256 in hexadecimal: 64 bits tell texts apart


def table_of(number: int, ranker: str) -> str:
    """Where the rows of one ranker lie."""
    return f"search_{number}_{ranker}"


def fingerprint_of(manifest: Manifest) -> str:
    """What an index is known by: the same for the same files, wherever they lie."""
    return hashlib.sha256(manifest.to_json().encode("utf-8")).hexdigest()


def key_number(key: str) -> int:
    """The beginning of a sha256 as the number that stands in a row."""
    return int.from_bytes(bytes.fromhex(key[:KEY_CHARACTERS]), "big", signed=True)


def number_of(database: Database, fingerprint: str) -> int | None:
    """The number of an index; None where it does not lie in the database. Raises DatabaseUnusable."""
    check_kind(database)
    with database.reading() as connection:
        if connection.execute(text("SELECT to_regclass(:name)"), {"name": REGISTRY}).scalar_one() is None:
            return None
        found = text(f"SELECT number FROM {REGISTRY} WHERE fingerprint = :fingerprint")
        return connection.execute(found, {"fingerprint": fingerprint}).scalar_one_or_none()


def bytes_of(database: Database, number: int) -> int:
    """What the tables of an index take on the disk of the server, with all that finds their rows."""
    with database.reading() as connection:
        size = text("SELECT coalesce(pg_total_relation_size(to_regclass(:name)), 0)")
        names = (table_of(number, ranker.name) for ranker in (*OF_VECTORS, *OF_TOKENS))
        return sum(int(connection.execute(size, {"name": name}).scalar_one()) for name in names)


def check_kind(database: Database) -> None:
    """Raises DatabaseUnusable for a database that cannot be searched."""
    if database.kind != POSTGRESQL:
        raise DatabaseUnusable("index.search_needs_postgresql", where=database.where)


def fetch(
    database: Database, statement: str, parameters: Sequence[object], options: Mapping[str, object] | None = None
) -> list[tuple[Any, ...]]:
    """The rows of a statement in PostgreSQL's binary form, under ``options`` of the server.

    Raises IndexMissing where its table was dropped, since later indexes took its place; DatabaseUnusable.
    """
    with database.reading() as connection:
        try:
            return _on_driver(connection, statement, parameters, options)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) == NO_SUCH_TABLE:
                raise IndexMissing("index.index_gone_from_database", where=database.where) from error
            raise


def _on_driver(
    connection: Connection,
    statement: str,
    parameters: Sequence[object] = (),
    options: Mapping[str, object] | None = None,
) -> list[tuple[Any, ...]]:
    """On a connection of the driver: SQLAlchemy itself would have every byte in hexadecimal."""
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor(binary=True) as cursor:
            if options:
                set_all = ", ".join("set_config(%s, %s, true)" for _ in options)
                cursor.execute(f"SELECT {set_all}", [str(said) for pair in options.items() for said in pair])
            cursor.execute(statement, parameters)
            return cursor.fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise told_by_driver(statement, error) from error


def told_by_driver(statement: str, error: Exception) -> DBAPIError:
    """A fault of the driver in the form in which those of all other statements come."""
    return OperationalError(statement, None, error)
