"""Numbers as Chinese policy prints them: 3000, 1,000.5, 三百二十, 两, 二〇二五, 3百万, 1亿5000万, 一点五, 叁佰万 (大写)."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

# Taken whole (++) and only from its first digit on, so that a long row of digits is read once.
ARABIC = r"(?:(?<!\d)(?:\d{1,3}(?:,\d{3}(?!\d))++(?:\.\d++)?|\d++(?:\.\d++)?))"
MULTIPLIER = r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|[百千万亿])"
# 50 多亿元, 300 余万元: 多 and 余 stand between the digits and the multiplier.
WITH_DIGITS = rf"{ARABIC}(?:\s?[多余]?\s?{MULTIPLIER}(?:{ARABIC}\s?{MULTIPLIER})*)?"
_POINT = r"点[〇零一二三四五六七八九]{1,6}+[万亿]{0,2}+"
IN_CHARACTERS = rf"(?:[一二两三四五六七八九十][〇零一二两三四五六七八九十百千万亿]{{0,31}}+(?:{_POINT})?|零{_POINT})"
NUMBER = rf"(?:{WITH_DIGITS}|{IN_CHARACTERS})"

_DIGIT = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWER = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
SIGNS = "".join((*_DIGIT, *_POWER))
"""The characters a number may be written with, digits apart."""
_PART = re.compile(rf"({ARABIC})\s?[多余]?\s?({MULTIPLIER})?")
_WIDE = {"．": ".", "％": "%", "／": "/"}
_IS_WIDE = re.compile(
    r"[．％／\d](?<![0-9])"
)  # the digits of every script: ３ and ٣, which \d takes for digits as well
_WIDE_COMMA = re.compile(r"，(?=\d{3}(?!\d))(?<=\d，)")
# 大写, as contracts and budgets print amounts so that nobody can change them, and 繁体.
_CAPITALS = str.maketrans("壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟萬億圆圓", "一二二三三四五六六七八九十百千万亿元元")
_CAPITAL = "壹贰貳叁叄肆伍陆陸柒捌玖拾佰仟萬億"
_HOLDS_CAPITAL = re.compile(rf"[{_CAPITAL}]")
_RUN_OF_NUMERALS = re.compile(rf"[{_CAPITAL}〇零一二两三四五六七八九十百千万亿\d]++[圆圓]?")
_POWERS_IN_CAPITALS = frozenset("拾佰仟萬億百千万亿")
# 队伍, 大陆, 登陆, 收拾 are words; one capital alone is a number before money and terms only.
_WORD_GOES_ON = re.compile(r"[队隊入落退行大内登着水海收]$")
_COUNTED_BY_ONE = re.compile(r"[元圆圓角年]|个月")
MOST_DIGITS = 24  # of a number; a longer row of digits is a code, or sent to keep us busy


def narrow(text: str) -> str:
    """Full-width digits and their signs made half-width, other scripts' digits ours, 大写 plain; offsets stay.

    The wide comma is narrowed only inside a number with thousands, because elsewhere it ends a phrase.
    """
    text = _IS_WIDE.sub(lambda wide: _WIDE.get(wide[0]) or str(int(wide[0])), text)
    if _HOLDS_CAPITAL.search(text):
        text = _RUN_OF_NUMERALS.sub(_plain_numeral, text)
    return _WIDE_COMMA.sub(",", text) if "，" in text else text


def _plain_numeral(run: re.Match[str]) -> str:
    """A run of numerals with its capitals made plain, 圆 behind it as 元; as it was when it is part of a word."""
    printed, text = run[0], run.string
    if not _HOLDS_CAPITAL.search(printed) or _WORD_GOES_ON.search(text[max(0, run.start() - 1) : run.start()]):
        return printed
    is_number = len(printed) > 1 and not _POWERS_IN_CAPITALS.isdisjoint(printed)
    if not is_number and not _COUNTED_BY_ONE.match(text, run.start() + 1):
        return printed
    return printed.translate(_CAPITALS)


def value_of(number: str) -> Decimal | None:
    """The value of a printed number, or None when the characters form none (十百千万, 五四)."""
    number = narrow(number.strip())
    if not number:
        return None
    return _of_digits(number) if number[0].isascii() else of_characters(number)


def _of_digits(number: str) -> Decimal | None:
    parts: list[tuple[Decimal, str]] = []
    position = 0
    for part in _PART.finditer(number):
        if part.start() != position or len(part[1]) > MOST_DIGITS:
            return None
        parts.append((Decimal(part[1].replace(",", "")), part[2] or ""))
        position = part.end()
    if position != len(number) or not parts:
        return None
    # 2千3百万 is 2300万: a myriad printed at the end counts for all that stands before it without one.
    myriad = parts[-1][1].lstrip("十百千")
    if len(parts) > 1 and myriad and not any(sign in multiplier for _, multiplier in parts[:-1] for sign in "万亿"):
        parts[-1] = (parts[-1][0], parts[-1][1].removesuffix(myriad))
    else:
        myriad = ""
    powers = [_power(multiplier) for _, multiplier in parts]
    if any(later >= earlier for earlier, later in pairwise(powers)):
        return None
    return sum((value * power for (value, _), power in zip(parts, powers, strict=True)), Decimal(0)) * _power(myriad)


def _power(multiplier: str) -> int:
    product = 1
    for letter in multiplier:
        product *= _POWER[letter]
    return product


def of_characters(number: str) -> Decimal | None:
    """三百二十 → 320, 两 → 2, 十五 → 15, 二〇二五 → 2025; None for what is no number (五四, 十百千万)."""
    if re.fullmatch(r"[〇零一二三四五六七八九]{4}", number):
        return Decimal("".join(str(_DIGIT[letter]) for letter in number))
    whole, point, decimals = number.partition("点")
    if point:
        return _with_decimals(whole, decimals)
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


def _with_decimals(whole: str, decimals: str) -> Decimal | None:
    """一点五 → 1.5, 二点五万 → 25000, 零点五 → 0.5."""
    digits = decimals.rstrip("万亿")
    before = Decimal(0) if whole == "零" else of_characters(whole)
    if before is None:
        return None
    return (before + Decimal("0." + "".join(str(_DIGIT[letter]) for letter in digits))) * _power(
        decimals[len(digits) :]
    )
