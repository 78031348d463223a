"""Trees of files that several replicas share: what each holds by path and digest, changed in the transaction of who publishes."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from sqlalchemy import Connection, delete, insert, select

from ingest.database.alone import hold_alone
from ingest.database.blobs import BLOB, FILE, content_of, digest_of, write_blob
from ingest.errors import DatabaseUnusable


def files_of(connection: Connection, tree: str, below: str = "") -> dict[str, str]:
    """The digest of each file of a tree by its path; of those whose path begins with ``below``."""
    wanted = select(FILE.c.path, FILE.c.digest).where(FILE.c.tree == tree)
    rows = connection.execute(wanted.where(FILE.c.path.startswith(below, autoescape=True)) if below else wanted)
    return {row.path: row.digest for row in rows}


def put_files(connection: Connection, tree: str, digests: Mapping[str, str]) -> None:
    """Let these paths lead to these contents, which must be kept already."""
    drop_files(connection, tree, digests)
    now = time.time()
    if digests:
        rows = [{"tree": tree, "path": path, "digest": digest, "changed": now} for path, digest in digests.items()]
        connection.execute(insert(FILE), rows)


def drop_files(connection: Connection, tree: str, paths: Iterable[str]) -> None:
    """Let these paths lead nowhere."""
    for path in paths:
        connection.execute(delete(FILE).where(FILE.c.tree == tree, FILE.c.path == path))


def trees_below(connection: Connection, start: str) -> set[str]:
    """The names of the trees that begin so."""
    return set(connection.execute(select(FILE.c.tree).where(FILE.c.tree.startswith(start)).distinct()).scalars())


def drop_tree(connection: Connection, tree: str) -> None:
    """Let no path of a tree lead anywhere."""
    connection.execute(delete(FILE).where(FILE.c.tree == tree))


def drop_unused(connection: Connection) -> None:
    """Delete contents that no path leads to: of what was thrown away, or uploaded by somebody who died."""
    hold_alone(connection, BLOB.name)
    connection.execute(delete(BLOB).where(BLOB.c.digest.not_in(select(FILE.c.digest))))


def text_of(connection: Connection, tree: str, path: str) -> tuple[str, bytes] | None:
    """Digest and content of a small file; None when there is none. Raises DatabaseUnusable when it is damaged."""
    wanted = select(FILE.c.digest).where(FILE.c.tree == tree, FILE.c.path == path)
    digest = connection.execute(wanted).scalar_one_or_none()
    return None if digest is None else (digest, content_of(connection, digest))


def write_file(connection: Connection, digest: str, target: Path, here: Mapping[str, Path]) -> None:
    """Write a content to ``target``: a copy of one that is here by its digest, else out of the database.

    Raises OSError, and DatabaseUnusable when the content there is not what its digest says.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    known = here.get(digest)
    if known is not None and known.is_file():
        shutil.copyfile(known, target)
        if digest_of(target) == digest:
            return
    with target.open("wb") as file:
        write_blob(connection, digest, file)
        file.flush()
        os.fsync(file.fileno())


def checked_path(path: str) -> PurePosixPath:
    """A path of a tree, as it may be written below a folder. Raises DatabaseUnusable."""
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts:
        raise DatabaseUnusable("ingest.path_leads_out", path=path)
    return parts
