"""The English edition of a corpus, read from its folder and put beside its clauses."""

from __future__ import annotations

from ingest.editions.attach import attach_edition
from ingest.editions.files import read_edition_files
from ingest.editions.types import Edition
from ingest.types import Corpus


def load_edition(corpus: Corpus) -> Edition:
    """What of ``<corpus folder>/en`` stands beside the text; nothing without files, and nothing is raised.

    The corpus's own digest does not know of it; its own is ``Edition.digest``.
    """
    return attach_edition(read_edition_files(corpus.folder), corpus.documents, corpus.clauses)
