"""Figures that are printed nowhere and worked out of those that are, or that were asked with: 50亩 × 20万元 = 1000万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from ingest.types import Figure

MONTHS = 12
_ABOUT_EQUAL = Decimal("0.011")  # of a worked out figure: 约2900万
_TERM = r"\d[\d,]*(?:\.\d+)?\s?[万亿千百]?\s?(?:%|元|人|年|个月|月|亩|吨|度|家|名)?(?:/[\u3400-\u9fff])?"
_WORKING = re.compile(
    rf"{_TERM}(?:\s?[×xX*÷/+＋\-－−]\s?{_TERM})+(?:\s?[=＝]\s?{_TERM}(?:\s?[×xX*÷/+＋\-－−]\s?{_TERM})*)+"
)


def shown_workings(said: str) -> list[tuple[int, int]]:
    """Where ``said`` shows a calculation whose sides are equal: 1200万×10%＝120万."""
    found: list[tuple[int, int]] = []
    for working in _WORKING.finditer(said):
        values = [_value_of_side(side) for side in re.split(r"[=＝]", working[0])]
        if all(value is not None for value in values) and all(_is_equal(values[0], value) for value in values[1:]):
            found.append(working.span())
    return found


def _is_equal(one: Decimal | None, other: Decimal | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= _ABOUT_EQUAL * abs(one)


def _value_of_side(side: str) -> Decimal | None:
    """The value of 500万元×30%＋300万元×25%: products first."""
    total = Decimal(0)
    for sign, term in re.findall(r"([+＋\-－−]?)([^+＋\-－−]+)", side):
        value: Decimal | None = None
        for operator, number in re.findall(r"([×xX*÷/]?)\s*(\d[\d,]*(?:\.\d+)?\s*(?:[万亿千百])?%?)", term):
            one = _value_of_number(number)
            if value is None:
                value = one
            elif operator in ("÷", "/"):
                if not one:
                    return None
                value /= one
            else:
                value *= one
        if value is None:
            return None
        total += -value if sign in ("-", "－", "−") else value
    return total


def _value_of_number(number: str) -> Decimal:
    digits = Decimal(re.sub(r"[^\d.]", "", number))
    power = next(
        (times for sign, times in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100)) if sign in number), 1
    )
    return digits * power / (100 if "%" in number else 1)


def is_worked_out(figure: Figure, said: Sequence[Figure], printed: Sequence[Figure], asked: Sequence[Figure]) -> bool:
    """A product, quotient, sum or difference of a figure that was asked with and a printed one, or of two printed ones.

    ``said`` are the other figures of the sentence that are printed.
    """
    if not asked and len(said) < 2:
        return False
    quantities = [value for one in (*asked, *said) for value in _values(one)]
    factors = [value for one in printed for value in _values(one)]
    wanted = [figure.value, *([figure.upper] if figure.upper is not None else [])]
    results = set(_results(quantities, factors)) | set(
        _results([v for one in asked for v in _values(one)], [v for one in asked for v in _values(one)])
    )
    money = {other.value for other in printed if other.unit.startswith("元")}
    return all(_is_among(value, results, money) for value in wanted)


def _values(figure: Figure) -> list[Decimal]:
    share = Decimal(100) if figure.unit == "%" else Decimal(1)
    found = [figure.value / share]
    if figure.upper is not None:
        found.append(figure.upper / share)
    if figure.unit == "年":
        found.append(figure.value * MONTHS)
    return found


def _results(left: Sequence[Decimal], right: Sequence[Decimal]) -> Iterator[Decimal]:
    for one, other in product(left, right):
        yield one * other
        if other:
            yield one / other
            yield 100 * one / other
        if one:
            yield 100 * other / one
        yield abs(one - other)
        yield one + other


def _is_among(value: Decimal, results: set[Decimal], money: set[Decimal]) -> bool:
    return any(abs(value - one) <= _ABOUT_EQUAL * abs(one) for one in results if one) or value in money
