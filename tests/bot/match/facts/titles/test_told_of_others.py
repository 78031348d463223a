from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "她是伊旗全职引进的硕士，签了4年合同。我是她的高中同学，现在失业。",
            "status=失业 -arrival -degree=硕士 -contract_years",
        ),
        ("听说隔壁小李是硕士，被全职引进到伊旗企业，我也想来。我是大专毕业。", "degree=大专 -arrival"),
        (
            "我女儿是硕士，今年被伊旗一家光伏企业全职引进，我71岁。",
            "age=71岁 relation=子女 -arrival -degree -employer_kind",
        ),
        ("我是伊旗全职引进的硕士。他是我同事。", "arrival=全职引进 degree=硕士"),
        ("我老公和我都是硕士，今年被伊旗一家光伏企业全职引进。", "arrival=全职引进 degree=硕士"),
        ("我爱人是教师，我被伊旗一家光伏企业全职引进。", "arrival=全职引进"),
    ],
)
def test_what_is_told_of_somebody_else_is_not_the_askers(holds: Holds, told: str, expected: str) -> None:
    expected = expected.replace("relation=子女", "relative:relation=子女")
    holds(told, f"who=person {expected}")


def test_a_partner_has_the_title_and_not_the_firm(holds: Holds) -> None:
    holds("我们是伊旗的企业，合作高校有两位院士。", "-award -talent:award=院士")
    holds("我们是伊旗的企业，和合作高校一起引进了一位院士。", "talent:award=院士")
