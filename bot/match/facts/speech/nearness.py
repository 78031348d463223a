"""Numbers that are nearly reached: 将近60万, 快满3年, 60万不到 say that the number is not there yet."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

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
