"""What we say ourselves, in two languages; quotes are never translated and never pass through here."""

from __future__ import annotations

from typing import NamedTuple

from bot.types import Language
from ingest.normalise import to_traditional


class Say(NamedTuple):
    """One thing said in two languages. ``{name}`` is filled in by whoever shows it."""

    zh: str  # simplified; the traditional wording is derived from it
    en: str

    def to(self, language: Language) -> str:
        """The words for somebody who asks in ``language``."""
        return self.en if language is Language.EN else in_language(self.zh, language)


def in_language(words: str, language: Language) -> str:
    """Chinese words of our own in the script of the question."""
    return to_traditional(words) if language is Language.ZH_HANT else words
