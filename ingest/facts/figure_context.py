"""How a figure limits and how often it is paid, read from the words beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.facts.measures import MONEY, PER_MEASURE
from ingest.types import Bound, Figure
from ingest.vocabulary.figures import bounds
from ingest.vocabulary.wordings import either

WINDOW = 24  # characters before a figure that may bound it: "最高不超过", "最高给予年薪 "

# Words that may stand between the bound and its figure: 最高奖补 500 万元, 最高年薪 60 万元, 上限提高至 58%.
_BETWEEN = rf"(?:[\s的为达到至可]|{either(bounds().between)}|[¥￥$])*"
_WORDS_OF = {Bound.AT_LEAST: bounds().at_least, Bound.AT_MOST: bounds().at_most, Bound.ABOUT: bounds().about}


def _in_front(wordings: Iterable[str]) -> re.Pattern[str]:
    return re.compile(f"{either(wordings)}{_BETWEEN}$", re.IGNORECASE)


_WORD_BEFORE = [(bound, _in_front(words.before)) for bound, words in _WORDS_OF.items()]
# 不超过 ends with 超过, 不低于 with 低于: the longer word speaks.
_LONGER_FIRST = [(bound, _in_front(_WORDS_OF[bound].whole)) for bound in (Bound.AT_MOST, Bound.AT_LEAST)]
_INCLUSIVE = r"\s?(?:[（(][^（()）]{0,14}[)）])?\s?"
_BEHIND = {Bound.AT_LEAST: "(?:及|和|或)?", Bound.AT_MOST: "(?:及|和|或)?", Bound.ABOUT: ""}
_AFTER = [
    (bound, re.compile(f"{_INCLUSIVE}{joint}{either(_WORDS_OF[bound].after)}", re.IGNORECASE))
    for bound, joint in _BEHIND.items()
]
_PERIOD_BEFORE = re.compile(
    r"每(?:人次|张床位|床位|人|家|户|项|个|件|台|套|辆|名|场|次)每(?:学年|季度|年|月|天|日)|每年每[人户家]|每月每[人户家]"
    r"|每年|每月|每人次|每张床位|每床位|每次|每人|每家|每户|每项|每个|每件|每台|每套|每辆|每名|每场|按年|按月|一次性"
)
_PERIOD_AFTER = re.compile(
    r"\s?(?:的)?(?P<zh>一次性|年薪)"
    r"|\s?(?P<en>(?:per|a|each) (?:person per )?(?:month|year|person)|annually|monthly|a year|one-time)"
)
# What money is given for each of, printed in front of it: 每平方米每年 140—160 元, 每年按每亩 500 元, 每亩年租金 300 元.
_TIME_EACH = r"每\s?(?:学年|季度|年|月|日|天)"
_MEASURE_EACH = re.compile(
    rf"(?:{_TIME_EACH}\s?(?:按照|按)?\s?)?每(?:一|1)?\s?(?P<thing>{'|'.join(map(re.escape, sorted(PER_MEASURE, key=len, reverse=True)))})"
    rf"(?![级假])(?:\s?(?:{_TIME_EACH}|[年月](?=[租均补费奖收])))?"
)
_CURRENCIES = frozenset(MONEY.values())
_STOP = re.compile(r"[，。；：:;（）()]")


def with_context(text: str, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures with their text as printed, bound and period; a row "20 万元、10 万元" shares both."""
    bounded: list[Figure] = []
    for figure in figures:
        since = bounded[-1].span.end if bounded else 0
        per, period = _measure_in_front(text, figure, since)
        bounded.append(
            replace(
                figure,
                text=figure.span.of(text),
                unit=figure.unit + per,
                bound=_bound(text, figure),
                period=figure.period or period or _period(text, figure),
            )
        )
    for earlier, later in zip(range(len(bounded) - 1), range(1, len(bounded)), strict=True):
        if _one_row(text, bounded[earlier], bounded[later]):
            bounded[later] = _inherit(bounded[later], bounded[earlier])
    for later in range(len(bounded) - 1, 0, -1):
        if _one_row(text, bounded[later - 1], bounded[later]):
            bounded[later - 1] = _inherit_unit(bounded[later - 1], bounded[later])
            if bounded[later - 1].period is None:
                bounded[later - 1] = replace(bounded[later - 1], period=bounded[later].period)
    return tuple(bounded)


def _measure_in_front(text: str, figure: Figure, since: int) -> tuple[str, str | None]:
    """The measure that an amount is given for each of, and the words that say so: /平方米, 每平方米每年.

    Looked for in the same phrase behind the figure before: 每亩 500 元、最高 30 万元 gives the second for all of it.
    """
    if figure.unit not in _CURRENCIES or figure.period is not None:
        return "", None
    start = max(since, figure.span.start - WINDOW)
    phrase = _STOP.split(text[start : figure.span.start])[-1]
    found = list(_MEASURE_EACH.finditer(phrase))
    return (f"/{found[-1]['thing']}", found[-1][0]) if found else ("", None)


def _one_row(text: str, earlier: Figure, later: Figure) -> bool:
    between = text[earlier.span.end : later.span.start].strip()
    (left, _, per_left), (right, _, per_right) = earlier.unit.partition("/"), later.unit.partition("/")
    alike = left == right and (per_left == per_right or not (per_left and per_right))
    return alike and between in ("、", "和", "及", "或", ",", ", and", "and")


def _inherit_unit(figure: Figure, other: Figure) -> Figure:
    """5 元、6 元/吨 are both a price per ton."""
    return figure if "/" in figure.unit else replace(figure, unit=other.unit)


def _inherit(figure: Figure, earlier: Figure) -> Figure:
    figure = _inherit_unit(figure, earlier)
    bound = earlier.bound if figure.bound is Bound.EXACT else figure.bound
    return replace(figure, bound=bound, period=figure.period or earlier.period)


def _bound(text: str, figure: Figure) -> Bound:
    before = text[max(0, figure.span.start - WINDOW) : figure.span.start]
    after = text[figure.span.end : figure.span.end + WINDOW]
    for bound, words in (*_LONGER_FIRST, *_WORD_BEFORE):
        if words.search(before):
            return bound
    for bound, words in _AFTER:
        if words.match(after):
            return bound
    return Bound.AT_LEAST if re.search(r"[\d万亿]\s?[多余]\s?[百千万亿]?", figure.text) else Bound.EXACT


def _period(text: str, figure: Figure) -> str | None:
    if figure.unit in ("日期", "年", "月", "日"):
        return None
    after = _PERIOD_AFTER.match(text, figure.span.end)
    if after and after["zh"] == "年薪":
        return "年薪"
    start = max(0, figure.span.start - WINDOW)
    phrase = _STOP.split(text[start : figure.span.start])[-1]
    before = list(_PERIOD_BEFORE.finditer(phrase))
    if before:
        return before[-1][0]
    if re.search(r"年薪(?:为|达)?\s?$", phrase):
        return "年薪"
    return (after["zh"] or after["en"]) if after else None
