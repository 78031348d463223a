"""Two people at one thing: a form says what it was opened with, and whoever comes second is told and loses nothing.

Each form that saves over something carries the mark of the state it shows in the hidden field OPENED. When another
state is there by the time it is sent, nothing is written: the page comes back with 409, says who changed it and when,
sets both versions side by side and holds everything that was typed, with the mark of the state that is there now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from web.staff.shell.audit_log import AuditEntry, ChangeLog

OPENED = "opened"
CONFLICT = 409
MARK_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Sides:
    """One field of both versions."""

    words: str  # what the field is called
    theirs: str  # as it stands there now
    yours: str  # as it was typed

    @property
    def differ(self) -> bool:
        return self.theirs != self.yours


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody else did after a form was opened."""

    who: str  # empty when the log does not tell
    at: str  # local time
    gone: bool
    sides: tuple[Sides, ...] = ()


def mark_of(state: object) -> str:
    """Tells one state from another; a state is anything JSON can hold."""
    written = json.dumps(state, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:MARK_DIGITS]


def is_changed(opened: str, now: str) -> bool:
    """Whether a form was opened with another state than there is now; one that does not say is believed."""
    return bool(opened) and opened != now


def clash_over(
    audit: ChangeLog, is_change: Callable[[AuditEntry], bool], sides: Iterable[Sides] = (), *, gone: bool = False
) -> Clash:
    """Who made the last change, after the log: that of the latest entry which ``is_change``."""
    for entry in audit.entries():
        if is_change(entry):
            return Clash(entry.who, entry.at.astimezone().strftime("%Y-%m-%d %H:%M:%S"), gone, tuple(sides))
    return Clash("", "", gone, tuple(sides))


def sides_of(words: Mapping[str, str], theirs: Mapping[str, str], yours: Mapping[str, str]) -> list[Sides]:
    """Both versions field by field, in the order of ``words``, which says what each field is called."""
    return [Sides(called, theirs.get(field, ""), yours.get(field, "")) for field, called in words.items()]
