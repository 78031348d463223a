"""How documents hang together: what one repeals or replaces is over when it comes into force, notice and annex together.

An annex that corpus.toml names as one takes over what its notice prints, and what a document carries out is looked up.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.normalise import match_form
from ingest.structure.document.annexed import with_facts_of
from ingest.types import NamedDocument, PolicyDocument

_BRACKETS = re.compile(r"[\[\]()〔〕【】﹝﹞]|第(?=\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def with_successions(documents: Sequence[PolicyDocument]) -> tuple[PolicyDocument, ...]:
    """The documents; each that another of them repeals or replaces ends the day before, and says by which."""
    documents = _with_named_notices(documents)
    book = Book.of(documents)
    ends: dict[str, tuple[date | None, str]] = {}
    named = [
        (one, by, target) for by in documents for one in (*by.repeals, *by.replaces) for target in book.meant(one, by)
    ]
    pairs = {(by.id, target.id) for _, by, target in named}
    for one, by, target in named:
        since = one.since or by.validity.valid_from or by.issued
        if since is None and (target.id, by.id) in pairs:
            continue  # each ends the other, and neither says when: nobody can tell which is the newer
        known = ends.get(target.id)
        if known is None or (since is not None and (known[0] is None or since < known[0])):
            ends[target.id] = (since, by.id)
    for document in documents:  # an annex ends with its notice
        if document.id not in ends and document.annex_of in ends and document.annexed_to is not None:
            ends[document.id] = ends[document.annex_of]
    ended = (_ended(document, *ends[document.id]) if document.id in ends else document for document in documents)
    return tuple(_with_bases(document, book) for document in ended)


def _with_named_notices(documents: Sequence[PolicyDocument]) -> Sequence[PolicyDocument]:
    """The documents, those that corpus.toml calls annexes with what their notices print."""
    if all(document.annexed_to is None for document in documents):
        return documents
    book = Book.of(documents)
    return [_annexed(document, book) for document in documents]


def _annexed(document: PolicyDocument, book: Book) -> PolicyDocument:
    if document.annexed_to is None:
        return document
    found = book.called(document.annexed_to)
    if any(one.id == document.id for one in found):  # said of a file: the notice itself is no annex
        return replace(document, annexed_to=None)
    notice = next((one for one in found if one.annex_of is None), None)
    return with_facts_of(document, notice) if notice is not None else document


def _with_bases(document: PolicyDocument, book: Book) -> PolicyDocument:
    found = [target.id for named in document.implements for target in book.meant(named, document)]
    return replace(document, based_on=tuple(dict.fromkeys(found))) if found else document


def _ended(document: PolicyDocument, since: date | None, by: str) -> PolicyDocument:
    """A document that is without force ``since`` a day; whose day nobody prints it is without force on every day."""
    validity = document.validity
    if since is None:
        return replace(document, validity=replace(validity, repealed=True), ended_by=by)
    last = since - timedelta(days=1)
    if validity.valid_until is not None and validity.valid_until <= last:
        return replace(document, ended_by=by)
    if validity.valid_from is not None and last < validity.valid_from:
        return replace(document, validity=replace(validity, repealed=True), ended_by=by)
    return replace(document, validity=replace(validity, valid_until=last, undetermined=None), ended_by=by)


@dataclass(frozen=True, slots=True)
class Book:
    """The policy documents by 文号 and by title."""

    by_number: Mapping[str, Sequence[PolicyDocument]]
    by_title: Mapping[str, Sequence[PolicyDocument]]

    @classmethod
    def of(cls, documents: Iterable[PolicyDocument]) -> Book:
        numbers: defaultdict[str, list[PolicyDocument]] = defaultdict(list)
        titles: defaultdict[str, list[PolicyDocument]] = defaultdict(list)
        for document in documents:
            if document.kind != "policy":
                continue
            titles[match_form(document.title)].append(document)
            if document.number:
                numbers[_plain_number(document.number)].append(document)
        return cls(numbers, titles)

    def meant(self, named: NamedDocument, by: PolicyDocument) -> list[PolicyDocument]:
        """The documents that ``by`` names: by number, else by title; never itself, its own annex or a later one."""
        return [one for one in self.called(named) if not _is_same(one, by) and not _is_later(one, by)]

    def called(self, named: NamedDocument) -> Sequence[PolicyDocument]:
        """The documents of a number, else of a title, each with what was issued under one number with it."""
        found = self.by_number.get(_plain_number(named.number), ()) if named.number else ()
        if not found and named.title:
            titled = self.by_title.get(match_form(named.title), ())
            found = [one for one in titled if named.year is None or named.year in _years_of(one) or not _years_of(one)]
            numbers = {_plain_number(one.number) for one in found if one.number}
            found = [*found, *(one for number in sorted(numbers) for one in self.by_number[number] if one not in found)]
        return found


def _is_same(one: PolicyDocument, other: PolicyDocument) -> bool:
    """A document and itself, or two parts of one: a notice and what it issues."""
    same_number = one.number is not None and other.number is not None
    return one.id == other.id or (same_number and _plain_number(one.number or "") == _plain_number(other.number or ""))


def _is_later(one: PolicyDocument, other: PolicyDocument) -> bool:
    begins, others = one.validity.valid_from or one.issued, other.validity.valid_from or other.issued
    return begins is not None and others is not None and begins > others


def _years_of(document: PolicyDocument) -> frozenset[int]:
    """The years a document may be called by: of its title, its number, its issue and its coming into force."""
    printed = _YEAR.findall(f"{document.title} {document.number or ''}")
    days = [day.year for day in (document.issued, document.validity.valid_from) if day]
    return frozenset((*map(int, printed), *days))


def _plain_number(number: str) -> str:
    return _BRACKETS.sub("", match_form(number))
