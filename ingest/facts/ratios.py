"""Shares and proportions: 百分之十五, 千分之三, 万分之五, 三分之一, 三成, 八五折, 1:1."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.facts.measures import UNIT
from ingest.facts.numerals import ARABIC, IN_CHARACTERS, NUMBER, value_of
from ingest.facts.scanning import matches
from ingest.types import Figure, Span

_RANGE = r"(?:——|[—–\-－~～至到])"
_UNIT_OF = {"百": "%", "千": "‰", "万": "‱"}
_TENTHS = "一二两三四五六七八九"
_RATIO = re.compile(
    # 百分之十五至百分之二十, 百分之十至二十
    rf"(?P<base>[百千万])分之(?P<of>{NUMBER}|百)"
    rf"(?:\s?{_RANGE}\s?(?:(?P=base)分之(?P<of2>{NUMBER})|(?P<of3>{IN_CHARACTERS})(?!{UNIT}|\s?[月号条章节款项类级档])))?"
    rf"|(?P<parts>{IN_CHARACTERS})分之(?P<share>{IN_CHARACTERS})"
    rf"|(?<![\d:：.])(?P<left>{ARABIC})\s?[:：]\s?(?P<right>{ARABIC})(?![\d:：.])"
    # 三成, 两成半: not in 三成员, 成本
    rf"|(?<![{_TENTHS}十百千])(?P<tenths>[{_TENTHS}]|(?<!\d)[1-9])成(?P<half>半)?(?=以[上下内]|左右|[，,。；;、）)的\s]|$)"
    # 八折, 八五折, 8.5折
    rf"|(?<![{_TENTHS}十百千\d.])(?P<off>[{_TENTHS}]{{1,2}}|\d(?:\.\d)?)折(?![算旧叠线射扣合桥页])"
)
_BEGINS = re.compile(rf"[{_TENTHS}十]|零(?=点)|[百千万](?=分之)|(?<!\d)\d")


def find_ratios(text: str) -> Iterator[Figure]:
    """The shares and proportions of ``text``, in units of %, ‰ and ‱, or 比 (one part to the other)."""
    for match in matches(_RATIO, _BEGINS, text):
        value, upper, unit = _read(match)
        if value is not None:
            yield Figure(match[0], Span(*match.span()), value, unit, upper)


def _read(match: re.Match[str]) -> tuple[Decimal | None, Decimal | None, str]:
    """Value, upper end and unit; without a value for what is no number (一百五四, a division by 0)."""
    if match["base"]:
        value = Decimal(100) if match["of"] == "百" else value_of(match["of"])
        return value, value_of(match["of2"] or match["of3"] or ""), _UNIT_OF[match["base"]]
    if match["share"]:
        return _divided(value_of(match["share"]), value_of(match["parts"])), None, "比"
    if match["left"]:
        return _divided(value_of(match["left"]), value_of(match["right"])), None, "比"
    if match["tenths"]:
        tenths = value_of(match["tenths"])
        return (None if tenths is None else tenths * 10 + (5 if match["half"] else 0)), None, "%"
    return _paid_of(match["off"]), None, "%"


def _divided(share: Decimal | None, parts: Decimal | None) -> Decimal | None:
    return share / parts if share is not None and parts else None


def _paid_of(off: str) -> Decimal | None:
    """八折 → 80, 八五折 → 85, 8.5折 → 85: what is left to pay in %."""
    digits = [value_of(digit) for digit in off.replace(".", "")]
    first, second = digits[0], digits[1] if len(digits) > 1 else Decimal(0)
    return None if first is None or second is None else first * 10 + second
