"""Levels of administration: their order, their names, how people speak of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from pydantic import model_validator

from ingest.sentences import Sentence
from ingest.vocabulary.load import Subject, read

NATION, PROVINCE, CITY, COUNTY, TOWN = range(5)
"""The ranks of levels, the widest first."""


class Level(Subject):
    """One level; the fields are described in ``levels.toml``."""

    name: str
    rank: int  # one of those above
    label: tuple[str, str]
    where: tuple[str, str]
    english: tuple[str, ...]
    said: tuple[str, ...]
    said_of: str
    ranked: tuple[str, ...]
    rank_english: tuple[str, ...]
    stands_for: tuple[str, ...]
    shortened: bool = False


class _Levels(Subject):
    level: tuple[Level, ...]

    @model_validator(mode="after")
    def _in_order(self) -> _Levels:
        ranks = [level.rank for level in self.level]
        names = [level.name for level in self.level]
        if ranks != sorted(ranks) or len(set(names)) != len(names):
            raise ValueError(Sentence("ingest.levels_out_of_order"))
        if unknown := {name for level in self.level for name in level.stands_for} - set(names):
            raise ValueError(Sentence("ingest.stands_for_no_level", level=unknown.pop()))
        return self


@cache
def levels() -> tuple[Level, ...]:
    """Every level, the widest first."""
    return read("levels", _Levels).level


@cache
def level_names() -> tuple[str, ...]:
    """The names of all levels, the widest first."""
    return tuple(level.name for level in levels())


def level_named(name: str | None) -> Level | None:
    """The level of that name; None for a name that is of a compiler's own making."""
    return next((level for level in levels() if level.name == name), None)


def breadth(name: str) -> int:
    """A place in the order of levels, the widest first; a name of a compiler's own stands last."""
    names = level_names()
    return names.index(name) if name in names else len(names)


def widest_first(names: Iterable[str]) -> tuple[str, ...]:
    """``names`` without doubles in the order of levels; unknown ones last, as they came."""
    return tuple(sorted(dict.fromkeys(names), key=breadth))


@cache
def ranks_of_levels() -> tuple[str, ...]:
    """What a rank is called after each level: 国家级, 自治区级, 市级."""
    return tuple(dict.fromkeys(word for level in levels() for word in level.ranked if word.endswith("级")))


def meant_by(said: Level, present: Collection[str]) -> str | None:
    """The level of a corpus that somebody means who says ``said``, when the corpus has the levels ``present``.

    区里 is the district's; where there is no district but an autonomous region, it is the region's. None when the
    corpus has nothing of the kind.
    """
    if said.name in present:
        return said.name
    return next((name for name in said.stands_for if name in present), None)
