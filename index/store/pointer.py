"""Which of the folders of an index serves: a file that names it, replaced as a whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from index.store.fsync import flush_folder
from ingest.errors import IndexCorrupt, IndexMissing, UnusableIndex

POINTER = "current"
WHOLE = "clauses-"
UNFINISHED = "building-"


def folder_that_serves(store: Path) -> Path:
    """The folder that serves. Raises IndexMissing, IndexCorrupt."""
    try:
        name = (store / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError as error:
        raise IndexMissing("index.no_index", store=store) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexCorrupt("index.pointer_cannot_be_read", file=store / POINTER) from error
    if not name.startswith(WHOLE) or Path(name).name != name:
        raise IndexCorrupt("index.pointer_names_no_index", file=store / POINTER)
    return store / name


def is_serving(store: Path, folder: Path) -> bool:
    """Whether it is this one."""
    with suppress(UnusableIndex):
        return folder_that_serves(store) == folder
    return False


def whole_folders(store: Path) -> Iterator[Path]:
    """The one that serves first; another one is there when a process died between switching the corpus and the index."""
    serving: Path | None = None
    with suppress(UnusableIndex):
        serving = folder_that_serves(store)
        yield serving
    yield from (folder for folder in store.glob(f"{WHOLE}*") if folder != serving)


def switch_to(store: Path, folder: Path) -> None:
    """Let a folder serve, in one step. Raises OSError."""
    written = store / f"{POINTER}.{folder.name}"
    with written.open("w", encoding="utf-8") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    flush_folder(store)  # the folder's new name must be on disk before something points to it
    written.replace(store / POINTER)
    flush_folder(store)


def remove_all_but(store: Path, folder: Path) -> None:
    """Removes what no longer serves and what killed builds left. A reader of an old folder has it in memory."""
    for path in store.iterdir():
        if path.is_dir() and path.name.startswith((WHOLE, UNFINISHED)) and path != folder:
            shutil.rmtree(path)
        elif path.name.startswith(f"{POINTER}."):
            path.unlink()
