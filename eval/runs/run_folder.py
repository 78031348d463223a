"""The folder of a run: what stands in which file, and how it is begun, taken up again and read back.

run.json       what was run: question sets, corpus, index, settings, versions, seconds
cases.jsonl    the questions of the run
results.jsonl  what was found and answered, a question a line
scores.jsonl   every metric of every question
summary.json   the metrics over all questions and by group, with intervals
replies.jsonl  what the language model was asked for, a reply a line, when there is one
crashes.log    tracebacks of crashed questions, when there are any
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.cases.case_files import load_cases, write_cases
from eval.cases.cases import Case
from eval.scoring.results import Result, read_results
from eval.scoring.scoring import Score
from ingest.errors import EvaluationUnusable

FORMAT = 1
"""Raised when the files of a run folder change so that an older reader would misread them."""

OUR_FILES = (
    "results.jsonl",
    "scores.jsonl",
    "summary.json",
    "cases.jsonl",
    "replies.jsonl",
    "crashes.log",
    "report.html",
    "report.md",
)

MUST_BE_THE_SAME = ("cases_sha256", "corpus", "index", "as_of", "retrieval_only", "settings", "versions")
"""Parts of run.json without which two halves of a run would not be one run."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Paths of one run."""

    path: Path

    @property
    def about(self) -> Path:
        return self.path / "run.json"

    @property
    def cases(self) -> Path:
        return self.path / "cases.jsonl"

    @property
    def results(self) -> Path:
        return self.path / "results.jsonl"

    @property
    def scores(self) -> Path:
        return self.path / "scores.jsonl"

    @property
    def summary(self) -> Path:
        return self.path / "summary.json"

    @property
    def replies(self) -> Path:
        return self.path / "replies.jsonl"

    @property
    def crashes(self) -> Path:
        return self.path / "crashes.log"


def begin(folder: RunFolder, cases: tuple[Case, ...], about: Mapping[str, object]) -> None:
    """Empty the folder of an earlier run and write what is going to be run.

    Raises EvaluationUnusable when the folder holds results that no run of ours has left.
    """
    if folder.path.exists() and not folder.path.is_dir():
        raise EvaluationUnusable("eval.run_folder_is_a_file", folder=folder.path)
    if folder.results.exists() and not folder.about.exists():
        raise EvaluationUnusable("eval.results_jsonl_without_run_json", folder=folder.path)
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        for name in OUR_FILES:
            (folder.path / name).unlink(missing_ok=True)
        write_cases(cases, folder.cases)
        write_json(folder.about, {"format": FORMAT, **about})
    except OSError as error:
        raise EvaluationUnusable("eval.run_cannot_be_written", folder=folder.path, reason=error.strerror) from error


def take_up(folder: RunFolder, about: Mapping[str, object]) -> tuple[str, ...]:
    """The ids already answered in an interrupted run, a torn last line cut off.

    Raises EvaluationUnusable when the folder is of another question set, corpus, index, setting or version.
    """
    before = read_about(folder)
    now = {"format": FORMAT, **about}
    for name in MUST_BE_THE_SAME:
        if before.get(name) != json.loads(json.dumps(now.get(name), ensure_ascii=False)):
            raise EvaluationUnusable("eval.cannot_resume_not_what", file=folder.about, name=name)
    if folder.replies.exists():
        _cut_torn_line(folder.replies)
    if not folder.results.exists():
        return ()
    _cut_torn_line(folder.results)
    return tuple(result.id for result in read_results(folder.results))


def _cut_torn_line(path: Path) -> None:
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole < len(data):
        with path.open("r+b") as file:
            file.truncate(whole)


def record_end(folder: RunFolder, seconds: float, model: Mapping[str, object] | None = None) -> None:
    """Add the seconds of one sitting to run.json, and what was asked of a language model in all.

    A run with seconds in it is finished.
    """
    about = read_about(folder)
    total = round(float(about.get("seconds", 0.0)) + seconds, 1)
    write_json(folder.about, {**about, "seconds": total, "model": model})


def read_about(folder: RunFolder) -> dict[str, Any]:
    """run.json. Raises EvaluationUnusable when it is missing, broken or of another format."""
    if not folder.about.is_file():
        raise EvaluationUnusable("eval.not_a_run_folder", folder=folder.path)
    about = read_json(folder.about)
    if about.get("format") != FORMAT:
        raise EvaluationUnusable("eval.run_of_another_version", file=folder.about)
    return about


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run read back: questions, results and scores by question id, in the order of the run."""

    folder: RunFolder
    about: Mapping[str, Any]
    cases: Mapping[str, Case]
    results: Mapping[str, Result]
    scores: Mapping[str, Mapping[str, Score]]


def read_run(path: Path) -> Run:
    """A run folder as written by ``python -m eval run``.

    Raises EvaluationUnusable when it is missing, unfinished or of another version.
    """
    folder = RunFolder(path)
    about = read_about(folder)
    if "seconds" not in about or not folder.scores.is_file() or not folder.summary.is_file():
        raise EvaluationUnusable("eval.run_not_finished", path=path)
    results = {result.id: result for result in read_results(folder.results)}
    cases = {case.id: case for case in load_cases([folder.cases])}
    scores = read_scores(folder.scores)
    if not (cases.keys() == results.keys() == scores.keys()):
        raise EvaluationUnusable("eval.questions_results_scores_do_not", path=path)
    return Run(folder, about, cases, results, scores)


def read_scores(path: Path) -> dict[str, dict[str, Score]]:
    """Scores by question id. Raises EvaluationUnusable with the row that is broken."""
    scores: dict[str, dict[str, Score]] = {}
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
                scores[row["id"]] = row["scores"]
            except (ValueError, KeyError, TypeError) as error:
                raise EvaluationUnusable("eval.row_is_broken", path=path, number=number) from error
    return scores


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object. Raises EvaluationUnusable when the file is missing, broken or something else."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EvaluationUnusable("eval.run_file_is_no_json", path=path) from error
    if not isinstance(value, dict):
        raise EvaluationUnusable("eval.run_file_is_no_object", path=path)
    return value  # pyright: ignore[reportUnknownVariableType]  # checked by whoever takes a field


def write_json(path: Path, value: object) -> None:
    """Write aside, then switch, so that a reader never sees half a file."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    aside.replace(path)
