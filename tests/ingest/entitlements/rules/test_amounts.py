"""Rows by real lines: bound, base, period, term and cap as printed, and the object that chooses the row."""

from collections.abc import Callable
from typing import Any

import pytest

from ingest.entitlements.rules.amounts import rows_of
from ingest.entitlements.rules.conditions import conditions_of
from ingest.entitlements.rules.grants import Grant
from ingest.entitlements.types import ReadableCondition, leaves

Grants = Callable[[str], list[Grant]]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "企业购买标准厂房的，按照购房款的10%给予补助，最高200万元。",
            {"figure": "10%", "bound": "fixed", "base": "购房款", "cap": "最高200万元"},
        ),
        (
            "企业运输费用年支出100万元以上的，按照实际运费的15%给予物流补贴，每年最高80万元，补贴期三年。",
            {"figure": "15%", "base": "实际运费", "cap": "每年最高80万元", "term": "补贴期三年"},
        ),
        ("引进人才购房的，再按每平方米300元给予购房补贴。", {"figure": "300元", "base": "每平方米"}),
        ("企业新招用员工的，按照每人1000元给予用工补贴。", {"figure": "1000元", "base": "每人"}),
        ("对规模以上企业，分档给予最高500万元奖补。", {"figure": "500万元", "bound": "cap", "cap": None}),
        ("对全职引进的顶尖人才给予不低于300万元安家补贴。", {"figure": "300万元", "bound": "floor"}),
        ("对择优支持的人才给予10万元至50万元经费。", {"bound": "range"}),
        ("对获评企业一次性给予20万元奖励。", {"figure": "20万元", "period": "一次性", "object": "奖励"}),
        ("对产业学院每年给予60万元补助。", {"figure": "60万元", "period": "每年"}),
        (
            "配偶未就业的，按照每月1000元标准给予生活补贴，最长补贴24个月。",
            {"period": "每月", "term": "最长补贴24个月"},
        ),
        (
            "社会引荐人引进项目的，按照实际到位固定资产投资的千分之三给予引荐奖励，最高50万元。",
            {"figure": "千分之三", "base": "实际到位固定资产投资", "cap": "最高50万元"},
        ),
    ],
)
def test_a_row_says_all_that_is_printed_of_it(grants_of: Grants, line: str, expected: dict[str, Any]) -> None:
    (grant,) = grants_of(line)
    (row,) = rows_of(grant)
    assert {key: getattr(row, key) for key in expected} == expected
    assert row.span in grant.clause.text


def test_tiers_are_rows_and_a_bare_level_is_of_the_recognition(grants_of: Grants) -> None:
    (grant,) = grants_of("企业设立的研发机构被认定为国家级、省级企业技术中心的，分别给予100万元、30万元奖励。")
    rows = rows_of(grant, conditions_of(grant))
    assert [(row.object, row.figure) for row in rows] == [("国家级", "100万元"), ("省级", "30万元")]
    chosen = [leaf for row in rows for leaf in leaves(row.when) if isinstance(leaf, ReadableCondition)]
    assert [(leaf.words, leaf.of) for leaf in chosen] == [(("国家",), "企业技术中心"), (("省",), "企业技术中心")]


def test_classes_choose_their_row(grants_of: Grants) -> None:
    (grant,) = grants_of("对全职引进A、B、C类人才的企事业单位，分别给予200万元、150万元、100万元资助。")
    rows = rows_of(grant)
    assert [
        (row.object, [leaf.words for leaf in leaves(row.when) if isinstance(leaf, ReadableCondition)]) for row in rows
    ] == [
        ("A类", [("A",)]),
        ("B类", [("B",)]),
        ("C类", [("C",)]),
    ]
    assert all(leaf.span in grant.clause.text for row in rows for leaf in leaves(row.when))


def test_a_relief_without_a_figure_is_a_row_of_its_words(grants_of: Grants) -> None:
    (grant,) = grants_of("设备投资500万元以上的企业，前三年租金全免，后两年租金减半收取，减免面积最高1万平方米。")
    rows = rows_of(grant)
    assert [(row.object, row.figure, row.term, row.cap) for row in rows] == [
        ("前三年租金全免", "", "前三年", "减免面积最高1万平方米"),
        ("后两年租金减半收取", "", "后两年", "减免面积最高1万平方米"),
    ]


def test_the_figure_of_a_condition_is_no_amount(grants_of: Grants) -> None:
    (grant,) = grants_of("对设备投资500万元以上的技术改造项目，按照设备投资额的6%给予补助，单个项目最高600万元。")
    assert [row.figure for row in rows_of(grant)] == ["6%"]
