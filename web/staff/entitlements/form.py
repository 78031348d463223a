"""A record as somebody writes it into the form: read strictly, bound to the text, or refused in one sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from ingest.entitlements.attach import attach_record
from ingest.entitlements.files import check_same_as, check_unique, read_json, with_record
from ingest.entitlements.record_form import read_record, record_json
from ingest.entitlements.reviewing import accept
from ingest.entitlements.types import Attached, Entitlement, Flagged, Review
from ingest.entitlements.wording import Wording
from ingest.errors import EntitlementsUnusable
from ingest.normalise import match_form
from web.staff.entitlements.held import Held

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


def written(record: Entitlement | None) -> str:
    """What the form shows of a record, or of a new one; who stands for it is not written by hand."""
    shown = NEW if record is None else {k: v for k, v in record_json(record).items() if k not in ("review", "under")}
    return json.dumps(shown, ensure_ascii=False, indent=1)


def read_written(text: str, document: str, held: Held, by: str, on: date, old: Entitlement | None) -> Entitlement:
    """The record as ``by`` stands for it. ``old`` is the one it takes the place of.

    Raises EntitlementsUnusable: for what is no record, for words that do not stand in the document, for another id.
    """
    given = read_json(text.encode("utf-8", "replace"), FORM)
    record = read_record({**given, "review": {}}, document)
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
