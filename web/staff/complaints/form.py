"""What was filled in about a complaint or about questions declined."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from starlette.datastructures import FormData

from bot.records.complaints import Mended, Work

LONGEST_ANSWER = 4000  # characters
LONGEST_REFERENCE = 300
LONGEST_NAME = 64


def read_work(form: FormData, before: Work, who: str, today: date) -> Work:
    """The work as the form has it; the day it was closed stays when it was closed before."""
    mended = read_mended(form)
    closed = (before.closed or today.isoformat()) if form.get("closed") else ""
    return replace(
        before,
        taken_by=_text(form, "taken_by", LONGEST_NAME),
        mended=mended,
        reference=_text(form, "reference", LONGEST_REFERENCE) if mended else "",
        answer=_text(form, "answer", LONGEST_ANSWER),
        closed=closed,
        who=who,
    )


def read_mended(form: FormData) -> Mended | None:
    """By what, when that is said."""
    given = _text(form, "mended", LONGEST_NAME)
    return Mended(given) if given in list(Mended) else None


def read_reference(form: FormData) -> str:
    """Which case, row, record or document."""
    return _text(form, "reference", LONGEST_REFERENCE)


def changes_between(before: Work, after: Work) -> dict[str, str]:
    """What the log says of a change: each field that is another one, with what it is now."""
    fields = ("taken_by", "mended", "reference", "answer", "closed")
    return {name: str(getattr(after, name) or "") for name in fields if getattr(after, name) != getattr(before, name)}


def _text(form: FormData, name: str, longest: int) -> str:
    return str(form.get(name, "")).strip()[:longest]
