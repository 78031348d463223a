"""The figures, bare numbers, levels, grades, classes and times of a text: what can be exchanged for one of its own sort."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.verify.meaning.amounts import is_amount_of
from bot.verify.meaning.rows import kind_of
from bot.verify.meaning.vocabulary import pattern, words
from ingest.facts.numerals import value_of
from ingest.types import Figure

_NUMBER = re.compile(r"(?<![\d.,])(?<!\dto )(?<!\d to )(?<![-–—~])\d+(?:\.\d+)?(?![\d.,]*\d)(?!\s?(?:to|[-–—~])\s?\d)")
_CAPITAL = re.compile(r"[A-Z]")
_JOINT = pattern("exchanged", "joint")
NUMBER = "number"
LEVEL = "level"
RANK = "rank"  # a class, grade, place or time, with the number of its row
_COUNTED = pattern("exchanged", "counted")  # 两场
_MEASURE = pattern("exchanged", "measure")


@dataclass(frozen=True, slots=True)
class Thing:
    """One of ``sort``: the unit of a figure, or a row of ``sorts`` in ``words.toml``. ``name`` is what it is in its sort."""

    sort: str
    name: str
    start: int
    end: int
    figure: Figure | None = None

    def is_same(self, other: Thing) -> bool:
        """Whether ``other``, of a printed text, is the same thing."""
        if self.sort != other.sort:
            return False
        if self.figure is not None and other.figure is not None:
            return is_amount_of(other.figure, self.figure)
        return self.name == other.name


@lru_cache(2_048)
def things_in(text: str, figures: tuple[Figure, ...]) -> tuple[Thing, ...]:
    """The things of ``text`` in order; ``figures`` are those that were read of it."""
    found = [_thing_of(one) for one in figures]
    taken = [(one.start, one.end) for one in found]

    def is_free(at: re.Match[str]) -> bool:
        return not any(start < at.end() and at.start() < end for start, end in taken)

    for sort, names in _sorts():
        for name, said in enumerate(names):
            own = [Thing(sort, str(name), at.start(), at.end()) for at in said.finditer(text) if is_free(at)]
            found += own
            taken += [(one.start, one.end) for one in own]
    found += [
        Thing(one[2], f"{value_of(one[1])}", one.start(), one.end()) for one in _COUNTED.finditer(text) if is_free(one)
    ]
    found += [Thing(NUMBER, one[0], one.start(), one.end()) for one in _NUMBER.finditer(text) if is_free(one)]
    return tuple(sorted(found, key=lambda one: one.start))


def _thing_of(figure: Figure) -> Thing:
    if _MEASURE.fullmatch(figure.unit):
        return Thing(figure.unit, f"{figure.value.normalize():f}", figure.span.start, figure.span.end)
    return Thing(kind_of(figure), figure.text, figure.span.start, figure.span.end, figure)


def lists_in(text: str, things: Sequence[Thing]) -> list[list[Thing]]:
    """The things of ``text`` in lists of their sort, 5万元、3万元; one that stands alone is a list of one."""
    lists: list[list[Thing]] = []
    for one in things:
        before = next((some for some in reversed(lists) if some[-1].sort == one.sort), None)
        if before is not None and _JOINT.fullmatch(text[before[-1].end : one.start]):
            before.append(one)
        else:
            lists.append([one])
    return lists


@cache
def _sorts() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    levels = [(LEVEL, row) for row in words().sorts_of_level]
    return tuple(
        (sort, tuple(re.compile(name if _CAPITAL.search(name) else f"(?i:{name})") for name in row))
        for sort, row in (*levels, *((f"{RANK} {number}", row) for number, row in enumerate(words().sorts)))
    )
