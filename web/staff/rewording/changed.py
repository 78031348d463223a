"""Records whose words no longer stand, in groups of one and the same change, and those that have to be written anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.entitlements.attach import attach
from ingest.entitlements.files import RecordFiles
from ingest.entitlements.record_form import record_json
from ingest.entitlements.rewording import Reworded, reworded
from ingest.entitlements.succeeding import inherited
from ingest.entitlements.types import Attached, Entitlement, Flagged
from ingest.entitlements.wording import Wording
from ingest.normalise import match_form
from ingest.types import Corpus
from web.staff.compare.word_marks import Piece, marked_words
from web.staff.shell.edits import mark_of

Quotes = tuple[tuple[str, str], ...]
"""Words before, and what stands now."""


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and now."""

    record: Entitlement
    item: Attached
    mark: str  # of both: what is taken over is what was shown

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """The figures that differ."""
        rows = zip(self.record.amounts, self.item.record.amounts, strict=True)
        return tuple((old.figure, new.figure) for old, new in rows if old.figure != new.figure)


@dataclass(frozen=True, slots=True)
class SameChange:
    """Records of one document in which the same words became the same others."""

    document: str
    source: str  # the policy that granted it and is over; empty: the document itself
    quotes: tuple[tuple[tuple[Piece, ...], tuple[Piece, ...]], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """Every record of a corpus that is not used, and every one of a policy that is over which the later one may take over."""

    groups: tuple[SameChange, ...] = ()
    left: tuple[Flagged, ...] = ()

    def find(self, mark: str) -> Change | None:
        """What was shown under a mark; None when it is not so any more."""
        return next((one for group in self.groups for one in group.changes if one.mark == mark), None)


def changed_records(files: RecordFiles, corpus: Corpus) -> Changed:
    """The records that are flagged, and those a later policy may take over; the greatest group first."""
    flagged = attach(files, corpus.documents, corpus.clauses).flagged
    wordings = _wordings({match_form(item.record.document) for item in flagged}, corpus)
    groups: dict[tuple[str, str, Quotes], list[Change]] = {}
    offered = list(inherited(files.records, corpus))
    for one in offered:
        document = one.found.item.record.document
        groups.setdefault((one.record.document, document, one.found.changed), []).append(_change(one.record, one.found))
    succeeded = {one.record.key for one in offered}
    left: list[Flagged] = []
    for item in flagged:
        if item.record.key in succeeded:
            continue
        title = match_form(item.record.document)
        found = reworded(item.record, wordings[title], files.records) if title in wordings else None
        if found is None:
            left.append(item)
            continue
        groups.setdefault(("", item.record.document, found.changed), []).append(_change(item.record, found))
    greatest = sorted(groups.items(), key=lambda group: -len(group[1]))
    return Changed(tuple(_group(source, quotes, some) for (source, _, quotes), some in greatest), tuple(left))


def _wordings(titles: set[str], corpus: Corpus) -> dict[str, Wording]:
    found: dict[str, Wording] = {}
    for title in titles:
        documents = [one for one in corpus.documents if match_form(one.title) == title]
        ids = {document.id for document in documents}
        if documents:
            found[title] = Wording(documents, [clause for clause in corpus.clauses if clause.document in ids])
    return found


def _change(record: Entitlement, found: Reworded) -> Change:
    return Change(record, found.item, mark_of([record_json(record), record_json(found.item.record), found.item.above]))


def _group(source: str, quotes: Quotes, changes: Sequence[Change]) -> SameChange:
    marked = tuple(marked_words(before, now) for before, now in quotes)
    return SameChange(changes[0].item.record.document, source, marked, tuple(changes))
