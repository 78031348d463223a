"""Numbers and places by texts that are not kept themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.kept.hashed import HashedNumbers, HashedPlaces, PlaceCollector


def test_numbers_come_back_exactly(tmp_path: Path) -> None:
    weights = {"补贴": 0.1, "高企": 1 / 3, "": 0.0, "relocation": 1.0}
    HashedNumbers.of(weights).save(tmp_path)
    kept = HashedNumbers.load(tmp_path)
    assert {text: kept[text] for text in weights} == weights
    assert "牧场" not in kept
    assert len(kept) == 4
    with pytest.raises(TypeError):
        list(kept)


def test_places_of_a_text_ascend(tmp_path: Path) -> None:
    collector = PlaceCollector()
    for text, place in [("a", 0), ("b", 1), ("a", 2), ("a", 7)]:
        collector.add(text, place)
    collector.collected().save(tmp_path, "of")
    kept = HashedPlaces.load(tmp_path, "of")
    assert kept.places("a").tolist() == [0, 2, 7]
    assert kept.places("b").tolist() == [1]
    assert kept.places("c").tolist() == []
    assert len(kept) == 2


def test_nothing_can_be_kept(tmp_path: Path) -> None:
    PlaceCollector().collected().save(tmp_path, "of")
    assert HashedPlaces.load(tmp_path, "of").places("a").tolist() == []
