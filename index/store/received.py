"""An index that was built elsewhere: written beside those of this home, and let serve in one step."""

from __future__ import annotations

import shutil
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from filelock import FileLock, Timeout

from index.store.fsync import flush_tree
from index.store.manifest import INDEX_FORMAT, Manifest
from index.store.pointer import UNFINISHED, WHOLE, remove_all_but, switch_to, whole_folders
from index.store.store import FOLDER, LOCK, MANIFEST
from ingest.errors import IndexBusy, IndexCorrupt


def manifest_in(content: bytes) -> Manifest:
    """What an index says of itself. Raises IndexCorrupt when another release wrote it in a form of its own."""
    try:
        return Manifest.from_json(content.decode("utf-8"))
    except (ValueError, UnicodeDecodeError, TypeError, AttributeError) as error:
        raise IndexCorrupt("index.index_of_another_release", read=INDEX_FORMAT) from error


def folder_made_as(home: Path, manifest: Manifest) -> Path | None:
    """The whole folder under ``home`` that was made as this manifest says; None when there is none."""
    wanted = manifest.to_json()
    for folder in whole_folders(home / FOLDER):
        with suppress(OSError, UnicodeDecodeError):
            if (folder / MANIFEST).read_text(encoding="utf-8") == wanted:
                return folder
    return None


def files_here(home: Path) -> dict[str, Path]:
    """The files of the indexes under ``home`` by digest, as their manifests tell."""
    found: dict[str, Path] = {}
    for folder in whole_folders(home / FOLDER):
        with suppress(OSError, IndexCorrupt):
            manifest = manifest_in((folder / MANIFEST).read_bytes())
            found.update({digest: folder / name for name, digest in manifest.files.items()})
    return found


@contextmanager
def receiving(home: Path) -> Generator[Path]:
    """An empty folder to write an index into, while nobody else builds. When the block raises, nothing of it stays.

    Raises IndexBusy when another process builds.
    """
    store = home / FOLDER
    store.mkdir(parents=True, exist_ok=True)
    lock = FileLock(store / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise IndexBusy("index.index_is_being_built", store=store) from error
    aside = store / f"{UNFINISHED}{uuid4().hex[:12]}"
    try:
        aside.mkdir()
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        lock.release()


def made_whole(aside: Path) -> Path:
    """See that what was written into a folder is on disk, and give it the name of a whole index. Raises OSError."""
    flush_tree(aside)
    whole = aside.with_name(WHOLE + aside.name.removeprefix(UNFINISHED))
    aside.rename(whole)
    return whole


def let_serve(home: Path, folder: Path) -> None:
    """Let one of the indexes of a home serve; the others are removed. Raises OSError."""
    switch_to(home / FOLDER, folder)
    remove_all_but(home / FOLDER, folder)
