"""The runs that are kept under ``<home>/runs``: listed by their summaries alone, opened by name, deleted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from eval.runs.run_folder import RunFolder, read_about, read_json
from eval.scoring.intervals import Estimate
from ingest.errors import EvaluationUnusable

FOLDER = "runs"


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One run as a list shows it. ``metrics`` is empty while it is not finished."""

    name: str
    folder: RunFolder
    began: datetime  # local time
    about: Mapping[str, Any]
    questions: int
    metrics: Mapping[str, Estimate]

    @property
    def is_finished(self) -> bool:
        return "seconds" in self.about and bool(self.metrics)

    @property
    def sets(self) -> tuple[str, ...]:
        """The names of the question sets."""
        return tuple(str(one["name"]) for one in self.about.get("questions", ()))


def kept_runs(home: Path) -> list[KeptRun]:
    """All runs of this version under ``home``, the newest first; what cannot be read is passed over."""
    return sorted(_readable(home / FOLDER), key=lambda run: (run.began, run.name), reverse=True)


def kept_run(home: Path, name: str) -> KeptRun:
    """The run of that name. Raises EvaluationUnusable when there is none that can be read."""
    folder = _folder(home, name)
    if folder is None:
        raise EvaluationUnusable("eval.no_run", name=name)
    return _described(folder)


def new_run_folder(home: Path, now: datetime) -> RunFolder:
    """A folder that is not there yet, named after the moment. Nothing is made."""
    stem = now.strftime("%Y%m%d-%H%M%S")
    names = (stem, *(f"{stem}-{number}" for number in range(2, 1000)))
    return RunFolder(next(path for name in names if not (path := home / FOLDER / name).exists()))


def remove_run(home: Path, name: str) -> None:
    """Delete a run with everything in it. Raises EvaluationUnusable when there is none or it cannot be deleted."""
    folder = _folder(home, name)
    if folder is None:
        raise EvaluationUnusable("eval.no_run", name=name)
    doomed = folder.path.with_name(f".gone-{name}")  # out of the list in one step, whatever happens to the rest
    try:
        folder.path.rename(doomed)
        shutil.rmtree(doomed)
    except OSError as error:
        raise EvaluationUnusable("eval.run_cannot_be_deleted", folder=folder.path, reason=error.strerror) from error


def _folder(home: Path, name: str) -> RunFolder | None:
    """Looked up among the folders that are there, so that no name leads elsewhere."""
    return next((folder for folder in _folders(home / FOLDER) if folder.path.name == name), None)


def _folders(runs: Path) -> Iterator[RunFolder]:
    if runs.is_dir():
        for path in runs.iterdir():
            if path.is_dir() and not path.is_symlink() and not path.name.startswith("."):
                folder = RunFolder(path)
                if folder.about.is_file():
                    yield folder


def _readable(runs: Path) -> Iterator[KeptRun]:
    for folder in _folders(runs):
        try:
            yield _described(folder)
        except EvaluationUnusable:
            continue


def _described(folder: RunFolder) -> KeptRun:
    about = read_about(folder)
    began = datetime.fromtimestamp(folder.cases.stat().st_mtime if folder.cases.is_file() else 0, UTC).astimezone()
    finished = "seconds" in about and folder.summary.is_file()
    metrics = _metrics(read_json(folder.summary)) if finished else {}
    return KeptRun(folder.path.name, folder, began, about, int(about.get("cases", 0)), metrics)


def _metrics(summary: Mapping[str, Any]) -> dict[str, Estimate]:
    values = cast("Mapping[str, Mapping[str, float] | None]", summary.get("metrics", {}))
    try:
        return {
            name: Estimate(value["value"], value["low"], value["high"], int(value["n"]))
            for name, value in values.items()
            if value is not None
        }
    except (KeyError, TypeError) as error:
        raise EvaluationUnusable("eval.summary_of_another_version") from error
