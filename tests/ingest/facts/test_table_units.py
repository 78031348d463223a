"""Units, bounds and periods that stand in the head of a column; figures that stay inside their cell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.facts.benefits import find_benefits
from ingest.facts.figures import find_figures
from ingest.facts.table_units import cell_figures, column_head, lacks_unit, with_unit
from ingest.types import Bound, RowCell, Span


@pytest.mark.parametrize(
    ("head", "words", "unit"),
    [
        ("单价（元/立方米）", "单价", "元/立方米"),
        ("购房补贴（万元）·全职", "购房补贴·全职", "万元"),
        ("金额(单位：万元)", "金额", "万元"),
        ("金额/万元", "金额", "万元"),
        ("补助比例（％）", "补助比例", "%"),
        ("变压器容量（元/千伏安·月）", "变压器容量", "元/千伏安·月"),
        ("奖励（市级）", "奖励（市级）", None),
        ("类别", "类别", None),
    ],
)
def test_a_head_is_its_words_and_its_unit(head: str, words: str, unit: str | None) -> None:
    assert (column_head(head).words, column_head(head).unit) == (words, unit)


@pytest.mark.parametrize(
    ("cell", "head", "text", "value", "unit"),
    [
        ("9.80", "单价（元/立方米）", "9.80", "9.80", "元/立方米"),
        ("120", "购房补贴（万元）", "120", "1200000", "元"),
        ("最高500", "补助（万元）", "500", "5000000", "元"),
        ("15%", "比例（%）", "15%", "15", "%"),
        ("30万元", "金额（元）", "30万元", "300000", "元"),  # the cell's own unit goes before
        ("20", "资助额（万元）", "20", "200000", "元"),
        ("300", "标准（元/架次）", "300", "300", "元/架次"),
    ],
)
def test_a_bare_number_has_the_unit_of_its_head(cell: str, head: str, text: str, value: str, unit: str) -> None:
    (figure,) = cell_figures(cell, head)

    assert (figure.text, figure.value) == (text, Decimal(value))
    assert f"{figure.unit}{figure.period or ''}" == unit


def test_a_range_has_it_too() -> None:
    (figure,) = cell_figures("1000—3000", "投资额（万元）")

    assert (figure.text, figure.value, figure.upper) == ("1000—3000", 10_000_000, 30_000_000)


def test_bound_and_period_may_stand_in_the_head() -> None:
    (most,) = cell_figures("200", "年度上限（万元）")
    (monthly,) = cell_figures("1500元", "每月补贴标准")

    assert most.bound is Bound.AT_MOST
    assert monthly.period == "每月"


def test_a_number_without_a_unit_stays_a_number() -> None:
    assert cell_figures("3", "序号") == []
    assert cell_figures("—", "奖励（万元）") == []
    assert lacks_unit("3")
    assert not lacks_unit("3万元")
    assert not lacks_unit("不享受")
    assert with_unit(RowCell(Span(3, 7), "单价（元/吨）"), "工业\t9.80") == "9.80元/吨"


def test_no_figure_crosses_a_cell() -> None:
    assert [figure.text for figure in find_figures("3\t年")] == []
    assert [figure.text for figure in find_figures("1000\t2%\t1.5%")] == ["2%", "1.5%"]
    (figure,) = find_figures("最高\t100万元")
    assert figure.bound is Bound.EXACT
    assert find_benefits("博士5000元、\t硕士3000元") == ()


@pytest.mark.parametrize(
    ("cell", "shown", "value", "bound"),
    [
        ("2000以上", "2000平方米以上", 2000, Bound.AT_LEAST),
        ("500（含）以下", "500平方米（含）以下", 500, Bound.AT_MOST),
        ("800及以上", "800平方米及以上", 800, Bound.AT_LEAST),
    ],
)
def test_the_unit_of_a_head_stands_before_above_and_below(cell: str, shown: str, value: int, bound: Bound) -> None:
    (figure,) = cell_figures(cell, "面积（平方米）")

    assert (figure.value, figure.unit, figure.bound) == (value, "平方米", bound)
    assert cell[figure.span.start : figure.span.end] == figure.text == str(value)
    assert with_unit(RowCell(Span(0, len(cell)), "面积（平方米）"), cell) == shown
