"""Files made while the disk has room, for the day it has none: secrets of one place, and room held in reserve."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

OWNER_ONLY = 0o600
ROOM_BESIDE = 1  # times the size that must be free besides, or holding room would itself fill the disk


def kept_secret(path: Path, ours: bytes) -> bytes:
    """The secret of a file; where there is none, one is made of ``ours``. Raises OSError.

    Of two processes that make it, the first one's holds.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = _written_aside(path, ours)
        try:
            with suppress(FileExistsError):
                path.hardlink_to(aside)
        finally:
            aside.unlink()
    return path.read_bytes()


def write_whole(path: Path, content: bytes) -> None:
    """Make or replace a file in one step, on the disk and for its owner only. Raises OSError, the old one unharmed."""
    aside = _written_aside(path, content)
    try:
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise


def hold_room(path: Path, size: int) -> None:
    """See that a file of ``size`` real bytes holds that much of the disk, as long as there is plenty. Raises OSError."""
    if not path.exists() and shutil.disk_usage(path.parent).free > (1 + ROOM_BESIDE) * size:
        write_whole(path, bytes(size))


def give_room(path: Path) -> None:
    """Give back what was held, if anything was."""
    with suppress(OSError):
        path.unlink()


def _written_aside(path: Path, content: bytes) -> Path:
    aside = path.with_name(f".{path.name}.{uuid4().hex}")
    try:
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    return aside
