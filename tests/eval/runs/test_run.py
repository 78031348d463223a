from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.types import Answer, Question
from eval.cases.case_files import load_cases
from eval.runs.run import Plan, run
from eval.runs.run_folder import RunFolder, read_run, record_end
from eval.scoring.intervals import Estimate
from eval.scoring.results import read_results
from eval.scoring.summary import Group
from ingest.errors import EvaluationUnusable
from ingest.types import Corpus

About = dict[str, object]
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def cases(question_set: Callable[..., Path]):
    return load_cases([question_set()])


def rows_of(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()]


def value_of(group: Group, metric: str) -> float | None:
    estimate = group.estimates[metric]
    return None if estimate is None else estimate.value


def test_a_run_writes_the_rows_of_the_contract(small_bot, cases, plan: Plan, about: About, tmp_path: Path) -> None:
    groups = run(RunFolder(tmp_path / "out"), cases, small_bot, plan, about)
    rows = rows_of(tmp_path / "out")
    assert [set(row) for row in rows] == [{"id", "retrieved", "answer"}] * 3
    assert [len(row["retrieved"]) for row in rows] == [10, 10, 10]
    assert set(rows[0]["retrieved"][0]) == {"clause_id", "text"}
    assert [row["answer"]["status"] for row in rows] == ["answered", "answered", "declined"]
    assert groups[0].size == 3
    assert value_of(groups[0], "declined-rightly") == 1.0


def test_scores_are_those_of_the_answers(small_bot, cases, plan: Plan, about: About, tmp_path: Path) -> None:
    run(RunFolder(tmp_path / "out"), cases, small_bot, plan, about)
    record_end(RunFolder(tmp_path / "out"), 1.26)
    finished = read_run(tmp_path / "out")
    water = finished.scores["A011"]
    assert water["hit@1"] == water["answer-right"] == water["quote-fidelity"] == water["citation-recall"] == 1.0
    assert water["unsupported-figures"] == water["crashed"] == water["hedged"] == 0.0
    assert water["declined-rightly"] is None
    assert finished.scores["F091"]["recall@10"] is None
    assert finished.about["seconds"] == 1.3
    summary = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert summary["by"]["kind"]["multi-turn"]["metrics"]["answer-right"] == {
        "value": 1.0,
        "low": 0.025,
        "high": 1.0,
        "n": 1,
    }
    assert set(summary["by"]) == {"kind", "reason", "type", "difficulty", "lang"}


def test_each_turn_is_asked_as_it_came_and_scored(
    small_bot, question_set, plan: Plan, about: About, tmp_path: Path
) -> None:
    turns = ["自来水价格", "工商业用水多少钱一吨", "居民生活用水呢"]
    row = {"id": "T1", "turns": turns, "answer": [["4.05元"]], "turn_answers": [[], [["10.4元"]], [["4.05元"]]]}
    run(RunFolder(tmp_path / "out"), load_cases([question_set(row)]), small_bot, plan, about)
    (kept,) = rows_of(tmp_path / "out")
    assert small_bot.asked == [turns[2], turns[1]]
    assert kept["turns"][0] is None  # nothing is known of it
    assert "10.4元" in kept["turns"][1]["answer"]
    record_end(RunFolder(tmp_path / "out"), 1.0)
    assert read_run(tmp_path / "out").scores["T1"]["turns-answered"] == 1.0


