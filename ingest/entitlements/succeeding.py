"""What a repealed or replaced policy granted, as the one in its place prints it: offered to be taken over."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.entitlements.rewording import Reworded, reworded
from ingest.entitlements.types import Entitlement
from ingest.entitlements.wording import Wording
from ingest.normalise import match_form
from ingest.types import Corpus, PolicyDocument

_FIGURES = re.compile(r"[\d.,]+")


@dataclass(frozen=True, slots=True)
class Inherited:
    """An accepted record of a policy that is over, and the same in the words of the one that took its place."""

    record: Entitlement
    found: Reworded


def inherited(records: Sequence[Entitlement], corpus: Corpus) -> Iterator[Inherited]:
    """What can be taken over, in the order of the records; nothing that a later policy has a record of already."""
    later = _later_by_title(corpus)
    wordings: dict[str, Wording] = {}
    for record in records:
        if not record.review.accepted:
            continue
        for document in later.get(match_form(record.document), ()):
            if document.id not in wordings:
                wordings[document.id] = Wording([document], list(corpus.clauses_of(document)))
            found = reworded(_of(record, document.title, records), wordings[document.id], records)
            if found is not None:
                yield Inherited(record, found)
                break


def not_taken_over(records: Sequence[Entitlement], corpus: Corpus) -> dict[str, PolicyDocument]:
    """The accepted records, by key, of policies that another ended which has no record of the same yet; with that other."""
    later = _later_by_title(corpus)
    known = {(match_form(one.document), *_grant(one)) for one in records}
    return {
        record.key: documents[0]
        for record in records
        if record.review.accepted
        and (documents := later.get(match_form(record.document)))
        and not any((match_form(one.title), *_grant(record)) in known for one in documents)
    }


def _grant(record: Entitlement) -> tuple[str, str, str]:
    """What is granted, however much of it."""
    return record.kind, record.recipient.who, _FIGURES.sub("", match_form(record.title))


def _later_by_title(corpus: Corpus) -> dict[str, list[PolicyDocument]]:
    """For the title of each policy that is over: the one that ended it and what came with that one."""
    found: dict[str, list[PolicyDocument]] = defaultdict(list)
    by_id = {document.id: document for document in corpus.documents}
    for document in corpus.documents:
        if (by := by_id.get(document.ended_by or "")) is not None:
            kin = [one for one in corpus.documents if one.annex_of == by.id]
            found[match_form(document.title)] += [by, *kin]
    standing = {match_form(document.title) for document in corpus.documents}
    for by in corpus.documents:  # of one that is not in the corpus any more
        for named in (*by.repeals, *by.replaces):
            if named.title and (title := match_form(named.title)) not in standing:
                found[title].append(by)
    return {title: [one for one in documents if match_form(one.title) != title] for title, documents in found.items()}


def _of(record: Entitlement, title: str, records: Sequence[Entitlement]) -> Entitlement:
    """The record as one of the later document, under an id that is free there."""
    taken = {one.id for one in records if match_form(one.document) == match_form(title)}
    identifier = record.id
    while identifier in taken:
        identifier += "-"
    return replace(record, id=identifier, document=title, same_as=())
