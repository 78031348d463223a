"""The tables of ``docs/benchmarks.md`` that come from finished runs, as Markdown to be put there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.reports.markdown import flat
from eval.runs.run_folder import RunFolder, read_about, read_json
from eval.scoring.summary import UNNAMED, WHOLE_NUMBERS
from ingest.errors import EvaluationUnusable

COLUMNS: Mapping[str, str] = {
    "hit@1": "hit@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "all-evidence@5": "all evidence in 5",
    "answer-right": "all points said",
    "point-recall": "points",
    "body-length": "characters",
    "asked-figure-share": "figures asked for",
    "documents-cited": "documents cited",
    "declined-rightly": "declined rightly",
    "declined-falsely": "declined falsely",
}
GROUPINGS = ("kind", "difficulty", "lang")

Metrics = Mapping[str, Mapping[str, float] | None]


def benchmarks(folders: Sequence[Path]) -> str:
    """A row for each run; then the groups of the first one. Raises EvaluationUnusable for what is no finished run."""
    summaries = [_summary(RunFolder(folder)) for folder in folders]
    rows = [_row(name, summary["questions"], summary["metrics"]) for name, summary in summaries]
    name, first = summaries[0]
    return "\n".join(
        [
            *_table("questions", rows),
            "",
            f"{flat(name)}, by {', '.join(GROUPINGS)}:",
            "",
            *_table("group", _groups(first["by"])),
        ]
    )


def _summary(folder: RunFolder) -> tuple[str, dict[str, Any]]:
    """What was asked and ``summary.json``."""
    about = read_about(folder)
    if "seconds" not in about or not folder.summary.is_file():
        raise EvaluationUnusable("eval.run_not_finished", path=folder.path)
    summary = read_json(folder.summary)
    if not {"questions", "metrics", "by"} <= summary.keys():
        raise EvaluationUnusable("eval.no_summary_of_run", path=folder.summary)
    return "、".join(item["name"] for item in about["questions"]), summary


def _groups(by: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for grouping in GROUPINGS:
        for name, group in by.get(grouping, {}).items():
            yield _row(f"{grouping}: {name}", group["questions"], group["metrics"])


def _table(first: str, rows: Sequence[str] | Iterator[str]) -> Iterator[str]:
    heads = [first, "n", *COLUMNS.values()]
    yield f"| {' | '.join(heads)} |"
    yield "|---|" + "---:|" * (len(heads) - 1)
    yield from rows


def _row(name: str, questions: int, metrics: Metrics) -> str:
    cells = [_cell(metric, metrics.get(metric)) for metric in COLUMNS]
    return f"| {flat(name)} | {questions} | {' | '.join(cells)} |"


def _cell(metric: str, value: Mapping[str, float] | None) -> str:
    if value is None:
        return UNNAMED
    return f"{value['value']:.0f}" if metric in WHOLE_NUMBERS else f"{value['value']:.3f}".removeprefix("0")
