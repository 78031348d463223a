"""The entitlements of a corpus: its files read and bound to its text."""

from __future__ import annotations

from ingest.entitlements.attach import attach
from ingest.entitlements.files import read_files
from ingest.entitlements.types import Entitlements
from ingest.types import Corpus


def load_entitlements(corpus: Corpus) -> Entitlements:
    """Records and catalogues of ``<corpus folder>/entitlements``, each attached or flagged; nothing without files.

    The corpus's own digest does not know of them, so that accepting a record rebuilds no index; theirs is
    ``Entitlements.digest``. Raises EntitlementsUnusable.
    """
    return attach(read_files(corpus.folder), corpus.documents, corpus.clauses)
