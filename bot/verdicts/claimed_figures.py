"""The figures that a question claims, and how they stand to those that a sentence prints: the same, of its kind, allowed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.evidence.candidates import Candidate
from bot.granting.quantities import people_named
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from bot.verdicts.quoting import parts_of
from bot.verdicts.words import patterns
from ingest.facts.figures import DATE, find_figures
from ingest.types import Bound, Figure
from ingest.vocabulary.talk import talk_words

LEAST_AMOUNT = 1000  # 元; a bare number from here on is an amount: 500万
MONTHS = 12
LONGEST_YEARS = 50  # a larger number before 年 is a year of the calendar
_ASKS = re.compile(talk_words().asks)
_PART = re.compile(r"[^，,。；;！!？?\n]+")
MONEY, _YEAR, _MONTH = "元", "年", "月"


def claimed_figures(text: str) -> list[Figure]:
    """The figures that are claimed; the others that a question names are what somebody tells of himself."""
    figures = _amounts(text)
    given = [figure for figure in figures if patterns("premise")["given"].search(text[: figure.span.start])]
    return [*given, *(one for one in figures if is_threshold(one) and one not in given)] if given else figures


def _amounts(text: str) -> list[Figure]:
    figures = [
        replace(figure, unit=MONEY) if figure.unit == "" and figure.value >= LEAST_AMOUNT else figure
        for figure in find_figures(text)
        if figure.unit not in ("", DATE) or figure.value >= LEAST_AMOUNT
    ]
    return [figure for figure in figures if figure.unit != DATE and in_months(figure)[1] is not None]


def money_in(text: str) -> list[Figure]:
    """The amounts of money that a question names; a bare large number is one."""
    return [figure for figure in _amounts(text) if figure.unit == MONEY]


def presupposed_figures(text: str) -> list[Figure]:
    """The figures told as a fact of the policy in front of what is asked: …给50万研发经费，这50万能不能用来发工资.

    A part that asks, or tells of the asker, presupposes nothing; neither does the last one.
    """
    own = patterns("premise")["own"]
    *told, asked = [(part.start(), part[0]) for part in _PART.finditer(text)] or [(0, "")]
    if _ASKS.search(asked[1]) is None or people_named(
        [text]
    ):  # 8个人，每月补4000元: a case of the asker's, with its numbers
        return []
    found: list[Figure] = []
    for _, part in told:
        if _ASKS.search(part) is None and own.search(part) is None:
            found += [one for one in _amounts(part) if _is_given(part, one)]
    return found


def _is_given(text: str, figure: Figure) -> bool:
    before = text[: figure.span.start]
    return any(patterns("premise")[name].search(before) is not None for name in ("given", "granted"))


def in_months(figure: Figure) -> tuple[str, Decimal | None]:
    """Unit and value by which figures are compared: years as months; no value for what is no duration."""
    if figure.unit == _YEAR:
        return _MONTH, figure.value * MONTHS if figure.value <= LONGEST_YEARS else None
    return figure.unit.partition("/")[0], figure.value


def is_same(one: Figure, other: Figure) -> bool:
    """Whether two figures are the same quantity; of a range either end counts."""
    unit, value = in_months(one)
    unit_of_other, value_of_other = in_months(other)
    if unit != unit_of_other or value is None:
        return False
    return value == value_of_other or value == other.upper


def of_unit(heard: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """The figures of the same unit."""
    return [figure for figure in figures if in_months(figure)[0] == in_months(heard)[0]]


def of_class(reading: Reading, lead: Candidate, figures: Sequence[Figure]) -> list[Figure]:
    """Of several figures those that stand alone in a part of the sentence that names a class asked about."""
    if not reading.tiers:
        return []
    found: list[Figure] = []
    for part in parts_of(lead):
        inside = [figure for figure in figures if part.contains(figure.span)]
        if len(inside) == 1 and tiers_of(part.of(lead.clause.text).lower()) & reading.tiers:
            found.extend(inside)
    return found


def allows(printed: Figure, heard: Figure) -> bool:
    """最高500万元 allows 300万元; 满3年 is reached by 5年."""
    value, of_printed = in_months(heard)[1], in_months(printed)[1]
    if value is None or of_printed is None:
        return True
    if printed.upper is not None:
        return printed.value <= heard.value <= printed.upper
    if printed.unit != MONEY and heard.bound is not Bound.AT_LEAST:
        return False  # 最长5年 is no 3年
    return (printed.bound is Bound.AT_MOST and value <= of_printed) or (
        printed.bound is Bound.AT_LEAST and value >= of_printed
    )


def is_threshold(figure: Figure) -> bool:
    """True for 满3年, 60岁以上: from there on."""
    return figure.bound is Bound.AT_LEAST


def reaches_threshold(told: Figure, printed: Sequence[Figure]) -> bool:
    """Whether what somebody tells of himself meets a threshold of its unit: 4% of 3%以上; it denies nothing then."""
    unit, value = in_months(told)
    if value is None:
        return False
    thresholds = [in_months(one) for one in printed if is_threshold(one)]
    return any(value >= bound for other, bound in thresholds if other == unit and bound is not None)
