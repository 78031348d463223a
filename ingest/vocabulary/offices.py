"""Names of offices, and how policies print which of them is responsible."""

from __future__ import annotations

from functools import cache

from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.wordings import Wordings


class OfficeWords(Subject):
    """The whole of ``offices.toml``, where the fields are described."""

    lead: Wordings
    support: Wordings
    listed_end: Wordings
    issuer_end: Wordings
    issuer_whole: Wordings
    named_end: Wordings
    before: Wordings
    in_charge: Wordings


@cache
def office_words() -> OfficeWords:
    """The words of offices, read and checked once. Raises VocabularyUnusable."""
    return read("offices", OfficeWords)
