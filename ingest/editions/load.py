"""The English edition of a corpus, read from its folder and put beside its clauses."""

from __future__ import annotations

from ingest.editions.attach import attach_edition
from ingest.editions.files import read_edition_files
from ingest.editions.types import Edition
from ingest.normalise import match_form, title_form
from ingest.types import Corpus


def load_edition(corpus: Corpus) -> Edition:
    """What of ``<corpus folder>/en`` stands beside the text; nothing without files, and nothing is raised.

    The corpus's own digest does not know of it; its own is ``Edition.digest``.
    """
    files = read_edition_files(corpus.folder)
    titles = {match_form(file.document) for file in files.documents}
    meant = [one for one in corpus.documents if title_form(one.title) in titles] if titles else []
    return attach_edition(files, meant, corpus.at(corpus.lookup.of_documents(one.id for one in meant)))
