"""Clauses as JSON, in the form other programs read (``python -m ingest show --json``)."""

from __future__ import annotations

from decimal import Decimal

from ingest.types import Clause, NamedDocument, PolicyDocument, Span


def number_json(value: Decimal) -> int | float:
    """A figure's value as a JSON number: whole when it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def clause_json(clause: Clause, document: PolicyDocument) -> dict[str, object]:
    """One clause. ``document`` in the result is the title; ``start`` and ``end`` count characters of the source.

    ``valid_from`` and ``valid_until`` are the clause's own within those of its document.
    """
    validity = clause.validity.within(document.validity)
    return {
        "id": clause.id,
        "document": document.title,
        "document_id": document.id,
        "level": clause.level,
        "address": clause.address,
        "path": list(clause.path),
        "role": clause.role.value,
        "issuer": document.issuer,
        "number": document.number,
        "issued": _iso(document.issued),
        "text": clause.text,
        "start": clause.span.start,
        "end": clause.span.end,
        "page": clause.page,
        "line": clause.line,
        "parent": clause.parent,
        "departments": list(clause.departments),
        "figures": [
            {
                "text": figure.text,
                "value": number_json(figure.value),
                "unit": figure.unit,
                "upper": None if figure.upper is None else number_json(figure.upper),
                "bound": figure.bound.value,
                "period": figure.period,
                **_places(clause, figure.span.start, figure.span.end),
            }
            for figure in clause.figures
        ],
        "benefits": [
            {"object": row.object, "figure": row.figure.text, "condition": row.condition} for row in clause.benefits
        ],
        "valid_from": _iso(validity.valid_from),
        "valid_until": _iso(validity.valid_until),
        "repealed": validity.repealed,
        "undetermined": validity.undetermined,
        "target_years": list(clause.validity.target_years),
        "items": [
            {"label": part.label, "kind": part.kind, **_places(clause, part.span.start, part.span.end)}
            for part in clause.enumerations
        ],
    }


def document_facts(document: PolicyDocument) -> dict[str, object]:
    """What is said of a document wherever one is told of as JSON."""
    return {
        "id": document.id,
        "title": document.title,
        "kind": document.kind,
        "level": document.level,
        "part": document.part,
        "issuer": document.issuer,
        "number": document.number,
        "issued": _iso(document.issued),
        "valid_from": _iso(document.validity.valid_from),
        "valid_until": _iso(document.validity.valid_until),
    }


def document_json(document: PolicyDocument, clauses: int) -> dict[str, object]:
    """One document with the number of its clauses."""
    return {
        **document_facts(document),
        "undetermined": document.validity.undetermined,
        "repealed": document.validity.repealed,
        "replaces": [_named_json(named) for named in document.replaces],
        "repeals": [_named_json(named) for named in document.repeals],
        "implements": [_named_json(named) for named in document.implements],
        "annex_of": document.annex_of,
        "places": {fact: {"start": span.start, "end": span.end} for fact, span in document.printed},
        "closing_rules": list(document.closing_rules),
        "source": document.source,
        "start": document.span.start,
        "end": document.span.end,
        "page": document.page,
        "clauses": clauses,
    }


def _named_json(named: NamedDocument) -> dict[str, object]:
    return {
        "title": named.title,
        "number": named.number,
        "since": _iso(named.since),
        "start": named.span.start if named.span else None,
        "end": named.span.end if named.span else None,
    }


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _places(clause: Clause, start: int, end: int) -> dict[str, int]:
    source = clause.in_source(Span(start, end))
    return {"start": source.start, "end": source.end}
