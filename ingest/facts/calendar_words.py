"""Printed dates as days: 2025 年底, 2030 年 12 月 31 日, 二〇二五年六月, 2025-06-30, “十四五”, terms of years and months."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from ingest.facts.numerals import IN_CHARACTERS, value_of
from ingest.types import Span

YEAR = r"(?:19|20)\d\d"
_ENDING = r"(?:底|末|年末)?"
_OF_YEAR = r"\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?"
# Zero is printed 〇, ○, 零, O or 0.
_HAN_YEAR = r"[一二][〇○零Oo0九][〇○零Oo0一二三四五六七八九]{2}"
_HAN_NUMBER = r"[一二三四五六七八九十]{1,3}"
HAN_DATE = rf"{_HAN_YEAR}\s?年(?:\s?{_HAN_NUMBER}\s?月(?:\s?{_HAN_NUMBER}\s?[日号])?)?{_ENDING}"
# A time of day may run on behind the day: 2024-05-2010:22.
_DOTTED = rf"{YEAR}\s?[-./－]\s?\d{{1,2}}\s?[-./－]\s?\d{{1,2}}(?:(?!\d)|(?=\d\d[:：]\d\d))"
DATE = rf"(?:{YEAR}\s?年(?:\s?{_OF_YEAR})?{_ENDING}|{HAN_DATE}|{_DOTTED})"
"""A year, month or day in digits, in characters or in the form 2025-06-30; in narrow form (ingest.facts.numerals)."""
DAY_OF_YEAR = r"\d{1,2}\s?月\s?\d{1,2}\s?[日号]"
"""A day without its year, which is that of the date before it: 2025年1月1日至12月31日."""
LENGTH = rf"(?P<n>\d{{1,3}}|{IN_CHARACTERS})\s?(?P<unit>年|个月)"

_PARTS = re.compile(r"(\d{4})\s?年(?:\s?(\d{1,2})\s?月(?:\s?(\d{1,2})\s?[日号])?)?")
_DOTTED_PARTS = re.compile(r"(\d{4})\s?[-./－]\s?(\d{1,2})\s?[-./－]\s?(\d{1,2})")
_HAN_PARTS = re.compile(rf"({_HAN_YEAR})\s?年(?:\s?({_HAN_NUMBER})\s?月(?:\s?({_HAN_NUMBER})\s?[日号])?)?")
_ZEROS = str.maketrans("○零Oo0", "〇〇〇〇〇")
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
    parts = _parts(printed)
    return _day(parts[0], parts[1] or 1, parts[2] or 1) if parts else None


def last_day(printed: str) -> date | None:
    """2025 年底 and 2025 年 → 2025-12-31, 2025 年 6 月 → 2025-06-30, “十四五”末 → 2025-12-31."""
    if plan := _PLAN.search(printed):
        return date(plan_years(plan[0])[1], 12, 31)
    parts = _parts(printed)
    if not parts:
        return None
    year, month = parts[0], parts[1] or _MONTHS_A_YEAR
    if not 1 <= month <= _MONTHS_A_YEAR:
        return None
    return _day(year, month, parts[2] or calendar.monthrange(year, month)[1])


def with_year_of(printed: str, dated: str) -> str:
    """A day printed without its year, with the year of the date before it: 12月31日 after 2025年1月1日 → 2025年12月31日."""
    parts = _parts(dated)
    return f"{parts[0]}年{printed}" if parts and re.match(DAY_OF_YEAR, printed) else printed


def impossible_dates(text: str) -> Iterator[Span]:
    """Where dates stand that are in no calendar: 2025年2月31日. ``text`` is in narrow form."""
    for match in re.finditer(DATE, text):
        if last_day(match[0]) is None:
            yield Span(match.start(), match.end())


def _parts(printed: str) -> tuple[int, int | None, int | None] | None:
    """Year, month and day as numbers; None where none is printed."""
    match = _PARTS.match(printed) or _DOTTED_PARTS.match(printed)
    if match:
        return int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None
    match = _HAN_PARTS.match(printed)
    if not match:
        return None
    year, month, day = (value_of(part) if part else None for part in (match[1].translate(_ZEROS), match[2], match[3]))
    # 十十 and 二三 are no numbers: such a date is in no calendar, which a month of 0 says.
    unread = (match[2] and month is None) or (match[3] and day is None)
    whole = None if month is None else int(month)
    return int(year or 0), 0 if unread else whole, None if day is None else int(day)


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


def after_issue(issued: date, days: int) -> date | None:
    """The day ``days`` after issue; None beyond the calendar."""
    try:
        return issued + timedelta(days=days)
    except OverflowError:
        return None


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
