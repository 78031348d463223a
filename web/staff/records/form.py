"""Which kept questions are asked for: read from an address, shown again as given, and written back as an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from bot.records.queries import Opinion, RecordFilter
from web.staff.shell.days import day_of

DAYS_AT_FIRST = 30
EARLIEST, LATEST = date(2000, 1, 1), date(2099, 12, 31)  # a mistyped year must not make a chart of a million days
STATUSES = ("answered", "declined")
LONGEST_SEARCH = 200  # characters


@dataclass(frozen=True, slots=True)
class RecordsForm:
    """What was asked for. ``faults`` are words of the page; a field at fault does not matter."""

    wanted: RecordFilter
    faults: tuple[str, ...] = ()

    def address(self, **other: str) -> str:
        """The part behind the ``?`` that asks for the same, or for what ``other`` says in its place."""
        wanted = self.wanted
        given = {
            "first": wanted.first.isoformat() if wanted.first else "",
            "last": wanted.last.isoformat() if wanted.last else "",
            "status": wanted.status,
            "reason": wanted.reason,
            "opinion": wanted.opinion.value if wanted.opinion else "",
            "language": wanted.language,
            "document": wanted.document,
            "words": wanted.words,
        }
        parts = {**given, **other}
        return urlencode({key: value for key, value in parts.items() if value or key in ("first", "last")})


def read_records_form(given: Mapping[str, str], today: date) -> RecordsForm:
    """What an address asks for; without days, the last DAYS_AT_FIRST. An empty day is as early or late as there is."""
    faults: list[str] = []
    first = _day(given.get("first"), today - timedelta(days=DAYS_AT_FIRST - 1), faults)
    last = _day(given.get("last"), today, faults)
    opinion = given.get("opinion", "")
    status = given.get("status", "")
    return RecordsForm(
        RecordFilter(
            first=first,
            last=last,
            status=status if status in STATUSES else "",
            reason=given.get("reason", ""),
            opinion=Opinion(opinion) if opinion in list(Opinion) else None,
            language=given.get("language", ""),
            document=given.get("document", ""),
            words=given.get("words", "").strip()[:LONGEST_SEARCH],
        ),
        tuple(dict.fromkeys(faults)),
    )


def unanswered_of(form: RecordsForm) -> RecordsForm:
    """The same, of the questions alone that were declined."""
    return replace(form, wanted=replace(form.wanted, status="declined"))


def _day(given: str | None, usual: date, faults: list[str]) -> date | None:
    if given is None:
        return usual
    if not given.strip():
        return None
    day = day_of(given)
    if day is not None and EARLIEST <= day <= LATEST:
        return day
    faults.append("bad_day")
    return usual
