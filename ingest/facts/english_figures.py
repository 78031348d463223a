"""Figures in English sentences: RMB 3 million, 15 percent, three years, December 31, 2030."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.facts.numerals import ARABIC
from ingest.facts.scanning import matches
from ingest.types import Figure, Span

_SCALE = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 1000,
    "m": 10**6,
}
_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_CURRENCY = {
    "rmb": "元",
    "cny": "元",
    "yuan": "元",
    "renminbi": "元",
    "usd": "美元",
    "us$": "美元",
    "dollar": "美元",
    "dollars": "美元",
}
_UNITS = {
    "percentage points": "百分点",
    "percentage point": "百分点",
    "working days": "工作日",
    "business days": "工作日",
    "percent": "%",
    "per cent": "%",
    "years old": "周岁",
    "years of age": "周岁",
    "years": "年",
    "year": "年",
    "months": "月",
    "month": "月",
    "weeks": "周",
    "week": "周",
    "days": "日",
    "day": "日",
    "hours": "小时",
    "hour": "小时",
    "minutes": "分钟",
    "times": "倍",
    "people": "人",
    "persons": "人",
    "employees": "人",
    "students": "人",
    "enterprises": "家",
    "companies": "家",
    "firms": "家",
    "square meters": "平方米",
    "square metres": "平方米",
    "cubic meters": "立方米",
    "cubic metres": "立方米",
    "mu": "亩",
    "tons": "吨",
    "tonnes": "吨",
    "apartments": "套",
    "units": "套",
    "patents": "件",
}
_SCALED = rf"{ARABIC}(?:\s?(?:hundred|thousand|million|billion|trillion)|[km](?![A-Za-z\d²]))?"
_NUMBER = rf"(?:{_SCALED}|(?:{'|'.join(_WORDS)})(?:\s(?:hundred|thousand|million|billion))?)"
_TO = r"\s?(?:-|–|—|to|and)\s?"
_AND = re.compile(r"and\s?", re.IGNORECASE)
_BETWEEN = "between"
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_MONTH = "(?:" + "|".join(f"{name}|{name[:3]}\\.?" for name in MONTHS) + r"|sept\.?)"

_MONEY = re.compile(
    rf"(?<![A-Za-z])(?P<before>RMB|CNY|USD|US\$)\s?(?P<a>{_NUMBER})(?:{_TO}(?:(?:RMB|CNY|USD)\s?)?(?P<b>{_NUMBER}))?(?![A-Za-z\d])"
    rf"|(?<![A-Za-z\d.])(?P<c>{_NUMBER})(?:{_TO}(?P<d>{_NUMBER}))?\s?(?P<after>yuan|RMB|CNY|renminbi|USD|dollars?)(?![A-Za-z])",
    re.IGNORECASE,
)
_DATE = re.compile(
    rf"(?<![A-Za-z])(?P<m>{_MONTH})\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>(?:19|20)\d\d)(?!\d)"
    rf"|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<m2>{_MONTH}),?\s(?P<y2>(?:19|20)\d\d)(?!\d)"
    rf"|(?<![A-Za-z])(?P<m3>{_MONTH}),?\s(?P<y3>(?:19|20)\d\d)(?!\d)"
    r"|(?<![A-Za-z])(?:in|by|until|till|to|from|since|of|through|before|after|year|end of)\s"
    r"(?P<y4>(?:19|20)\d\d)(?![\d%])(?!\s?[a-z]*(?:yuan|RMB|million))",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    rf"(?<![A-Za-z\d.,])(?P<a>{_NUMBER})(?:{_TO}(?P<b>{_NUMBER}))?[\s-]?(?P<unit>{_UNIT})(?![A-Za-z])", re.IGNORECASE
)
_RANK = re.compile(rf"(?<![A-Za-z])top\s(?P<n>{ARABIC})(?![\d%])|(?:Global|Fortune)\s(?P<g>500)(?!\d)", re.IGNORECASE)
_BARE = re.compile(rf"(?<![A-Za-z\d.,])(?P<n>{ARABIC}\s?(?:million|billion))(?![A-Za-z])", re.IGNORECASE)
# What each of the above begins with: a word or a row of digits; Global 500 also within a longer word.
_BEGINS = re.compile(r"(?<![A-Za-z])[A-Za-z]|(?<!\d)\d|[GF](?=(?:lobal|ortune)\s500)", re.IGNORECASE)


def find_english(text: str) -> Iterator[Figure]:
    """Figures of English phrases in ``text``; nothing in a text without Latin words."""
    if not re.search(r"[A-Za-z]{2}", text):
        return
    yield from _money(text)
    yield from _dates(text)
    for match in matches(_RANK, _BEGINS, text):
        number, unit = (match["n"], "前…名") if match["n"] else (match["g"], "强")
        yield _made(
            text,
            match.start("n" if match["n"] else "g") if match["g"] else match.start(),
            match.end(),
            _value(number),
            unit,
        )
    for match in matches(_QUANTITY, _BEGINS, text):
        yield _made(text, match.start(), match.end(), _value(match["a"]), _UNITS[match["unit"].lower()], match["b"])
    for match in matches(_BARE, _BEGINS, text):
        yield _made(text, match.start(), match.end(), _value(match["n"]), "")


def _money(text: str) -> Iterator[Figure]:
    for match in matches(_MONEY, _BEGINS, text):
        unit = _CURRENCY[(match["before"] or match["after"]).lower()]
        first, second = ("a", "b") if match["a"] else ("c", "d")
        low, high = match[first], match[second]
        scale = re.search(r"[a-z]+$", high or "", re.IGNORECASE)
        if high and scale and low[-1].isdigit() and _value(low) < _SCALE["thousand"]:
            # RMB 1-3 million prints the scale once; RMB 500,000 to 2 million does not
            low = f"{low} {scale[0]}"
        joint = _joint(text, match, first, second) if high else None
        if joint is not None:  # RMB 1 million and RMB 500,000: two amounts
            yield _made(text, match.start(), match.end(first), _value(low), unit)
            yield _made(text, joint, match.end(), _value(high), unit)
        else:
            yield _made(text, match.start(), match.end(), _value(low), unit, high)


def _joint(text: str, match: re.Match[str], first: str, second: str) -> int | None:
    """Where the second of two numbers begins that an "and" only joins; None of a range, as after "between"."""
    joined = _AND.search(text, match.end(first), match.start(second))
    before = text[max(0, match.start() - len(_BETWEEN) - 1) : match.start()].rstrip().lower()
    return joined.end() if joined and not before.endswith(_BETWEEN) else None


def _dates(text: str) -> Iterator[Figure]:
    for match in matches(_DATE, _BEGINS, text):
        year = match["y"] or match["y2"] or match["y3"] or match["y4"]
        name = match["m"] or match["m2"] or match["m3"] or ""
        month = next((n for n, full in enumerate(MONTHS, 1) if name and full.startswith(name.lower()[:3])), 0)
        day = int(match["d"] or match["d2"] or 0)
        start = match.start("y4") if match["y4"] else match.start()
        yield _made(text, start, match.end(), Decimal(int(year) * 10000 + month * 100 + day), "日期")


def _value(number: str) -> Decimal:
    printed = number.lower().strip()
    scale = re.search(r"[a-z]+$", printed)
    if scale and scale[0] in _SCALE:
        head = printed[: scale.start()].strip()
        return _value(head) * _SCALE[scale[0]]
    return Decimal(_WORDS.index(printed) + 1) if printed in _WORDS else Decimal(printed.replace(",", ""))


def _made(text: str, start: int, end: int, value: Decimal, unit: str, upper: str | None = None) -> Figure:
    return Figure(text[start:end], Span(start, end), value, unit, _value(upper) if upper else None)
