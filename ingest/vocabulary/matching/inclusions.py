"""Which words mean the same, lie inside one another or exclude one another, when facts are compared with conditions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ingest.vocabulary.load import Subject, read


class Inclusions(Subject):
    """The whole of ``inclusions.toml``, where the fields are described."""

    exclusive: tuple[str, ...]
    general: tuple[str, ...]
    general_words: tuple[str, ...]
    person: tuple[str, ...]
    same_money: tuple[str, ...]
    by_list: tuple[str, ...]
    of_every_rank: tuple[str, ...]
    more_asked: tuple[str, ...]
    oldest: str
    granted: str
    listed_talent: tuple[str, ...]
    listed_talent_of: Mapping[str, tuple[str, ...]]
    renowned: Mapping[str, tuple[str, ...]]
    asks: tuple[str, ...]
    teams: tuple[str, ...]
    speaks_of_self: tuple[str, ...]
    zones: tuple[str, ...]
    western: tuple[str, ...]
    hires: tuple[str, ...]
    counted_events: tuple[str, ...]
    not_each: tuple[str, ...]
    deducted: tuple[str, ...]
    written: Mapping[str, str]
    same: Mapping[str, tuple[str, ...]]
    inside: Mapping[str, Mapping[str, tuple[str, ...]]]
    groups: Mapping[str, tuple[tuple[str, ...], ...]]
    complete: Mapping[str, tuple[str, ...]]
    neighbours: Mapping[str, tuple[str, ...]]
    implied_level: Mapping[str, str]
    owned: Mapping[str, str]
    multiples: Mapping[str, tuple[str, int, int]]
    bases: Mapping[str, tuple[str, ...]]
    priced: Mapping[str, tuple[str, ...]]
    counts: Mapping[str, tuple[str, ...]]
    certain: Mapping[str, tuple[str, ...]]
    contrary: Mapping[str, tuple[str, ...]]
    not_for: Mapping[str, tuple[str, ...]]
    recipients: Mapping[str, tuple[str, ...]]
    reached_later: tuple[str, ...]
    of_owners: tuple[str, ...]
    owners: tuple[str, ...]


@cache
def inclusions() -> Inclusions:
    """The inclusions, read and checked once. Raises VocabularyUnusable."""
    return read("inclusions", Inclusions)
