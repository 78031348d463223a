"""Follow-up questions: what the last turn leaves out is carried over from the turns before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understand.asks_on import asks_on, claims_it

# A turn this long that points nowhere back stands on its own (characters without spaces; English is counted in words).
_STANDS_ALONE_CHARS = 16
_STANDS_ALONE_WORDS = 9

_POINTS_BACK = re.compile(
    r"^(?:那|要是|如果|还有|另外|再|换成|那么|可是|但|若|and\b|what about|how about|then\b|but\b|also\b)"
    r"|呢[？?。！]?$|(?:这|那|该|上述|前面|刚才|它|他|她|其|此)(?:个|些|条|项|笔|份|样|种|类|里|边|家|文件|政策|补贴|规定|么)?"
    r"|也(?:一样|是|有|能|给|可以)|\b(?:it|they|them|those|these|that one|this one|the same)\b"
)


@dataclass(frozen=True, slots=True)
class Carried:
    """What search and composing look at: the earlier turns still in force, the last turn, both in one line."""

    earlier: tuple[str, ...]
    last: str
    standalone: str
    asked: str = ""  # the last turn as typed; ``last`` where nothing was replaced in it

    @property
    def joined(self) -> str:
        return " ".join((*self.earlier, self.last))


def points_back(turn: str) -> bool:
    """True when ``turn`` cannot be understood without the turns before it: it is short, refers back, only asks on or ends in 能申请吗."""
    words = turn.split()
    latin = len(words) > 2 and turn.isascii()
    short = len(words) < _STANDS_ALONE_WORDS if latin else len(re.sub(r"\s", "", turn)) < _STANDS_ALONE_CHARS
    return short or refers_back(turn) or claims_it(turn) or asks_on(turn)


def refers_back(turn: str) -> bool:
    """True when words of ``turn`` point to what was said before: 那…, …呢, 这个, it."""
    return _POINTS_BACK.search(turn.strip().lower()) is not None


def carry_over(turns: Sequence[str], swaps: Sequence[tuple[str, str]] = (), *, goes_on: bool = False) -> Carried:
    """The last turn with the earlier ones it needs.

    Going back from the last turn, turns are taken along until one stands on its own (it opened the topic); a
    last turn that stands on its own starts a new topic. ``swaps`` are wordings of an earlier turn that the last
    one replaces (旗 → 市, D 类 → E 类); they are replaced in the standalone question only where they stand. ``goes_on`` says
    that the last turn needs those before it, however it is worded: it is a part of the same message.
    """
    last = turns[-1].strip()
    earlier: list[str] = []
    if goes_on or points_back(last):
        for turn in reversed(turns[:-1]):
            earlier.insert(0, turn.strip())
            if not points_back(turn):
                break
    if not earlier:
        return Carried((), last, last, last)
    changed = [_swapped(turn, swaps) for turn in earlier]
    if changed[-1] != earlier[-1]:
        # "那硕士呢？" asks the question before it once more: with the part replaced that question stands alone.
        return Carried(tuple(changed[:-1]), changed[-1], "；".join(changed), last)
    return Carried(tuple(changed), last, f"{'；'.join(changed)} → {last}", last)


def _swapped(turn: str, swaps: Sequence[tuple[str, str]]) -> str:
    for old, new in swaps:
        turn = _whole_word(old).sub(new.replace("\\", r"\\"), turn) if old.isascii() else turn.replace(old, new)
    return turn


def _whole_word(word: str) -> re.Pattern[str]:
    """A word of Latin letters by itself: no city in capacity."""
    return re.compile(rf"\b{re.escape(word)}\b")
