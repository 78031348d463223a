"""The benchmark of true and untrue sentences: what a line holds, what is told of it, and that it can only get better."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from bot.settings import BotSettings
from bot.verify.meaning.checker import MeaningChecker
from eval.truth import run as truth_run
from eval.truth.lines import benchmark_files, read_sayings
from eval.truth.run import judge, measure_truth, newly_wrong, read_known, shrunk, truth_table
from ingest.errors import EvaluationUnusable
from ingest.types import Corpus

LINE = {
    "id": "X-001",
    "lang": "zh",
    "doc": "伊金霍洛旗基本情况",
    "quote": "110KV：0.401元/度；220千伏以上：0.394元/度",
    "question": None,
    "free": False,
    "sentence": "110KV为0.401元/度。",
    "untrue": [["figure_new", "0.401", "0.301"], ["invented", None, "110KV用户每年另奖5万元。"]],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "lines.jsonl"
    written.write_text(json.dumps(LINE, ensure_ascii=False) + "\n", "utf-8")
    return written


def test_a_line_is_its_true_sentence_and_what_was_made_untrue_of_it(file: Path, compendium: Corpus) -> None:
    sayings = read_sayings([file], compendium)
    assert [(one.id, one.kind, one.text) for one in sayings] == [
        ("X-001", "", "110KV为0.401元/度。"),
        ("X-001#1", "figure_new", "110KV为0.301元/度。"),
        ("X-001#2", "invented", "110KV用户每年另奖5万元。"),
    ]
    assert all("110KV" in one.clauses[0].text for one in sayings)


def test_the_untrue_are_withheld_the_true_one_is_kept_and_the_table_says_so(file: Path, compendium: Corpus) -> None:
    judged = judge(read_sayings([file], compendium), MeaningChecker(compendium))
    assert [bool(one.differences) for one in judged] == [False, True, True]
    table = truth_table(judged)
    assert "figure_new 1 1 1.000" in " ".join(table.split())
    assert "zh close to the words 1 of 1 1.000" in " ".join(table.split())


def test_a_wrong_one_that_is_not_known_fails_the_gate_and_the_list_only_shrinks(
    file: Path, tmp_path: Path, compendium: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {**LINE, "sentence": "110KV为0.201元/度。", "untrue": []}
    file.write_text(json.dumps(wrong, ensure_ascii=False) + "\n", "utf-8")
    judged = judge(read_sayings([file], compendium), MeaningChecker(compendium))
    assert [one.saying.id for one in newly_wrong(judged, frozenset())] == ["X-001"]
    assert newly_wrong(judged, frozenset({"X-001"})) == []
    assert shrunk(judged, frozenset({"X-001", "X-002"})) == {"untrue_but_pass": [], "true_but_withheld": ["X-001"]}
    known = tmp_path / "known.json"
    known.write_text('{"true_but_withheld": []}', "utf-8")
    monkeypatch.setattr(truth_run, "read_known", lambda: read_known(known))
    asked = argparse.Namespace(files=[file], out=tmp_path / "out", gate=True, shrink=False)
    told: list[str] = []
    assert measure_truth(asked, BotSettings(), told.append) == 1
    assert any("✗ X-001" in one and "figure" in one for one in told)
    assert (tmp_path / "out" / "wrong.jsonl").read_text("utf-8").count("\n") == 1


@pytest.mark.parametrize("line", ["{", '{"id": "X-001"}', '{"id": 1}'])
def test_a_faulty_line_is_named(tmp_path: Path, compendium: Corpus, line: str) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text(line, "utf-8")
    with pytest.raises(EvaluationUnusable, match="line 1"):
        read_sayings([file], compendium)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, compendium: Corpus) -> None:
    with pytest.raises(EvaluationUnusable, match="cannot be read"):
        read_sayings([tmp_path / "none.jsonl"], compendium)


def test_every_line_of_the_benchmark_has_a_clause_and_every_known_one_a_line(compendium: Corpus) -> None:
    sayings = read_sayings(benchmark_files(), compendium)
    lines = sum(len(file.read_text("utf-8").splitlines()) for file in benchmark_files())
    assert len({one.id.partition("#")[0] for one in sayings}) == lines
    assert sum(bool(one.kind) for one in sayings) >= 2000
    assert read_known() <= {one.id for one in sayings}
