"""How a question asks for what stands in a document or in a list."""

from __future__ import annotations

from functools import cache

from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.wordings import Wording


class AskedOfDocuments(Subject):
    """The whole of ``documents_asked.toml``, where the fields are described."""

    of_its_text: Wording
    called_by_name: str
    of_a_list: Wording
    a_list: Wording
    is_listed: Wording


@cache
def asked_of_documents() -> AskedOfDocuments:
    """The words, read and checked once. Raises VocabularyUnusable."""
    return read("documents_asked", AskedOfDocuments)
