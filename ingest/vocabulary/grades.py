"""Ranks by which policies grade people: degrees, professional ranks."""

from __future__ import annotations

from functools import cache

from ingest.vocabulary.load import Subject, read


class Rank(Subject):
    """One rank and the words for it, lower case."""

    name: str
    words: tuple[str, ...]


class _Grades(Subject):
    rank: tuple[Rank, ...]


@cache
def ranks_of_people() -> tuple[Rank, ...]:
    """Every rank, read and checked once. Raises VocabularyUnusable."""
    return read("grades", _Grades).rank
