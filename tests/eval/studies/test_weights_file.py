"""Learned weights in the file that the bot reads: what people wrote in it stays, and half a file is never read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.evidence.weights import FEATURES, read_weights, weights_in_use
from eval.studies.weights_file import write_weights
from ingest.errors import UnusableInput

LEARNED = {name: 0.05 * side for name, side in FEATURES.items()}


def test_learned_weights_are_written_and_held_ones_stay_with_their_reasons(tmp_path: Path) -> None:
    file = tmp_path / "weights.toml"
    made = {"sets": ["a.jsonl"], "as_of": date(2026, 11, 22), "on_other_folds": {"cited": 0.9}}
    write_weights(file, LEARNED, made)
    written = read_weights(file)
    assert written.held == weights_in_use().held
    assert written.learned == {name: LEARNED[name] for name in weights_in_use().learned}
    text = file.read_text("utf-8")
    assert "# nobody who asks for the price of power wants that of gas" in text
    assert text.endswith('[made]\nsets = ["a.jsonl"]\nas_of = 2026-11-22\non_other_folds = {cited = 0.9}\n')
    write_weights(file, LEARNED, made)
    assert file.read_text("utf-8") == text


def test_faulty_weights_are_not_written(tmp_path: Path) -> None:
    file = tmp_path / "weights.toml"
    file.write_text("as it was", encoding="utf-8")
    with pytest.raises(UnusableInput, match="the weight of near must be from 0 to 10"):
        write_weights(file, {**LEARNED, "near": -1.0}, {})
    assert [path.name for path in tmp_path.iterdir()] == ["weights.toml"]
    assert file.read_text("utf-8") == "as it was"
