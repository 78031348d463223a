"""What a month held: counted from the records, the audit log and the texts that serve. No page, no words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.records.queries import Opinion, RecordFilter, Tally, Topic, by_day, by_topic, tally
from bot.records.store import Records
from ingest.standings import EXPIRING_WITHIN_DAYS
from ingest.types import Corpus
from web.staff.shell.audit_log import AuditEntry

EARLIEST_YEAR, LATEST_YEAR = 2000, 2099  # a mistyped year is no month
MONTHS_OFFERED = 24
TOPICS_SHOWN = 15
MOST_DOCUMENTS = 10_000  # that answers of a month cite first; levels are summed over all of them
PUBLISHING = frozenset({"corpus_published", "corpus_put_back"})  # as the log calls it
_MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Row:
    """A topic, level or reason; ``name`` is None for what has none."""

    name: str | None
    said: Tally


@dataclass(frozen=True, slots=True)
class Ending:
    """A policy that ended in the month, or ends within EXPIRING_WITHIN_DAYS days of it."""

    title: str
    level: str | None
    until: date
    is_over: bool  # by the last day of the month


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions of a month."""

    whole: Tally
    corrected: int  # answers that somebody said the right one of
    days: tuple[tuple[date, Tally], ...]
    topics: tuple[Row, ...]  # documents cited first, the one most asked about first
    levels: tuple[Row, ...]  # of those documents
    reasons: tuple[Row, ...]  # of declining


@dataclass(frozen=True, slots=True)
class Month:
    """The whole report. ``asked`` is None where no records are kept."""

    first: date
    last: date
    asked: Asked | None
    published: tuple[AuditEntry, ...]  # and put back; the earliest first
    endings: tuple[Ending, ...]


def month_of(given: str) -> date | None:
    """The first day of a month written as 2026-11; None for what is none."""
    found = _MONTH.fullmatch(given.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1) if EARLIEST_YEAR <= year <= LATEST_YEAR and 1 <= month <= 12 else None


def month_before(day: date) -> date:
    """The first day of the month before that of ``day``."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def months_offered(today: date) -> list[date]:
    """This month and those before it, the latest first."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS_OFFERED:
        months.append(month_before(months[-1]))
    return months


def last_day(first: date) -> date:
    """The last day of the month that begins with ``first``."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def month_report(first: date, records: Records | None, corpus: Corpus | None, log: Iterable[AuditEntry]) -> Month:
    """The report of the month that begins with ``first``. Raises RecordsUnusable."""
    last = last_day(first)
    done = [one for one in log if one.what in PUBLISHING and first <= one.at.astimezone().date() <= last]
    return Month(
        first=first,
        last=last,
        asked=_asked(records, first, last, corpus) if records is not None else None,
        published=tuple(sorted(done, key=lambda one: one.at)),
        endings=_endings(corpus, first, last) if corpus is not None else (),
    )


def _asked(records: Records, first: date, last: date, corpus: Corpus | None) -> Asked:
    wanted = RecordFilter(first=first, last=last)
    documents = by_topic(records, wanted, Topic.DOCUMENT, MOST_DOCUMENTS)
    reasons = by_topic(records, RecordFilter(first=first, last=last, status="declined"), Topic.REASON, TOPICS_SHOWN)
    corrected = RecordFilter(first=first, last=last, opinion=Opinion.CORRECTED)
    return Asked(
        whole=tally(records, wanted),
        corrected=tally(records, corrected).asked,
        days=tuple(by_day(records, wanted)),
        topics=tuple(Row(name, said) for name, said in documents[:TOPICS_SHOWN]),
        levels=_by_level(documents, corpus),
        reasons=tuple(Row(name, said) for name, said in reasons),
    )


def _by_level(documents: Sequence[tuple[str | None, Tally]], corpus: Corpus | None) -> tuple[Row, ...]:
    """The same questions by the level of the document; None for no document, or one that serves no more."""
    levels = {document.title: document.level for document in corpus.documents} if corpus else {}
    of_level: dict[str | None, list[Tally]] = {}
    for title, said in documents:
        of_level.setdefault(levels.get(title) if title else None, []).append(said)
    rows = [Row(level, summed(said)) for level, said in of_level.items()]
    return tuple(sorted(rows, key=lambda row: (row.name is None, -row.said.asked)))


def summed(tallies: Iterable[Tally]) -> Tally:
    """All of them together."""
    whole = list(tallies)
    return Tally(*(sum(getattr(one, name) for one in whole) for name in ("asked", "declined", "up", "down")))


def _endings(corpus: Corpus, first: date, last: date) -> tuple[Ending, ...]:
    soon = last + timedelta(days=EXPIRING_WITHIN_DAYS)
    found = [
        Ending(document.title, document.level, until, until <= last)
        for document in corpus.documents
        if (until := document.validity.valid_until) is not None and first <= until <= soon
    ]
    return tuple(sorted(found, key=lambda one: (one.until, one.title)))
