"""Trees of files that replicas share: contents by digest, gone when nothing leads to them, copied where they are here."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete, select

from ingest.database.blobs import BLOB, PART, digest_of, keep_blob, keep_content
from ingest.database.database import Database
from ingest.database.file_trees import (
    checked_path,
    drop_files,
    drop_tree,
    drop_unused,
    files_of,
    put_files,
    text_of,
    trees_below,
    write_file,
)
from ingest.errors import DatabaseUnusable

TEXT = "二、对全职引进的博士给予20万元安家补贴。\n"


def kept(database: Database, tmp_path: Path, **files: str) -> dict[str, str]:
    digests: dict[str, str] = {}
    with database.writing() as connection:
        for name, text in files.items():
            (tmp_path / name).write_text(text, "utf-8")
            digests[name] = keep_blob(connection, tmp_path / name)
        put_files(connection, "index/1", digests)
    return digests


def contents(database: Database) -> set[str]:
    with database.reading() as connection:
        return set(connection.execute(select(BLOB.c.digest)).scalars())


def test_a_path_leads_to_what_was_put_there_last(database: Database, tmp_path: Path) -> None:
    digests = kept(database, tmp_path, a=TEXT, b="b")
    with database.writing() as connection:
        put_files(connection, "index/1", {"a": digests["b"]})
        assert files_of(connection, "index/1") == {"a": digests["b"], "b": digests["b"]}
        assert files_of(connection, "index/1", "b") == {"b": digests["b"]}
        assert trees_below(connection, "index/") == {"index/1"}
        assert text_of(connection, "index/1", "a") == (digests["b"], b"b")
        assert text_of(connection, "index/1", "c") is None


def test_contents_that_nothing_leads_to_go_and_others_stay(database: Database, tmp_path: Path) -> None:
    digests = kept(database, tmp_path, a=TEXT, b="b")
    with database.writing() as connection:
        keep_content(connection, b"uploaded by somebody who died")
        drop_files(connection, "index/1", ["a"])
        drop_unused(connection)
    assert contents(database) == {digests["b"]}
    with database.writing() as connection:
        drop_tree(connection, "index/1")
        drop_unused(connection)
        assert connection.execute(select(PART.c.digest)).all() == []


def test_a_file_that_is_here_is_copied_and_a_wrong_one_is_fetched(database: Database, tmp_path: Path) -> None:
    digest = kept(database, tmp_path, a=TEXT)["a"]
    here, target = tmp_path / "a", tmp_path / "deep" / "copy"
    with database.writing() as connection:
        connection.execute(delete(PART))
        write_file(connection, digest, target, {digest: here})
        assert target.read_text("utf-8") == TEXT
        here.write_text("another", "utf-8")
        with pytest.raises(DatabaseUnusable, match="damaged"):
            write_file(connection, digest, target, {digest: here})


def test_a_content_is_fetched_by_its_digest(database: Database, tmp_path: Path) -> None:
    digest = kept(database, tmp_path, a=TEXT)["a"]
    with database.reading() as connection:
        write_file(connection, digest, tmp_path / "copy", {})
    assert digest_of(tmp_path / "copy") == digest


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "a/../../x"])
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    with pytest.raises(DatabaseUnusable):
        checked_path(path)
