from __future__ import annotations

import pytest

from bot.match.sums.tiers import said_in_tiers, tiers_of
from bot.types import Language
from ingest.entitlements.types import AmountRow
from tests.bot.match.conftest import counted, row

BASE = "直接费用扣除设备费"
TIERS = (
    row("500万元以下（包括500万元）部分", "30%", "最高可提高到30%", bound="cap", base=BASE),
    row("500万元至1000万元（包括1000万元）部分", "25%", "最高可提高到25%", bound="cap", base=BASE),
    row("1000万元以上部分", "20%", "最高可提高到20%", bound="cap", base=BASE),
)


@pytest.mark.parametrize(
    ("costs", "says"),
    [
        (4_000_000, "直接费用400万元：400万元×30%=最高120万元"),
        (12_000_000, "直接费用1200万元：500万元×30%+500万元×25%+200万元×20%=最高315万元"),
    ],
)
def test_each_part_of_the_base_has_its_own_share(costs: int, says: str) -> None:
    assert said_in_tiers(tiers_of(TIERS), counted("direct_costs", costs, "元"), Language.ZH) == says


@pytest.mark.parametrize(
    "rows",
    [
        TIERS[1:],  # a gap from nought on
        TIERS[:1],
        (row("大型企业", "30%", "30%", base=BASE), row("中小微企业", "60%", "60%", base=BASE)),
    ],
)
def test_rows_that_are_no_parts_of_one_base_are_not_added(rows: tuple[AmountRow, ...]) -> None:
    assert tiers_of(rows) == ()
