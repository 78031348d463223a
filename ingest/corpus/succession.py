"""Documents that end others: what one repeals or replaces is over when it comes into force, notice and annex together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.normalise import match_form
from ingest.types import NamedDocument, PolicyDocument

_BRACKETS = re.compile(r"[\[\]()〔〕【】﹝﹞]|第(?=\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def with_successions(documents: Sequence[PolicyDocument]) -> tuple[PolicyDocument, ...]:
    """The documents; each that another of them repeals or replaces ends the day before, and says by which."""
    book = _Book.of(documents)
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
    return tuple(_ended(document, *ends[document.id]) if document.id in ends else document for document in documents)


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
class _Book:
    """The policy documents by 文号 and by title."""

    by_number: Mapping[str, Sequence[PolicyDocument]]
    by_title: Mapping[str, Sequence[PolicyDocument]]

    @classmethod
    def of(cls, documents: Iterable[PolicyDocument]) -> _Book:
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
        found = self.by_number.get(_plain_number(named.number), ()) if named.number else ()
        if not found and named.title:
            titled = self.by_title.get(match_form(named.title), ())
            found = [one for one in titled if named.year is None or named.year in _years_of(one) or not _years_of(one)]
            numbers = {_plain_number(one.number) for one in found if one.number}
            found = [*found, *(one for number in sorted(numbers) for one in self.by_number[number] if one not in found)]
        return [one for one in found if not _is_same(one, by) and not _is_later(one, by)]


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
