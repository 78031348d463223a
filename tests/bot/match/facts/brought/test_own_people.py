from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize("told", ["返聘了我们厂退休的高级工程师", "返聘一位本单位的老专家", "返聘自己退休的老师傅"])
def test_who_was_the_firms_own_was_not_brought(holds: Holds, told: str) -> None:
    holds(f"我们是伊旗的企业，{told}。", "talent:arrival=本地培养 -talent:arrival=引进 -event=引进人才")


def test_another_firms_retired_engineer_was(holds: Holds) -> None:
    told = "返聘了一位上海某厂退休的高级工程师"
    holds(f"我们是伊旗的企业，{told}。", "talent:arrival=返聘 talent:arrival=引进")
