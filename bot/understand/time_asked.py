"""The year or day a question speaks of: by it the rules are judged, instead of by the day of asking.

A year is an interval. What only names a document (2024年版, 清政规〔2023〕5号, a title in 《》) is no time asked about; it
may name the version that is meant.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.facts.calendar_words import DATE, first_day, last_day
from ingest.facts.numerals import narrow
from ingest.vocabulary.talk import talk_words

_TITLE = re.compile(r"《[^《》]*》|[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]")
_VERSION = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?年?(?:的)?(?:那|这|该)?(?:一|个)?(?:版本?|修订|旧版|新版|老版|第\s?\d+\s?号)"
)
# "the 2024 negative list": the year of a document; "in the 2024 tax year" is a time.
_ENGLISH_VERSION = re.compile(
    r"\b(?:the|its|their|your|this|that)\s(?P<year>(?:19|20)\d\d)\s(?=[a-z])(?!(?:(?:tax|fiscal|financial|calendar|budget)\s)?years?\b|"
    r"and\b|or\b|to\b|is\b|was\b)"
)
_OLD_VERSION = re.compile(
    r"旧版|老版|旧政策|老政策|旧办法|老办法|原政策|原办法|原来的?(?:政策|办法|规定|版本)|上一?版|以前的?(?:政策|办法|版本|规定)"
)
# 到2025年底要有多少家: a goal, no time at which the rules are looked at.
_GOAL = re.compile(r"(?:力争|争取|计划|打算|目标|要达到|要建|达到)")
_YEAR = re.compile(r"(?<![\d.])(?P<year>20[0-4]\d)(?!\d|\s?[元万亿%％个家吨亩户名人次项米度平])")
_RELATIVE: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"大前年"), -3),
    (re.compile(r"(?<!大)前年(?!度)"), -2),
    (re.compile(r"去年|上一?年(?!度)|\blast year\b"), -1),
    (re.compile(r"明年|来年|下一?年(?!度)|\bnext year\b"), 1),
    (re.compile(r"(?<!大)后年"), 2),
)
_NOW = re.compile(talk_words().holds_now)
_TOLD = re.compile(talk_words().told_of_a_year)
_NAMES_OF_MONTHS = "january february march april may june july august september october november december"
_MONTHS: tuple[str, ...] = tuple(_NAMES_OF_MONTHS.split())
_ENGLISH = re.compile(
    rf"\b(?P<month>{'|'.join(_MONTHS)})\s+(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<year>20\d\d)\b"
)


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """The days by which rules are judged. ``named`` says that the question speaks of them."""

    first: date
    last: date
    named: bool = False

    @property
    def is_a_day(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class VersionAsked:
    """Which version of a document a question means: of a year (2023年版), or the old one (老政策)."""

    years: frozenset[int] = frozenset()
    old: bool = False


def time_asked(text: str, as_of: date) -> TimeAsked:
    """The time that ``text`` (simplified, in lower case) speaks of, from the first to the last of several; else the day of asking."""
    if _NOW.search(text):
        return TimeAsked(as_of, as_of)  # a year beside it is of something else
    found = [period for period in _periods(_TOLD.sub(" ", _without_names(text)), as_of) if period is not None]
    if not found:
        return TimeAsked(as_of, as_of)
    return TimeAsked(min(first for first, _ in found), max(last for _, last in found), named=True)


def years_named(text: str) -> tuple[int, ...]:
    """Every year that ``text`` names, those apart that only name a document or its version."""
    return tuple(int(year) for year in re.findall(r"(?<!\d)(20\d{2})(?!\d)", _without_names(text)))


def version_asked(text: str) -> VersionAsked:
    """Which version ``text`` names."""
    years = frozenset(int(match["year"]) for match in _VERSION.finditer(narrow(text)))
    return VersionAsked(years, _OLD_VERSION.search(text) is not None)


def _without_names(text: str) -> str:
    return _ENGLISH_VERSION.sub(" ", _VERSION.sub(" ", _TITLE.sub(" ", narrow(text))))


def _periods(text: str, as_of: date) -> Iterator[tuple[date, date] | None]:
    for match in re.finditer(DATE, text):
        if not _GOAL.search(text[match.end() :]):
            yield _days(first_day(match[0]), last_day(match[0]), match[0])
    rest = re.sub(DATE, " ", text)
    for match in _ENGLISH.finditer(rest):
        yield _english_days(match)
    for match in _YEAR.finditer(_ENGLISH.sub(" ", rest)):
        year = int(match["year"])
        if not _GOAL.search(rest[match.end() :]):
            yield date(year, 1, 1), date(year, 12, 31)
    for pattern, years in _RELATIVE:
        if pattern.search(rest):
            yield date(as_of.year + years, 1, 1), date(as_of.year + years, 12, 31)


def _days(first: date | None, last: date | None, printed: str) -> tuple[date, date] | None:
    """2025年底 is the end of the year, and 2025年2月31日 no day at all."""
    if first is None or last is None:
        return None
    if printed.endswith(("底", "末")):
        return last.replace(day=1), last
    return first, last


def _english_days(match: re.Match[str]) -> tuple[date, date] | None:
    year, month = int(match["year"]), _MONTHS.index(match["month"]) + 1
    last = monthrange(year, month)[1]
    if match["day"] is None:
        return date(year, month, 1), date(year, month, last)
    day = int(match["day"])
    return (date(year, month, day), date(year, month, day)) if 1 <= day <= last else None
