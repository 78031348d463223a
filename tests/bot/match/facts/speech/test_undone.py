"""What is named first and denied behind, and figures that were not reached."""

from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds, Read


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我在县城打零工，失业保险压根没缴过", "!event=缴纳失业保险 event=未缴纳失业保险"),
        ("本人失业险一次都没交", "!event=缴纳失业保险 event=未缴纳失业保险"),
        ("我失业保险也从来没有参加过", "!event=缴纳失业保险"),
        ("我失业保险一直缴着", "event=正常缴纳失业保险 -event=未缴纳失业保险"),
        ("我失业险没断过", "event=正常缴纳失业保险"),
        ("我失业保险前年停缴了", "event=停缴失业保险 event=参加失业保险 -event=缴纳失业保险"),
        ("我失业保险停了半年又补上了", "event=缴纳失业保险 -event=停缴失业保险"),
        ("我失业保险没有缴满20个月", "insured_months=19月"),
        ("我失业保险没有交过24个月", "insured_months=23月 event=缴纳失业保险"),
        ("我失业保险交了24个月", "insured_months=24月"),
        ("我失业保险欠缴3个月", "-insured_months"),
    ],
)
def test_insurance_that_was_never_paid_is_denied(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("I hold a master's degree and signed a contract of minus 4 years", "-contract_years"),
        ("Our revenue was negative 20 million yuan", "-revenue"),
        ("Our revenue was 20 million yuan", "revenue=20000000元"),
        ("Our revenue was 1.2 trillion yuan", "revenue=1200000000000元"),
        ("本人高中毕业，单位拿我当硕士用", "-degree=硕士 degree=高中"),
        ("我没念过大学，厂里按博士标准给我发钱", "-degree=博士"),
        ("我是博士，公司也按博士的标准给我安家费", "degree=博士"),
        ("我退休了，县里有家厂要聘我去当顾问", "-arrival=返聘"),
        ("我退休三年了，县医院要返聘我", "~arrival=返聘 -arrival=返聘"),
        ("我退休三年了，县医院返聘了我", "arrival=返聘"),
    ],
)
def test_what_is_not_so_is_no_fact(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_a_negative_number_in_words_is_told(read: Read) -> None:
    assert any("minus 4 years" in said for said in read("I signed a contract of minus 4 years").contradictions)
