"""Printed amounts in English: the value as printed, the unit in words, nothing where a word is not known."""

from __future__ import annotations

import pytest

from bot.english.amounts import amount_in_english, amounts_in


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("300万元", "RMB 3 million"),
        ("1.5亿元", "RMB 150 million"),
        ("6.53万元/亩", "RMB 65,300 per mu"),
        ("0.2810元/度", "RMB 0.2810 per kWh"),
        ("3000元/人·月", "RMB 3,000 per person per month"),
        ("20-25万元/亩", "RMB 200,000 to 250,000 per mu"),
        ("50万至300万元/年", "RMB 500,000 to 3 million per year"),
        ("最低5万元，最高不超过40万元", "at least RMB 50,000, up to RMB 400,000"),
        ("每月最高2000元", "each month, up to RMB 2,000"),
        ("3000元/月（最长补贴24个月）", "RMB 3,000 per month (for at most 24 months)"),
        ("10万元（一次性）", "RMB 100,000 (one-off)"),
        ("一个百分点", "1 percentage point"),
        ("15%", "15%"),
    ],
)
def test_an_amount_is_said_with_its_bound_and_what_it_is_per(printed: str, english: str) -> None:
    assert amount_in_english(printed) == english


@pytest.mark.parametrize("printed", ["减半征收", "30个工作日内", "按50%减免", "5元/羊单位", ""])
def test_an_amount_with_a_word_that_is_not_known_has_no_english(printed: str) -> None:
    assert amount_in_english(printed) == ""


def test_amounts_of_our_own_sentence_are_english_and_a_quotation_stays() -> None:
    assert amounts_in("Less: A 200万元, B 250万元.") == "Less: A RMB 2 million, B RMB 2.5 million."
    assert amounts_in("Class A: the same at each level, 不低于300万元.") == (
        "Class A: the same at each level, at least RMB 3 million."
    )
    assert amounts_in("Class A: 每月最高2000元") == "Class A: each month, up to RMB 2,000"
    assert amounts_in("The condition printed is “3000万元以上”.") == "The condition printed is “3000万元以上”."
