"""Titles and 文号 of documents as they are compared: each put into its form once, however many questions look at it."""

from __future__ import annotations

from functools import lru_cache

from index.text.file_number import FileNumber, file_numbers
from ingest.normalise import title_form
from ingest.types import Corpus

REMEMBERED = 1 << 17


@lru_cache(REMEMBERED)
def numbers_in(number: str) -> tuple[FileNumber, ...]:
    """The 文号 that a document is filed under."""
    return tuple(file_numbers(number))


def titles_of(corpus: Corpus) -> list[str]:
    """The titles of all documents in match form."""
    return [title_form(document.title) for document in corpus.documents]
