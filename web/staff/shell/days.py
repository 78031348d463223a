"""A day as a form of the staff gives it."""

from __future__ import annotations

from datetime import date


def day_of(given: str) -> date | None:
    """The day, as in 2026-11-22; None for what is no day."""
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        return None
