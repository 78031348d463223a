"""Files in a database: every content once, trees as they were, nothing of what is hidden or aside."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from ingest.database.blobs import BLOB, keep_blob, keep_tree, write_tree
from ingest.database.database import Database


def test_a_tree_is_written_as_it_was_kept(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    for name, content in {
        "a.txt": b"one",
        "b/c.bin": bytes(range(256)),
        "b/d.txt": b"one",
        "e": b"",
        ".f": b"aside",
        "lock": b"",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "link").symlink_to(folder / "a.txt")
    with database.writing() as connection:
        assert keep_tree(connection, "t", folder) == 4
        assert connection.execute(select(func.count()).select_from(BLOB)).scalar_one() == 3, "a content is kept once"
    with database.reading() as connection:
        assert write_tree(connection, "t", tmp_path / "there") == 4
        assert write_tree(connection, "other", tmp_path / "other") == 0
    found = {
        path.relative_to(tmp_path / "there").as_posix(): path.read_bytes()
        for path in (tmp_path / "there").rglob("*")
        if path.is_file()
    }
    assert found == {"a.txt": b"one", "b/c.bin": bytes(range(256)), "b/d.txt": b"one", "e": b""}
    assert (tmp_path / "there" / "a.txt").stat().st_mtime == pytest.approx((folder / "a.txt").stat().st_mtime)


def test_a_folder_that_is_not_there_is_an_empty_tree(database: Database, tmp_path: Path) -> None:
    with database.writing() as connection:
        assert keep_tree(connection, "t", tmp_path / "none") == 0


def test_a_content_is_named_by_its_digest(database: Database, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    with database.writing() as connection:
        assert (
            keep_blob(connection, tmp_path / "a") == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed"
        )
