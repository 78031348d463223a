"""Vectors and postings as PostgreSQL's ``COPY … (FORMAT BINARY)`` takes them: whole blocks at once, no row made alone."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection

from index.in_database.tables import KEY_CHARACTERS, told_by_driver
from index.rankers.postings import Postings
from index.rankers.quantized_vectors import RoundedVectors
from index.rankers.vectors import Table, VectorTable

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # signature, no flags, no extension
TRAILER = struct.pack(">h", -1)
BLOCK = 16_384  # vectors; a few ten megabytes


def copy_rows(connection: Connection, table: str, blocks: Iterable[bytes]) -> None:
    """Writes rows into a table. Raises SQLAlchemyError."""
    statement = f"COPY {table} FROM STDIN (FORMAT BINARY)"
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(HEADER)
            for block in blocks:
                copy.write(block)
            copy.write(TRAILER)
    except connection.dialect.loaded_dbapi.Error as error:
        raise told_by_driver(statement, error) from error


def rows_of_vectors(table: Table, dim: int) -> Iterator[bytes]:
    """Number, key and vector of each row."""
    fields = np.dtype([
        ("fields", ">i2"), ("row_size", ">i4"), ("row", ">i4"), ("key_size", ">i4"), ("key", ">i8"),
        ("vector_size", ">i4"), ("dim", ">i2"), ("unused", ">i2"), ("vector", ">f2", (dim,)),
    ])  # fmt: skip
    for start in range(0, len(table), BLOCK):
        end = min(start + BLOCK, len(table))
        rows = np.zeros(end - start, fields)
        rows["fields"], rows["row_size"], rows["key_size"], rows["vector_size"] = 3, 4, 8, 4 + 2 * dim
        rows["row"], rows["key"] = np.arange(start, end), _keys(table, start, end)
        rows["dim"], rows["vector"] = dim, table.rows(start, end)
        yield rows.tobytes()


def _keys(table: Table, start: int, end: int) -> Sequence[int] | np.ndarray[Any, Any]:
    if isinstance(table, RoundedVectors):
        return np.ascontiguousarray(table.keys[start:end, : KEY_CHARACTERS // 2]).view(">i8").ravel()
    if isinstance(table, VectorTable):
        return np.array([int(key[:KEY_CHARACTERS], 16) for key in table.keys[start:end]], np.uint64).view(np.int64)
    raise TypeError(f"no keys of {type(table).__name__}")


def rows_of_postings(postings: Postings) -> Iterator[bytes]:
    """Number, clauses and scores of each token that a clause holds."""
    for number in range(len(postings.highest)):
        clauses, scores = postings.list_of(number)
        if len(clauses):
            held, said = clauses.astype("<i4").tobytes(), scores.astype("<f4").tobytes()
            yield b"".join((struct.pack(">hiii", 3, 4, number, len(held)), held, struct.pack(">i", len(said)), said))
