"""Printed dates as days."""

from datetime import date

import pytest

from ingest.facts.calendar_words import end_of_term, first_day, last_day, plan_years


@pytest.mark.parametrize(
    ("printed", "first", "last"),
    [
        ("2025 年", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025 年底", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024 年 2 月", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024 年 12月 31 日", date(2024, 12, 31), date(2024, 12, 31)),
        ("“十四五”末", date(2021, 1, 1), date(2025, 12, 31)),
        ("2025 年 2 月 30 日", None, None),
        ("2025 年 13 月", None, None),
    ],
)
def test_first_and_last_day(printed: str, first: date | None, last: date | None) -> None:
    assert (first_day(printed), last_day(printed)) == (first, last)


@pytest.mark.parametrize(
    ("plan", "years"), [("十三五", (2016, 2020)), ("十四五", (2021, 2025)), ("十五五", (2026, 2030))]
)
def test_five_year_plans(plan: str, years: tuple[int, int]) -> None:
    assert plan_years(plan) == years


@pytest.mark.parametrize(
    ("begins", "number", "unit", "ends"),
    [
        (date(2025, 1, 1), "一", "年", date(2025, 12, 31)),
        (date(2025, 1, 1), "18", "个月", date(2026, 6, 30)),
        (date(2024, 2, 29), "1", "年", date(2025, 2, 27)),
        (date(2024, 5, 31), "1", "个月", date(2024, 6, 29)),
    ],
)
def test_end_of_a_term(begins: date, number: str, unit: str, ends: date) -> None:
    assert end_of_term(begins, number, unit) == ends
