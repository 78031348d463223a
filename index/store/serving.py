"""Opens an index with the corpus that it keeps, so that no text is cut anew."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from index.kept.corpus_on_disk import KeptCorpus, is_made_of, load_kept
from index.rankers.protocol import TextEncoder
from index.scoring.reranker import Reranker
from index.store.embedding_once import Known
from index.store.pointer import folder_that_serves, whole_folders
from index.store.store import CORPUS, FOLDER, ClauseIndex, Elsewhere, known_vectors, open_folder, open_index, shelf_of
from ingest.corpus.load import load_corpus
from ingest.errors import IndexCorrupt, UnusableIndex
from ingest.readers.limits import Limits


def open_serving(
    folder: Path,
    encoder: TextEncoder,
    home: Path,
    limits: Limits,
    reranker: Reranker | None = None,
    elsewhere: Elsewhere | None = None,
) -> ClauseIndex:
    """The index of a corpus folder with the corpus that it keeps; the texts are read only to see that they are the same.

    Where none keeps it the texts are cut anew, within ``limits``. ``elsewhere`` is where it is searched when not in its
    own files. Raises CorpusUnusable, and what :func:`open_index` and ``elsewhere`` raise.
    """
    store = home / FOLDER
    for made in whole_folders(store) if folder.is_dir() else ():
        kept = _kept_of(made, folder)
        with suppress(UnusableIndex):
            if kept is not None:
                opened = open_folder(made, kept.corpus, shelf_of(kept.corpus), encoder, kept, elsewhere)
                return replace(opened, reranker=reranker)
    return open_index(load_corpus(folder, limits), encoder, home, reranker, elsewhere)


def open_kept(folder: Path, encoder: TextEncoder, home: Path, elsewhere: Elsewhere | None = None) -> ClauseIndex:
    """The index that serves with the corpus that it keeps, whatever texts lie in ``folder`` by now.

    Raises IndexMissing, IndexOutdated (model or version), IndexCorrupt.
    """
    made = folder_that_serves(home / FOLDER)
    try:
        kept = load_kept(made / CORPUS, folder)
    except (OSError, ValueError, KeyError) as error:
        raise IndexCorrupt("index.index_cannot_be_read", folder=made, reason=error) from error
    return open_folder(made, kept.corpus, shelf_of(kept.corpus), encoder, kept, elsewhere)


def vectors_of(home: Path, encoder: TextEncoder) -> Known:
    """The vectors that the index under ``home`` has of this model, by text; none where there is no such index."""
    return known_vectors(home / FOLDER, encoder)


def _kept_of(folder: Path, corpus_folder: Path) -> KeptCorpus | None:
    """The corpus that an index keeps, where it is that of ``corpus_folder``."""
    with suppress(OSError, ValueError, KeyError):
        if is_made_of(folder / CORPUS, corpus_folder):
            return load_kept(folder / CORPUS, corpus_folder)
    return None
