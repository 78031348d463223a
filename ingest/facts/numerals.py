"""Numbers as Chinese policy prints them: 3000, 1,000.5, 三百二十, 两, 二〇二五, 3百万, 1亿5000万."""

from __future__ import annotations

import re
from decimal import Decimal

# Taken whole (++) and only from its first digit on, so that a long row of digits is read once.
ARABIC = r"(?:(?<!\d)(?:\d{1,3}(?:,\d{3}(?!\d))++(?:\.\d++)?|\d++(?:\.\d++)?))"
MULTIPLIER = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|[百千万亿])"
# 50 多亿元, 300 余万元: 多 and 余 stand between the digits and the multiplier.
WITH_DIGITS = rf"{ARABIC}(?:\s?[多余]?\s?{MULTIPLIER}(?:{ARABIC}\s?{MULTIPLIER})*)?"
IN_CHARACTERS = r"(?:[一二两三四五六七八九十][〇零一二两三四五六七八九十百千万亿]{0,15}+)"
NUMBER = rf"(?:{WITH_DIGITS}|{IN_CHARACTERS})"

_DIGIT = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWER = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_PART = re.compile(rf"({ARABIC})\s?[多余]?\s?({MULTIPLIER})?")
_WIDE = {"．": ".", "％": "%", "／": "/"}
_IS_WIDE = re.compile(
    r"[．％／\d](?<![0-9])"
)  # the digits of every script: ３ and ٣, which \d takes for digits as well
_WIDE_COMMA = re.compile(r"，(?=\d{3}(?!\d))(?<=\d，)")


def narrow(text: str) -> str:
    """Full-width digits and their signs made half-width, other scripts' digits ours; the length stays, and offsets.

    The wide comma is narrowed only inside a number with thousands, because elsewhere it ends a phrase.
    """
    text = _IS_WIDE.sub(lambda wide: _WIDE.get(wide[0]) or str(int(wide[0])), text)
    return _WIDE_COMMA.sub(",", text) if "，" in text else text


def value_of(number: str) -> Decimal | None:
    """The value of a printed number, or None when the characters form none (十百千万, 五四)."""
    number = narrow(number.strip())
    if not number:
        return None
    return _of_digits(number) if number[0].isascii() else of_characters(number)


def _of_digits(number: str) -> Decimal | None:
    total = Decimal(0)
    position = 0
    for part in _PART.finditer(number):
        if part.start() != position:
            return None
        total += Decimal(part[1].replace(",", "")) * _power(part[2] or "")
        position = part.end()
    return total if position == len(number) and position else None


def _power(multiplier: str) -> int:
    product = 1
    for letter in multiplier:
        product *= _POWER[letter]
    return product


def of_characters(number: str) -> Decimal | None:
    """三百二十 → 320, 两 → 2, 十五 → 15, 二〇二五 → 2025; None for what is no number (五四, 十百千万)."""
    if re.fullmatch(r"[〇零一二三四五六七八九]{4}", number):
        return Decimal("".join(str(_DIGIT[letter]) for letter in number))
    total = section = 0
    digit: int | None = None
    last_power = 10**4
    for letter in number:
        if letter in _DIGIT:
            if digit:
                return None
            digit = _DIGIT[letter]
            continue
        power = _POWER[letter]
        if power >= 10**4:
            section += digit or 0
            if not section or (total and power >= 10**8):
                return None
            total += section * power
            section, last_power = 0, 10**4
        else:
            # 十五 begins without a digit; 百 and 千 never do, and powers fall within a section.
            if power >= last_power or (digit is None and (power != 10 or section)):
                return None
            section += (1 if digit is None else digit) * power
            last_power = power
        digit = None
    return Decimal(total + section + (digit or 0))
