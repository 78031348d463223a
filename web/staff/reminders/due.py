"""What staff is reminded of on a day: policies that end soon, trials that ran out, records and cards whose words changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ingest.entitlements.attach import attach
from ingest.entitlements.files import read_files
from ingest.entitlements.types import Flagged
from ingest.service.cards import is_bound, read_cards
from ingest.types import Corpus, PolicyDocument
from ingest.vocabulary.documents import document_words
from ingest.vocabulary.wordings import either
from web.staff.shell.edits import mark_of

DAYS_BEFORE = (7, 30, 90)
MOST_NAMED = 3  # records of one document, in one reminder
MOST_ADDRESSES = 5  # of clauses that end on one day, named in one reminder


class Kind(StrEnum):
    """What a reminder is of."""

    ENDING = "ending"  # ends within so many days
    TRIAL_OVER = "trial_over"  # a trial whose term ran out and that nothing took the place of
    TRIAL_OPEN = "trial_open"  # a trial with a term that cannot be counted out
    WORDS = "words"  # a record whose words no longer stand in the text
    CARD = "card"  # a service card whose policy or words are gone


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to be reminded of. ``key`` stays the same from day to day, and tells 90 days from 30 and from 7."""

    key: str
    kind: Kind
    title: str  # of the policy
    policy: str  # PolicyDocument.id; empty when the policy is gone
    about: str = ""  # clauses, a record, a printed term
    until: date | None = None  # last day in force
    days: int = 0  # left on the day of reminding
    before: int = 0  # of DAYS_BEFORE
    count: int = 1  # of records
    on: date | None = None  # the day from which there is something to be reminded of, where the text gives one


@dataclass(frozen=True, slots=True)
class Ending:
    """A last day that is printed: of a policy, or of some of its clauses only."""

    document: PolicyDocument
    until: date
    addresses: tuple[str, ...] = ()


def reminders(corpus: Corpus, today: date) -> list[Reminder]:
    """Everything to be reminded of, what ends first before the rest.

    Raises EntitlementsUnusable, CorpusUnusable.
    """
    ending = sorted(_ending(endings(corpus), today), key=lambda one: (one.until or date.max, one.title))
    return [*ending, *_trials(corpus, today), *_changed_records(corpus), *_lost_cards(corpus)]


def endings(corpus: Corpus) -> list[Ending]:
    """Every last day that is printed, each once: of a notice and its annex, of a policy before its clauses."""
    ends = {one.id: one.validity.valid_until for one in corpus.documents if one.kind == "policy"}
    found = [
        Ending(one, until)
        for one in corpus.documents
        if (until := ends.get(one.id)) is not None
        and not one.validity.repealed
        and ends.get(one.annex_of or "") != until
    ]
    own: defaultdict[tuple[str, date], list[str]] = defaultdict(list)
    for clause in corpus.clauses:
        until, whole = clause.validity.valid_until, ends.get(clause.document)
        if until is not None and clause.document in ends and (whole is None or until < whole):
            own[clause.document, until].append(clause.address or clause.path[-1])
    for (document, until), addresses in own.items():
        found.append(Ending(corpus.document_by_id[document], until, tuple(dict.fromkeys(addresses))))
    return found


def _ending(every: Iterable[Ending], today: date) -> Iterator[Reminder]:
    for one in every:
        days = (one.until - today).days
        before = next((limit for limit in DAYS_BEFORE if 0 <= days <= limit), None)
        if before is None:
            continue
        part = "-part" if one.addresses else ""
        yield Reminder(
            f"ending{part}-{before}:{one.document.id}:{one.until}",
            Kind.ENDING,
            one.document.title,
            one.document.id,
            about="、".join(one.addresses[:MOST_ADDRESSES]) + ("…" if len(one.addresses) > MOST_ADDRESSES else ""),
            until=one.until,
            days=days,
            before=before,
            on=one.until - timedelta(days=before),
        )


def _trials(corpus: Corpus, today: date) -> Iterator[Reminder]:
    trial = re.compile(either(document_words().on_trial))
    for one in corpus.documents:
        validity = one.validity
        if one.kind != "policy" or one.ended_by or validity.repealed:
            continue
        term = validity.undetermined or ""
        if not trial.search(one.title) and not trial.search(term):
            continue
        if validity.valid_until is not None and validity.valid_until < today:
            key, on = f"trial-over:{one.id}:{validity.valid_until}", validity.valid_until + timedelta(days=1)
            yield Reminder(key, Kind.TRIAL_OVER, one.title, one.id, until=validity.valid_until, on=on)
        elif term and validity.valid_until is None:
            yield Reminder(f"trial-open:{one.id}:{mark_of(term)}", Kind.TRIAL_OPEN, one.title, one.id, about=term)


def _changed_records(corpus: Corpus) -> Iterator[Reminder]:
    """One reminder a document: a word that changed in a lead-in may take all of its records out of use."""
    known = attach(read_files(corpus.folder), corpus.documents, corpus.clauses)
    by_document: defaultdict[str, list[Flagged]] = defaultdict(list)
    for item in known.flagged:
        by_document[item.record.document].append(item)
    for document, items in by_document.items():
        state = mark_of([[item.record.key, list(item.record.spans), str(item.reason)] for item in items])
        about = "、".join(item.record.title for item in items[:MOST_NAMED]) + ("…" if len(items) > MOST_NAMED else "")
        key = f"words:{document}:{state}"
        yield Reminder(key, Kind.WORDS, document, _id_of(corpus, document), about=about, count=len(items))


def _lost_cards(corpus: Corpus) -> Iterator[Reminder]:
    for card in read_cards(corpus.folder).cards:
        if not is_bound(card, corpus.clauses, corpus):
            key = f"card:{mark_of(list(card.key))}"
            yield Reminder(key, Kind.CARD, card.document, _id_of(corpus, card.document), about=card.words)


def _id_of(corpus: Corpus, title: str) -> str:
    return next((one.id for one in corpus.documents if one.title == title), "")
