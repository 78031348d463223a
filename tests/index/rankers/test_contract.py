"""What every ranker keeps. A new ranker gets a class here that names it, and inherits the rest."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.glossary.glossary import Glossary
from index.rankers.bm25 import BigramBm25, WordBm25
from index.rankers.named_clause import AddressLookup
from index.rankers.protocol import Ranker, Ranking, Shelf, TextEncoder
from index.rankers.vectors import ClauseVectors, SentenceVectors
from index.scoring.query_preparation import prepare
from index.store.store import RANKERS
from index.types import Query, QueryPart
from ingest.types import Corpus

QUESTION = "病残津贴办法第十条：劳动能力鉴定结论有效期多久？"
ANSWER = "d1-3"


class RankerContract:
    """The tests. ``kind`` is the ranker."""

    kind: type[Ranker]

    @pytest.fixture
    def ranker(self, shelf: Shelf, encoder: TextEncoder) -> Ranker:
        return self.kind.build(shelf, encoder.encode_passages)

    @pytest.fixture
    def rank(self, ranker: Ranker, shelf: Shelf, encoder: TextEncoder) -> Callable[..., Ranking]:
        return lambda question, limit=100: ranker.rank(prepare(Query.of(question), shelf, encoder), limit)

    def test_has_a_name_fit_for_a_folder(self) -> None:
        assert self.kind.name.isidentifier()

    def test_finds_the_clause(self, rank: Callable[..., Ranking], shelf: Shelf) -> None:
        assert shelf.clauses[rank(QUESTION).positions[0]].id == ANSWER

    def test_best_first_and_each_clause_once(self, rank: Callable[..., Ranking], shelf: Shelf) -> None:
        ranking = rank(QUESTION)
        assert len(ranking.positions) == len(ranking.scores) == len(set(ranking.positions.tolist()))
        assert set(ranking.positions.tolist()) <= set(range(len(shelf.clauses)))
        assert np.all(np.diff(ranking.scores) <= 0)
        assert np.all(np.isfinite(ranking.scores))

    def test_lists_no_more_than_asked_for(self, rank: Callable[..., Ranking]) -> None:
        assert len(rank(QUESTION, 1).positions) == 1

    def test_a_short_list_is_the_head_of_the_long_one(self, rank: Callable[..., Ranking]) -> None:
        short = rank(QUESTION, 2).positions.tolist()
        assert short == rank(QUESTION).positions.tolist()[: len(short)]

    def test_same_question_same_ranking(self, rank: Callable[..., Ranking]) -> None:
        first, second = rank(QUESTION), rank(QUESTION)
        assert first.positions.tolist() == second.positions.tolist()
        assert first.scores.tolist() == second.scores.tolist()

    def test_equal_clauses_stand_in_the_order_of_the_corpus(
        self,
        corpus_of: Callable[[Sequence[Any]], Corpus],
        documents: list[Any],
        glossary: Glossary,
        encoder: TextEncoder,
    ) -> None:
        twice = [documents[0], documents[0]]
        shelf = Shelf.of(corpus_of(twice), glossary)
        ranker = self.kind.build(shelf, encoder.encode_passages)
        question = QUESTION.replace("病残津贴办法", f"《{documents[0][0]}》")
        ranking = ranker.rank(prepare(Query.of(question), shelf, encoder), 2)
        assert [shelf.clauses[position].id for position in ranking.positions] in (["d1-3", "d2-3"], ["d1-1", "d1-2"])

    def test_what_is_saved_ranks_alike_when_loaded(
        self, ranker: Ranker, shelf: Shelf, encoder: TextEncoder, tmp_path: Path
    ) -> None:
        ranker.save(tmp_path)
        loaded = self.kind.load(tmp_path, shelf)
        wording = prepare(Query.of(QUESTION), shelf, encoder)
        assert loaded.rank(wording, 9).positions.tolist() == ranker.rank(wording, 9).positions.tolist()
        np.testing.assert_array_equal(loaded.rank(wording, 9).scores, ranker.rank(wording, 9).scores)

    def test_no_file_needs_pickle(self, ranker: Ranker, tmp_path: Path) -> None:
        folder = tmp_path / "saved"
        folder.mkdir()
        ranker.save(folder)
        for file in folder.iterdir():
            assert file.suffix in {".npy", ".json", ".faiss"}
            if file.suffix == ".npy":
                np.load(io.BytesIO(file.read_bytes()), allow_pickle=False)

    def test_saving_twice_gives_the_same_bytes(self, shelf: Shelf, encoder: TextEncoder, tmp_path: Path) -> None:
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            self.kind.build(shelf, encoder.encode_passages).save(tmp_path / name)
        contents = [{file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two")]
        assert contents[0] == contents[1]

    def test_a_clause_without_words_does_no_harm(
        self, corpus_of: Callable[[Sequence[Any]], Corpus], glossary: Glossary, encoder: TextEncoder
    ) -> None:
        shelf = Shelf.of(corpus_of([("——", None, None, [("", (), "……")])]), glossary)
        ranking = self.kind.build(shelf, encoder.encode_passages).rank(prepare(Query.of(QUESTION), shelf, encoder), 5)
        assert np.all(np.isfinite(ranking.scores))

    @pytest.mark.parametrize("question", ["", " ", "。", "😀🎉👍", "\x00", "的" * 3000])
    def test_strange_questions_do_no_harm(self, rank: Callable[..., Ranking], question: str) -> None:
        assert np.all(np.isfinite(rank(question).scores))

    def test_parts_count_by_their_weight(self, ranker: Ranker, shelf: Shelf, encoder: TextEncoder) -> None:
        query = Query((QueryPart(QUESTION, 1.0), QueryPart("新能源交易电量比例上限", 0.1)))
        assert shelf.clauses[ranker.rank(prepare(query, shelf, encoder), 3).positions[0]].id == ANSWER


class _CountsClauses:
    """For rankers that keep something: it must be of the same corpus."""

    kind: type[Ranker]

    def test_files_of_another_corpus_are_refused(
        self, shelf: Shelf, encoder: TextEncoder, tmp_path: Path,
        corpus_of: Callable[[Sequence[Any]], Corpus], documents: list[Any], glossary: Glossary,
    ) -> None:  # fmt: skip
        self.kind.build(shelf, encoder.encode_passages).save(tmp_path)
        other = Shelf.of(corpus_of(documents[:2]), glossary)
        with pytest.raises(ValueError, match=r"holds \d+ (clauses|sentences), not \d+"):
            self.kind.load(tmp_path, other)


class TestWordBm25(RankerContract, _CountsClauses):
    kind = WordBm25


class TestBigramBm25(RankerContract, _CountsClauses):
    kind = BigramBm25


class TestClauseVectors(RankerContract, _CountsClauses):
    kind = ClauseVectors


class TestSentenceVectors(RankerContract, _CountsClauses):
    kind = SentenceVectors


class TestAddressLookup(RankerContract):
    kind = AddressLookup


def test_every_ranker_of_the_index_is_under_contract() -> None:
    tested = {contract.kind for contract in RankerContract.__subclasses__()}
    assert tested == set(RANKERS)


def test_names_are_distinct() -> None:
    assert len({ranker.name for ranker in RANKERS}) == len(RANKERS)
