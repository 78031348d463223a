"""Our words where no clause speaks, from the file of phrases."""

from __future__ import annotations

from bot.text.phrase_file import phrases
from bot.types import Language


def words(key: str, language: Language, **blanks: object) -> str:
    """One of our phrases in the language of the question, its blanks filled."""
    return phrases()[key].to(language).format(**blanks)
