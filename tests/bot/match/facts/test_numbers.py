from __future__ import annotations

from decimal import Decimal

import pytest

from bot.match.facts.numbers import numbers_in, years_in
from bot.match.facts.profile_text import prepared


def read(text: str) -> list[str]:
    """Each number as ``value unit``."""
    return [f"{number.value.normalize():f} {number.unit}".strip() for number in numbers_in(prepared(text).text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3.2亿", ["320000000 元"]),
        ("1.2个亿", ["120000000 元"]),
        ("一个多亿", ["100000000 元"]),
        ("5000多万", ["50000000 元"]),
        ("近千万", ["9000000 元"]),
        ("一千二百万", ["12000000 元"]),
        ("两万七上下", ["27000 元"]),
        ("月薪2万5", ["25000 元"]),
        ("2万5千", ["25000 元"]),
        ("三四百万", ["3000000 元"]),
        ("1200w", ["12000000 元"]),
        ("500-800万", ["5000000 元"]),
        ("两千万至三千万元", ["20000000 元"]),
        ("US$160 million", ["160000000 美元"]),
        ("RMB 720,000", ["720000 元"]),
        ("2.9%", ["2.9 %"]),
        ("八年", ["8 年"]),
        ("52个月", ["52 月"]),
        ("four-year contract", ["4 年"]),
        ("a two-year-old daughter", ["2 岁"]),
        ("110千伏", ["110 千伏"]),
        ("180来号人", ["180 人"]),
        ("九百萬人民幣", ["9000000 元"]),
        ("叁佰万元", ["3000000 元"]),
    ],
)
def test_a_number_is_read_as_people_say_it(text: str, numbers: list[str]) -> None:
    assert read(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "2025年",
        "2024、2025连续入库",
        "今年9月",
        "世界排名前100",
        "第二次通过",
        "三类人才",
        "一直",
        "一家企业",
        "三甲医院",
        "一位专家",
        "2025年6月30日",
    ],
)
def test_what_only_names_or_dates_is_no_number(text: str) -> None:
    assert [number for number in read(text) if " " in number] == []


def test_a_number_has_the_year_said_before_it() -> None:
    numbers = list(numbers_in(prepared("2024年营收1亿，2025年1.2亿").text))
    assert [(number.year, number.value) for number in numbers] == [(2024, Decimal(10**8)), (2025, Decimal(120000000))]


def test_less_than_is_just_below() -> None:
    (share,) = numbers_in(prepared("研发不到3%").text)
    assert (share.value, share.note) == (Decimal("2.9"), "不到3%")
    (people,) = numbers_in(prepared("不足30人").text)
    assert people.value == 29


@pytest.mark.parametrize("text", ["营收-500万", "负300万"])
def test_a_negative_number_is_marked(text: str) -> None:
    assert [number.negative for number in numbers_in(prepared(text).text)] == [True]


def test_years_are_no_amounts_and_amounts_no_years() -> None:
    text = "2024、2025两年，2000万元，2019人"
    assert [year for year, _ in years_in(text, 0, len(text))] == [2024, 2025]


def test_a_number_is_negative_in_words_too() -> None:
    assert [(number.value, number.negative) for number in numbers_in("minus 4 years, negative 3 people, 5 years")] == [
        (4, True),
        (3, True),
        (5, False),
    ]
