"""The one calculation there is: a quantity times a unit price, or an amount times a rate, exact."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.verify.english_amounts import in_english
from ingest.facts.figures import canonical
from ingest.types import Bound, Figure

_STEPS = ((Decimal(100_000_000), "亿元"), (Decimal(10_000), "万元"))
_BOUNDS = {Bound.AT_MOST: "最高", Bound.AT_LEAST: "不低于"}
_TIMES = frozenset({"年", "季度", "月", "周", "日"})
MONTHS_OF_A_YEAR = 12
_PERCENT = Decimal(100)


def is_factor(price: Figure) -> bool:
    """True for what a quantity can be multiplied by: a price per unit, a rate, an amount a month."""
    return price.unit.startswith("元/") or price.unit == "%" or is_monthly(price)


def is_monthly(price: Figure) -> bool:
    """True for an amount that is given every month: 1500元/人·月, 每月1000元."""
    return price.unit == "元" and price.period is not None and "月" in price.period


def product_values(quantity: Figure, price: Figure) -> tuple[Decimal, Decimal | None]:
    """``quantity`` times ``price`` in 元, with the upper end for a price that is a range."""
    times = quantity.value / _PERCENT if price.unit == "%" else quantity.value
    if is_monthly(price) and quantity.unit == "年":
        times *= MONTHS_OF_A_YEAR
    return times * price.value, None if price.upper is None else times * price.upper


def product_words(quantity: Figure, price: Figure) -> str:
    """The product as it is said, with the bound of the printed factor: 1600-2000万元, 最高60万元, 每月9.18万元."""
    numbers = money_words(*product_values(quantity, price))
    period = quantity.period if quantity.period and quantity.period.startswith("每") else _each_time(price)
    bound = quantity.bound if price.bound is Bound.EXACT else price.bound
    return f"{period}{_BOUNDS.get(bound, '')}{numbers}"


def money_words(least: Decimal, most: Decimal | None = None) -> str:
    """An amount of 元, or a range of it, in the largest unit that fits: 5.2万元, 1600-2000万元."""
    size, unit = next((step for step in _STEPS if least >= step[0]), (Decimal(1), "元"))
    return "-".join(_plain(value / size) for value in (least, most) if value is not None) + unit


def _each_time(price: Figure) -> str:
    """每年 for 140 元 a square metre and year: what is worked out is due as often as the price."""
    each = canonical(price).each if "/" in price.unit else None
    return f"每{each}" if each in _TIMES else ""


def product_in_english(quantity: Figure, price: Figure) -> str:
    """The product as "RMB 10 million to RMB 12.5 million"; "" where the Arabic number reads the same."""
    least, most = product_values(quantity, price)
    return in_english(replace(price, value=least, upper=most, unit="元")) or ""


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
