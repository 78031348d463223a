"""The figures of a report as rows of its tables."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from eval.scoring.intervals import Estimate
from eval.scoring.scoring import METRIC_BY_NAME, METRICS
from eval.scoring.summary import LATENCIES, SHOWN, UNNAMED, Estimates, Group, shown

_TITLES = tomllib.loads((files("eval.reports") / "titles.toml").read_text("utf-8"))
PART_TITLES: Mapping[str, str] = _TITLES["parts"]
GROUPING_TITLES: Mapping[str, str] = _TITLES["groupings"]
NO_SHARES = frozenset({"body-length", "forbidden-said", "unsupported-figures", *LATENCIES})
"""Metrics that do not lie between 0 and 1, so that no band can be drawn for them."""

BAND_WIDTH = 80  # px
ARROWS = {1: "↑", -1: "↓"}


@dataclass(frozen=True, slots=True)
class Band:
    """Where value and interval of a share lie on a line from 0 to 1, in px."""

    low: float
    width: float
    value: float


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One metric over all questions. ``sign`` says which way is better."""

    part: str
    name: str
    zh: str
    sign: str
    value: str
    interval: str
    n: int
    reach: Band | None

    @property
    def label(self) -> str:
        """The Chinese and the English name."""
        return f"{self.zh} {self.name}"


def metric_rows(estimates: Estimates) -> Iterator[MetricRow]:
    """The metrics that apply to any question, in the order of METRICS, the times last."""
    for metric in METRICS:
        value = estimates.get(metric.name)
        if value is not None:
            yield _row(metric.part, metric.name, metric.zh, metric.better, value)
    for name in LATENCIES:
        value = estimates.get(name)
        if value is not None:
            yield _row("time", name, "用时毫秒", -1, value)


def _row(part: str, name: str, zh: str, better: int, value: Estimate) -> MetricRow:
    reach = None if name in NO_SHARES else band(value)
    return MetricRow(part, name, zh, ARROWS[better], shown(name, value), interval(name, value), value.n, reach)


def band(value: Estimate) -> Band:
    """The interval of a share as a band that is never too narrow to see."""
    low, high, middle = (round(end * BAND_WIDTH, 1) for end in (value.low, value.high, value.value))
    return Band(low, round(max(high - low, 1.0), 1), min(middle, BAND_WIDTH - 2))


def interval(metric: str, value: Estimate) -> str:
    """Both ends of the 95 % interval."""
    low, high = (Estimate(end, end, end, value.n) for end in (value.low, value.high))
    return f"{shown(metric, low)}{UNNAMED}{shown(metric, high)}"


def by_part(rows: Sequence[MetricRow]) -> list[tuple[str, list[MetricRow]]]:
    """The rows under the titles of their parts."""
    parts = [(title, [row for row in rows if row.part == part]) for part, title in PART_TITLES.items()]
    return [(title, members) for title, members in parts if members]


def group_heads() -> list[tuple[str, str]]:
    """The columns of a table of groups, Chinese and short."""
    return [(METRIC_BY_NAME[name].zh, head) for name, head in SHOWN]


def group_rows(groups: Sequence[Group], grouping: str) -> Iterator[tuple[str, int, list[tuple[str, str]]]]:
    """Name, number of questions, and value and interval of each column, of the groups of one grouping."""
    for group in groups:
        if group.grouping == grouping:
            values = [(name, group.estimates[name]) for name, _ in SHOWN]
            yield group.name, group.size, [(shown(name, v), interval(name, v) if v else "") for name, v in values]
