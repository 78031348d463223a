"""Printed dates as days: 2025 年底, 2030 年 12 月 31 日, “十四五”, terms of years and months."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from ingest.facts.numerals import value_of
from ingest.types import Span

YEAR = r"(?:19|20)\d\d"
DATE = rf"{YEAR}\s?年(?:\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?)?(?:底|末|年末)?"

_PARTS = re.compile(r"(\d{4})\s?年(?:\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?日)?)?")
_PLAN = re.compile(r"十([一二三四五六七八九])五")
_TITLE_YEARS = re.compile(rf"(?P<a>{YEAR})\s?年?\s?(?:—|——|–|-|－|~|～|至|到)\s?(?P<b>{YEAR})\s?年?")
# The Tenth Five-Year Plan (十五) ran 2001–2005; each later one five years on: 十四五 = 2021–2025.
_TENTH_BEGAN, _PLAN_LENGTH = 2001, 5
_MONTHS_A_YEAR = 12


def is_day(year: int, month: int, day: int) -> bool:
    """Whether a calendar has such a day; year and day may be 0 for what is not printed (31 April never, 29 February may)."""
    leap_year = 2000  # any: without a year 2月29日 may be one
    return 1 <= month <= _MONTHS_A_YEAR and day <= calendar.monthrange(year or leap_year, month)[1]


def first_day(printed: str) -> date | None:
    """2024 年 → 2024-01-01; None for a day that is in no calendar, and for "…末" of a five-year plan its first day."""
    if plan := _PLAN.search(printed):
        return date(plan_years(plan[0])[0], 1, 1)
    parts = _PARTS.match(printed)
    return _day(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1)) if parts else None


def last_day(printed: str) -> date | None:
    """2025 年底 and 2025 年 → 2025-12-31, 2025 年 6 月 → 2025-06-30, “十四五”末 → 2025-12-31."""
    if plan := _PLAN.search(printed):
        return date(plan_years(plan[0])[1], 12, 31)
    parts = _PARTS.match(printed)
    if not parts:
        return None
    year, month = int(parts[1]), int(parts[2] or _MONTHS_A_YEAR)
    if not 1 <= month <= _MONTHS_A_YEAR:
        return None
    return _day(year, month, int(parts[3] or calendar.monthrange(year, month)[1]))


def plan_years(printed: str) -> tuple[int, int]:
    """First and last year of a five-year plan: 十四五 → 2021, 2025; 十五五 → 2026, 2030."""
    plan = _PLAN.search(printed)
    number = int(value_of(plan[1]) or 0) if plan else 0
    first = _TENTH_BEGAN + _PLAN_LENGTH * number
    return first, first + _PLAN_LENGTH - 1


def years_of_title(title: str) -> tuple[int, int, Span] | None:
    """The years a title names, first, last and where: （2022-2025 年）."""
    match = _TITLE_YEARS.search(title)
    if not match or int(match["b"]) < int(match["a"]):
        return None
    return int(match["a"]), int(match["b"]), Span(match.start(), match.end())


def after_issue(issued: date, days: int) -> date:
    """The day ``days`` after issue."""
    return issued + timedelta(days=days)


def end_of_term(begins: date, number: str, unit: str) -> date | None:
    """The last day of a term: from 2025-01-01, 一年 → 2025-12-31; 18 个月 → 2026-06-30."""
    count = value_of(number)
    if count is None:
        return None
    months = int(count) * (_MONTHS_A_YEAR if unit == "年" else 1)
    year, month = divmod(begins.year * _MONTHS_A_YEAR + begins.month - 1 + months, _MONTHS_A_YEAR)
    if not date.min.year <= year <= date.max.year:
        return None
    day = min(begins.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