@pytest.mark.parametrize("workers", [1, 3])
def test_the_same_run_twice_gives_the_same_bytes(
    small_bot, cases, about: About, plan: Plan, tmp_path: Path, workers: int
) -> None:
    many = tuple(replace(case, id=f"{case.id}-{n}") for n in range(4) for case in cases)
    for name, count in (("one", 1), ("two", workers)):
        run(RunFolder(tmp_path / name), many, small_bot, replace(plan, workers=count), about)
    for file in ("results.jsonl", "scores.jsonl", "summary.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_search_alone_asks_nothing(small_bot, cases, plan: Plan, about: About, tmp_path: Path) -> None:
    groups = run(RunFolder(tmp_path), cases, small_bot, replace(plan, retrieval_only=True), about)
    assert small_bot.asked == []
    assert [row["answer"] for row in rows_of(tmp_path)] == [None] * 3
    assert groups[0].estimates["answer-right"] is None
    assert groups[0].estimates["recall@10"] == Estimate(1.0, 1.0, 1.0, 2)


def test_a_crashed_question_is_a_row_and_the_run_goes_on(
    small_bot, cases, plan: Plan, about: About, tmp_path: Path
) -> None:
    small_bot.crashes_on = "工商业用水"
    groups = run(RunFolder(tmp_path), cases, small_bot, plan, about)
    assert [row.get("error") for row in rows_of(tmp_path)] == [None, "ZeroDivisionError: no clause to divide by", None]
    assert value_of(groups[0], "crashed") == pytest.approx(1 / 3)
    assert "conftest.py" in (tmp_path / "crashes.log").read_text(encoding="utf-8")


def test_ctrl_c_stops_the_run(small_bot, cases, plan: Plan, about: About, tmp_path: Path) -> None:
    class Stopped(type(small_bot)):
        def ask(self, question: Question) -> Answer:
            if "包头" in question.last:
                raise KeyboardInterrupt
            return super().ask(question)

    with pytest.raises(KeyboardInterrupt):
        run(RunFolder(tmp_path), cases, Stopped(small_bot.corpus), plan, about)
    assert [row["id"] for row in rows_of(tmp_path)] == ["A003", "A011"]
    with pytest.raises(EvaluationUnusable, match="not finished"):
        read_run(tmp_path)


# ── Taking up again ──


def test_resume_asks_only_what_is_missing(small_bot, cases, plan: Plan, about: About, tmp_path: Path) -> None:
    run(RunFolder(tmp_path / "whole"), cases, small_bot, plan, about)
    whole = (tmp_path / "whole" / "results.jsonl").read_bytes()
    run(RunFolder(tmp_path / "cut"), cases, small_bot, plan, about)
    lines = whole.splitlines(keepends=True)
    (tmp_path / "cut" / "results.jsonl").write_bytes(lines[0] + lines[1][:50])  # torn in the middle of a row
    small_bot.asked.clear()
    run(RunFolder(tmp_path / "cut"), cases, small_bot, plan, about, resume=True)
    assert small_bot.asked == [case.turns[-1] for case in cases[1:]]
    assert (tmp_path / "cut" / "results.jsonl").read_bytes() == whole


def test_resume_in_an_empty_folder_begins(small_bot, cases, plan: Plan, about: About, tmp_path: Path) -> None:
    run(RunFolder(tmp_path / "new"), cases, small_bot, plan, about, resume=True)
    assert len(rows_of(tmp_path / "new")) == 3


@pytest.mark.parametrize("name", ["cases_sha256", "corpus", "index", "as_of", "retrieval_only", "settings", "versions"])
def test_a_run_of_something_else_is_not_taken_up(
    small_bot, cases, plan: Plan, about: About, tmp_path: Path, name: str
) -> None:
    run(RunFolder(tmp_path), cases, small_bot, plan, about)
    with pytest.raises(EvaluationUnusable, match=f'cannot resume, "{name}" is not what it was'):
        run(RunFolder(tmp_path), cases, small_bot, plan, {**about, name: "other"}, resume=True)
    assert len(rows_of(tmp_path)) == 3


def test_a_new_run_replaces_the_old_one(small_bot, cases, plan: Plan, about: About, tmp_path: Path) -> None:
    run(RunFolder(tmp_path), cases, small_bot, plan, about)
    (tmp_path / "report.html").write_text("old", encoding="utf-8")
    run(RunFolder(tmp_path), cases[:1], small_bot, plan, about)
    assert [row["id"] for row in rows_of(tmp_path)] == ["A003"]
    assert not (tmp_path / "report.html").exists()


def test_results_that_are_not_ours_are_kept(small_bot, cases, plan: Plan, about: About, tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").write_text("precious", encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match=r"without run\.json"):
        run(RunFolder(tmp_path), cases, small_bot, plan, about)
    assert (tmp_path / "results.jsonl").read_text(encoding="utf-8") == "precious"


def test_a_file_is_no_run_folder(small_bot, cases, plan: Plan, about: About, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match="is a file"):
        run(RunFolder(tmp_path / "out"), cases, small_bot, plan, about)


def finished(small_bot, cases, plan: Plan, about: About, path: Path) -> RunFolder:
    folder = RunFolder(path)
    run(folder, cases, small_bot, plan, about)
    record_end(folder, 1.0)
    return folder


@pytest.mark.parametrize(
    ("file", "content", "message"),
    [
        ("run.json", '{"format": 0}', "another version"),
        ("run.json", "{", "cannot be read as JSON"),
        ("run.json", "[]", "no JSON object"),
        ("results.jsonl", '{"id": "A003"}\n', "row 1: this is no result"),
        ("results.jsonl", "", "do not belong together"),
        ("scores.jsonl", "{}\n", "row 1: broken"),
        ("cases.jsonl", "", "holds no question"),
    ],
)
def test_a_faulty_run_folder_is_refused(
    small_bot, cases, plan: Plan, about: About, tmp_path: Path, file: str, content: str, message: str
) -> None:
    folder = finished(small_bot, cases, plan, about, tmp_path)
    (folder.path / file).write_text(content, encoding="utf-8")
    with pytest.raises(EvaluationUnusable, match=message):
        read_run(folder.path)


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationUnusable, match="no run folder"):
        read_run(tmp_path)


KILLED = """
import sys
from datetime import date
from pathlib import Path
sys.path.insert(0, {tests!r})
from conftest import ROWS, SmallBot
from eval.cases.cases import case_from_row
from eval.runs.run import Plan, run
from eval.runs.run_folder import RunFolder
from ingest.corpus.load import load_corpus

class Slow(SmallBot):
    def ask(self, question):
        if "包头" in question.last:
            print("in hand", flush=True)
            sys.stdin.read()  # killed meanwhile
        return super().ask(question)

cases = tuple(case_from_row(row) for row in ROWS)
run(RunFolder(Path({out!r})), cases, Slow(load_corpus(Path("corpus"))), Plan(date(2026, 11, 22)), {about!r})
"""


def test_kill_9_loses_only_the_question_in_hand(
    small_bot, cases, plan: Plan, about: About, tmp_path: Path, corpus: Corpus
) -> None:
    script = tmp_path / "killed.py"
    source = KILLED.format(tests=str(Path(__file__).parents[1]), out=str(tmp_path / "out"), about=about)
    script.write_text(textwrap.dedent(source), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    results = tmp_path / "out" / "results.jsonl"
    pipe = subprocess.PIPE
    command = [sys.executable, str(script)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"in hand\n"
        child.kill()
    assert [result.id for result in read_results(results)] == ["A003", "A011"]
    run(RunFolder(tmp_path / "out"), cases, small_bot, plan, about, resume=True)
    assert small_bot.asked == [cases[-1].turns[-1]]


def test_whoever_watches_is_told_and_can_stop(small_bot, cases, plan: Plan, about: About, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    def stop_after_one(done: int, total: int) -> None:
        told.append((done, total))
        if done == 1:
            raise InterruptedError

    folder = RunFolder(tmp_path / "out")
    with pytest.raises(InterruptedError):
        run(folder, cases, small_bot, plan, about, watch=stop_after_one)
    assert told == [(0, 3), (1, 3)]
    assert len(folder.results.read_text(encoding="utf-8").splitlines()) == 1
    told.clear()
    run(folder, cases, small_bot, plan, about, resume=True, watch=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]
