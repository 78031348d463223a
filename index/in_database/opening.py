"""What POLICYQA_SEARCH says: whether an index is searched in its own files or in the database."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from pydantic import SecretStr

from index.in_database.postings import ListsInDatabase
from index.in_database.tables import SPARED, fingerprint_of, number_of, table_of
from index.in_database.vectors import EnglishInDatabase, SentencesInDatabase, TableInDatabase
from index.rankers.bm25 import TokenRanker
from index.rankers.english import EnglishVectors
from index.rankers.protocol import Ranker, Shelf
from index.rankers.vectors import ClauseVectors, SentenceVectors
from index.settings import IN_DATABASE
from index.store.manifest import Manifest
from index.store.store import ENGLISH_SENTENCES
from ingest.database.database import Database, database_at
from ingest.errors import DatabaseUnusable, IndexMissing


class DatabaseSearch:
    """Opens indexes whose vectors and postings lie in a database (see :class:`index.store.store.Elsewhere`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def close(self) -> None:
        """Let go of the connections of all indexes opened."""
        self._database.close()

    @property
    def spared(self) -> Collection[str]:
        """Vectors and postings."""
        return SPARED

    def rankers_of(self, folder: Path, manifest: Manifest) -> Callable[[type[Ranker], Path, Shelf], Ranker]:
        """See :class:`Elsewhere`. Raises IndexMissing for an index that was not published there, DatabaseUnusable."""
        number = number_of(self._database, fingerprint_of(manifest))
        if number is None:
            raise IndexMissing("index.index_not_in_database", folder=folder, where=self._database.where)

        def load(kind: type[Ranker], part: Path, shelf: Shelf) -> Ranker:
            name = table_of(number, kind.name)
            if issubclass(kind, TokenRanker):
                return kind.load(part, shelf, ListsInDatabase(self._database, name))
            if issubclass(kind, ClauseVectors):
                return kind.load(part, shelf, TableInDatabase(self._database, name, manifest.counts["clauses"]))
            if issubclass(kind, SentenceVectors):
                table = TableInDatabase(self._database, name, manifest.counts["sentences"])
                return SentencesInDatabase.load(part, shelf, table)
            if issubclass(kind, EnglishVectors):
                table = TableInDatabase(self._database, name, manifest.counts[ENGLISH_SENTENCES])
                return EnglishInDatabase.load(part, shelf, table)
            return kind.load(part, shelf)

        return load


def search_elsewhere(search: str, address: SecretStr | None) -> DatabaseSearch | None:
    """What the settings ``search`` and ``database_url`` ask for; None to search in the files of the index.

    Raises DatabaseUnusable where the database is to be searched and none is named.
    """
    if search != IN_DATABASE:
        return None
    database = database_at(address)
    if database is None:
        raise DatabaseUnusable("index.search_without_database")
    return DatabaseSearch(database)
