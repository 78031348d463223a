"""Names of activities: in 院士对接会, 博士论坛 and 全国技术能手大赛 nobody of that kind is told of; whoever repairs makes nothing."""

from __future__ import annotations

import re
from functools import cache

from bot.match.facts.words import Found, either
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech


def names_an_activity(text: str, end: int, until: int) -> bool:
    """Whether a word that ends at ``end`` belongs to the name of an activity that goes on behind it."""
    return _behind().match(text, end, until) is not None


@cache
def _behind() -> re.Pattern[str]:
    words = asker_speech().activities
    chinese = any_of(word for word in words.names if not word.isascii())
    english = any_of(word for word in words.names if word.isascii())
    return re.compile(rf"[”\"』」’]?(?:{any_of(words.between)}|\s){{0,5}}(?:{chinese}(?!队)|(?<=\s){english}(?![a-z]))")


_NEAR = 6  # characters between 修 and what is repaired


def serves_only(text: str, clause: tuple[int, int], trade: Found) -> bool:
    """修电动车的铺子, 卖光伏板的: whoever only repairs or sells a thing is not in the trade that makes it."""
    if set(asker_speech().maker.trades_made).isdisjoint(trade.names):
        return False
    before, behind, makes = _serves()
    served = before.search(text, clause[0], trade.start) or behind.match(text, trade.end, clause[1])
    return served is not None and makes.search(text, *clause) is None


@cache
def _serves() -> tuple[re.Pattern[str], ...]:
    words = asker_speech().maker
    return (
        re.compile(rf"{either(words.serves)}[^，。；]{{0,{_NEAR}}}$"),
        re.compile(rf"[^，。；]{{0,{_NEAR}}}?{either(words.serves_behind)}"),
        re.compile(any_of(words.also_makes)),
    )
