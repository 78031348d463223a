"""The index on disk: built aside, checked, switched in one step; opened only when it fits.

    <home>/index/
        lock                    held by the one process that builds
        checked.json            digests of large files, by which those not touched since are known again
        current                 the name of the folder that serves; replaced as a whole, never edited
        clauses-3f9a1c22e0b4/   one whole index
            manifest.json       what it was built from, by what, and the sha256 of every other file
            corpus/             the clauses themselves, and what is asked of all of them
            words/ bigrams/ clause_vectors/ sentence_vectors/ address/ traits/ sentences/
            english_vectors/ english_words/    where the corpus has an English edition
        building-…/             an index under construction; left over only when a build was killed

A process killed at any moment leaves the index that served before. A changed corpus embeds only changed texts anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from filelock import FileLock, Timeout

from index.glossary.of_corpus import glossary_of
from index.kept.corpus_on_disk import KeptCorpus, load_kept, save_corpus
from index.kept.printed_words import PrintedWords
from index.rankers.bm25 import BigramBm25, WordBm25
from index.rankers.clause_columns import KeptOfClauses
from index.rankers.english import EnglishBm25, EnglishVectors
from index.rankers.named_clause import AddressLookup
from index.rankers.protocol import Ranker, Shelf, TextEncoder, Wording
from index.rankers.vectors import ClauseVectors, SentenceVectors, VectorsOfSentences, load_table
from index.scoring.fusion import ENGLISH_WEIGHTS, LEVEL, LEVEL_BONUS, WEIGHTS
from index.scoring.reranker import Reranker
from index.scoring.rescoring import WEIGHTS as SECOND_WEIGHTS
from index.scoring.rescoring import Rescorer
from index.store.embedding_once import Known, embedding_once
from index.store.fsync import flush_tree
from index.store.manifest import MANIFEST, Manifest, check_files, describe_files, library_versions, read_manifest
from index.store.pointer import (
    UNFINISHED,
    WHOLE,
    folder_that_serves,
    is_serving,
    remove_all_but,
    switch_to,
    whole_folders,
)
from ingest.editions.load import load_edition
from ingest.errors import CorpusUnusable, IndexBusy, IndexCorrupt, IndexOutdated, UnusableIndex
from ingest.types import Corpus, Span

RANKERS: tuple[type[Ranker], ...] = (ClauseVectors, SentenceVectors, WordBm25, BigramBm25, AddressLookup)
ENGLISH_RANKERS: tuple[type[Ranker], ...] = (EnglishVectors, EnglishBm25)  # where an edition stands beside the clauses
FOLDER = "index"
LOCK = "lock"
CORPUS = "corpus"
ENGLISH_SENTENCES = "english_sentences"  # a count, of an index with an edition
MEND = "Run: python -m index build"
ALL_WEIGHTS = {**WEIGHTS, **ENGLISH_WEIGHTS, LEVEL: LEVEL_BONUS, **SECOND_WEIGHTS}
OPENING_ATTEMPTS = (
    3  # a builder may replace and remove a folder while it is being read; the next attempt finds its heir
)


class Elsewhere(Protocol):
    """Where vectors and postings lie, of an index whose folder need not have them."""

    @property
    def spared(self) -> Collection[str]:
        """Files of an index, by their path in its folder, that may be missing."""
        ...

    def rankers_of(self, folder: Path, manifest: Manifest) -> Callable[[type[Ranker], Path, Shelf], Ranker]:
        """What opens the rankers of one index. Raises PolicyQAError where that index does not lie there."""
        ...


@dataclass(frozen=True)
class ClauseIndex:
    """An open index, in memory or mapped: what happens on disk afterwards does not touch it."""

    corpus: Corpus
    shelf: Shelf
    encoder: TextEncoder
    rankers: tuple[Ranker, ...]
    manifest: Manifest
    printed: PrintedWords
    reranker: Reranker | None = None
    weights: Mapping[str, float] = field(default_factory=lambda: ALL_WEIGHTS)  # of all that makes up a score

    @cached_property
    def sentence_vectors(self) -> SentenceVectors:
        """The ranker that also knows which sentence of a clause is nearest."""
        return next(ranker for ranker in self.rankers if isinstance(ranker, SentenceVectors))

    def look_ahead(self, positions: Sequence[int]) -> None:
        """The sentences of these clauses are asked for next."""
        for ranker in self.rankers:
            if isinstance(ranker, VectorsOfSentences):
                ranker.look_ahead(positions)

    def best_sentence(self, wording: Wording, position: int) -> Span | None:
        """The sentence of one clause nearest to the query, by its English where both have it; None without text."""
        english = (ranker for ranker in self.rankers if isinstance(ranker, EnglishVectors))
        found = (ranker.best_sentence(wording, position) for ranker in (*english, self.sentence_vectors))
        return next((span for span in found if span is not None), None)

    @cached_property
    def rescorer(self) -> Rescorer:
        """Compares the clauses that come out first with the question once more."""
        pairs = next(ranker for ranker in self.rankers if isinstance(ranker, BigramBm25))
        return Rescorer(self.shelf, pairs.postings)


def build_index(
    corpus: Corpus, encoder: TextEncoder, home: Path, *, progress: bool = False, force: bool = False
) -> Path:
    """Builds the index of a corpus under ``home`` and makes it the one that serves; returns its folder.

    An index that fits already is kept. Vectors of unchanged texts are taken over from the one before. ``force`` does
    neither. ``progress`` shows a bar on stderr. Raises IndexBusy when another process builds, UnusableIndex when the
    folder cannot be written, CorpusUnusable for a faulty glossary or a corpus without clauses.
    """
    if not corpus.clauses:
        raise CorpusUnusable("index.no_clause", folder=corpus.folder)
    shelf = shelf_of(corpus)
    store = home / FOLDER
    try:
        store.mkdir(parents=True, exist_ok=True)
        with _building_alone(store):
            folder = None if force else _fitting(store, corpus, shelf, encoder)
            if folder is None:
                folder = _build_aside(
                    store,
                    corpus,
                    shelf,
                    encoder,
                    progress=progress,
                    known=() if force else known_vectors(store, encoder),
                )
            elif is_serving(store, folder):
                return folder
            switch_to(store, folder)
            remove_all_but(store, folder)
    except OSError as error:
        raise _unwritable(store, error) from error
    return folder


@contextmanager
def index_beside(corpus: Corpus, encoder: TextEncoder, home: Path) -> Generator[ClauseIndex]:
    """The index of a corpus, built beside the one that serves and opened. It serves once the block has ended well.

    The block is where the corpus itself is switched: whichever of two whole indexes fits the corpus is opened, so a
    process that dies before or after that leaves an index that fits. When the block raises, nothing has changed.
    Raises IndexBusy when another process builds, UnusableIndex when the folder cannot be written, CorpusUnusable for
    a faulty glossary or a corpus without clauses.
    """
    if not corpus.clauses:
        raise CorpusUnusable("index.no_clause", folder=corpus.folder)
    shelf = shelf_of(corpus)
    store = home / FOLDER
    try:
        store.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(store, error) from error
    with _building_alone(store):
        try:
            folder = _fitting(store, corpus, shelf, encoder)
            if folder is None:
                folder = _build_aside(store, corpus, shelf, encoder, progress=True, known=known_vectors(store, encoder))
            opened = open_folder(folder, corpus, shelf, encoder)
        except OSError as error:
            raise _unwritable(store, error) from error
        yield opened
        with suppress(OSError):  # the corpus is switched already, and open_index finds the folder that fits
            switch_to(store, folder)
            remove_all_but(store, folder)


def open_index(
    corpus: Corpus,
    encoder: TextEncoder,
    home: Path,
    reranker: Reranker | None = None,
    elsewhere: Elsewhere | None = None,
) -> ClauseIndex:
    """Opens the index that serves, after checking every file of it; large ones not touched since are not read again.

    Raises IndexMissing, IndexOutdated (other corpus, glossary, model or version) or IndexCorrupt, each naming the
    command that mends it.
    """
    shelf = shelf_of(corpus)
    store = home / FOLDER
    attempt = 1
    while True:
        folder = folder_that_serves(store)
        try:
            return replace(open_folder(folder, corpus, shelf, encoder, elsewhere=elsewhere), reranker=reranker)
        except IndexCorrupt:
            if attempt == OPENING_ATTEMPTS or folder_that_serves(store) == folder:
                raise
            attempt += 1
        except IndexOutdated:
            fitting = _fitting(store, corpus, shelf, encoder)
            if fitting is None:
                raise
            return replace(open_folder(fitting, corpus, shelf, encoder, elsewhere=elsewhere), reranker=reranker)


# ── Opening ────────────────────────────────────────────────────────────────────────────────────


def open_folder(
    folder: Path,
    corpus: Corpus,
    shelf: Shelf,
    encoder: TextEncoder,
    kept: KeptCorpus | None = None,
    elsewhere: Elsewhere | None = None,
) -> ClauseIndex:
    """One whole index, every file of it checked, over the clauses that it keeps itself.

    ``kept`` is what it keeps, where that was opened before. Raises IndexOutdated, IndexCorrupt, and what ``elsewhere``
    raises where it does not hold the rest.
    """
    manifest = read_manifest(folder)
    if reason := manifest.outdated(corpus.digest, shelf.glossary.digest, encoder.identity, _edition_of(shelf)):
        raise IndexOutdated("index.index_outdated", folder=folder, reason=reason)
    check_files(folder, manifest, elsewhere.spared if elsewhere else frozenset())
    load = elsewhere.rankers_of(folder, manifest) if elsewhere else _load_ranker
    try:
        kept = kept or load_kept(folder / CORPUS, corpus.folder)
        corpus, columns = kept.corpus, KeptOfClauses.load(folder, len(kept.corpus.clauses))
        shelf = replace(shelf, clauses=corpus.clauses, documents=corpus.document_by_id, kept=columns)
        rankers = tuple(load(ranker, folder / ranker.name, shelf) for ranker in _rankers_of(shelf))
    except (OSError, ValueError, KeyError) as error:
        raise IndexCorrupt("index.index_cannot_be_read", folder=folder, reason=error) from error
    return ClauseIndex(corpus, shelf, encoder, rankers, manifest, kept.printed)


def _load_ranker(kind: type[Ranker], folder: Path, shelf: Shelf) -> Ranker:
    return kind.load(folder, shelf)


def _fitting(store: Path, corpus: Corpus, shelf: Shelf, encoder: TextEncoder) -> Path | None:
    """A whole folder that fits, the one that serves first; None when one must be built."""
    for folder in whole_folders(store):
        with suppress(UnusableIndex):
            open_folder(folder, corpus, shelf, encoder)
            return folder
    return None


def shelf_of(corpus: Corpus) -> Shelf:
    """What rankers read of a corpus. Raises CorpusUnusable for a faulty glossary."""
    return Shelf.of(corpus, glossary_of(corpus), load_edition(corpus))


def _edition_of(shelf: Shelf) -> str:
    """The digest of the edition that is searched; "" where no sentence of one stands."""
    return shelf.edition.digest if shelf.edition.sentences else ""


def _rankers_of(shelf: Shelf) -> tuple[type[Ranker], ...]:
    return (*RANKERS, *(ENGLISH_RANKERS if shelf.edition.sentences else ()))


# ── Building ───────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _building_alone(store: Path) -> Generator[None]:
    # The operating system drops the lock of a killed process; the file itself may stay.
    lock = FileLock(store / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusy("index.index_is_being_built", store=store) from error
    try:
        yield
    finally:
        lock.release()


def _build_aside(
    store: Path, corpus: Corpus, shelf: Shelf, encoder: TextEncoder, *, progress: bool, known: Known
) -> Path:
    identifier = uuid4().hex[:12]
    aside = store / f"{UNFINISHED}{identifier}"
    aside.mkdir()
    (aside / CORPUS).mkdir()
    save_corpus(corpus, aside / CORPUS)
    embed = embedding_once(encoder, known, progress=progress)
    KeptOfClauses(shelf.traits, shelf.sentences).save(aside)
    kinds: dict[str, str] = {}
    for ranker in _rankers_of(shelf):
        part = aside / ranker.name
        part.mkdir()
        built = ranker.build(shelf, embed)
        built.save(part)
        if isinstance(built, ClauseVectors | SentenceVectors | EnglishVectors):
            kinds[ranker.name] = built.table.kind
    clauses, sentences = len(shelf.clauses), int(shelf.sentences.counts.sum())
    counts = {"documents": len(corpus.documents), "clauses": clauses, "sentences": sentences}
    if english := sum(map(len, shelf.edition.sentences.values())):
        counts[ENGLISH_SENTENCES] = english
    manifest = Manifest(
        corpus=corpus.digest,
        glossary=shelf.glossary.digest,
        model=encoder.identity,
        versions=library_versions(),
        counts=counts,
        files=describe_files(aside, leaving_out=MANIFEST),
        kinds=kinds,
        edition=_edition_of(shelf),
    )
    (aside / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
    open_folder(aside, corpus, shelf, encoder)  # what cannot be opened must never serve
    flush_tree(aside)
    whole = store / f"{WHOLE}{identifier}"
    aside.rename(whole)
    return whole


def known_vectors(store: Path, encoder: TextEncoder) -> Known:
    """The vectors of the index that serves, by text; none when another model made them or a file is damaged."""
    try:
        folder = folder_that_serves(store)
        manifest = read_manifest(folder)
        if manifest.model != encoder.identity:
            return ()
        check_files(folder, manifest)
        tables = [folder / ranker.name for ranker in (SentenceVectors, ClauseVectors, EnglishVectors)]
        return tuple(load_table(table).by_key() for table in tables if table.is_dir())
    except (UnusableIndex, OSError, ValueError):
        return ()


def _unwritable(store: Path, error: OSError) -> UnusableIndex:
    return UnusableIndex("index.index_cannot_be_written", store=store, reason=error.strerror or error)
