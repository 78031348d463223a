from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.match.matching import Matcher
from eval.__main__ import main
from eval.matching.profiles import Benefit, Profile
from eval.matching.run import losses, match_profiles, metrics_table, summary_of, write_matches
from ingest.corpus.load import load_corpus
from ingest.errors import EvaluationUnusable

DAY = date(2026, 11, 29)
COUNTY = Path(__file__).parents[2] / "corpora" / "county"
PROFILES = (Profile("P1", "我们是一家高新技术企业", (Benefit(("给予20万元",), "met"),), ()),)


def test_a_run_is_written_whole(tmp_path: Path) -> None:
    matched = match_profiles(PROFILES, Matcher.of(load_corpus(COUNTY)), DAY)
    summary = summary_of(matched, DAY)
    write_matches(tmp_path / "run", matched, summary)
    (line,) = (tmp_path / "run" / "matches.jsonl").read_text("utf-8").splitlines()
    assert {"id", "matches", "facts", "questions"} <= json.loads(line).keys()
    kept = json.loads((tmp_path / "run" / "summary.json").read_text("utf-8"))
    assert kept["metrics"]["met-found"] == 0.0
    assert kept["profiles"][0]["not_found"] == ["给予20万元"]
    assert "met-found" in metrics_table(summary)


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(EvaluationUnusable, match="give --out another folder"):
        write_matches(tmp_path / "file", [], {})


def test_the_gate_says_what_is_worse(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    path.write_text('[at_least]\n"met-found" = 0.9\n[at_most]\n"look-alikes-as-met" = 0.03\n', "utf-8")
    assert losses({"met-found": 0.95, "look-alikes-as-met": 0.0}, path) == []
    assert losses({"met-found": None, "look-alikes-as-met": None}, path) == []
    assert losses({"met-found": 0.85, "look-alikes-as-met": 0.05}, path) == [
        "met-found is 0.850, at least 0.900 is wanted",
        "look-alikes-as-met is 0.050, at most 0.030 is wanted",
    ]
    with pytest.raises(EvaluationUnusable, match="holds no thresholds"):
        losses({}, tmp_path / "none.toml")


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CORPUS", str(COUNTY))
    monkeypatch.setenv("POLICYQA_HOME", str(tmp_path / "home"))
    rows = tmp_path / "profiles.jsonl"
    rows.write_text(json.dumps({"id": "P1", "profile": "我们是一家高新技术企业", "benefits": []}) + "\n", "utf-8")
    assert main(["match", str(rows), "--out", str(tmp_path / "run"), "--as-of", "2026-11-29"]) == 0
    assert "look-alikes-as-met" in capsys.readouterr().out
    assert main(["match", str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "run")]) == 2
