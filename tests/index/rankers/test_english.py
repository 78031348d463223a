"""Rankers over the English beside the clauses: of a question in English, and of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.rankers.english import EnglishBm25, EnglishVectors
from index.rankers.protocol import Ranker, TextEncoder
from index.scoring.query_preparation import prepare
from index.store.store import ClauseIndex
from index.types import Query
from ingest.types import Corpus

QUESTION = "How long is the conclusion of an appraisal of the ability to work valid?"
ANSWER = "d1-3"
BOTH = pytest.mark.parametrize("kind", [EnglishVectors, EnglishBm25])


@BOTH
def test_finds_the_clause_by_its_english(english_index: ClauseIndex, encoder: TextEncoder, kind: type[Ranker]) -> None:
    shelf = english_index.shelf
    ranking = kind.build(shelf, encoder.encode_passages).rank(prepare(Query.of(QUESTION), shelf, encoder), 9)
    found = [shelf.clauses[position].id for position in ranking.positions]
    assert found == [ANSWER, "d1-1"]  # d1-2 has no English, the other documents neither


@BOTH
@pytest.mark.parametrize("question", ["劳动能力鉴定结论有效期多久", "AEO 认证", "", "。", "\x00", "😀🎉👍"])
def test_says_nothing_of_other_questions(
    english_index: ClauseIndex, encoder: TextEncoder, kind: type[Ranker], question: str
) -> None:
    shelf = english_index.shelf
    ranking = kind.build(shelf, encoder.encode_passages).rank(prepare(Query.of(question), shelf, encoder), 9)
    assert ranking.positions.tolist() == []


@BOTH
def test_a_filter_holds(english_index: ClauseIndex, encoder: TextEncoder, kind: type[Ranker]) -> None:
    shelf = english_index.shelf
    among = np.array([clause.id == "d1-1" for clause in shelf.clauses])
    wording = prepare(Query.of(QUESTION), shelf, encoder)
    ranking = kind.build(shelf, encoder.encode_passages).rank(wording, 9, among)
    assert [shelf.clauses[position].id for position in ranking.positions] == ["d1-1"]


@BOTH
def test_what_is_saved_ranks_alike_when_loaded(
    english_index: ClauseIndex, encoder: TextEncoder, tmp_path: Path, kind: type[Ranker]
) -> None:
    shelf = english_index.shelf
    built, folder = kind.build(shelf, encoder.encode_passages), tmp_path / "saved"
    folder.mkdir()
    built.save(folder)
    wording, loaded = prepare(Query.of(QUESTION), shelf, encoder), kind.load(folder, shelf)
    assert loaded.rank(wording, 9).positions.tolist() == built.rank(wording, 9).positions.tolist()
    np.testing.assert_array_equal(loaded.rank(wording, 9).scores, built.rank(wording, 9).scores)


@BOTH
def test_files_of_another_corpus_are_refused(
    english_index: ClauseIndex,
    encoder: TextEncoder,
    tmp_path: Path,
    kind: type[Ranker],
    corpus_of: Callable[[Sequence[Any]], Corpus],
    documents: list[Any],
) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    kind.build(english_index.shelf, encoder.encode_passages).save(folder)
    other = replace(english_index.shelf, clauses=corpus_of(documents[1:]).clauses[1:])
    with pytest.raises(ValueError, match=r"holds \d+ (clauses|sentences), not \d+|is not of \d+ clauses"):
        kind.load(folder, other)


def test_the_best_sentence_is_where_its_chinese_stands(english_index: ClauseIndex, encoder: TextEncoder) -> None:
    shelf = english_index.shelf
    wording = prepare(Query.of("May those who do not accept the re-examination apply again?"), shelf, encoder)
    position = [clause.id for clause in shelf.clauses].index(ANSWER)
    span = english_index.best_sentence(wording, position)
    assert span is not None
    assert span.of(shelf.clauses[position].text) == "对复查鉴定结论不服的，可以再次申请鉴定。"
