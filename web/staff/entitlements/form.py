"""A record as somebody writes it into the form: read strictly, bound to the text, or refused in one sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import count
from typing import TypeAlias

from starlette.datastructures import FormData

from ingest.entitlements.attach import attach_record
from ingest.entitlements.files import check_same_as, check_unique, read_json, with_record
from ingest.entitlements.record_form import read_record, record_json
from ingest.entitlements.reviewing import accept
from ingest.entitlements.types import Attached, Entitlement, Flagged, ReadableCondition, Review, leaves
from ingest.entitlements.wording import Wording
from ingest.errors import EntitlementsUnusable
from ingest.normalise import match_form
from ingest.vocabulary.entitlements import entitlement_words
from web.staff.entitlements.fields import RecordFields, fields_of, filled_in, written_record
from web.staff.entitlements.held import Held

Given: TypeAlias = str | RecordFields
FORM = "JSON"  # how faults call what stands in the form
NEW: dict[str, object] = {
    "id": "",
    "title": "",
    "kind": "",
    "spans": [""],
    "recipient": {"who": "", "span": None},
    "conditions": {"all": []},
    "amounts": [],
    "validity": None,
    "offices": [],
    "procedure": [],
    "overlap": [],
    "same_as": [],
    "soft": False,
}


def as_json(record: Entitlement | None) -> str:
    """What the form shows of a record, or of a new one; who stands for it is not written by hand."""
    shown = NEW if record is None else {k: v for k, v in record_json(record).items() if k not in ("review", "under")}
    return json.dumps(shown, ensure_ascii=False, indent=1)


def as_fields(record: Entitlement | None, document: str, held: Held) -> RecordFields:
    """The fields of a record; those of a new one of ``document`` are blank but for an id that is free."""
    if record is not None:
        return fields_of(record)
    taken = {known.id for known in held.records_of(document)}
    return RecordFields(id=next(name for n in count(1) if (name := f"k{n}") not in taken))


def choices(held: Held, at: int) -> dict[str, Mapping[str, str] | list[str]]:
    """What the fields offer: codes with their labels in Chinese (``at`` 0) or English (1), and words that records use."""
    words = entitlement_words()
    used = [
        leaf for record in held.records for leaf in leaves(record.conditions) if isinstance(leaf, ReadableCondition)
    ]
    return {
        "kinds": {name: label[at] for name, label in words.kinds.items()},
        "recipients": {name: label[at] for name, label in words.recipients.items()},
        "bounds": {name: label[at] for name, label in words.bounds.items()},
        "attributes": {name: one.label[at] for name, one in words.attributes.items()},
        "operators": list(words.operators.steps)
        + [one for one in words.operators.number if one not in words.operators.steps],
        "units": sorted({unit for one in words.attributes.values() for unit in one.units}),
        "values": sorted({word for leaf in used for word in leaf.words}),
        "ofs": sorted({leaf.of for leaf in used if leaf.of}),
    }


def given_in(form: FormData) -> Given:
    """What somebody sent: the text of the JSON form, or the fields."""
    text = form.get("text")
    return text if isinstance(text, str) else filled_in(form)


def read_written(given: Given, document: str, held: Held, by: str, on: date, old: Entitlement | None) -> Entitlement:
    """The record as ``by`` stands for it. ``old`` is the one it takes the place of.

    Raises EntitlementsUnusable: for what is no record, for words that do not stand in the document, for another id.
    """
    written: Mapping[str, object]
    written = read_json(given.encode("utf-8", "replace"), FORM) if isinstance(given, str) else written_record(given)
    record = read_record({**written, "review": {}}, document)
    if old is not None and record.id != old.id:
        raise EntitlementsUnusable("web.record_keeps_its_id", identifier=old.id)
    if old is None and record.id in {known.id for known in held.records_of(document)}:
        raise EntitlementsUnusable("ingest.two_records_of_one_id", identifier=record.id)
    proposal = old.review.proposal if old is not None else Review()
    bound = bind(replace(record, review=proposal), held)
    kept = accept(bound, by, on)
    check_whole(held, kept)
    return kept


def bind(record: Entitlement, held: Held) -> Attached:
    """The record with the places of its words. Raises EntitlementsUnusable when they do not stand."""
    title = match_form(record.document)
    documents = [one for one in held.corpus.documents if match_form(one.title) == title]
    ids = {document.id for document in documents}
    wording = Wording(documents, [clause for clause in held.corpus.clauses if clause.document in ids])
    bound = attach_record(record, wording)
    if isinstance(bound, Flagged):
        raise EntitlementsUnusable(bound.reason)
    return bound


def check_whole(held: Held, record: Entitlement) -> None:
    """Raises EntitlementsUnusable when the record and the others of its corpus contradict one another."""
    own = with_record(held.records_of(record.document), record)
    check_unique(own)
    others = [known for known in held.records if known not in held.records_of(record.document)]
    check_same_as((*others, *own))
