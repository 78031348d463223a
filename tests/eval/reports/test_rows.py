from __future__ import annotations

from eval.reports.rows import PART_TITLES, band, by_part, group_heads, metric_rows
from eval.scoring.intervals import Estimate
from eval.scoring.scoring import METRICS
from eval.scoring.summary import LATENCIES, SHOWN

ESTIMATES = {
    **{metric.name: Estimate(0.5, 0.25, 0.75, 8) for metric in METRICS},
    **dict.fromkeys(LATENCIES, Estimate(1234.4, 1000.0, 2000.0, 8)),
}


def test_every_metric_has_its_row_under_one_title() -> None:
    rows = list(metric_rows(ESTIMATES))
    parts = by_part(rows)
    assert sorted(row.name for _, members in parts for row in members) == sorted(row.name for row in rows)
    assert [row.name for row in rows] == [*(metric.name for metric in METRICS), *LATENCIES]
    assert {title for title, _ in parts} == set(PART_TITLES.values())


def test_what_does_not_apply_has_no_row() -> None:
    assert list(metric_rows(dict.fromkeys(ESTIMATES))) == []
    assert by_part([]) == []


def test_a_row_says_which_way_is_better_and_draws_shares_only() -> None:
    rows = {row.name: row for row in metric_rows(ESTIMATES)}
    assert (rows["answer-right"].sign, rows["declined-falsely"].sign) == ("↑", "↓")
    assert (rows["answer-right"].value, rows["answer-right"].interval) == ("0.500", "0.250–0.750")
    assert rows["took-ms-p95"].value == "1234"
    assert rows["answer-right"].reach == band(Estimate(0.5, 0.25, 0.75, 8))
    assert rows["body-length"].reach is None
    assert rows["took-ms-p50"].reach is None


def test_a_band_lies_between_0_and_1_and_can_always_be_seen() -> None:
    assert (band(Estimate(0.5, 0.25, 0.75, 8)).low, band(Estimate(0.5, 0.25, 0.75, 8)).width) == (20.0, 40.0)
    sure = band(Estimate(1.0, 1.0, 1.0, 8))
    assert sure.width == 1.0
    assert sure.value < 80


def test_the_columns_of_groups_have_chinese_heads() -> None:
    assert len(group_heads()) == len(SHOWN)
    assert ("答案正确", "right") in group_heads()
