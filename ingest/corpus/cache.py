"""Keeps what segmentation made of a file, so that an unchanged file is not read again."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from ingest.corpus.load import INGEST_VERSION, Segmented, config_for, load_file
from ingest.errors import SourceUnreadable
from ingest.readers.limits import Limits

_SEGMENTED = TypeAdapter(Segmented)


def load_file_once(path: Path, cache: Path, limits: Limits | None = None) -> tuple[Segmented, bool]:
    """What :func:`ingest.corpus.load.load_file` gives, from ``cache`` when neither file, settings nor version changed.

    The second value says whether it came from there. Raises SourceUnreadable.
    """
    kept = cache / f"{_key(path)}.json"
    if kept.is_file():
        try:
            return _SEGMENTED.validate_json(kept.read_bytes()), True
        except ValidationError:
            kept.unlink()  # half-written by a crash, or by another version of ours: made again below
    segmented = load_file(path, limits)
    cache.mkdir(parents=True, exist_ok=True)
    aside = kept.with_suffix(f".{os.getpid()}.part")
    aside.write_bytes(_SEGMENTED.dump_json(segmented))
    aside.replace(kept)
    return segmented, False


def _key(path: Path) -> str:
    """A digest of all that decides the result: the file's name and bytes, its settings, our version."""
    digest = hashlib.sha256(f"{INGEST_VERSION}\0{path.name}\0{config_for(path).model_dump_json()}\0".encode())
    try:
        with path.open("rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                digest.update(block)
    except FileNotFoundError as error:
        raise SourceUnreadable("ingest.no_such_file", path=path) from error
    except OSError as error:
        raise SourceUnreadable("ingest.cannot_be_opened", path=path, reason=error.strerror) from error
    return digest.hexdigest()
