"""Packed clauses are the clauses themselves, in less room."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from ingest.corpus import packed_clauses
from ingest.corpus.load import load_corpus
from ingest.corpus.packed_clauses import ClauseCollector, PackedClauses
from ingest.types import Clause, Corpus, Span


@pytest.fixture(scope="module")
def packed(compendium: Corpus) -> PackedClauses:
    return PackedClauses(compendium.clauses)


def test_every_clause_of_the_compendium_comes_back_whole(packed: PackedClauses, compendium: Corpus) -> None:
    assert len(packed) == len(compendium.clauses)
    assert list(packed) == list(compendium.clauses)


def test_what_a_clause_works_out_is_worked_out_again(packed: PackedClauses, compendium: Corpus) -> None:
    for ours, theirs in zip(packed, compendium.clauses, strict=True):
        whole = Span(0, len(theirs.text))
        assert ours.in_source(whole) == theirs.in_source(whole)


@pytest.mark.parametrize("place", [0, 5, -1, -670])
def test_places_from_both_ends(packed: PackedClauses, compendium: Corpus, place: int) -> None:
    assert packed[place] == compendium.clauses[place]


@pytest.mark.parametrize("part", [slice(3, 6), slice(None, 2), slice(-2, None), slice(10, 0, -4), slice(9, 9)])
def test_slices(packed: PackedClauses, compendium: Corpus, part: slice) -> None:
    assert packed[part] == tuple(compendium.clauses[part])


@pytest.mark.parametrize("place", [670, 10_000, -671])
def test_no_clause_beyond_the_last(packed: PackedClauses, place: int) -> None:
    with pytest.raises(IndexError, match=r"no clause"):
        packed[place]


def test_nothing_packed() -> None:
    assert list(PackedClauses()) == []
    assert not PackedClauses()


@pytest.mark.parametrize("many", [1, 400, 669])
def test_the_collector_packs_what_is_many(compendium: Corpus, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_clauses, "PACK_FROM", many)
    assert isinstance(collected(compendium.clauses), PackedClauses)
    assert list(collected(compendium.clauses)) == list(compendium.clauses)


def test_the_collector_leaves_few_as_they_are(compendium: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed_clauses, "PACK_FROM", 670)
    kept = collected(compendium.clauses)
    assert isinstance(kept, tuple)
    assert all(ours is theirs for ours, theirs in zip(kept, compendium.clauses, strict=True))


def test_a_large_corpus_is_loaded_packed(compendium: Corpus, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("第一条 给予补贴。\n\n第二条 给予奖励。\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("第一条 按月发放。\n\n第二条 按年发放。\n", encoding="utf-8")
    plain = load_corpus(tmp_path)
    monkeypatch.setattr(packed_clauses, "PACK_FROM", 2)
    large = load_corpus(tmp_path)
    assert isinstance(plain.clauses, tuple)
    assert isinstance(large.clauses, PackedClauses)
    assert list(large.clauses) == list(plain.clauses)
    assert large.digest == plain.digest
    assert dict(large.clause_by_id) == dict(plain.clause_by_id)


def collected(clauses: Sequence[Clause]) -> Sequence[Clause]:
    collector = ClauseCollector()
    collector.add(clauses[:300])
    collector.add(clauses[300:])
    return collector.collected()
