"""What the evaluation pages show of a run or of two: rows and charts, made from the files of the runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from markupsafe import Markup

from eval.cases.case_files import load_cases
from eval.reports.html import faults_of
from eval.runs.kept_runs import KeptRun
from eval.runs.run_folder import read_json, read_scores
from eval.scoring.intervals import Estimate
from eval.scoring.scoring import METRIC_BY_NAME, METRICS
from eval.scoring.summary import LATENCIES, shown
from eval.studies.compare import Changed, Comparison, Movement
from web.staff.shell.charts import Bar, bars_chart
from web.staff.shell.days import day_of
from web.texts import Tongue

Say = Callable[..., str]

LISTED = ("hit@1", "recall@5", "answer-right", "point-recall", "unsupported-figures", "declined-rightly")
"""The columns there is room for in the list of runs."""

PARTS = ("search", "answer", "citations", "declining")
CHARTED_ANSWERS, CHARTED_SEARCH = "answer-right", "recall@5"
GROUPINGS = ("kind", "type", "difficulty", "lang")
FAULT_ENDS_AT = " "  # the words of a fault are Chinese, a space, English
MOST_WRONG = 200  # questions shown; the report has all
MOST_EARLIER = 10  # runs in the chart over time


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric as it is shown."""

    name: str
    words: str
    value: str
    interval: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class Wrong:
    """A question that was answered wrong, and where to try it out."""

    id: str
    kind: str
    turns: tuple[str, ...]
    faults: tuple[str, ...]
    bench: str


def metric_words(name: str, tongue: Tongue) -> str:
    """What a metric is called."""
    if name in LATENCIES:
        return {"zh": "用时（毫秒）", "en": "Time (ms)"}[tongue] + f" {name.rpartition('-')[2]}"
    return METRIC_BY_NAME[name].zh if tongue == "zh" else name


def figures(run: KeptRun, tongue: Tongue) -> dict[str, list[Figure]]:
    """All metrics of a run by the part of the work they measure; the times last."""
    parts: dict[str, list[Figure]] = {part: [] for part in (*PARTS, "time")}
    for name, value in run.metrics.items():
        part = "time" if name in LATENCIES else METRIC_BY_NAME[name].part if name in METRIC_BY_NAME else ""
        if part:
            parts[part].append(_figure(name, value, tongue))
    return {part: rows for part, rows in parts.items() if rows}


def listed_figures(run: KeptRun) -> list[str]:
    """The values of LISTED, a dash where one does not apply."""
    return [shown(name, run.metrics.get(name)) for name in LISTED]


def _figure(name: str, value: Estimate, tongue: Tongue) -> Figure:
    low, high = (shown(name, Estimate(end, end, end, value.n)) for end in (value.low, value.high))
    return Figure(name, metric_words(name, tongue), shown(name, value), f"{low}–{high}", value.n)


def charted(run: KeptRun) -> str:
    """The metric a run is drawn by."""
    return CHARTED_ANSWERS if CHARTED_ANSWERS in run.metrics else CHARTED_SEARCH


def groups_charts(run: KeptRun, t: Say, tongue: Tongue) -> list[tuple[str, Markup]]:
    """A chart for each way of grouping the questions that has more than one group."""
    by = cast("Mapping[str, Mapping[str, Mapping[str, Any]]]", read_json(run.folder.summary).get("by", {}))
    metric = charted(run)
    charts: list[tuple[str, Markup]] = []
    for grouping in GROUPINGS:
        bars = [bar for name, group in by.get(grouping, {}).items() if (bar := _group_bar(name, group, metric, t))]
        if len(bars) > 1:
            title = t("chart_title", metric=metric_words(metric, tongue), grouping=t(f"by_{grouping}"))
            charts.append((t(f"by_{grouping}"), bars_chart(bars, title, 1.0)))
    return charts


def _group_bar(name: str, group: Mapping[str, Any], metric: str, t: Say) -> Bar | None:
    value = cast("Mapping[str, float] | None", group["metrics"].get(metric))
    if value is None:
        return None
    return Bar(name, value["value"], words=f"{value['value']:.3f} · {t('n_questions', n=int(value['n']))}")


def history_chart(run: KeptRun, runs: Sequence[KeptRun], t: Say, tongue: Tongue, root: str) -> Markup | None:
    """The same questions over time, this run the last one; None when they were asked only once."""
    metric = charted(run)
    same = [
        one
        for one in runs
        if one.about.get("cases_sha256") == run.about.get("cases_sha256")
        and metric in one.metrics
        and one.began <= run.began
    ]
    if len(same) < 2:
        return None
    bars = [
        Bar(
            f"{one.began:%Y-%m-%d %H:%M}",
            one.metrics[metric].value,
            words=f"{one.metrics[metric].value:.3f}",
            link="" if one.name == run.name else f"{root}/staff/evaluation/runs/{one.name}",
        )
        for one in reversed(same[:MOST_EARLIER])
    ]
    return bars_chart(bars, t("history_title", metric=metric_words(metric, tongue)), 1.0)


def wrong_questions(run: KeptRun, tongue: Tongue) -> list[Wrong]:
    """The questions that count as wrong, in the order of the set. Raises EvaluationUnusable for a broken run."""
    scores = read_scores(run.folder.scores)
    wrong: list[Wrong] = []
    for case in load_cases([run.folder.cases]):
        faults = faults_of(scores.get(case.id, {}))
        if faults:
            said = tuple(fault.partition(FAULT_ENDS_AT)[0 if tongue == "zh" else 2] for fault in faults)
            wrong.append(
                Wrong(
                    case.id, case.kind, case.turns, said, bench_query(case.turns, day_of(str(run.about.get("as_of"))))
                )
            )
    return wrong


def bench_query(turns: Sequence[str], as_of: date | None) -> str:
    """The part of the bench's address that asks a question there."""
    asked: list[tuple[str, str]] = [("question", turns[-1])]
    asked += [("turn", turn) for turn in turns[:-1]]
    if as_of is not None:
        asked.append(("as_of", as_of.isoformat()))
    return urlencode(asked)


# ── Two runs ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Moved:
    """One metric of two runs."""

    words: str
    questions: int
    before: str
    after: str
    change: str
    interval: str
    p: str
    direction: str  # "better", "worse", "same"
    fails: bool


def moved_rows(compared: Comparison, tongue: Tongue) -> list[Moved]:
    """The metrics in the order of the report."""
    order = {metric.name: place for place, metric in enumerate(METRICS)}
    return [_moved(one, tongue) for one in sorted(compared.movements, key=lambda one: order[one.metric.name])]


def _moved(one: Movement, tongue: Tongue) -> Moved:
    digits = 0 if one.metric.name == "body-length" else 3
    change = one.after - one.before
    return Moved(
        words=metric_words(one.metric.name, tongue),
        questions=one.questions,
        before=f"{one.before:.{digits}f}",
        after=f"{one.after:.{digits}f}",
        change=f"{change:+.{digits}f}",
        interval=f"{one.low:+.{digits}f} … {one.high:+.{digits}f}",
        p="" if one.p is None else f"{one.p:.3f}",
        direction="same" if not one.gain else "better" if one.gain > 0 else "worse",
        fails=one.fails is not None,
    )


def changed_questions(compared: Comparison) -> list[Changed]:
    """Worse ones first, then better ones, then those with other words only."""
    return sorted(compared.changed, key=lambda one: 0 if one.worse else 1 if one.better else 2)
