"""Words that policy documents use of themselves: what they are, that they hold, what they pay, which of two prevails."""

from __future__ import annotations

from functools import cache

from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.wordings import Wordings

Labels = tuple[str, ...]


class LabelsOfFacts(Subject):
    """What pages and heads of files print in front of a fact about the document."""

    title: Labels
    issuer: Labels
    number: Labels
    issued: Labels
    valid_from: Labels
    valid_until: Labels
    term: Labels
    standing: Labels
    other: Labels


class DocumentWords(Subject):
    """The whole of ``documents.toml``, where the fields are described."""

    itself: Wordings
    kinds: Wordings
    genres: Wordings
    in_force: Wordings
    gives: Wordings
    targets: Wordings
    prevailing: Wordings
    on_trial: Wordings
    carries_out: Wordings
    sets_down: Wordings
    rules_apply: Wordings
    website: Wordings
    website_holds: Wordings
    labels: LabelsOfFacts


@cache
def document_words() -> DocumentWords:
    """The words of documents, read and checked once. Raises VocabularyUnusable."""
    return read("documents", DocumentWords)
