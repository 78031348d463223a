"""What one policy says of itself and how it hangs together with others, each with the words it was read from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.corpus.succession import Book
from ingest.types import Corpus, NamedDocument, PolicyDocument, Span
from web.staff.policies.form import FACTS
from web.staff.policies.rows import clauses_at, quote_of

PlaceLink = Callable[[PolicyDocument, str], str]
"""Where a clause, by its id, is shown; of an empty id, its file."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a policy."""

    field: str
    value: str  # empty: nothing was found
    quote: str  # the printed words; empty where it was typed, or stands in a heading above
    href: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another document that a policy names, or that names it."""

    relation: str  # a word of the page
    named: str
    quote: str
    href: str
    targets: tuple[PolicyDocument, ...]  # that the corpus holds


def facts_of(corpus: Corpus, document: PolicyDocument, link: PlaceLink) -> list[Fact]:
    """The facts in the order of the form."""
    validity = document.validity
    values: dict[str, object] = {
        "level": document.level,
        "issuer": document.issuer,
        "number": document.number,
        "issued": document.issued,
        "valid_from": validity.valid_from,
        "valid_until": validity.valid_until or validity.undetermined,
    }
    places = {field: document.place_of(field) for field in FACTS}
    if validity.undetermined and not validity.valid_until:
        places["valid_until"] = _undetermined_at(corpus, document)
    at = clauses_at(corpus, [(document.source, place) for place in places.values() if place])
    return [
        Fact(
            field,
            str(values[field] or ""),
            quote_of(corpus, document, place),
            link(document, at.get((document.source, place), "")) if place else "",
        )
        for field, place in places.items()
    ]


def _undetermined_at(corpus: Corpus, document: PolicyDocument) -> Span | None:
    words = document.validity.undetermined or ""
    start = corpus.source_by_name[document.source].text.find(words, document.span.start, document.span.end)
    return Span(start, start + len(words)) if start >= 0 else None


def relations_of(corpus: Corpus, document: PolicyDocument, link: PlaceLink) -> list[Related]:
    """What the policy repeals, replaces, carries out and is annexed to; then what others say of it."""
    book = Book.of(corpus.documents)
    groups = {"repeals": document.repeals, "replaces": document.replaces, "implements": document.implements}
    spans = [one.span for names in groups.values() for one in names if one.span]
    at = clauses_at(corpus, [(document.source, span) for span in spans])
    found = [
        Related(
            relation,
            called(one),
            quote_of(corpus, document, one.span),
            link(document, at.get((document.source, one.span), "")) if one.span else "",
            tuple(book.meant(one, document)),
        )
        for relation, names in groups.items()
        for one in names
    ]
    by_id = corpus.document_by_id
    if document.annexed_to is not None and document.annex_of is None:
        found.append(Related("annex_of", called(document.annexed_to), "", "", ()))
    if document.annex_of in by_id:
        found.append(_held("annex_of", by_id[document.annex_of]))
    if document.ended_by in by_id:
        found.append(_held("ended_by", by_id[document.ended_by]))
    return [*found, *_said_by_others(corpus.documents, document)]


def _said_by_others(documents: Iterable[PolicyDocument], document: PolicyDocument) -> list[Related]:
    found: list[Related] = []
    for one in documents:
        found += [_held("annexes", one)] if one.annex_of == document.id else []
        found += [_held("carried_out_by", one)] if document.id in one.based_on else []
    return found


def _held(relation: str, target: PolicyDocument) -> Related:
    return Related(relation, f"《{target.title}》", "", "", (target,))


def called(named: NamedDocument) -> str:
    """A document as another one names it."""
    title = f"《{named.title}》" if named.title else ""
    return f"{title}（{named.number}）" if title and named.number else title or named.number or ""
