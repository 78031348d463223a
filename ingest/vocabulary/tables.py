"""Words of tables: what columns are called, and which rows are no data."""

from __future__ import annotations

from functools import cache

from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.wordings import Wordings


class TableWords(Subject):
    """The whole of ``tables.toml``, where the fields are described."""

    amount: Wordings
    total: Wordings
    note: Wordings
    form: Wordings


@cache
def table_words() -> TableWords:
    """The words of tables, read and checked once. Raises VocabularyUnusable."""
    return read("tables", TableWords)
