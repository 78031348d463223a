"""Sees to it that what was written is on disk, so that no power cut leaves half of it behind a finished name."""

from __future__ import annotations

import os
from pathlib import Path


def flush_tree(folder: Path) -> None:
    """Every file and folder below ``folder``, and itself."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        else:
            flush_folder(path)
    flush_folder(folder)


def flush_folder(folder: Path) -> None:
    """The names in a folder."""
    if os.name != "posix":  # elsewhere a folder cannot be opened to be flushed
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
