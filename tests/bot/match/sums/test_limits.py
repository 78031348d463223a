from __future__ import annotations

from decimal import Decimal

import pytest

from bot.match.sums.limits import Limits, limits_of


@pytest.mark.parametrize(
    ("cap", "one", "whole"),
    [
        ("每人每月补贴不超过1500元", 1500, None),
        ("同一年度，单人补贴不超过30万元、同一单位补贴总额不超过200万元", 300_000, 2_000_000),
        ("每家企业每年补贴总额不超过50万元", None, 500_000),
        ("单个企业支持不超过5万元", None, 50_000),
        ("每年最高500万元", 5_000_000, None),
        ("单户最高不超500万元", None, None),
        (None, None, None),
    ],
)
def test_a_cap_limits_one_or_all_and_a_single_case_neither(cap: str | None, one: int | None, whole: int | None) -> None:
    expected = Limits(*(None if number is None else Decimal(number) for number in (one, whole)))
    assert limits_of(cap) == expected
