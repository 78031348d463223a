"""How guides of public services label what they say."""

from __future__ import annotations

from functools import cache

from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.wordings import Said, Wordings


class Kind(Said):
    """One thing that guides say: its labels, and how people ask for it."""

    label: Wordings


class _Guides(Subject):
    kind: tuple[Kind, ...]


@cache
def kinds_of_label() -> tuple[Kind, ...]:
    """Everything that guides label, read and checked once. Raises VocabularyUnusable."""
    return read("guides", _Guides).kind
