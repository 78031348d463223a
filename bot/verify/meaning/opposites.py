"""One word of a pair said in just the place where the other is printed: 批准前 for 批准后, 境外 for 境内, 六平台 for 两平台."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.verify.meaning.passages import Passage, bare
from bot.verify.meaning.types import Difference, Kind
from bot.verify.meaning.vocabulary import pattern, words

_HAN = re.compile(r"[\u3400-\u9fff]")
_NUMERAL = pattern("opposites", "numeral")
_DENIED = ("没", "不", "未")
_TURNS = pattern("opposites", "turns")
_EACH = pattern("opposites", "each")
BESIDE = 2  # characters that must be the same on one side


def opposite_differences(said: str, rests: Sequence[Passage]) -> Iterator[Difference]:
    """Words of ``said`` that stand where what it rests on has their opposite, beside the same characters."""
    form = _TURNS.sub(r"\1", bare(said))
    if not _HAN.search(form):
        return
    printed = _TURNS.sub(r"\1", "\0".join(one.bare for one in rests))
    for pair in words().opposites:
        for own, other in (pair, pair[::-1]):
            yield from _of_word(form, own, other, printed)
    for found in _NUMERAL.finditer(form):
        behind = form[found.end() : found.end() + BESIDE]
        if (
            len(behind) == BESIDE
            and found[0] + behind not in printed
            and re.search(rf"{_NUMERAL.pattern}{re.escape(behind)}", printed)
        ):
            yield Difference(Kind.ROW, found[0] + behind)
    for found in _EACH.finditer(form):
        if found[0] not in printed and _EACH.search(printed):
            yield Difference(Kind.PERIOD, found[0])


def _of_word(form: str, own: str, other: str, printed: str) -> Iterator[Difference]:
    if other not in printed:
        return
    at = form.find(own)
    while at >= 0:
        end = at + len(own)
        # 不满 is no 满, and 以前 no 前 of its own
        listed = re.search(rf"{re.escape(own)}.{{0,2}}[、,和或及]", printed)
        if not _is_part_of(form, at, end, own, other) and form[max(0, at - 1) : at] not in _DENIED and not listed:
            before, behind = form[max(0, at - BESIDE) : at], form[end : end + BESIDE]
            if _stands_beside(before, own, other, printed, in_front=True) or _stands_beside(
                behind, own, other, printed, in_front=False
            ):
                yield Difference(Kind.CONDITION, f"{before}{own}{behind}", other)
        at = form.find(own, end)


def _is_part_of(form: str, at: int, end: int, own: str, other: str) -> bool:
    return own in other and other in form[max(0, at - len(other)) : end + len(other)]


def _stands_beside(beside: str, own: str, other: str, printed: str, *, in_front: bool) -> bool:
    if len(beside) < BESIDE or not _HAN.search(beside):
        return False
    as_printed, as_said = (beside + other, beside + own) if in_front else (other + beside, own + beside)
    theirs = printed.replace(own, "\0") if other in own else printed
    return as_printed in theirs and as_said not in printed.replace(as_printed, "\0")
