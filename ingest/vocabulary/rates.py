"""What is paid for by the unit, for which use, and which taxes there are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.wordings import Said


class RateWords(Subject):
    """The whole of ``rates.toml``, where the fields are described."""

    uses: Mapping[str, Said]
    goods: Mapping[str, Said]
    taxes: Mapping[str, Said]
    relief: Said
    units: Mapping[str, str]


@cache
def rate_words() -> RateWords:
    """The words of rates and taxes, read and checked once. Raises VocabularyUnusable."""
    return read("rates", RateWords)
