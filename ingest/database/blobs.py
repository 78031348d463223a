"""Files in a database: each content once, under its digest, and trees of paths that lead to contents."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    insert,
    select,
)

from ingest.database.alone import hold_alone
from ingest.errors import DatabaseUnusable

PART_BYTES = 4 * 1024 * 1024  # so that no file is in memory as a whole, nor at PostgreSQL's limit of 1 GB
_METADATA = MetaData()
BLOB = Table("blob", _METADATA, Column("digest", String, primary_key=True), Column("size", BigInteger))
PART = Table(
    "blob_part",
    _METADATA,
    Column("digest", String, primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("bytes", LargeBinary),
)
FILE = Table(
    "file",
    _METADATA,
    Column("tree", String, primary_key=True),
    Column("path", String, primary_key=True),
    Column("digest", String),
    Column("changed", Float),  # seconds since 1970
)


def keep_blob(connection: Connection, path: Path) -> str:
    """Keep the content of a file unless it is kept; returns its digest (sha256). Raises OSError."""
    digest = digest_of(path)
    with path.open("rb") as file:
        hold_alone(connection, BLOB.name)
        if connection.execute(select(BLOB.c.digest).where(BLOB.c.digest == digest)).first() is not None:
            return digest
        connection.execute(insert(BLOB).values(digest=digest, size=file.seek(0, 2)))
        file.seek(0)
        found = hashlib.sha256()
        for number, part in enumerate(iter(lambda: file.read(PART_BYTES), b"")):
            found.update(part)
            connection.execute(insert(PART).values(digest=digest, part=number, bytes=part))
        if found.hexdigest() != digest:  # it was written to meanwhile
            raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN), str(path))
    return digest


def keep_content(connection: Connection, content: bytes) -> str:
    """Keep some bytes unless they are kept; returns their digest."""
    digest = hashlib.sha256(content).hexdigest()
    hold_alone(connection, BLOB.name)
    if connection.execute(select(BLOB.c.digest).where(BLOB.c.digest == digest)).first() is None:
        connection.execute(insert(BLOB).values(digest=digest, size=len(content)))
        connection.execute(insert(PART).values(digest=digest, part=0, bytes=content))
    return digest


def content_of(connection: Connection, digest: str) -> bytes:
    """A content that is small. Raises DatabaseUnusable as :func:`write_blob` does."""
    written = BytesIO()
    write_blob(connection, digest, written)
    return written.getvalue()


def digest_of(path: Path) -> str:
    """sha256 of a file. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_blob(connection: Connection, digest: str, to: BinaryIO) -> None:
    """Write a content into a file. Raises DatabaseUnusable when it is not, or no longer, what its digest says."""
    found = hashlib.sha256()
    for part in _parts(connection, digest):
        found.update(part)
        to.write(part)
    if found.hexdigest() != digest:
        raise DatabaseUnusable("ingest.blob_damaged", digest=digest)


def keep_tree(connection: Connection, tree: str, folder: Path) -> int:
    """Keep all files below a folder under their paths; returns how many. Locks and files aside are left. Raises OSError."""
    count = 0
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        inside = path.relative_to(folder)
        if (
            path.is_symlink()
            or not path.is_file()
            or path.name == "lock"
            or any(p.startswith(".") for p in inside.parts)
        ):
            continue
        row = {"tree": tree, "path": inside.as_posix(), "changed": path.stat().st_mtime}
        connection.execute(insert(FILE).values(digest=keep_blob(connection, path), **row))
        count += 1
    return count


def write_tree(connection: Connection, tree: str, folder: Path) -> int:
    """Write all files of a tree below a folder; returns how many. Raises OSError, DatabaseUnusable."""
    rows = connection.execute(select(FILE).where(FILE.c.tree == tree).order_by(FILE.c.path)).all()
    for row in rows:
        path = PurePosixPath(row.path)
        if path.is_absolute() or ".." in path.parts:
            raise DatabaseUnusable("ingest.path_leads_out", path=row.path)
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            write_blob(connection, row.digest, file)
        os.utime(target, (row.changed, row.changed))  # runs are listed by when they were written
    return len(rows)


def _parts(connection: Connection, digest: str) -> Iterator[bytes]:
    numbers = (
        connection.execute(select(PART.c.part).where(PART.c.digest == digest).order_by(PART.c.part)).scalars().all()
    )
    for number in numbers:
        yield bytes(
            connection.execute(select(PART.c.bytes).where(PART.c.digest == digest, PART.c.part == number)).scalar_one()
        )
