"""What an English sentence must say as the Chinese one does: the rows of ``edition.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.vocabulary.load import Subject, read


class _Row(Subject):
    what: tuple[str, str]
    zh: str
    en: str
    back: bool = False


class _Edition(Subject):
    rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class SameSense:
    """Words of which one language may not print one without the other. ``what`` names them, Chinese and English."""

    what: tuple[str, str]
    chinese: re.Pattern[str]
    english: re.Pattern[str]
    back: bool  # the English must not stand without the Chinese either


@cache
def same_senses() -> tuple[SameSense, ...]:
    """The rows, read once. Raises VocabularyUnusable."""
    rows = read("edition", _Edition).rows
    return tuple(SameSense(row.what, re.compile(row.zh), re.compile(row.en, re.IGNORECASE), row.back) for row in rows)
