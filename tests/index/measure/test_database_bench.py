"""The measurement of the search in a database, at a size that takes half a minute."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.measure.bench import read_questions
from index.measure.database_bench import database_table, run_database_bench
from index.measure.killed_builds import HashedPairs
from index.store.store import build_index
from ingest.types import Corpus
from tests.databases import TEMPLATE, PostgresServer

CORPUS = Path(__file__).resolve().parents[3] / "corpus"


@pytest.mark.skipif(os.name != "posix", reason="the server of the tests is reached through a socket")
def test_the_search_in_a_database_finds_what_an_exact_one_does(
    compendium: Corpus, prepared_postgres: PostgresServer, tmp_path: Path
) -> None:
    build_index(compendium, HashedPairs(), tmp_path)
    questions = read_questions(None, CORPUS)[:40]
    with prepared_postgres.database(TEMPLATE) as url:
        (row,) = run_database_bench(CORPUS, [5_000], questions, HashedPairs(), tmp_path, url)
    assert row.recall >= 0.95
    assert row.same_first >= 0.95
    assert row.database_mb > 5
    assert "| 5,000 |" in database_table([row])
