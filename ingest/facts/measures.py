"""Units of measure: how they are printed, and the base unit they mean.

A unit prints with a Chinese number only when that is no mere idiom: 三年, 两倍, 五名; but 一个, 三项 and 四个面向
are not figures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.vocabulary.figures import units
from ingest.vocabulary.wordings import either

MONEY = units().money  # as printed → base unit
BASE = units().base
# What an answer to "多少" is measured in; a price per unit (元/亩) begins with one of these.
MONEY_OR_SHARE = frozenset({"元", "美元", "%", "‰", "‱", "基点", "倍"})

# A price per measure is a unit of its own wherever the measure is printed: 5 元/吨, 每吨 5 元.
PER_MEASURE = units().per_measure
PER_TIME = units().per_time
# What may be printed behind a stroke: 元/亩, 元/人·月, 元/天·床.
_DIVISOR = either(map(re.escape, sorted({*units().per_whom, *PER_MEASURE, *PER_TIME}, key=len, reverse=True)))
PER = rf"(?:\s?/\s?(?:{_DIVISOR})(?:\s?[·•‧/]\s?(?:{_DIVISOR}))?)"

# Units that make a figure of a number written in characters; the rest only with digits.
CHARACTER_UNITS = frozenset({*MONEY, *units().duration, *units().age, *units().in_characters})
# With these a number in characters counts only from two on: 一家, 一人, 一名 and 一次 are articles or idioms.
NEEDS_TWO = frozenset(units().from_two)


# A unit that begins other words as well: 分 is none in 分之, 分局, 分3年拨付.
_GOES_ON_AS = units().goes_on_as


def any_of(table: Mapping[str, str]) -> str:
    """A regular expression that matches the longest printed unit of a table."""
    return "(?:" + "|".join(_printed(unit) for unit in sorted(table, key=len, reverse=True)) + ")"


def _printed(unit: str) -> str:
    barred = _GOES_ON_AS.get(unit)
    return re.escape(unit) + (rf"(?![{barred}])" if barred else "")


UNIT = any_of(BASE)
FIRST_OF_UNIT = "".join(sorted({unit[0] for unit in BASE}))
"""The characters a unit can begin with, for a class of characters."""


def divisors_of(per: str) -> tuple[tuple[str, ...], bool]:
    """What a price is per, and whether a time is among it: /人·月 → (人,), True; /吨·公里 → (吨·公里,), False."""
    parts = (per[1:],) if per[1:] in PER_MEASURE else tuple(re.split(r"[·•‧/]", per[1:]))
    things = tuple(part for part in parts if part not in PER_TIME)
    return things, len(things) < len(parts)
