"""The words for prizes by level, grade and rank."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ingest.vocabulary.load import Subject, read


class PrizeWords(Subject):
    """The whole of ``prizes.toml``, where the fields are described."""

    or_higher: str
    main: str
    within_years: str
    not_first: str
    fixed: tuple[str, ...]
    society: str
    recent: str
    long_ago: str
    first_of: str
    rank: str
    rank_english: str
    under_umbrella: tuple[str, ...]
    ranking: str
    ranked_where: Mapping[str, str]
    english_numbers: tuple[str, ...]
    written: Mapping[str, str]
    levels: Mapping[str, str]
    as_ranked: str
    as_among: str
    as_main: str
    as_recent: str
    of_society: str
    before_society: str
    region_of_society: str
    teaches: str
    teaches_at: tuple[str, ...]
    tutor: str
    holds: str
    holds_of: tuple[str, ...]
    doctor: str
    professor: str
    teaching: tuple[str, ...]
    oldest: str
    kinds: tuple[str, ...]
    said_for: Mapping[str, str]
    umbrella: Mapping[str, str]
    grades: Mapping[str, str]


@cache
def prize_words() -> PrizeWords:
    """The words, read and checked once. Raises VocabularyUnusable."""
    return read("prizes", PrizeWords)
