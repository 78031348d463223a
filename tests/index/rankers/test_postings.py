"""BM25 in flat arrays: the numbers of bm25s, and the best clauses without scoring all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import pytest

from index.rankers import bm25
from index.rankers.bm25 import BigramBm25, TokenRanker, WordBm25, indexed_text
from index.rankers.postings import K1, VOCABULARY_FILE, B, Postings
from index.rankers.protocol import Ranking
from index.scoring.query_preparation import prepare
from index.store.store import ClauseIndex
from index.types import Query

QUESTIONS = [
    "高新技术企业首次认定奖励多少",
    "D类人才安家补贴 50万元 100万元",
    "企业 企业 企业 给予 奖励 补贴",
    "战略性新兴产业电力交易比例上限",
    "的",
    "企业",
]


def as_bm25s_has_it(rows: list[list[str]]) -> tuple[Any, dict[str, int]]:
    number = {"": 0}
    numbered = [[number.setdefault(token, len(number)) for token in row or [""]] for row in rows]
    model = bm25s.BM25(k1=K1, b=B, method="lucene")
    model.index((numbered, number), show_progress=False)
    return model, number


@pytest.fixture(scope="module", params=[WordBm25, BigramBm25])
def kind(request: pytest.FixtureRequest) -> type[TokenRanker]:
    return request.param


@pytest.fixture
def tokens(kind: type[TokenRanker], compendium_index: ClauseIndex) -> list[list[str]]:
    shelf = compendium_index.shelf
    return [kind.tokens_of(indexed_text(clause), shelf.splitter) for clause in shelf.clauses]


def test_every_number_of_the_compendium_is_that_of_bm25s(tokens: list[list[str]]) -> None:
    theirs, vocabulary = as_bm25s_has_it(tokens)
    ours = Postings.of(tokens, "")
    assert list(ours.vocabulary.items()) == list(vocabulary.items())
    np.testing.assert_array_equal(ours.starts, theirs.scores["indptr"])
    np.testing.assert_array_equal(ours.clauses, theirs.scores["indices"])
    np.testing.assert_array_equal(ours.scores, theirs.scores["data"])


def test_every_score_is_that_of_bm25s(tokens: list[list[str]], kind: type[TokenRanker], compendium_index: ClauseIndex):
    theirs, _ = as_bm25s_has_it(tokens)
    ours = Postings.of(tokens, "")
    for question in QUESTIONS:
        asked = kind.tokens_of(question, compendium_index.shelf.splitter)
        known = [token for token in asked if token in ours.vocabulary]
        if known:
            np.testing.assert_array_equal(ours.score_all(ours.numbers(asked)), theirs.get_scores(known))


@pytest.mark.parametrize("limit", [1, 10, 200, 1000])
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_best_are_the_best_of_all(
    kind: type[TokenRanker], compendium_index: ClauseIndex, question: str, limit: int
) -> None:
    ranker = next(ranker for ranker in compendium_index.rankers if isinstance(ranker, kind))
    numbers = ranker.postings.numbers(kind.tokens_of(question, compendium_index.shelf.splitter))
    found = ranker.postings.best(Counter(numbers), limit)
    expected = Ranking.best_of(ranker.postings.score_all(numbers), limit, above=0.0)
    np.testing.assert_allclose(found.scores, expected.scores, rtol=1e-5)
    certain = expected.scores > (expected.scores[-1] if len(expected.scores) else 0) * 1.0001  # ties at the end aside
    assert set(expected.positions[certain].tolist()) <= set(found.positions.tolist())


def test_the_best_of_random_weights(compendium_index: ClauseIndex) -> None:
    ranker = next(ranker for ranker in compendium_index.rankers if isinstance(ranker, BigramBm25))
    draw = np.random.default_rng(0)
    for _ in range(50):
        weights = dict(
            zip(draw.integers(0, len(ranker.postings.vocabulary), 12).tolist(), draw.random(12).tolist(), strict=True)
        )
        total = np.zeros(ranker.postings.clause_count, np.float32)
        for number, weight in weights.items():
            total += np.float32(weight) * ranker.postings.score_all([number])
        expected = Ranking.best_of(total, 20, above=0.0)
        np.testing.assert_allclose(ranker.postings.best(weights, 20).scores, expected.scores, rtol=1e-4)


def test_only_what_is_allowed(compendium_index: ClauseIndex) -> None:
    ranker = next(ranker for ranker in compendium_index.rankers if isinstance(ranker, BigramBm25))
    numbers = ranker.postings.numbers(["企业", "补贴", "人才"])
    among = np.zeros(ranker.postings.clause_count, np.bool_)
    among[100:400] = True
    found = ranker.postings.best(Counter(numbers), 50, among)
    expected = Ranking.best_of(ranker.postings.score_all(numbers), 50, above=0.0, among=among)
    assert found.positions.tolist() == expected.positions.tolist()
    assert all(100 <= position < 400 for position in found.positions.tolist())


def test_many_clauses_are_ranked_like_few(
    compendium_index: ClauseIndex, kind: type[TokenRanker], monkeypatch: pytest.MonkeyPatch
) -> None:
    ranker = next(ranker for ranker in compendium_index.rankers if isinstance(ranker, kind))
    for question in QUESTIONS:
        wording = prepare(Query.of(question), compendium_index.shelf, compendium_index.encoder)
        few = ranker.rank(wording, 50)
        with monkeypatch.context() as patch:
            patch.setattr(bm25, "SCORE_ALL_UP_TO", 0)
            many = ranker.rank(wording, 50)
        np.testing.assert_allclose(many.scores, few.scores, rtol=1e-5)


@pytest.mark.parametrize("rows", [[[]], [["a"]], [["a", "a"], [], ["b", "a"]]])
def test_saved_and_loaded(rows: list[list[str]], tmp_path: Path) -> None:
    made = Postings.of(rows, "")
    made.save(tmp_path)
    loaded = Postings.load(tmp_path)
    assert loaded.vocabulary == made.vocabulary
    assert loaded.clause_count == len(rows)
    for name in ("starts", "clauses", "scores", "highest"):
        np.testing.assert_array_equal(getattr(loaded, name), getattr(made, name))


def _another_vocabulary(folder: Path) -> None:
    (folder / VOCABULARY_FILE).write_text('{"clauses": 2, "tokens": [""]}', encoding="utf-8")


def _fewer_scores(folder: Path) -> None:
    np.save(folder / "scores.npy", np.zeros(1, np.float32))


@pytest.mark.parametrize("damage", [_another_vocabulary, _fewer_scores])
def test_files_that_do_not_belong_together(damage: Callable[[Path], None], tmp_path: Path) -> None:
    Postings.of([["a", "b"], ["b"]], "").save(tmp_path)
    damage(tmp_path)
    with pytest.raises(ValueError, match=r"do not belong"):
        Postings.load(tmp_path)


def test_large_arrays_are_mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.arrays.READ_UP_TO_BYTES", 0)
    Postings.of([["a", "b"], ["b"]], "").save(tmp_path)
    loaded = Postings.load(tmp_path)
    assert not loaded.scores.flags.writeable
    assert loaded.best({loaded.vocabulary["a"]: 1.0}, 5).positions.tolist() == [0]
