from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我年薪将近60万", "annual_salary=590000元"),
        ("我年薪差一点到60万", "annual_salary=590000元"),
        ("我年薪近60万", "annual_salary=590000元"),
        ("我年薪60万不到", "annual_salary=590000元"),
        ("我失业保险快交满36个月", "insured_months=35月"),
        ("我失业保险缴了快三年", "insured_months=34.8月"),
        ("My annual salary is nearly 600,000 yuan", "annual_salary=590000元"),
    ],
)
def test_a_number_that_is_nearly_reached_is_below_it(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们公司近三年研发投入800万，营收2亿", "rd=8000000元 revenue=200000000元"),
        ("我们公司最近5年营收2亿", "revenue=200000000元"),
        ("我年薪60万", "annual_salary=600000元"),
    ],
)
def test_words_that_only_look_so_take_nothing_away(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
