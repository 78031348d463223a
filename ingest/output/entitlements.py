"""Entitlements as lines for the terminal, as JSON (``python -m ingest entitlements``), and beside their clause in HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

from ingest.entitlements.record_form import record_json
from ingest.entitlements.types import (
    AllOf,
    AmountRow,
    AnyOf,
    Attached,
    AttachedCatalogue,
    Condition,
    Entitlements,
    Flagged,
    ReadableCondition,
    TextCondition,
)
from ingest.vocabulary.entitlements import entitlement_words

State = Literal["attached", "flagged", "proposed"]
UNCHECKED = "机器识别，未经核对 (proposed by rules, unchecked)"
_ALIKE = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<", "between": "∈", "in": "∈", "is": "="}


def attached_json(item: Attached, state: State) -> dict[str, object]:
    """A record with the place of its words: the keys of its file, and what the corpus adds to them."""
    return {
        "state": state,
        "accepted": item.accepted,
        **record_json(item.record),
        "document": item.record.document,
        "document_id": item.document,
        "clauses": list(item.clauses),
        "address": item.address,
        "page": item.page,
        "level": item.level,
        "valid_from": _iso(item.validity.valid_from),
        "valid_until": _iso(item.validity.valid_until),
    }


def flagged_json(item: Flagged) -> dict[str, object]:
    """A record that is not used, with the reason."""
    return {"state": "flagged", "reason": item.reason, **record_json(item.record), "document": item.record.document}


def attached_line(item: Attached, state: State) -> str:
    """Two lines for the terminal: what is granted to whom, and where."""
    record = item.record
    page = f", p.{item.page}" if item.page is not None else ""
    checked = f", accepted by {record.review.by}" if item.accepted else ""
    return (
        f"{state:<9} {record.id}  {record.title} · {record.kind} → {record.recipient.who}"
        f"{''.join(f' · {row.object} {row.figure}' for row in record.amounts)}\n"
        f"          《{record.document}》 {item.address}{page}{checked}"
    )


def flagged_line(item: Flagged) -> str:
    """One line for the terminal: which record, and why it is not used."""
    return f"flagged   {item.record.id}  {item.record.title}: {item.reason}"


def summary(found: Entitlements) -> str:
    """How many records there are, and how many of them are used."""
    accepted = sum(item.accepted for item in found.attached)
    return (
        f"entitlements   {len(found.attached) + len(found.flagged) + len(found.refused)} records:"
        f" {len(found.attached)} attached ({accepted} accepted), {len(found.flagged)} flagged,"
        f" {len(found.refused)} refused; {len(found.catalogues)} catalogues."
    )


def faults(found: Entitlements) -> list[str]:
    """Everything that is not used although somebody wrote it, one sentence each."""
    records = [f"《{item.record.document}》 {item.record.id}: {item.reason}" for item in found.flagged]
    return [*records, *(reason for catalogue in found.catalogues for reason in _of_catalogue(catalogue))]


def _of_catalogue(catalogue: AttachedCatalogue) -> Iterable[str]:
    return (f"{catalogue.catalogue.name}: {reason}" for reason in catalogue.flagged)


# ── HTML ───────────────────────────────────────────────────────────────────────────────────────


def entitlement_boxes(items: Sequence[Attached]) -> str:
    """The records of one clause as HTML, everything escaped; unchecked ones say so."""
    return "".join(_box(item) for item in items)


def flagged_boxes(items: Sequence[Flagged]) -> str:
    """The records that are not used, as HTML, with their reasons."""
    return "".join(
        f'<p class="doubt">支持事项 {escape(item.record.id)} {escape(item.record.title)}：{escape(item.reason.said("zh"))}</p>'
        for item in items
    )


def _box(item: Attached) -> str:
    record, words = item.record, entitlement_words()
    review = record.review
    checked = f"已核对 {escape(review.by)} {review.on}" if item.accepted else UNCHECKED
    who = words.recipients[record.recipient.who][0]
    rows = "".join(f"<li>{escape(_row(row))}</li>" for row in record.amounts)
    conditions = _tree(record.conditions)
    state = "accepted" if item.accepted else "proposed"
    return (
        f'<div class="entitlement {state}"><b>{escape(record.title)}</b> · {escape(record.kind)} · 给 {escape(who)}'
        f' · <span class="facts">{checked}</span>'
        f"{f'<ul>{rows}</ul>' if rows else ''}"
        f"{f'<div class=facts>条件：{escape(conditions)}</div>' if conditions else ''}</div>"
    )


def _row(row: AmountRow) -> str:
    bound = entitlement_words().bounds[row.bound][0] if row.bound != "fixed" else ""
    parts = (row.object, row.base and f"按{row.base}", row.period, f"{bound}{row.figure}", row.cap, row.term)
    chosen = "" if row.when is None else _tree(row.when)
    return " ".join(part for part in parts if part) + (f"（{chosen}）" if chosen else "")


def _tree(condition: Condition) -> str:
    """Conditions as words: ；between those that must all hold, 或 between alternatives."""
    if isinstance(condition, AllOf):
        return "；".join(_tree(part) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return f"（{' 或 '.join(_tree(part) for part in condition.parts)}）"
    return condition.text if isinstance(condition, TextCondition) else _readable(condition)


def _readable(leaf: ReadableCondition) -> str:
    label = entitlement_words().attributes[leaf.attribute].label[0]
    of = f"（{leaf.of}）" if leaf.of else ""
    values = leaf.words or tuple(f"{number:f}{leaf.unit or ''}" for number in leaf.numbers)
    return f"{label}{of} {_ALIKE[leaf.operator]} {'、'.join(values)}"


def _iso(day: object) -> str | None:
    return None if day is None else str(day)
