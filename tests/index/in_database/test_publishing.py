"""An index is put into a database whole or not at all, and only into one that can be searched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from index.in_database import publishing
from index.in_database.opening import DatabaseSearch, search_elsewhere
from index.in_database.publishing import publish_index
from index.in_database.tables import bytes_of
from index.rankers.protocol import TextEncoder
from index.store.pointer import folder_that_serves
from index.store.store import FOLDER, ClauseIndex, build_index, open_index
from ingest.database.database import Database
from ingest.errors import DatabaseUnusable, IndexCorrupt, IndexMissing
from ingest.types import Corpus
from tests.databases import TEMPLATE, PostgresServer


@pytest.fixture
def searched(prepared_postgres: PostgresServer) -> Iterator[Database]:
    with prepared_postgres.database(TEMPLATE) as url:
        made = Database(url)
        yield made
        made.close()


@pytest.fixture
def folder(clause_index: ClauseIndex, home: Path) -> Path:
    return folder_that_serves(home / FOLDER)


def tables_in(database: Database) -> set[str]:
    with database.reading() as connection:
        names = connection.execute(text("SELECT tablename FROM pg_tables WHERE tablename LIKE 'search%'"))
        return set(names.scalars())


def versions_in(database: Database) -> list[str]:
    with database.reading() as connection:
        return list(connection.execute(text("SELECT version FROM search_index ORDER BY published")).scalars())


def test_an_index_has_tables_of_its_own(searched: Database, folder: Path) -> None:
    number = publish_index(searched, folder, "v1")
    parts = ("clause_vectors", "sentence_vectors", "words", "bigrams")
    assert tables_in(searched) == {"search_index", *(f"search_{number}_{part}" for part in parts)}
    assert bytes_of(searched, number) > 0


def test_the_same_index_is_not_written_twice(searched: Database, folder: Path) -> None:
    first = publish_index(searched, folder, "v1")
    before = tables_in(searched)
    assert publish_index(searched, folder, "v2") == first
    assert (tables_in(searched), versions_in(searched)) == (before, ["v2"])


def test_those_that_came_last_are_kept(
    searched: Database, corpus: Corpus, encoder: TextEncoder, other_encoder: TextEncoder, home: Path
) -> None:
    build_index(corpus, encoder, home)
    old = publish_index(searched, folder_that_serves(home / FOLDER), "old", keep=1)
    build_index(corpus, other_encoder, home)
    new = publish_index(searched, folder_that_serves(home / FOLDER), "new", keep=1)
    assert versions_in(searched) == ["new"]
    assert bytes_of(searched, new) > bytes_of(searched, old) == 0


def test_what_fails_half_way_leaves_nothing(
    searched: Database, folder: Path, monkeypatch: pytest.MonkeyPatch, corpus: Corpus, encoder: TextEncoder, home: Path
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space")

    with monkeypatch.context() as at_the_end:
        at_the_end.setattr(publishing, "rows_of_postings", full)
        with pytest.raises(IndexCorrupt):
            publish_index(searched, folder, "v1")
    assert tables_in(searched) == set()
    with pytest.raises(IndexMissing, match="python -m index publish"):
        open_index(corpus, encoder, home, elsewhere=DatabaseSearch(searched))


def test_a_damaged_index_is_not_published(searched: Database, folder: Path) -> None:
    (folder / "words" / "scores.npy").write_bytes(b"")
    with pytest.raises(IndexCorrupt):
        publish_index(searched, folder, "v1")


def test_a_server_without_pgvector_is_refused(
    searched: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "EXTENSION", "pgvector_is_not_here")
    with pytest.raises(DatabaseUnusable, match=r"no pgvector: install it .*POLICYQA_SEARCH=local"):
        publish_index(searched, folder, "v1")
    assert tables_in(searched) == set()


def test_a_pgvector_that_is_too_old_is_refused(
    searched: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "LEAST_VERSION", (99, 0))
    with pytest.raises(DatabaseUnusable, match="ALTER EXTENSION vector UPDATE"):
        publish_index(searched, folder, "v1")


def test_sqlite_is_refused(folder: Path, corpus: Corpus, encoder: TextEncoder, home: Path, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'database.sqlite'}")
    with pytest.raises(DatabaseUnusable, match="SQLite"):
        publish_index(database, folder, "v1")
    with pytest.raises(DatabaseUnusable, match="SQLite"):
        open_index(corpus, encoder, home, elsewhere=DatabaseSearch(database))
    database.close()


def test_a_search_in_a_database_needs_one() -> None:
    assert search_elsewhere("local", None) is None
    with pytest.raises(DatabaseUnusable, match="POLICYQA_DATABASE_URL"):
        search_elsewhere("database", None)
