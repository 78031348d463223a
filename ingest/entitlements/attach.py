"""Binds records to a corpus: attached where their words stand once, flagged where they changed or stand twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.entitlements.files import RecordFiles
from ingest.entitlements.types import (
    AmountRow,
    Attached,
    AttachedCatalogue,
    AttachedEntry,
    Catalogue,
    Entitlement,
    Entitlements,
    Flagged,
    Place,
    Term,
    leaves,
)
from ingest.entitlements.wording import Wording, squeezed
from ingest.facts.validity import NOTHING_SAID, find_validity, validity_at
from ingest.normalise import match_form
from ingest.sentences import Sentence
from ingest.types import Clause, PolicyDocument, Validity

_SHOWN = 40  # characters of a quote in a message


@dataclass(slots=True)
class _Found:
    attached: list[Attached] = field(default_factory=list[Attached])
    flagged: list[Flagged] = field(default_factory=list[Flagged])
    refused: list[Attached] = field(default_factory=list[Attached])


def attach(files: RecordFiles, documents: Sequence[PolicyDocument], clauses: Iterable[Clause]) -> Entitlements:
    """Every record and catalogue with the place of its words in these documents.

    Nothing is raised: what does not stand is flagged with its reason and not used.
    """
    titles = {match_form(record.document) for record in files.records}
    titles |= {match_form(catalogue.document) for catalogue in files.catalogues if catalogue.document is not None}
    everywhere = any(catalogue.document is None for catalogue in files.catalogues)
    wordings, whole = _wordings(titles, documents, clauses, everywhere)
    found = _Found()
    for record in files.records:
        wording = wordings.get(match_form(record.document))
        result = (
            attach_record(record, wording) if wording is not None else Flagged(record, _no_document(record.document))
        )
        if isinstance(result, Flagged):
            found.flagged.append(result)
        elif record.review.refused:
            found.refused.append(result)
        else:
            found.attached.append(result)
    catalogues = tuple(_catalogue(item, wordings, whole) for item in files.catalogues)
    return Entitlements(
        tuple(found.attached), tuple(found.flagged), tuple(found.refused), catalogues, digest=files.digest
    )


def _wordings(
    titles: set[str], documents: Sequence[PolicyDocument], clauses: Iterable[Clause], everywhere: bool
) -> tuple[Mapping[str, Wording], Wording]:
    """The words of the documents of these titles, and of the whole corpus when they are wanted."""
    named = {document.id: match_form(document.title) for document in documents}
    wanted = [document for document in documents if everywhere or named[document.id] in titles]
    held: dict[str, list[Clause]] = {document.id: [] for document in wanted}
    for clause in clauses if wanted else ():
        if clause.document in held:
            held[clause.document].append(clause)
    by_title: dict[str, list[PolicyDocument]] = {}
    for document in wanted:
        by_title.setdefault(named[document.id], []).append(document)
    wordings = {
        title: Wording(same, [clause for document in same for clause in held[document.id]])
        for title, same in by_title.items()
    }
    whole = wanted if everywhere else []
    return wordings, Wording(whole, [clause for document in whole for clause in held[document.id]])


def attach_record(record: Entitlement, wording: Wording) -> Attached | Flagged:
    """One record bound to the words of its document, or flagged with the reason, in one sentence."""
    places: list[Place] = []
    for span in record.spans:
        standing = wording.places(span)
        if len(standing) != 1:
            return Flagged(record, _not_once(span, len(standing), record.document))
        places += standing
    ids = sorted({place.clause for place in places}, key=wording.order.__getitem__)
    for words in supporting(record):
        if not wording.stand(words, near=ids):
            return Flagged(record, _not_once(words, 0, record.document))
    granting = [wording.clauses[identifier] for identifier in ids]
    item = _attached(record, granting, places, wording)
    standing = squeezed("\n".join(item.above))
    for line in record.under:
        if squeezed(line) not in standing:
            return Flagged(record, Sentence("ingest.no_longer_above", words=_short(line)))
    return item


def _attached(record: Entitlement, granting: Sequence[Clause], places: Sequence[Place], wording: Wording) -> Attached:
    first = granting[0]
    begins: dict[str, int] = {}
    for place in places:
        begins[place.clause] = min(place.span.start, begins.get(place.clause, place.span.start))
    above = dict.fromkeys(line for clause in granting for line in wording.above(clause, begins.get(clause.id, 0)))
    return Attached(
        record=record,
        clauses=tuple(clause.id for clause in granting),
        document=first.document,
        address=first.address,
        page=first.page,
        level=first.level,
        validity=_validity(record.validity, places, wording),
        places=tuple(places),
        above=tuple(above),
    )


def _validity(term: Term | None, places: Sequence[Place], wording: Wording) -> Validity:
    document = wording.documents[wording.clauses[places[0].clause].document]
    if term is not None:
        printed = find_validity(term.span, document.issued)  # 试行期一年: it ends, but on a day that is not printed
        until = term.until or printed.valid_until
        return Validity(valid_from=term.since, valid_until=until, undetermined=None if until else printed.undetermined)
    for place in places:
        own = validity_at(wording.clauses[place.clause].text, place.span, document.issued)
        if own != NOTHING_SAID:
            return own
    return document.validity


def supporting(record: Entitlement) -> Iterator[str]:
    """All verbatim words of a record besides those that grant."""
    if record.recipient.span is not None:
        yield record.recipient.span
    yield from (leaf.span for leaf in leaves(record.conditions))
    for row in record.amounts:
        yield from _of_row(row)
    if record.validity is not None:
        yield record.validity.span
    yield from (*record.offices, *record.procedure, *record.overlap)


def _of_row(row: AmountRow) -> Iterator[str]:
    yield from (words for words in (row.span, row.figure, row.base, row.term, row.cap) if words)
    yield from (leaf.span for leaf in leaves(row.when))


def _catalogue(catalogue: Catalogue, wordings: Mapping[str, Wording], whole: Wording) -> AttachedCatalogue:
    wording = whole if catalogue.document is None else wordings.get(match_form(catalogue.document))
    if wording is None:
        return AttachedCatalogue(catalogue, (), (_no_document(catalogue.document),))
    entries: list[AttachedEntry] = []
    flagged: list[Sentence] = []
    for entry in catalogue.entries:
        clauses = tuple(dict.fromkeys(place.clause for place in wording.places(entry.span)))
        if clauses or wording.stand(entry.span):
            entries.append(AttachedEntry(entry, clauses))
        else:
            flagged.append(_not_once(entry.span, 0, catalogue.document or catalogue.name))
    return AttachedCatalogue(catalogue, tuple(entries), tuple(flagged))


def _not_once(words: str, times: int, document: str) -> Sentence:
    if times:
        return Sentence("ingest.stands_several_times", words=_short(words), times=times, document=document)
    return Sentence("ingest.stands_nowhere", words=_short(words), document=document)


def _no_document(title: str | None) -> Sentence:
    return Sentence("ingest.no_document_of_title", title=title)


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
