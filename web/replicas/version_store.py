"""Versions of the corpus in the database: brought from there into this home, and put there by who publishes.

They lie in the tree that ``web migrate`` knows (:data:`ingest.corpus.versions.FOLDER`): ``serving.json``, which names
the version that serves, and the texts of each version; its index is a tree of its own. A home is a copy of that and is
read by whatever reads a home, so that a replica goes on, and starts, while the database is away. Before a version
serves it is offered, as ``next.json``: the other replicas open it meanwhile, and then only switch.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Connection, select

from index.in_database.publishing import publish_index
from index.store.fsync import flush_tree
from index.store.manifest import INDEX_FORMAT, Manifest
from index.store.received import files_here, folder_made_as, made_whole, manifest_in, receiving
from index.store.store import MANIFEST, ClauseIndex
from ingest.corpus.versions import (
    FOLDER,
    POINTER,
    VERSIONS,
    Published,
    Version,
    file_digests,
    serving_folder,
    version_folder,
)
from ingest.database.alone import hold_alone, hold_still
from ingest.database.blobs import FILE, content_of, digest_of, keep_blob, keep_content
from ingest.database.calls import call
from ingest.database.database import Database
from ingest.database.file_trees import (
    checked_path,
    drop_files,
    drop_tree,
    drop_unused,
    files_of,
    put_files,
    text_of,
    trees_below,
    write_file,
)
from ingest.errors import CorpusUnusable, DraftOutdated, IndexCorrupt, PolicyQAError
from web.replicas.building import Held

INDEX_TREES = "index/"  # and the id of the version
NEXT = "next.json"  # what serving.json will be


@dataclass(frozen=True, slots=True)
class Marks:
    """The digests of ``serving.json`` and ``next.json``; empty where there is none. Others mean that something was published, or is going to be."""

    serving: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """What the database says serves, and lies in this home by now."""

    mark: str  # of serving.json there
    published: Published  # over the delivered folder of this replica
    index: Path | None  # None: there is none that this release reads


class SharedVersions:
    """Of one replica; one thread at a time brings or puts."""

    def __init__(self, database: Database, corpus: Path, home: Path) -> None:
        self.database = database
        self.corpus = corpus
        self.home = home

    def marks(self) -> Marks:
        """As they are now. Raises DatabaseUnusable."""
        with self.database.reading() as connection:
            return _marks(connection)

    # ── Out of the database ────────────────────────────────────────────────────────────────────

    def bring(self, known: str, what: str = POINTER) -> Brought | None:
        """Bring what serves, or is going to, into this home, beside what serves here; None when there is none, or only what is ``known``.

        Raises DatabaseUnusable, CorpusUnusable when another release wrote it or the home cannot be written, IndexBusy.
        """
        try:
            with self.database.reading() as connection:
                hold_still(connection)
                found = text_of(connection, FOLDER, what)
                if found is None or found[0] == known:
                    return None
                published = self._read(found[1])
                self._bring_texts(connection, published.version(published.serving))
                return Brought(found[0], published, self._bring_index(connection, published.serving))
        except OSError as error:
            raise self._unwritable(error) from error

    def bring_others(self, published: Published) -> None:
        """Bring the texts of the versions that can be put back. Raises as :meth:`bring` does."""
        try:
            with self.database.reading() as connection:
                hold_still(connection)
                for version in published.versions:
                    self._bring_texts(connection, version)
        except OSError as error:
            raise self._unwritable(error) from error

    def _read(self, content: bytes) -> Published:
        try:
            published = Published.model_validate_json(content)
            published.version(published.serving)
        except (ValidationError, PolicyQAError) as error:
            raise CorpusUnusable("web.versions_of_another_release", where=self.database.where) from error
        return published.model_copy(update={"base": self.corpus.resolve()})

    def _bring_texts(self, connection: Connection, version: Version) -> None:
        target = version_folder(self.home, version)
        below = f"{VERSIONS}/{version.id}/{version.name}/"
        digests = {path.removeprefix(below): digest for path, digest in files_of(connection, FOLDER, below).items()}
        if not digests or (target.is_dir() and file_digests(target) == digests):
            return
        here: dict[str, Path] = {}
        with suppress(OSError, CorpusUnusable):
            near = serving_folder(self.corpus, self.home)
            here = {digest: near / name for name, digest in file_digests(near).items()}
        aside = target.parent.with_name(f".{version.id}")
        shutil.rmtree(aside, ignore_errors=True)
        for name, digest in digests.items():
            write_file(connection, digest, aside / version.name / checked_path(name), here)
        flush_tree(aside)
        shutil.rmtree(target.parent, ignore_errors=True)
        aside.rename(target.parent)

    def _bring_index(self, connection: Connection, identifier: str) -> Path | None:
        digests = files_of(connection, INDEX_TREES + identifier)
        if MANIFEST not in digests:
            return None
        manifest = _readable(content_of(connection, digests[MANIFEST]))
        if manifest is None:
            return None
        known = folder_made_as(self.home, manifest)
        if known is not None:
            return known
        here = files_here(self.home)
        with receiving(self.home) as aside:
            for path, digest in digests.items():
                write_file(connection, digest, aside / checked_path(path), here)
            return made_whole(aside)

    def _unwritable(self, error: OSError) -> CorpusUnusable:
        reason = error.strerror or error
        return CorpusUnusable("index.folder_cannot_be_written", folder=self.home, reason=reason)

    # ── Into the database ──────────────────────────────────────────────────────────────────────

    def offer(self, published: Published, opened: ClauseIndex, held: Held, *, searched: bool = False) -> str:
        """Put a version that lies in this home with its index into the database, where it does not serve yet; returns its mark.

        ``searched``: its vectors and postings too, so that replicas search it there. Raises LeaseLost when somebody else
        has taken the job over, DatabaseUnusable.
        """
        folder = folder_made_as(self.home, opened.manifest)
        if folder is None:
            raise IndexCorrupt("index.index_file_missing", file=self.home / MANIFEST)
        if searched:
            publish_index(self.database, folder, published.serving)
        index = {**opened.manifest.files, MANIFEST: digest_of(folder / MANIFEST)}
        self._upload({digest: folder / path for path, digest in index.items()})
        texts = self._texts(published)
        self._upload({digest: self.home / FOLDER / path for path, digest in texts.items()})
        with self.database.writing() as connection:
            held.renew(connection)
            there = files_of(connection, FOLDER, f"{VERSIONS}/")
            put_files(connection, FOLDER, {path: digest for path, digest in texts.items() if there.get(path) != digest})
            put_files(connection, INDEX_TREES + published.serving, index)
            mark = keep_content(connection, _content(published))
            put_files(connection, FOLDER, {NEXT: mark})
            call(connection, published.serving)
        return mark

    def put(self, published: Published, held: Held, over: str) -> str:
        """Let a version serve that was offered, or another list of which the same one serves; returns the mark.

        One transaction decides. ``over`` is the mark of what it was made over. Raises LeaseLost when somebody else has
        taken the job over, DraftOutdated when something else was published meanwhile, DatabaseUnusable; then nothing
        has changed.
        """
        with self.database.writing() as connection:
            held.finish(connection)  # first: from here on nobody takes the job over
            hold_alone(connection, POINTER)
            if _marks(connection).serving != over:
                raise DraftOutdated("index.another_version_was_published")
            mark = keep_content(connection, _content(published))
            put_files(connection, FOLDER, {POINTER: mark})
            drop_files(connection, FOLDER, [NEXT])
            self._drop_gone(connection, published)
            call(connection, published.serving)
        return mark

    def _drop_gone(self, connection: Connection, published: Published) -> None:
        """The texts of versions that are no longer kept, the indexes of those that do not serve."""
        kept = {f"{VERSIONS}/{version.id}" for version in published.versions}
        there = files_of(connection, FOLDER, f"{VERSIONS}/")
        drop_files(connection, FOLDER, [path for path in there if "/".join(path.split("/")[:2]) not in kept])
        for tree in trees_below(connection, INDEX_TREES) - {INDEX_TREES + published.serving}:
            drop_tree(connection, tree)
        drop_unused(connection)

    def _texts(self, published: Published) -> dict[str, str]:
        """Digests of the texts of all versions that lie here, by their path in the tree."""
        found: dict[str, str] = {}
        for version in published.versions:
            folder = version_folder(self.home, version)
            if folder.is_dir():
                below = f"{VERSIONS}/{version.id}/{version.name}/"
                found.update({below + name: digest for name, digest in file_digests(folder).items()})
        return found

    def _upload(self, files: dict[str, Path]) -> None:
        """Keep these contents, each in a transaction of its own: nothing leads to them yet."""
        for path in files.values():
            with self.database.writing() as connection:
                keep_blob(connection, path)


def _content(published: Published) -> bytes:
    return (published.model_dump_json(indent=2) + "\n").encode()


def _marks(connection: Connection) -> Marks:
    wanted = select(FILE.c.path, FILE.c.digest).where(FILE.c.tree == FOLDER, FILE.c.path.in_((POINTER, NEXT)))
    found = {row.path: row.digest for row in connection.execute(wanted)}
    return Marks(found.get(POINTER, ""), found.get(NEXT, ""))


def _readable(content: bytes) -> Manifest | None:
    """The manifest of an index that this release reads, None of any other."""
    with suppress(IndexCorrupt):
        manifest = manifest_in(content)
        return manifest if manifest.format == INDEX_FORMAT else None
    return None
