"""The metrics over many questions: all of them, and by kind, reason, type, difficulty and language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from eval.cases.cases import Case
from eval.scoring.intervals import Estimate, estimate, percentile_of, proportion
from eval.scoring.results import Result
from eval.scoring.scoring import METRICS, Scores

GROUPINGS = ("kind", "reason", "type", "difficulty", "lang")
LATENCIES = {"took-ms-p50": 50.0, "took-ms-p95": 95.0}
UNNAMED = "–"

Estimates = Mapping[str, Estimate | None]


@dataclass(frozen=True, slots=True)
class Group:
    """The questions that share one value of a grouping, and their metrics."""

    grouping: str  # "all", or one of GROUPINGS
    name: str
    size: int
    estimates: Estimates


def summarise(cases: Sequence[Case], scores: Mapping[str, Scores], results: Mapping[str, Result]) -> tuple[Group, ...]:
    """All questions first, then each group of each grouping, larger groups first."""
    groups = [_group("all", "all", cases, scores, results)]
    for grouping in GROUPINGS:
        members: dict[str, list[Case]] = {}
        # Only what must be declined has a reason.
        for case in cases if grouping != "reason" else [case for case in cases if not case.answerable]:
            members.setdefault(str(getattr(case, grouping)) or UNNAMED, []).append(case)
        ordered = sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
        groups.extend(_group(grouping, name, part, scores, results) for name, part in ordered)
    return tuple(groups)


def _group(
    grouping: str, name: str, cases: Sequence[Case], scores: Mapping[str, Scores], results: Mapping[str, Result]
) -> Group:
    estimates = {
        metric.name: (proportion if metric.is_yes_no else estimate)(_values(metric.name, cases, scores))
        for metric in METRICS
    }
    given = [results[case.id].given for case in cases]
    times = [answer.took_ms for answer in given if answer is not None]
    latencies = {label: estimate(times, percentile_of(percent)) for label, percent in LATENCIES.items()}
    return Group(grouping, name, len(cases), {**estimates, **latencies})


def _values(metric: str, cases: Iterable[Case], scores: Mapping[str, Scores]) -> list[float]:
    return [value for case in cases if (value := scores[case.id].get(metric)) is not None]


def summary_json(groups: Sequence[Group]) -> dict[str, object]:
    """What ``summary.json`` holds: metric → value, low, high, n; null where it applies to no question."""
    everything = groups[0]
    by: dict[str, dict[str, object]] = {}
    for group in groups[1:]:
        by.setdefault(group.grouping, {})[group.name] = {"questions": group.size, "metrics": _rounded(group.estimates)}
    return {"questions": everything.size, "metrics": _rounded(everything.estimates), "by": by}


def _rounded(estimates: Estimates) -> dict[str, dict[str, float] | None]:
    return {
        name: None if value is None else {key: round(number, 4) for key, number in asdict(value).items()}
        for name, value in estimates.items()
    }


# ── The table in the terminal ──────────────────────────────────────────────────────────────────

SHOWN = (
    ("hit@1", "hit@1"),
    ("recall@5", "R@5"),
    ("recall@10", "R@10"),
    ("mrr@10", "MRR"),
    ("answer-right", "right"),
    ("point-recall", "points"),
    ("citation-recall", "cited"),
    ("quote-fidelity", "quotes"),
    ("unsupported-figures", "unsup."),
    ("declined-rightly", "decl."),
    ("declined-or-said", "or said"),
    ("declined-falsely", "false d."),
    ("hedged-falsely", "false h."),
    ("body-length", "chars"),
)
"""The columns there is room for in a terminal; the report has all."""

WHOLE_NUMBERS = frozenset({"body-length", *LATENCIES})
CELL = 9


def table(groups: Sequence[Group], grouping: str = "kind") -> str:
    """All questions and one grouping as a plain-text table."""
    rows = [group for group in groups if group.grouping in ("all", grouping)]
    width = max(_cells(group.name) for group in rows) + 2
    lines = [" " * width + f"{'n':>5}" + "".join(f"{head:>{CELL}}" for _, head in SHOWN)]
    for group in rows:
        numbers = "".join(f"{shown(name, group.estimates[name]):>{CELL}}" for name, _ in SHOWN)
        lines.append(group.name + " " * (width - _cells(group.name)) + f"{group.size:>5}" + numbers)
    return "\n".join(lines)


def shown(metric: str, value: Estimate | None) -> str:
    """A figure as people read it; a dash where it does not apply."""
    if value is None:
        return UNNAMED
    return f"{value.value:.0f}" if metric in WHOLE_NUMBERS else f"{value.value:.3f}"


def _cells(text: str) -> int:
    """Terminal cells: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text)
