"""Numbers that are nearly reached: 将近60万, 快满3年, 60万不到; and how long somebody is insured, told behind: 失业险没断，有34个月."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Protocol, TypeVar

from bot.match.facts.profile_text import Clause, ProfileText
from ingest.facts.numerals import IN_CHARACTERS
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

_REACH = 12  # characters in front of a number


def falls_short(text: str, start: int, end: int, unit: str | None) -> str | None:
    """The words that say that the number at ``start`` to ``end`` is not reached; none where it is."""
    words = asker_speech().hedges
    before = text[max(0, start - _REACH) : start].rstrip()
    if near := _nearly().search(before):
        of_years = near[0] == words.recent and unit in asker_speech().units["years"]
        # 近三年 names the years of late, 缴了近三年 how long
        if not of_years or before[: near.start()].endswith(words.lasted):
            return f"{near[0]}{text[start:end].strip()}"
    behind = _short_behind().match(text, end)
    return text[start : behind.end()].strip() if behind else None


def one_digit_less(value: Decimal) -> Decimal:
    """One less in the second digit: 60万 → 59万, 36 → 35, 3 → 2.9."""
    return value - Decimal(10) ** (value.adjusted() - 1) if value > 0 else value


@cache
def _nearly() -> re.Pattern[str]:
    words = asker_speech().hedges
    return re.compile(rf"(?:{'|'.join((*words.nearly, words.undone))})\s?$")


@cache
def _short_behind() -> re.Pattern[str]:
    """60万不到; not 满3年不到4年, where it is of the next number."""
    return re.compile(asker_speech().hedges.short_behind)


_CLAUSES_BACK = 3  # between the insurance and how long it was paid
_OF_TIME = ("months", "years")


def insured_for(profile: ProfileText, clause: Clause, number: tuple[int, str]) -> bool:
    """Whether a number (where it begins, its sort) that nothing stands by says how long the insurance told before was paid."""
    start, sort = number
    led, insurance = _insured()
    if sort not in _OF_TIME or led.fullmatch(profile.text, clause.start, start) is None:
        return False
    told = profile.clauses[max(0, clause.number - _CLAUSES_BACK) : clause.number]
    return any(insurance.search(profile.of(other)) and not other.of_others for other in told)


@cache
def _insured() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = asker_speech().hedges
    return re.compile(rf"\s*(?:{any_of(words.paid_for)})*\s*"), re.compile(any_of(words.insurance))


class _Numbered(Protocol):
    @property
    def number(self) -> _Number: ...


class _Number(Protocol):
    @property
    def note(self) -> str: ...
    @property
    def value(self) -> Decimal: ...


_T = TypeVar("_T", bound=_Numbered)


def exact_ones(items: list[_T]) -> list[_T]:
    """Of 快3年，有34个月 the one that is told exactly, where there is one alone beside such as are not."""
    exact = [item for item in items if not _nearly().search(_lead(item.number.note))]
    return exact if len({item.number.value for item in exact}) == 1 else items


def _lead(note: str) -> str:
    """The words of a note up to its number."""
    return re.split(rf"\d|{IN_CHARACTERS}", note, maxsplit=1)[0]
