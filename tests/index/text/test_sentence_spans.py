"""Kept sentences are those that cutting finds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.rankers.protocol import Shelf
from index.text.sentence_spans import COUNTS_FILE, SPANS_FILE, Sentences
from ingest.structure.sentences import split_sentences


@pytest.fixture
def sentences(shelf: Shelf) -> Sentences:
    return Sentences.of(shelf.clauses)


def test_as_they_are_cut(sentences: Sentences, shelf: Shelf) -> None:
    assert [list(spans) for spans in sentences] == [split_sentences(clause.text) for clause in shelf.clauses]
    assert len(sentences) == len(shelf.clauses)
    assert sentences[-1] == sentences[len(sentences) - 1]
    assert sentences[1:3] == (sentences[1], sentences[2])


def test_the_first_row_of_each_clause(sentences: Sentences) -> None:
    assert sentences.first.tolist() == [0, *np.cumsum([len(spans) for spans in sentences]).tolist()]


@pytest.mark.parametrize("place", [1_000, -1_000])
def test_no_clause_beyond_the_last(sentences: Sentences, place: int) -> None:
    with pytest.raises(IndexError, match=r"no clause"):
        sentences[place]


def test_saved_and_loaded(sentences: Sentences, tmp_path: Path) -> None:
    sentences.save(tmp_path)
    assert list(Sentences.load(tmp_path, len(sentences))) == list(sentences)


def test_none_at_all(tmp_path: Path) -> None:
    Sentences.of(()).save(tmp_path)
    assert list(Sentences.load(tmp_path, 0)) == []


def test_of_other_clauses(sentences: Sentences, tmp_path: Path) -> None:
    sentences.save(tmp_path)
    with pytest.raises(ValueError, match=r"is not of"):
        Sentences.load(tmp_path, len(sentences) + 1)
    np.save(tmp_path / COUNTS_FILE, sentences.counts + 1)
    with pytest.raises(ValueError, match=r"is not of"):
        Sentences.load(tmp_path, len(sentences))
    (tmp_path / SPANS_FILE).write_bytes(b"damaged")
    with pytest.raises((ValueError, OSError)):
        Sentences.load(tmp_path, len(sentences))
