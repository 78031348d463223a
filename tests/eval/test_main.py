from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.settings import BotSettings
from eval import __main__ as command_line
from eval.__main__ import main
from index.store.manifest import Manifest
from ingest.errors import IndexMissing

MANIFEST = Manifest("c" * 64, "g" * 64, "pairs", {"bm25s": "0.3"}, {"clauses": 670}, {})


@pytest.fixture
def with_small_bot(small_bot, monkeypatch: pytest.MonkeyPatch) -> None:
    small_bot.clause_index = SimpleNamespace(manifest=MANIFEST)
    small_bot.settings = BotSettings()
    small_bot.writer = None
    monkeypatch.setattr(command_line, "PolicyBot", SimpleNamespace(open=lambda settings: small_bot))


def line_on_stderr(capsys: pytest.CaptureFixture[str]) -> str:
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    return lines[0]


def test_run_then_report_baseline_and_compare(
    with_small_bot: None, question_set: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["run", str(question_set()), "--out", str(out), "--as-of", "2026-11-22"]) == 0
    printed = capsys.readouterr().out
    assert "multi-turn" in printed
    assert "report.html" in printed
    about = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert about["as_of"] == "2026-11-22"
    assert about["index"]["model"] == "pairs"
    assert about["questions"][0]["name"] == "set.jsonl"
    assert str(tmp_path) not in json.dumps(about)
    assert {path.name for path in out.iterdir()} == {
        "run.json",
        "cases.jsonl",
        "results.jsonl",
        "scores.jsonl",
        "summary.json",
        "report.html",
        "report.md",
    }
    assert main(["report", str(out)]) == 0
    assert main(["baseline", str(out), "--to", str(tmp_path / "b.json")]) == 0
    assert main(["compare", str(tmp_path / "b.json"), str(out)]) == 0
    assert main(["compare", str(out), str(out), "--all"]) == 0


def test_compare_ends_with_1_on_a_regression(
    with_small_bot: None,
    small_bot,
    question_set: Callable[..., Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["run", str(question_set()), "--out", str(tmp_path / "a")])
    small_bot.crashes_on = "工商业用水"
    main(["run", str(question_set()), "--out", str(tmp_path / "b")])
    capsys.readouterr()
    assert main(["compare", str(tmp_path / "a"), str(tmp_path / "b")]) == 1
    assert "FAILED: crashed" in capsys.readouterr().out
    assert main(["compare", str(tmp_path / "b"), str(tmp_path / "a")]) == 0


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--limit", "1"], ["A003"]),
        (["--kind", "unanswerable"], ["F091"]),
        (["--kind", "unanswerable:near-miss"], ["F091"]),
        (["--kind", "single", "--limit", "5"], ["A003"]),
    ],
)
def test_part_of_a_set(
    with_small_bot: None, question_set: Callable[..., Path], tmp_path: Path, options: list[str], ids: list[str]
) -> None:
    assert main(["run", str(question_set()), "--out", str(tmp_path / "out"), "--retrieval-only", *options]) == 0
    lines = (tmp_path / "out" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids


def test_two_sets_that_share_an_id_are_run_and_compared_with_a_run_of_one(
    with_small_bot: None, question_set: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = [str(question_set(name="one.jsonl")), str(question_set(name="two.jsonl"))]
    assert main(["run", *both, "--out", str(tmp_path / "both")]) == 0
    lines = (tmp_path / "both" / "results.jsonl").read_text(encoding="utf-8").splitlines()
    assert {"one/A003", "two/A003"} <= {json.loads(line)["id"] for line in lines}
    assert main(["run", both[0], "--out", str(tmp_path / "one")]) == 0
    capsys.readouterr()
    assert main(["compare", str(tmp_path / "one"), str(tmp_path / "both")]) == 0
    count = len((tmp_path / "one" / "results.jsonl").read_text(encoding="utf-8").splitlines())
    assert f"{count} questions in both" in capsys.readouterr().out


def test_resume_of_another_part_is_refused(
    with_small_bot: None, question_set: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", str(question_set()), "--out", str(tmp_path / "out"), "--limit", "1"])
    capsys.readouterr()
    assert main(["run", str(question_set()), "--out", str(tmp_path / "out"), "--resume"]) == 2
    assert "cannot resume" in line_on_stderr(capsys)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "none.jsonl", "--out", "out"], "There is no question set none.jsonl"),
        (["run", "SET", "--out", "out", "--kind", "zh-hant"], 'No question is of kind "zh-hant"'),
        (["export", "SET", "--to", "all.pdf"], "Cannot write all.pdf"),
        (["report", "nowhere"], "no run folder"),
        (["compare", "nowhere", "elsewhere"], "no run folder"),
        (["baseline", "nowhere"], "no run folder"),
        (["check", "none.csv"], "There is no question set none.csv"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_and_status_2(
    with_small_bot: None,
    question_set: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    words: str,
) -> None:
    path = question_set()
    monkeypatch.setenv("POLICYQA_CORPUS", str(Path("corpus").resolve()))
    monkeypatch.chdir(tmp_path)
    assert main([str(path) if word == "SET" else word for word in arguments]) == 2
    assert words in line_on_stderr(capsys)
    assert [item.name for item in tmp_path.iterdir()] == ["set.jsonl"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["run", "x.jsonl"],
        ["run", "x.jsonl", "--out", "o", "--limit", "0"],
        ["run", "x", "--out", "o", "--as-of", "today"],
    ],
)
def test_a_wrong_command_is_one_sentence_and_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "--help" in line_on_stderr(capsys)


def test_a_missing_index_is_named_before_anything_is_written(
    question_set: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def missing(settings: object) -> None:
        raise IndexMissing("index.no_index", store="var/index")

    monkeypatch.setattr(command_line, "PolicyBot", SimpleNamespace(open=missing))
    assert main(["run", str(question_set()), "--out", str(tmp_path / "out")]) == 2
    assert "python -m index build" in line_on_stderr(capsys)
    assert not (tmp_path / "out").exists()


def test_ctrl_c_names_resume(
    with_small_bot: None,
    small_bot,
    question_set: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stop(question: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(small_bot, "ask", stop)
    assert main(["run", str(question_set()), "--out", str(tmp_path / "out")]) == 130
    assert "--resume" in capsys.readouterr().err


def test_check_ends_with_1_on_a_fault(question_set: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> None:
    faulty = {"id": "a", "turns": ["问"], "evidence": [{"quote": "这句话汇编里没有"}], "answer": [["有"]]}
    assert main(["check", str(question_set(faulty))]) == 1
    assert "set.jsonl, row 1 (a): the quote “这句话汇编里没有” is not in the corpus" in capsys.readouterr().out
    assert main(["check", "eval/questions/dev.jsonl"]) == 0


def test_export_joins_sets(question_set: Callable[..., Path], tmp_path: Path) -> None:
    assert main(["export", str(question_set()), "--to", str(tmp_path / "all.xlsx")]) == 0
    assert main(["export", str(tmp_path / "all.xlsx"), "--to", str(tmp_path / "again.jsonl")]) == 0
    assert (tmp_path / "again.jsonl").read_text(encoding="utf-8").count("\n") == 3
