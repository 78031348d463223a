"""Proposals into the files of a corpus folder: what lies there stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.entitlements.files import read_files, write_document
from ingest.entitlements.types import Attached, Entitlement
from ingest.errors import RecordsUnusable
from ingest.normalise import match_form


def add_proposals(folder: Path, items: Iterable[Attached]) -> tuple[list[Path], int]:
    """The files written to, and how many proposals are new in them: one whose id is there already is not written again.

    Raises EntitlementsUnusable when a file of the folder cannot be used, RecordsUnusable when the disk takes none; that
    file, and those behind it, stay as they were.
    """
    by_title: dict[str, list[Entitlement]] = {}
    for item in items:
        by_title.setdefault(match_form(item.record.document), []).append(item.record)
    there = read_files(folder).records
    paths: list[Path] = []
    added = 0
    for title, proposed in by_title.items():
        own = [record for record in there if match_form(record.document) == title]
        known = {record.id for record in own}
        new = [record for record in proposed if record.id not in known]
        added += len(new)
        if new:
            paths.append(_written(folder, proposed[0].document, (*own, *new)))
    return paths, added


def check_folder(folder: Path) -> None:
    """Raises RecordsUnusable when files cannot lie there, before anybody has paid for what is to be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordsUnusable("bot.cannot_be_kept", path=folder, reason=error.strerror or error) from error


def _written(folder: Path, document: str, records: Sequence[Entitlement]) -> Path:
    try:
        return write_document(folder, document, records)
    except OSError as error:
        raise RecordsUnusable("bot.cannot_be_kept", path=folder, reason=error.strerror or error) from error
