"""The figures of a record's own words, read once for all askers."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from ingest.facts.figures import find_figures
from ingest.types import Figure


@lru_cache(maxsize=8192)
def figures_in(words: str) -> tuple[Figure, ...]:
    """As ``find_figures``."""
    return tuple(find_figures(words))


def largest_in(words: str) -> Decimal:
    """The largest figure of some words, of whatever unit; 0 without one."""
    return max((figure.upper or figure.value for figure in figures_in(words)), default=Decimal(0))
