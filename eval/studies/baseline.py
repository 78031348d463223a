"""The figures a later run is held against: every score of every question, small enough to keep in the repository."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.runs.conditions import Conditions, conditions_of
from eval.runs.run_folder import Run, write_json
from eval.scoring.scoring import METRICS, Scores
from ingest.errors import EvaluationUnusable

BASELINE = Path(__file__).parents[1] / "baseline.json"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Scores by question id, and what they were measured on."""

    conditions: Conditions
    scores: Mapping[str, Scores]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    corpus: str
    as_of: str
    conditions: dict[str, str] = {}  # missing in a file of an earlier version
    metrics: list[str]
    scores: dict[str, list[float | None]]  # question id → one number per metric


def write_baseline(run: Run, path: Path) -> None:
    """Keep the scores of a run; no path, time or version of the machine it ran on."""
    names = [metric.name for metric in METRICS]
    rows = {id: [scores.get(name) for name in names] for id, scores in run.scores.items()}
    file = _File(
        corpus=str(run.about["corpus"]),
        as_of=str(run.about["as_of"]),
        conditions=dict(conditions_of(run.about)),
        metrics=names,
        scores=rows,
    )
    write_json(path, file.model_dump())


def read_baseline(path: Path) -> Baseline:
    """Raises EvaluationUnusable when the file is missing, broken or no baseline."""
    try:
        file = _File.model_validate_json(path.read_bytes())
        scores = {id: dict(zip(file.metrics, row, strict=True)) for id, row in file.scores.items()}
    except (OSError, ValidationError, ValueError) as error:
        raise EvaluationUnusable("eval.not_a_baseline", path=path) from error
    return Baseline({**file.conditions, "corpus": file.corpus, "as_of": file.as_of}, scores)
