from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("伊旗企业，主营产品属于《西部地区鼓励类产业目录》，占收入72%。", "revenue_share=72% -rd_share"),
        ("伊旗企业，主营业务属于西部地区鼓励类产业目录，占收入的52%。", "revenue_share=52%"),
        ("伊旗企业，鼓励类产业目录内的产品占营业收入65%。", "revenue_share=65% -rd_share"),
        ("伊旗企业，主营属于目录，占企业收入总额的72%，研发投入占营收4.2%。", "revenue_share=72% rd_share=4.2%"),
        ("伊旗企业，研发费用占主营业务收入的5%。", "rd_share=5% -revenue_share"),
        ("伊旗企业，主营属于西部地区鼓励类产业目录，海外收入占70%。", "-revenue_share -rd_share"),
    ],
)
def test_a_share_of_revenue_is_of_what_was_last_spoken_of(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "伊旗公司，总经理去年工资性收入180万元，公司2025年营收6.2亿元。",
            "talent:annual_salary=1800000元 revenue=620000000元",
        ),
        ("伊旗企业，董事长年收入150万，公司年收入8亿元。", "talent:annual_salary=1500000元 revenue=800000000元"),
        ("伊旗企业，我们财务总监去年工薪收入90万，公司去年营业收入3亿元。", "revenue=300000000元"),
        (
            "我是伊旗一家企业的总经理，去年工资性收入160万元，公司营收12亿。",
            "annual_salary=1600000元 revenue=1200000000元",
        ),
    ],
)
def test_a_salary_is_no_revenue(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
