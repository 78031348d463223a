"""A cell's value as the sheet shows it: 0.05 in the format 0% is 5%, day 46023 is 2026-01-01."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

_DIGITS = re.compile(r"[#0?,]*[0#?](?:\.([0#?]+))?")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_SIGNIFICANT = 15  # digits that a spreadsheet keeps of a number


def shown(value: object, number_format: str) -> str:
    """The text of a cell on one line."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value, number_format)
        case datetime():
            return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return " ".join(str(value).split())


def _number(value: float, number_format: str) -> str:
    """As its format writes it, where that is one of digits, thousands, a percentage and words around it."""
    plain = Decimal(f"{value:.{_SIGNIFICANT}g}")
    format_ = number_format.split(";")[0]
    words = _LITERAL.sub(lambda found: "" if found[0][0] in "_*[" else "\0", format_)
    digits = _DIGITS.search(words)
    if digits is None or "General" in number_format or any(sign in words for sign in "E/@"):
        return f"{plain.normalize():f}"
    before, after = _around(format_, digits[0])
    percent = "%" in words
    plain = plain * 100 if percent else plain
    places = digits[1] or ""
    written = plain.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    if written != plain:  # the sheet shows it rounded; a figure of a policy is quoted whole
        written = plain.normalize()
    text = f"{written:,f}" if "," in digits[0] else f"{written:f}"
    return f"{before}{text}{'%' if percent else ''}{after}"


def _around(format_: str, digits: str) -> tuple[str, str]:
    """The words that a format writes before and after the digits: 0"万元"."""
    before, _, after = format_.partition(digits)
    return _literals(before), _literals(after)


def _literals(part: str) -> str:
    return "".join((found[1] or found[2] or "") for found in _LITERAL.finditer(part))
