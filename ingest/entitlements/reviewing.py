"""A person accepts or refuses a record: who and when is kept, and what stood above its words that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ingest.entitlements.types import Attached, Entitlement, Review


def accept(item: Attached, by: str, on: date) -> Entitlement:
    """The record as ``by`` stands for it from ``on``; from now on it is flagged when the lines above it change.

    Raises ValueError when nobody is named.
    """
    return replace(item.record, under=item.above, review=_reviewed(item, by, on, refused=False))


def refuse(item: Attached, by: str, on: date) -> Entitlement:
    """The record as one that is never used, and keeps its words from being proposed again. Raises ValueError."""
    return replace(item.record, review=_reviewed(item, by, on, refused=True))


def _reviewed(item: Attached, by: str, on: date, *, refused: bool) -> Review:
    if not by.strip():
        raise ValueError("somebody has to stand for a record")
    return replace(item.record.review, by=by.strip(), on=on, refused=refused)
