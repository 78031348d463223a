"""Versions of the corpus in the database: brought from there into this home, and put there by who publishes.

They lie in the tree that ``web migrate`` knows (:data:`ingest.corpus.versions.FOLDER`): ``serving.json``, which names
the version that serves, and the texts of each version; its index is a tree of its own. A home is a copy of that and is
read by whatever reads a home, so that a replica goes on, and starts, while the database is away.
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Connection, select

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

    def mark(self) -> str:
        """Of what serves now: another one means that something was published; empty where nothing was. Raises DatabaseUnusable."""
        with self.database.reading() as connection:
            return _mark(connection)

    # ── Out of the database ────────────────────────────────────────────────────────────────────

    def bring(self, known: str) -> Brought | None:
        """Bring what serves into this home, beside what serves here; None when nothing is published, or only what is ``known``.

        Raises DatabaseUnusable, CorpusUnusable when another release wrote it or the home cannot be written, IndexBusy.
        """
        try:
            with self.database.reading() as connection:
                hold_still(connection)
                found = text_of(connection, FOLDER, POINTER)
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

    def put(self, published: Published, opened: ClauseIndex, held: Held, over: str) -> str:
        """Let a version serve that lies in this home with its index; returns the mark. One transaction decides.

        ``over`` is the mark of what it was made over. Raises LeaseLost when somebody else has taken the job over,
        DraftOutdated when something else was published meanwhile, DatabaseUnusable; then nothing has changed.
        """
        folder = folder_made_as(self.home, opened.manifest)
        if folder is None:
            raise IndexCorrupt("index.index_file_missing", file=self.home / MANIFEST)
        index = {**opened.manifest.files, MANIFEST: digest_of(folder / MANIFEST)}
        self._upload({digest: folder / path for path, digest in index.items()})
        texts = self._texts(published)
        self._upload({digest: self.home / FOLDER / path for path, digest in texts.items()})
        with self.database.writing() as connection:
            held.finish(connection)  # first: from here on nobody takes the job over
            mark = self._switch(connection, published, over)
            for tree in trees_below(connection, INDEX_TREES):
                drop_tree(connection, tree)
            put_files(connection, INDEX_TREES + published.serving, index)
            _put_texts(connection, published, texts)
            drop_unused(connection)
            call(connection, published.serving)
        return mark

    def put_list(self, published: Published, held: Held, over: str) -> str:
        """Let another list of versions stand, of which the same one serves; raises as :meth:`put` does."""
        with self.database.writing() as connection:
            held.finish(connection)
            mark = self._switch(connection, published, over)
            _put_texts(connection, published, {})
            drop_unused(connection)
            call(connection, published.serving)
        return mark

    def _switch(self, connection: Connection, published: Published, over: str) -> str:
        if _mark(connection) != over:
            raise DraftOutdated("index.another_version_was_published")
        hold_alone(connection, POINTER)
        mark = keep_content(connection, (published.model_dump_json(indent=2) + "\n").encode())
        put_files(connection, FOLDER, {POINTER: mark})
        return mark

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


def _put_texts(connection: Connection, published: Published, texts: dict[str, str]) -> None:
    """Let the texts of the versions that are kept stand in the tree, and no others."""
    there = files_of(connection, FOLDER, f"{VERSIONS}/")
    kept = {f"{VERSIONS}/{version.id}" for version in published.versions}
    drop_files(connection, FOLDER, [path for path in there if "/".join(path.split("/")[:2]) not in kept])
    put_files(connection, FOLDER, {path: digest for path, digest in texts.items() if there.get(path) != digest})


def _mark(connection: Connection) -> str:
    wanted = select(FILE.c.digest).where(FILE.c.tree == FOLDER, FILE.c.path == POINTER)
    return connection.execute(wanted).scalar_one_or_none() or ""


def _readable(content: bytes) -> Manifest | None:
    """The manifest of an index that this release reads, None of any other."""
    with suppress(IndexCorrupt):
        manifest = manifest_in(content)
        return manifest if manifest.format == INDEX_FORMAT else None
    return None
