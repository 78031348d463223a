"""When two printed figures say the same: 300万 = 3百万元 = 三百万元 = RMB 3 million; 15% = 百分之十五; 2年 = 两年.

Units are kept apart (两年 is not 24 个月), because a policy that prints months counts in months.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from ingest.facts.measures import BASE
from ingest.types import Bound, Figure

# Counting words that people put for one another. 个 stands for any of them.
_SAME_COUNTING = ({"名", "人", "位", "人次"}, {"家", "户"}, {"前…名", "前…位", "前…强", "强", "前…个"})
_COUNTING = frozenset("个名人位家户套所座台辆艘架件项次种类部场条间张份例宗笔处支") | {"人次", "部门"}
_EACH_TIME = {"年": "年", "月": "月", "日": "日", "天": "日", "周": "周", "小时": "小时"}
# Shares of a hundred, a thousand and ten thousand say the same in one of them; so do 基点 and 百分点.
_IN_HUNDREDTHS = {"‰": ("%", Decimal("0.1")), "‱": ("%", Decimal("0.01")), "基点": ("百分点", Decimal("0.01"))}
_ENGLISH_TIME = {"year": "年", "annual": "年", "month": "月"}


@dataclass(frozen=True, slots=True)
class CanonicalFigure:
    """What a figure says, without the way it is printed. ``per`` is 亩, 人 …; ``each`` is 年, 月 or 一次性."""

    value: Decimal
    upper: Decimal | None
    unit: str
    per: str | None
    each: str | None


def canonical(figure: Figure) -> CanonicalFigure:
    """The figure without the way it is printed. 2025 年底 is the last day of 2025."""
    unit, _, per = figure.unit.partition("/")
    value = figure.value
    if unit == "日期" and re.search(r"[底末]$", figure.text):
        value += Decimal(1231 if value % 10000 == 0 else 0)
    unit, scale = _IN_HUNDREDTHS.get(unit, (unit, Decimal(1)))
    upper = (figure.upper * scale).normalize() if figure.upper is not None else None
    return CanonicalFigure((value * scale).normalize(), upper, unit, BASE.get(per, per) or None, _each(figure.period))


def _each(period: str | None) -> str | None:
    if period is None:
        return None
    if "一次性" in period or "one-time" in period:
        return "一次性"
    if "年薪" in period:
        return "年"
    if period.startswith("/"):
        return next((_EACH_TIME[part] for part in re.split(r"[/·•‧]", period) if part in _EACH_TIME), None)
    for word, time in (*_ENGLISH_TIME.items(), *_EACH_TIME.items()):
        if period.endswith(word) or (word in _ENGLISH_TIME and word in period):
            return time
    return "年" if "每年" in period else "月" if "每月" in period else None


def same_figure(a: Figure, b: Figure) -> bool:
    """True when both say the same; a divisor, period or bound that only one of them prints does not part them."""
    left, right = canonical(a), canonical(b)
    return (
        left.value == right.value
        and left.upper == right.upper
        and _same_unit(left.unit, right.unit)
        and not _contradict(left.per, right.per)
        and not _contradict(left.each, right.each)
        and {a.bound, b.bound} != {Bound.AT_MOST, Bound.AT_LEAST}
    )


def supports(printed: Figure, claimed: Figure) -> bool:
    """True when ``printed`` in a source bears out ``claimed`` in an answer.

    Beside the same figure these are borne out: the year or month of a printed date, and the end of a printed range
    named as such (10 万至 50 万元 bears out 最高 50 万元 and 不低于 10 万元).
    """
    if same_figure(printed, claimed):
        return True
    source, answer = canonical(printed), canonical(claimed)
    if source.unit == answer.unit == "日期" and answer.upper is None:
        return _coarser_date(source.value, answer.value) or (
            source.upper is not None and _coarser_date(source.upper, answer.value)
        )
    if source.upper is None or answer.upper is not None or not _same_unit(source.unit, answer.unit):
        return False
    if _contradict(source.per, answer.per) or _contradict(source.each, answer.each):
        return False
    ends = {Bound.AT_MOST: source.upper, Bound.AT_LEAST: source.value}
    return ends.get(claimed.bound) == answer.value


def _coarser_date(printed: Decimal, claimed: Decimal) -> bool:
    """20301231 bears out 20301200 and 20300000, never the other way round."""
    if claimed % 100 == 0 and claimed % 10000:
        return printed // 100 == claimed // 100
    return claimed % 10000 == 0 and printed // 10000 == claimed // 10000


def _same_unit(left: str, right: str) -> bool:
    if left == right:
        return True
    if "" in (left, right):  # 300 万 without a unit is read as money or as people
        return (left or right) in ("元", "人", "名", "")
    if "个" in (left, right):
        return left in _COUNTING and right in _COUNTING
    return any(left in words and right in words for words in _SAME_COUNTING)


def _contradict(left: str | None, right: str | None) -> bool:
    return left is not None and right is not None and left != right
