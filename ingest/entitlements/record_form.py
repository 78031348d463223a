"""Records and catalogues between JSON and their types, strictly: unknown keys, kinds and recipients are refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints, ValidationError

from ingest.entitlements.condition_form import condition_json, read_condition
from ingest.entitlements.types import (
    AllOf,
    AmountRow,
    AnyOf,
    Catalogue,
    CatalogueEntry,
    Condition,
    Entitlement,
    Recipient,
    Review,
    Term,
)
from ingest.errors import EntitlementsUnusable
from ingest.sentences import Sentence, said_of
from ingest.vocabulary.entitlements import Label, entitlement_words


def _day(given: object) -> object:
    if given is None or given == "":
        return None
    if not isinstance(given, str):
        raise ValueError(Sentence("ingest.day_is_written"))
    return given


def _filled(given: object) -> object:
    return given if given is not None else []


Words = Annotated[str, StringConstraints(strict=True, pattern=r"\S")]
"""Not empty and not blank."""
MaybeWords = Annotated[Words | None, BeforeValidator(lambda given: given or None)]  # "" is written for null as well
Day = Annotated[date | None, BeforeValidator(_day)]
Many = Annotated[list[Words], BeforeValidator(_filled)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Recipient(_Form):
    who: str
    span: MaybeWords = None


class _Amount(_Form):
    object: str
    figure: Annotated[str, BeforeValidator(lambda given: given or "")] = ""
    bound: str
    span: Words
    base: MaybeWords = None
    period: MaybeWords = None
    term: MaybeWords = None
    cap: MaybeWords = None
    when: object = None


class _Term(_Form):
    since: Day = Field(default=None, alias="from")
    until: Day = None
    span: Words


class _Review(_Form):
    by: str = ""
    on: Day = None
    proposed_by: str = ""
    refused: StrictBool = False
    model: str = ""
    proposed_on: Day = None


class _Record(_Form):
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$")]
    title: Words
    kind: str
    spans: Annotated[list[Words], Field(min_length=1)]
    recipient: _Recipient
    conditions: object = None
    amounts: list[_Amount] = Field(default_factory=list[_Amount])
    validity: _Term | None = None
    offices: Many = Field(default_factory=list[str])
    procedure: Many = Field(default_factory=list[str])
    overlap: Many = Field(default_factory=list[str])
    same_as: Many = Field(default_factory=list[str])
    soft: StrictBool = False
    under: Many = Field(default_factory=list[str])
    review: _Review = Field(default_factory=_Review)


class _Entry(_Form):
    letter: Words = Field(alias="class")
    awards: list[Words]
    span: Words


class _Catalogue(_Form):
    catalogue: Words
    of: Words
    document: MaybeWords = None
    entries: list[_Entry]


# ── Reading ────────────────────────────────────────────────────────────────────────────────────


def read_record(written: object, document: str) -> Entitlement:
    """A record of ``document`` from JSON.

    Raises EntitlementsUnusable: one sentence that names the record but not the file.
    """
    identifier = repr(_id_of(written))
    try:
        form = _Record.model_validate(written)
        words = entitlement_words()
        _known(form.kind, words.kinds, "ingest.unknown_kind")
        _known(form.recipient.who, words.recipients, "ingest.unknown_recipient")
        return _record(form, document)
    except ValidationError as error:
        what = _sentence(error, _Record)
        raise EntitlementsUnusable("ingest.wrong_in_record", identifier=identifier, what=what) from error
    except EntitlementsUnusable as error:
        raise EntitlementsUnusable("ingest.wrong_in_record", identifier=identifier, what=error.sentence) from error


def _record(form: _Record, document: str) -> Entitlement:
    return Entitlement(
        id=form.id,
        document=document,
        title=form.title,
        kind=form.kind,
        spans=tuple(form.spans),
        recipient=Recipient(form.recipient.who, form.recipient.span),
        conditions=_tree(read_condition(form.conditions)),
        amounts=tuple(_row(amount) for amount in form.amounts),
        validity=_term(form.validity),
        offices=tuple(form.offices),
        procedure=tuple(form.procedure),
        overlap=tuple(form.overlap),
        same_as=tuple(_key(name, document) for name in form.same_as),
        soft=form.soft,
        under=tuple(form.under),
        review=_review(form.review),
    )


def _tree(condition: Condition) -> Condition:
    return condition if isinstance(condition, AllOf | AnyOf) else AllOf((condition,))


def _row(form: _Amount) -> AmountRow:
    _known(form.bound, entitlement_words().bounds, "ingest.unknown_bound")
    return AmountRow(
        object=form.object,
        figure=form.figure,
        bound=form.bound,
        span=form.span,
        base=form.base,
        period=form.period,
        term=form.term,
        cap=form.cap,
        when=None if form.when in (None, {}) else _tree(read_condition(form.when)),
    )


def _term(form: _Term | None) -> Term | None:
    if form is None:
        return None
    if form.since is not None and form.until is not None and form.since > form.until:
        raise EntitlementsUnusable("ingest.record_ends_before_beginning", until=form.until, since=form.since)
    return Term(form.span, form.since, form.until)


def _review(form: _Review) -> Review:
    if bool(form.by) != (form.on is not None):
        raise EntitlementsUnusable("ingest.review_names_both")
    if form.refused and not form.by:
        raise EntitlementsUnusable("ingest.refused_by_nobody")
    return Review(form.by, form.on, form.proposed_by, form.refused, form.model, form.proposed_on)


def _key(name: str, document: str) -> str:
    """``id`` or ``document:id``, the document with or without the ending of its file, as a key."""
    title, colon, identifier = name.rpartition(":")
    return f"{title.removesuffix('.json')}:{identifier}" if colon else f"{document}:{identifier}"


def read_catalogue(written: object) -> Catalogue:
    """A catalogue from JSON. Raises EntitlementsUnusable that does not name the file."""
    try:
        form = _Catalogue.model_validate(written)
    except ValidationError as error:
        raise EntitlementsUnusable("ingest.wrong_in_catalogue", what=_sentence(error, _Catalogue)) from error
    entries = tuple(CatalogueEntry(entry.letter, tuple(entry.awards), entry.span) for entry in form.entries)
    return Catalogue(form.catalogue, form.of, form.document, entries)


def _known(value: str, allowed: Mapping[str, Label], fault: str) -> None:
    """``fault`` is the key of what is said of an unknown value."""
    if value not in allowed:
        raise EntitlementsUnusable(fault, value=value, allowed=", ".join(allowed))


def _id_of(written: object) -> object:
    return cast("Mapping[str, object]", written).get("id") if isinstance(written, Mapping) else None


def _sentence(error: ValidationError, model: type[_Form]) -> str:
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden" and len(first["loc"]) == 1:
        allowed = ", ".join(field.alias or name for name, field in model.model_fields.items())
        return Sentence("ingest.unknown_key_of_record", key=where, allowed=allowed)
    said = said_of(first)
    return Sentence("ingest.field_is_wrong", where=where, reason=said) if where else said


# ── Writing ────────────────────────────────────────────────────────────────────────────────────


def record_json(record: Entitlement) -> dict[str, object]:
    """A record as it is written, its keys always in the same order; what is rarely filled is left out when empty."""
    review = record.review
    written: dict[str, object] = {
        "id": record.id,
        "title": record.title,
        "kind": record.kind,
        "spans": list(record.spans),
        "recipient": {"who": record.recipient.who, "span": record.recipient.span},
        "conditions": condition_json(record.conditions),
        "amounts": [amount_json(row) for row in record.amounts],
        "validity": _term_json(record.validity),
        "offices": list(record.offices),
        "procedure": list(record.procedure),
        "overlap": list(record.overlap),
        "same_as": list(record.same_as),
        "soft": record.soft,
    }
    if record.under:
        written["under"] = list(record.under)
    said: dict[str, object] = {"by": review.by, "on": str(review.on) if review.on else ""}
    if review.proposed_by:
        said["proposed_by"] = review.proposed_by
    if review.model:
        said["model"] = review.model
    if review.proposed_on:
        said["proposed_on"] = str(review.proposed_on)
    if review.refused:
        said["refused"] = True
    return {**written, "review": said}


def amount_json(row: AmountRow) -> dict[str, object]:
    """One row as it is written."""
    return {
        "object": row.object,
        "figure": row.figure,
        "bound": row.bound,
        "base": row.base,
        "period": row.period,
        "term": row.term,
        "cap": row.cap,
        "span": row.span,
        "when": None if row.when is None else condition_json(row.when),
    }


def _term_json(term: Term | None) -> dict[str, object] | None:
    if term is None:
        return None
    return {
        "from": str(term.since) if term.since else None,
        "until": str(term.until) if term.until else None,
        "span": term.span,
    }


def catalogue_json(catalogue: Catalogue) -> dict[str, object]:
    """A catalogue as it is written."""
    named = {} if catalogue.document is None else {"document": catalogue.document}
    entries = [{"class": e.letter, "awards": list(e.awards), "span": e.span} for e in catalogue.entries]
    return {"catalogue": catalogue.name, "of": catalogue.of, **named, "entries": entries}
