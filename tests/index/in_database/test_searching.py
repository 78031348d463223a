"""The same hits whether an index is searched in its own files or in a database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.embedding.encoder import Encoder
from index.in_database import postings, vectors
from index.in_database.opening import DatabaseSearch
from index.in_database.publishing import publish_index
from index.in_database.tables import SPARED, fetch
from index.in_database.vectors import TableInDatabase
from index.rankers.protocol import TextEncoder
from index.rankers.vectors import sentence_text, text_key
from index.search.search import search
from index.search.spelling_terms import spelling_of
from index.settings import IndexSettings
from index.store.pointer import folder_that_serves
from index.store.store import FOLDER, ClauseIndex, open_index
from index.types import Filters, Hit, Query
from ingest.database.address import address_of, engine_for
from ingest.database.database import Database
from ingest.errors import DatabaseAway, DatabaseUnusable, IndexCorrupt, IndexMissing
from ingest.types import Corpus
from tests.databases import TEMPLATE, PostgresServer

DEV = Path(__file__).resolve().parents[3] / "eval" / "questions" / "dev.jsonl"
QUESTIONS = [
    "劳动能力鉴定结论的有效期",
    "高企首次认定奖多少",
    "研究生的房补",
    "病残津贴办法第二条",
    "tax rate of a company",
]
FILTERS = [
    Filters(),
    Filters(levels=frozenset({"市", "旗"})),
    Filters(documents=frozenset({"d3"})),
    Filters(without=frozenset({"d1", "d2"})),
    Filters(in_force_on=date(2026, 11, 22)),
    Filters(levels=frozenset({"nowhere"})),
]


@pytest.fixture
def searched(prepared_postgres: PostgresServer) -> Iterator[Database]:
    with prepared_postgres.database(TEMPLATE) as url:
        made = Database(url)
        yield made
        made.close()


@pytest.fixture(params=[0, 1_000], ids=["graph", "exact"])
def there(
    clause_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, searched: Database,
    request: pytest.FixtureRequest,
) -> ClauseIndex:  # fmt: skip
    """The index searched in the database, its own files of vectors and postings gone."""
    folder = folder_that_serves(home / FOLDER)
    publish_index(searched, folder, "v1", exact_up_to=request.param)
    for name in SPARED:
        (folder / name).unlink(missing_ok=True)
    return open_index(corpus, encoder, home, elsewhere=DatabaseSearch(searched))


def told(hits: list[Hit]) -> list[tuple[str, object, list[str]]]:
    return [(hit.clause.id, hit.best_sentence, sorted(hit.found_by)) for hit in hits]


@pytest.mark.parametrize(
    "filters", FILTERS, ids=["all", "two levels", "one document", "without two", "in force", "no level"]
)
def test_hits_are_those_of_the_local_search(clause_index: ClauseIndex, there: ClauseIndex, filters: Filters) -> None:
    for question in QUESTIONS:
        local, far = (search(one, Query.of(question, filters)) for one in (clause_index, there))
        assert told(far) == told(local), question
        np.testing.assert_allclose([hit.score for hit in far], [hit.score for hit in local], atol=5e-3)


def test_a_filter_that_lets_many_pass_follows_the_graph(
    clause_index: ClauseIndex, there: ClauseIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vectors, "MEASURE_ALL_UP_TO", 0)
    table, local = there.sentence_vectors.table, clause_index.sentence_vectors.table
    among = np.arange(len(table)) % 2 == 0
    for number in range(len(local)):
        vector = local.rows(number, number + 1)[0]
        rows, scores = table.nearest(vector, 3, among)
        wanted, cosines = local.nearest(vector, 3, among)
        np.testing.assert_allclose(scores, cosines, atol=2e-3)
        assert all(among[rows])
        assert rows[0] == wanted[0] or cosines[0] - cosines[1] < 2e-3


def test_what_is_forgotten_is_read_again(
    clause_index: ClauseIndex, there: ClauseIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "REMEMBERED_BYTES", 0)
    monkeypatch.setattr(vectors, "REMEMBERED", 1)
    for question in QUESTIONS:
        assert told(search(there, Query.of(question))) == told(search(clause_index, Query.of(question)))


def test_vectors_are_found_by_their_text(clause_index: ClauseIndex, there: ClauseIndex) -> None:
    known, local = there.sentence_vectors.table.by_key(), clause_index.sentence_vectors.table.by_key()
    clause = clause_index.corpus.clauses[0]
    key = text_key(sentence_text(clause, clause_index.shelf.sentences[0][0]))
    np.testing.assert_allclose(known[key], local[key], atol=1e-3)
    assert text_key("nowhere printed") not in known


def test_mistyped_words_are_read_by_the_same_terms(clause_index: ClauseIndex, there: ClauseIndex) -> None:
    assert spelling_of(there).read("安家补帖").text == spelling_of(clause_index).read("安家补帖").text


def test_english_is_searched_there_too(
    english_index: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, searched: Database
) -> None:
    publish_index(searched, folder_that_serves(home / FOLDER), "v1")
    there = open_index(corpus, encoder, home, elsewhere=DatabaseSearch(searched))
    question = Query.of("Until when is the conclusion of the appraisal valid?")
    assert told(search(there, question)) == told(search(english_index, question))


def test_the_folder_alone_is_no_whole_index(
    there: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path
) -> None:
    with pytest.raises(IndexCorrupt):
        open_index(corpus, encoder, home)


def test_what_else_is_missing_is_said(
    there: ClauseIndex, corpus: Corpus, encoder: TextEncoder, home: Path, searched: Database
) -> None:
    (folder_that_serves(home / FOLDER) / "words" / "starts.npy").unlink()
    with pytest.raises(IndexCorrupt, match=r"words/starts\.npy"):
        open_index(corpus, encoder, home, elsewhere=DatabaseSearch(searched))


def test_an_index_whose_place_others_took_is_named(searched: Database) -> None:
    with pytest.raises(IndexMissing, match="no longer in the database"):
        TableInDatabase(searched, "search_99_sentence_vectors", 1).rows(0, 1)


def test_a_fault_of_the_server_is_one_of_the_database(searched: Database) -> None:
    with pytest.raises(DatabaseUnusable):
        fetch(searched, "SELECT no_such_function(%s)", [0])


def test_a_server_that_is_away_is_said(there: ClauseIndex, searched: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    searched.close()
    monkeypatch.setattr(searched, "engine", engine_for(address_of("postgresql://nobody@/none?host=/nowhere")))
    with pytest.raises(DatabaseAway):
        search(there, Query.of("安家补贴"))


def test_questions_on_the_compendium_find_the_same(compendium: Corpus, searched: Database) -> None:
    settings = IndexSettings()
    encoder = Encoder.load(settings.embedding_model, settings.home, settings.threads)
    publish_index(searched, folder_that_serves(settings.home / FOLDER), "compendium")
    local = open_index(compendium, encoder, settings.home)
    there = open_index(compendium, encoder, settings.home, elsewhere=DatabaseSearch(searched))
    asked = [json.loads(line)["turns"][-1] for line in DEV.read_text(encoding="utf-8").splitlines() if line][::8]
    wanted = same = 0
    for question in asked:
        first, others = ({hit.clause.id for hit in search(one, Query.of(question), 5)} for one in (local, there))
        wanted, same = wanted + len(first), same + len(first & others)
    assert wanted > 4 * len(asked)
    assert same >= 0.98 * wanted
