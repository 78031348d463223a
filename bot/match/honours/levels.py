"""The level at which an award was won, against the one a catalogue prints: 自治区优秀教师 is no 全国优秀教师."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from ingest.vocabulary.levels import level_named, levels
from ingest.vocabulary.matching.asker_speech import asker_speech


def is_of_other_level(printed: str, told: Iterable[str]) -> bool:
    """Whether an award as it is ``printed`` is of a level, and all those ``told`` are of another rank."""
    rank = _printed_rank(printed)
    ranks = {level.rank for name in told if (level := level_named(name)) is not None}
    return rank is not None and bool(ranks) and rank not in ranks


@cache
def _printed_rank(printed: str) -> int | None:
    more = asker_speech().won.printed_levels
    return next(
        (lvl.rank for lvl in levels() if any(word in printed for word in (*lvl.ranked, *more.get(lvl.name, ())))), None
    )
