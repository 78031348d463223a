"""The quantities a conversation names: amounts of money, how many people, how long. The latest turn that names one counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from bot.verify.worked_out import Quantity
from ingest.facts.figures import find_figures
from ingest.facts.numerals import value_of
from ingest.vocabulary.talk import talk_words

LEAST_AMOUNT = 1000  # 元; a smaller bare number is a count or a year
_NUMBER = r"(?P<number>\d+(?:\.\d+)?|[一二两三四五六七八九十]+)"
_PEOPLE = re.compile(rf"(?<![第\d.]){_NUMBER}\s?(?:个(?![月年])|名|位|人(?!·))")
_TIME = re.compile(rf"(?<![第\d.零〇]){_NUMBER}\s?(?P<unit>个月|年)(?![后前内级龄]|以[后前内上]|之[后前内])")
_PEOPLE_IN_ENGLISH = re.compile(rf"\b(?P<number>\d+)\s(?:{talk_words().people_in_english})\b", re.IGNORECASE)
_TIME_IN_ENGLISH = re.compile(r"\b(?P<number>\d+)[\s-](?P<unit>months?|years?)\b", re.IGNORECASE)
_UNITS = {"个月": "月", "年": "年"}
_Find = Callable[[str], Iterator[Quantity]]
LONGEST_YEARS = 50  # a larger number before 年 is a year of the calendar


def money_named(turns: Sequence[str], *, monthly: bool) -> list[Quantity]:
    """The amounts of money of the latest turn that names one; those paid every month only where ``monthly``."""
    return _latest(turns, lambda turn: _money(turn, monthly=monthly))


def people_named(turns: Sequence[str]) -> list[Quantity]:
    """How many people, or things counted like them, the latest turn that says so names; one alone is no factor."""
    return _latest(turns, _people)


def times_named(turns: Sequence[str]) -> list[Quantity]:
    """How long, of the latest turn that says so."""
    return _latest(turns, _times)


def _latest(turns: Sequence[str], find: _Find) -> list[Quantity]:
    return next((found for turn in reversed(turns) if (found := list(find(turn)))), [])


def _money(turn: str, *, monthly: bool) -> Iterator[Quantity]:
    for figure in find_figures(turn):
        if "月" in (figure.period or "") and not monthly:
            continue
        if figure.upper is None and figure.unit in ("元", "") and figure.value >= LEAST_AMOUNT:
            yield Quantity(figure.text, figure.value, "元")


def _people(turn: str) -> Iterator[Quantity]:
    for match in (*_PEOPLE.finditer(turn), *_PEOPLE_IN_ENGLISH.finditer(turn)):
        value = value_of(match["number"].replace("两", "二"))
        if value is not None and value > 1:
            yield Quantity(match[0].strip(), value, "人")


def _times(turn: str) -> Iterator[Quantity]:
    for match in (*_TIME.finditer(turn), *_TIME_IN_ENGLISH.finditer(turn)):
        value = value_of(match["number"].replace("两", "二"))
        unit = _UNITS.get(match["unit"], "月" if match["unit"].startswith("month") else "年")
        if value is not None and (value <= LONGEST_YEARS or unit == "月") and value > Decimal(1):
            yield Quantity(match[0], value, unit)
