"""分 and 角: money below a 元 (2元5角, 每度5分钱), told from 分 as a score (综合得分 80 分)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest.facts.measures import PER
from ingest.facts.numerals import ARABIC, IN_CHARACTERS, value_of
from ingest.facts.scanning import matches
from ingest.types import Figure, Span

_NUMBER = rf"(?:{ARABIC}\s?(?:万|亿)?|{IN_CHARACTERS})"
_FEN = r"分(?![钟之数类公局厂店院部支册期批段行年月季次别])"
# 三角 and 毛利 are words: of characters alone 钱 or a stroke has to follow.
_CHANGE = re.compile(
    rf"(?P<yuan>{_NUMBER})\s?[元块]\s?零?(?:(?P<jiao>{_NUMBER})\s?[角毛](?:(?P<fen>{_NUMBER})\s?{_FEN})?|(?P<only_fen>{_NUMBER})\s?{_FEN})钱?(?P<per1>{PER})?"
    rf"|(?P<j>{ARABIC}|{IN_CHARACTERS}(?=[角毛](?:{_NUMBER}\s?{_FEN}|钱|\s?/)))\s?(?:角(?![度形星落钢铁])|毛(?![利坯重收入地绒纺竹尖里]))"
    rf"(?:(?P<f>{_NUMBER})\s?{_FEN})?钱?(?P<per2>{PER})?"
    rf"|(?P<fq>{_NUMBER})\s?分(?:钱(?P<per3>{PER})?|(?P<per4>{PER}))"
    rf"|(?P<each>{_NUMBER})\s?{_FEN}"
)
_BEGINS = re.compile(r"[一二两三四五六七八九十]|零(?=点)|(?<!\d)\d")
# A few 分 for each of these are money: 每千瓦时补贴 5 分.
_SOLD_BY = re.compile(r"每\s?(?:千瓦时|kWh|KWh|度电|度|立方米?|方水|公斤|千克|斤|升|吨)[^，。；：\t\0]{0,10}$")
_LOOKED_BACK = 24  # characters
_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


def find_small_change(text: str) -> Iterator[Figure]:
    """Amounts with 角 and 分 in ``text``, in 元: 2元5角 → 2.5; 5分/千瓦时 → 0.05 元/千瓦时. Scores are left alone."""
    for match in matches(_CHANGE, _BEGINS, text):
        if match["each"] and not _SOLD_BY.search(text[max(0, match.start() - _LOOKED_BACK) : match.start()]):
            continue
        value = _value(match)
        if value is None:
            continue
        per = re.sub(r"\s", "", next((match[name] for name in ("per1", "per2", "per3", "per4") if match[name]), ""))
        yield Figure(match[0], Span(*match.span()), value, f"元{per}")


def _value(match: re.Match[str]) -> Decimal | None:
    total = Decimal(0)
    for names, worth in (
        (("yuan",), Decimal(1)),
        (("jiao", "j"), _TENTH),
        (("fen", "only_fen", "f", "fq", "each"), _HUNDREDTH),
    ):
        printed = next((match[name] for name in names if match[name]), None)
        value = Decimal(0) if printed is None else value_of(printed)
        if value is None:
            return None
        total += value * worth
    return total


_SCORED = re.compile(r"(?:加|减|扣|计|得|记|积|满|评|打|达|到|于|过|足|为|是|[（(：:])\s?$")
_TIME_BEFORE = re.compile(r"[\d一二两三四五六七八九十]\s?[时点:：]\s?$")


def is_score(text: str, start: int, number: str) -> bool:
    """Whether the number before a 分 at ``start`` counts points: 30分, 八十分, 加五分; not 9时30分, 十分, 100万分."""
    if re.search(r"[万亿]", number):
        return False
    if _TIME_BEFORE.search(text[max(0, start - 4) : start]):
        return False
    if number[0].isascii():
        return True
    return len(number) > 1 or _SCORED.search(text[max(0, start - 2) : start]) is not None
