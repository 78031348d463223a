"""What may be multiplied by what: heads where it is given to each, things where it is given for each, months that are long enough."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.granting.rows_meant import counts_heads, months_of, things_named
from bot.verify.worked_out import MONTH, YEAR, Quantity
from ingest.entitlements.types import AmountRow


def _row(figure: str, span: str, base: str | None = None, period: str | None = None) -> AmountRow:
    return AmountRow(object="", figure=figure, bound="fixed", base=base, period=period, span=span)


@pytest.mark.parametrize(
    ("row", "is_paid_on", "to_people", "counts"),
    [
        (
            _row("3万元", "带动2人（含）以上其他劳动者就业的，给予3万元一次性创业补贴", period="一次性"),
            False,
            True,
            False,
        ),
        (_row("1000元/人", "给予1000元/人一次性引才补贴"), False, False, True),
        (_row("1000元", "按照每月1000元标准给予生活补贴", period="每月"), True, True, True),
        (_row("500万元", "每年最高奖补500万元", period="每年"), True, False, False),
    ],
)
def test_heads_are_counted_where_each_of_them_gets_it(
    row: AmountRow, is_paid_on: bool, to_people: bool, counts: bool
) -> None:
    assert counts_heads(row, is_paid_on=is_paid_on, to_people=to_people) is counts


@pytest.mark.parametrize(
    ("turn", "named"),
    [("入驻了2个跨境电商平台", ["2个"]), ("入驻4个平台", ["4个"]), ("有4个人入驻平台", []), ("入驻平台", [])],
)
def test_things_are_counted_for_each_of_which_it_is_given(turn: str, named: list[str]) -> None:
    row = _row("2万元", "每入驻一个平台给予一次性运营补助2万元", base="每入驻一个平台")
    assert [one.text for one in things_named(row, (turn,))] == named


def test_a_year_is_twelve_months() -> None:
    assert months_of(Quantity("两年", Decimal(2), YEAR)) == 24
    assert months_of(Quantity("5个月", Decimal(5), MONTH)) == 5
