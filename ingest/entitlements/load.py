"""The entitlements of a corpus, or of one file of it: the records read and bound to the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.corpus_config import FILE_NAME
from ingest.entitlements.attach import attach
from ingest.entitlements.files import read_files
from ingest.entitlements.types import Entitlements
from ingest.normalise import match_form, title_form
from ingest.types import Clause, Corpus, PolicyDocument


def load_entitlements(corpus: Corpus) -> Entitlements:
    """Records and catalogues of ``<corpus folder>/entitlements``, each attached or flagged; nothing without files.

    The corpus's own digest does not know of them, so that accepting a record rebuilds no index; theirs is
    ``Entitlements.digest``. Raises EntitlementsUnusable.
    """
    files = read_files(corpus.folder)
    if any(catalogue.document is None for catalogue in files.catalogues):
        return attach(files, corpus.documents, corpus.clauses)
    titles = {match_form(item.document) for item in (*files.records, *files.catalogues) if item.document is not None}
    meant = [document for document in corpus.documents if title_form(document.title) in titles]
    return attach(files, meant, corpus.at(corpus.lookup.of_documents(document.id for document in meant)))


def entitlements_of_file(path: Path, documents: Sequence[PolicyDocument], clauses: Iterable[Clause]) -> Entitlements:
    """The same for one file of a corpus on its own: only records of the documents in it. Raises EntitlementsUnusable."""
    files = read_files(_corpus_of(path))
    titles = {match_form(document.title) for document in documents}
    own = tuple(record for record in files.records if match_form(record.document) in titles)
    listed = tuple(item for item in files.catalogues if item.document and match_form(item.document) in titles)
    return attach(replace(files, records=own, catalogues=listed), documents, clauses)


def _corpus_of(path: Path) -> Path:
    """The corpus folder a file lies in: the nearest above it with a corpus.toml, else the file's own."""
    return next((folder for folder in path.absolute().parents if (folder / FILE_NAME).is_file()), path.parent)
