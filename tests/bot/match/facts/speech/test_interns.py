from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "镇上的小公司，做沙棘饮料，我是大专毕业回乡第一次创业，自己招了3个大学生实习了4个月，每人每月发2400元补贴",
            "event=接收大学生实习 -event=招聘毕业生 -event=实习实践 -status=在校大学生 contract_months=4月 degree=大专",
        ),
        ("我公司今年有3个本科生在我们这实习了4个月", "event=接收大学生实习 -talent:degree -event=实习实践"),
        ("公司安排了8名大专学生见习，见习期6个月", "event=接收大学生实习 -talent:degree"),
        ("我是在校大学生，暑假到伊旗的公司实习了2个月", "event=实习实践 status=在校大学生 -event=接收大学生实习"),
        (
            "伊旗公司，今年招了6个本科毕业生，其中2个是先实习后转正的",
            "event=招聘毕业生 -event=接收大学生实习 -event=实习实践",
        ),
    ],
)
def test_interns_are_neither_hired_nor_the_asker(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_money_a_month_beside_interns_is_theirs(holds: Holds) -> None:
    holds("我们公司在伊金霍洛旗，接收大学生实习4个月，每月付3200元，3人。", "monthly_allowance=3200元")
    holds("我们公司引进一位博士，每月付3200元。", "-monthly_allowance")
