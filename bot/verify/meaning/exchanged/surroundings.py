"""Two things of one sort, said of each other's: 盟市两场、自治区一场 where 自治区两场、盟市一场 is printed.

What stands around either of the two, and not around the other, is held against what is printed around both: where it is
only the other's, the two were exchanged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from bot.verify.meaning.exchanged.things import RANK, Thing, lists_in, things_in
from bot.verify.meaning.passages import Passage
from bot.verify.meaning.rows import signs_in
from bot.verify.meaning.types import Difference, Kind
from bot.verify.meaning.vocabulary import pattern
from ingest.types import Figure

_HAN = re.compile(r"[\u3400-\u9fff]")
_SENTENCE_END = re.compile(r"[。；;！!？?\n]|\.(?=\s|$)")
_PART_END = pattern("exchanged", "part_end")
_END_OF_RANGE = pattern("exchanged", "end_of_range")
_RANGE_BEFORE = pattern("exchanged", "range_before")
LONGEST = 40  # characters on one side that tell what a thing is of
SURE = 2  # times as much must speak for the exchange, where anything speaks against it
LEAST_REPLACED = 3  # signs around both
LEAST_ENGLISH = 2  # signs; a single English word stands around many things


def swapped(said: str, figures: Sequence[Figure], rests: Sequence[Passage]) -> Iterator[Difference]:
    """Pairs of things of ``said`` that stand in each other's place."""
    english = not _HAN.search(said)
    # Where English figures stand is told by rows: the edition puts them in another order than one would say them in.
    own = [one for one in things_in(said, tuple(figures)) if not english or one.figure is None]
    if len(own) < 2:
        return
    printed = [(one.text, things_in(one.text, one.figures)) for one in rests if one.english == english]
    lists = lists_in(said, own)
    for first, second in combinations(own, 2):
        if (
            first.sort != second.sort
            or first.is_same(second)
            or any(first in some and second in some for some in lists)
        ):
            continue
        mine = [_around(said, own, one) for one in (first, second)]
        places = [
            [_around(text, some, other) for text, some in printed for other in some if one.is_same(other)]
            for one in (first, second)
        ]
        theirs = [frozenset[str]().union(*some) for some in places]
        if not all(theirs):
            continue
        straight, crossed = (
            len((mine[0] - mine[1]) & (theirs[one] - theirs[other]))
            + len((mine[1] - mine[0]) & (theirs[other] - theirs[one]))
            for one, other in ((0, 1), (1, 0))
        )
        is_sure = crossed >= LEAST_ENGLISH and not straight if english else crossed > SURE * straight
        if is_sure:
            yield Difference(Kind.ROW, said[first.start : first.end], said[second.start : second.end])


def _around(text: str, things: Sequence[Thing], one: Thing) -> frozenset[str]:
    """The signs of what a thing is of: up to the next of its sort, or the end of its part of the sentence."""
    alike = [other for other in things if other.sort == one.sort]
    place = alike.index(one)
    begin = alike[place - 1].end if place else 0
    end = alike[place + 1].start if place + 1 < len(alike) else len(text)
    cuts = [cut.end() for cut in _SENTENCE_END.finditer(text, begin, one.start)]
    if place and not cuts:
        cuts = [cut.end() for cut in _PART_END.finditer(text, begin, one.start)][:1]
    before = text[max([begin, *cuts, one.start - LONGEST]) : one.start]
    behind = text[one.end : min(end, one.end + LONGEST)]
    cut = _PART_END.search(behind)
    return signs_in(before) | signs_in(behind[: cut.start()] if cut else behind)


def replaced(said: str, figures: Sequence[Figure], rests: Sequence[Passage], scope: str) -> Iterator[Difference]:
    """A class, grade, place or time of ``said`` that ``scope`` has nowhere, where another of its sort is printed."""
    english = not _HAN.search(said)
    own = things_in(said, tuple(figures))
    printed = [(one.text, things_in(one.text, one.figures)) for one in rests if one.english == english]
    for one in own:
        is_lone = one.sort.startswith(RANK) and sum(other.sort == one.sort for other in own) == 1
        if not is_lone or said[one.start : one.end] in scope:
            continue
        if any(one.is_same(other) for _, some in printed for other in some):
            continue
        mine = _around(said, own, one)
        for text, some in printed:
            for other in some:
                is_end = _END_OF_RANGE.match(text, other.end) or _RANGE_BEFORE.search(text, 0, other.start)
                if other.sort == one.sort and not is_end and len(mine & _around(text, some, other)) >= LEAST_REPLACED:
                    yield Difference(Kind.ROW, said[one.start : one.end], text[other.start : other.end])
