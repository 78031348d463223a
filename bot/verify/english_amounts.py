"""Amounts for English readers: 300 万元 as RMB 3 million, only where the value is carried over exactly."""

from __future__ import annotations

from decimal import Decimal

from ingest.types import Bound, Figure

_STEPS = ((Decimal(1_000_000_000), "billion"), (Decimal(1_000_000), "million"))
_BOUNDS = {Bound.AT_MOST: "up to ", Bound.AT_LEAST: "at least "}
SMALLEST_NAMED = Decimal(10_000)  # 元; below, the Arabic number in the quote reads the same in English


def in_english(figure: Figure) -> str | None:
    """An amount in 元 as "RMB 3 million" or "RMB 20,000"; None for other units, small amounts, amounts per something."""
    if figure.unit != "元" or figure.value < SMALLEST_NAMED:
        return None
    amount = _number(figure.value)
    if figure.upper is not None:
        return f"RMB {amount} to RMB {_number(figure.upper)}"
    return f"{_BOUNDS.get(figure.bound, '')}RMB {amount}"


def _number(value: Decimal) -> str:
    for size, name in _STEPS:
        if value >= size:
            return f"{(value / size).normalize():f} {name}"
    return f"{value:,f}" if value != value.to_integral_value() else f"{int(value):,}"
