"""Figures that are printed nowhere and worked out of those that are, or that were asked with: 50亩 × 20万元 = 1000万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from ingest.types import Bound, Figure

MONTHS = 12
LONGEST_TERM = 10  # years of a relief
_EQUAL = Decimal("0.001")  # of a worked out figure that is not said to be about so much
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
    if figure.unit == "日期":  # years counted from the one that was asked with
        return any(
            one.unit == "日期" and 0 <= figure.value // 10_000 - one.value // 10_000 <= LONGEST_TERM for one in asked
        )
    if not asked and len(said) < 2:
        return False
    tolerance = _ABOUT_EQUAL if figure.bound is Bound.ABOUT else _EQUAL
    known = [*asked, *said]
    results = {
        result
        for one, other in [*product(known, printed), *product(known, known)]
        for result in _results(one, other, figure.unit)
    }
    wanted = [figure.value, *([figure.upper] if figure.upper is not None else [])]
    return all(any(abs(value - one) <= tolerance * abs(one) for one in results if one) for value in wanted)


def _values(figure: Figure) -> list[Decimal]:
    share = Decimal(100) if figure.unit == "%" else Decimal(1)
    found = [figure.value / share]
    if figure.upper is not None:
        found.append(figure.upper / share)
    if figure.unit == "年":
        found.append(figure.value * MONTHS)
    return found


def _results(one: Figure, other: Figure, unit: str) -> Iterator[Decimal]:
    """What can be worked out of two figures in a ``unit``: money of a quantity and a price or a rate, a share of two alike."""
    left, right = _kind(one.unit), _kind(other.unit)
    wanted = _kind(unit)
    for first, second in product(_values(one), _values(other)):
        if wanted == "%":
            if left == right and first and second:
                yield from (100 * first / second, 100 * second / first)
            if left == right == "%":
                yield from (100 * first * second, 100 * abs(first - second), 100 * (first + second))
            continue
        if left == right and left in (wanted, ""):
            yield from (abs(first - second), first + second)
        if {left, right} & {wanted, "price", "%", ""} and (wanted != "money" or {left, right} & {"money", "price", ""}):
            yield first * second
            if wanted != "money" and second:
                yield first / second


def _kind(unit: str) -> str:
    if unit.startswith(("元", "美元")):
        return "price" if "/" in unit else "money"
    return unit
