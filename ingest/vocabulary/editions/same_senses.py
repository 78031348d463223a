"""What an English sentence must say as the Chinese one does: the rows of ``edition.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ingest.vocabulary.load import Subject, read


class _Row(Subject):
    what: tuple[str, str]
    zh: str
    en: str
    back: bool = False


class TranslationWords(Subject):
    """The whole of ``edition.toml``, where the fields are described; all but powers, digits and money are expressions."""

    fraction: str
    and_others: str
    powers: Mapping[str, int]
    lettered: str
    numbered: str
    respectively: str
    digits: str
    twofold: str
    money: str
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
    rows = translation_words().rows
    return tuple(SameSense(row.what, re.compile(row.zh), re.compile(row.en, re.IGNORECASE), row.back) for row in rows)


@cache
def translation_words() -> TranslationWords:
    """The file, read once. Raises VocabularyUnusable."""
    return read("edition", TranslationWords)
