"""Reminders as iCalendar (RFC 5545): days on which something ends, with alarms before; what is due without a day on the day it was noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from web.staff.reminders.due import DAYS_BEFORE, Kind, Reminder

OCTETS_A_LINE = 75
MEDIA_TYPE = "text/calendar; charset=utf-8"


def calendar(
    name: str, due: Iterable[tuple[Reminder, date]], said: Callable[[Reminder], str], link: Callable[[Reminder], str]
) -> str:
    """The calendar of reminders, each with the day on which it was noticed."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//PolicyQA//Reminders//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    ]
    for reminder, noticed in due:
        lines += _event(reminder, noticed, said(reminder), link(reminder))
    return "".join(f"{folded}\r\n" for line in (*lines, "END:VCALENDAR") for folded in _folded(line))


def _event(reminder: Reminder, noticed: date, said: str, link: str) -> Iterator[str]:
    ends = reminder.kind is Kind.ENDING and reminder.until is not None
    day = reminder.until if ends and reminder.until else noticed
    yield "BEGIN:VEVENT"
    # One event for a last day, however often one is reminded of it.
    yield f"UID:{_text(event_id(reminder))}@policyqa"
    yield f"DTSTAMP:{datetime.combine(noticed, time(), UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(said)}"
    yield f"URL:{link}"
    yield "TRANSP:TRANSPARENT"
    for before in DAYS_BEFORE if ends else ():
        yield from (
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            f"DESCRIPTION:{_text(said)}",
            f"TRIGGER:-P{before}D",
            "END:VALARM",
        )
    yield "END:VEVENT"


def event_id(reminder: Reminder) -> str:
    """The key without the days before it."""
    kind, _, rest = reminder.key.partition(":")
    return f"{kind.removesuffix(f'-{reminder.before}')}-{rest}".replace(":", "-")


def _text(words: str) -> str:
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    return " ".join(words.split())


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of 75 octets at most, no character torn; each further piece begins with a blank."""
    piece, room = "", OCTETS_A_LINE
    for letter in line:
        size = len(letter.encode("utf-8", "replace"))
        if size > room:
            yield piece
            piece, room = " ", OCTETS_A_LINE - 1
        piece += letter
        room -= size
    yield piece
