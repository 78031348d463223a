"""A record as fields that a person fills in without knowing how records are written; and back to its JSON form.

Alternatives inside alternatives have no fields: they are kept as they are and shown in words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from starlette.datastructures import FormData

from ingest.entitlements.condition_form import condition_json, read_condition
from ingest.entitlements.record_form import amount_json
from ingest.entitlements.types import AllOf, AnyOf, Condition, Entitlement, Leaf, ReadableCondition, leaves
from ingest.errors import EntitlementsUnusable
from ingest.facts.figures import find_figures
from ingest.vocabulary.entitlements import entitlement_words

DECISION, TEXT = "decision", ""  # in place of an attribute
GROUPS = ("", "1", "2", "3", "4")  # "": must hold; conditions of one number are alternatives
APART = "；"  # between several words of a value
MOST_ROWS = 60
_BLANK_CONDITIONS, _BLANK_AMOUNTS = 3, 2
_TO = "—"


@dataclass(frozen=True, slots=True)
class ConditionFields:
    """One condition. ``value`` of a condition without an attribute is what has to be checked, in words."""

    group: str = ""
    attribute: str = TEXT
    operator: str = ""
    value: str = ""
    unit: str = ""
    of: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class AmountFields:
    """One row of what is granted. The condition that chooses it is ``attribute`` … ``of``, or, as JSON, ``kept``."""

    object: str = ""
    figure: str = ""
    bound: str = ""
    base: str = ""
    period: str = ""
    term: str = ""
    cap: str = ""
    span: str = ""
    attribute: str = TEXT
    operator: str = ""
    value: str = ""
    unit: str = ""
    of: str = ""
    when_span: str = ""
    kept: str = ""

    @property
    def words(self) -> str:
        """The condition that has no fields, in the words it rests on."""
        return spans_of([self.kept]) if self.kept else ""


@dataclass(frozen=True, slots=True)
class RecordFields:
    """The whole form, everything as typed; lists hold one entry a line."""

    id: str = ""
    title: str = ""
    kind: str = ""
    who: str = ""
    who_span: str = ""
    spans: str = ""
    since: str = ""
    until: str = ""
    term_span: str = ""
    offices: str = ""
    procedure: str = ""
    overlap: str = ""
    same_as: str = ""
    soft: str = ""
    kept: tuple[str, ...] = ()  # conditions without fields, each as JSON
    conditions: tuple[ConditionFields, ...] = ()
    amounts: tuple[AmountFields, ...] = ()

    @property
    def condition_rows(self) -> tuple[ConditionFields, ...]:
        """What is filled in, and room for more."""
        return (*self.conditions, *(ConditionFields() for _ in range(_BLANK_CONDITIONS)))

    @property
    def amount_rows(self) -> tuple[AmountFields, ...]:
        """What is filled in, and room for more."""
        return (*self.amounts, *(AmountFields() for _ in range(_BLANK_AMOUNTS)))

    @property
    def kept_words(self) -> tuple[str, ...]:
        """The conditions without fields, in the words they rest on."""
        return tuple(spans_of([one]) for one in self.kept)


_Row = TypeVar("_Row", ConditionFields, AmountFields)


# ── From a record ──────────────────────────────────────────────────────────────────────────────


def fields_of(record: Entitlement) -> RecordFields:
    """The form of a record."""
    shown, kept = _condition_fields(record.conditions)
    term = record.validity
    return RecordFields(
        id=record.id,
        title=record.title,
        kind=record.kind,
        who=record.recipient.who,
        who_span=record.recipient.span or "",
        spans="\n".join(record.spans),
        since=str(term.since) if term and term.since else "",
        until=str(term.until) if term and term.until else "",
        term_span=term.span if term else "",
        offices="\n".join(record.offices),
        procedure="\n".join(record.procedure),
        overlap="\n".join(record.overlap),
        same_as="\n".join(record.same_as),
        soft="on" if record.soft else "",
        kept=kept,
        conditions=shown,
        amounts=tuple(_amount_fields(amount_json(row), row.when) for row in record.amounts),
    )


def _condition_fields(conditions: Condition) -> tuple[tuple[ConditionFields, ...], tuple[str, ...]]:
    parts = conditions.parts if isinstance(conditions, AllOf) else (conditions,)
    shown: list[ConditionFields] = []
    kept: list[str] = []
    groups = iter(GROUPS[1:])
    for part in parts:
        group = _group_of(part, groups)
        if group is None:
            kept.append(json.dumps(condition_json(part), ensure_ascii=False))
        else:
            shown += [_leaf_fields(leaf, group) for leaf in leaves(part)]
    return tuple(shown), tuple(kept)


def _group_of(part: Condition, groups: Iterable[str]) -> str | None:
    """The group whose rows show a condition; None when no rows can."""
    if not isinstance(part, AllOf | AnyOf):
        return ""
    flat = isinstance(part, AnyOf) and not any(isinstance(one, AllOf | AnyOf) for one in part.parts)
    return next(iter(groups), None) if flat else None


def _leaf_fields(leaf: Leaf, group: str) -> ConditionFields:
    if not isinstance(leaf, ReadableCondition):
        return ConditionFields(group, DECISION if leaf.decision else TEXT, value=leaf.text, span=leaf.span)
    values: Sequence[object] = leaf.words or leaf.numbers
    apart = _TO if leaf.numbers else APART
    value = apart.join(f"{one:f}" if isinstance(one, Decimal) else str(one) for one in values)
    return ConditionFields(group, leaf.attribute, leaf.operator, value, leaf.unit or "", leaf.of or "", leaf.span)


def _amount_fields(written: Mapping[str, object], when: Condition | None) -> AmountFields:
    plain = {name: str(value or "") for name, value in written.items() if name != "when"}
    if when is None:
        return AmountFields(**plain)
    (leaf, *others) = when.parts if isinstance(when, AllOf) and when.parts else (when,)
    if others or not isinstance(leaf, ReadableCondition):
        return AmountFields(**plain, kept=json.dumps(condition_json(when), ensure_ascii=False))
    row = _leaf_fields(leaf, "")
    chosen = {name: getattr(row, name) for name in ("attribute", "operator", "value", "unit", "of")}
    return AmountFields(**plain, **chosen, when_span=row.span)


def spans_of(written: Iterable[str]) -> str:
    """The words that conditions rest on, each once; of JSON that is none, the JSON itself."""
    found: list[str] = []
    for one in written:
        try:
            found += [leaf.span for leaf in leaves(read_condition(json.loads(one)))]
        except (ValueError, EntitlementsUnusable):
            found.append(one)
    return APART.join(dict.fromkeys(found))


# ── From what was filled in ────────────────────────────────────────────────────────────────────


def filled_in(form: FormData) -> RecordFields:
    """The form as somebody filled it in; rows that are blank are left out."""
    plain = {one.name: _typed(form, one.name) for one in fields(RecordFields) if isinstance(one.default, str)}
    kept = tuple(value for value in form.getlist("kept") if isinstance(value, str) and value)
    conditions = (_row(ConditionFields, form, f"c{n}_") for n in range(MOST_ROWS))
    amounts = (_row(AmountFields, form, f"a{n}_") for n in range(MOST_ROWS))
    return RecordFields(
        **plain,
        kept=kept,
        conditions=tuple(row for row in conditions if row.value or row.span or row.of),
        amounts=tuple(row for row in amounts if row.object or row.figure or row.span or row.cap),
    )


def _row(kind: type[_Row], form: FormData, prefix: str) -> _Row:
    return kind(**{one.name: _typed(form, prefix + one.name) for one in fields(kind)})


def _typed(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def written_record(given: RecordFields) -> dict[str, object]:
    """The record in its JSON form, to be read and checked as any other is. Raises EntitlementsUnusable."""
    term = {"from": given.since, "until": given.until, "span": given.term_span}
    return {
        "id": given.id,
        "title": given.title,
        "kind": given.kind,
        "spans": _lines(given.spans),
        "recipient": {"who": given.who, "span": given.who_span},
        "conditions": {"all": _parts(given)},
        "amounts": [_written_amount(row) for row in given.amounts],
        "validity": term if any(term.values()) else None,
        "offices": _lines(given.offices),
        "procedure": _lines(given.procedure),
        "overlap": _lines(given.overlap),
        "same_as": _lines(given.same_as),
        "soft": bool(given.soft),
    }


def _parts(given: RecordFields) -> list[object]:
    """The conditions in the order of their rows, alternatives where the first of them stands; then those without fields."""
    parts: list[object] = []
    groups: dict[str, list[object]] = {}
    for row in given.conditions:
        leaf = _written_leaf(row)
        if not row.group:
            parts.append(leaf)
        elif row.group in groups:
            groups[row.group].append(leaf)
        else:
            groups[row.group] = [leaf]
            parts.append({"any": groups[row.group]})
    return [*parts, *(_kept(one) for one in given.kept)]


def _kept(written: str) -> object:
    try:
        return json.loads(written)
    except ValueError as error:
        raise EntitlementsUnusable("web.kept_condition_unreadable") from error


def _written_leaf(row: ConditionFields) -> dict[str, object]:
    if row.attribute in (TEXT, DECISION):
        return {"span": row.span, "text": row.value or row.span, "decision": row.attribute == DECISION}
    written: dict[str, object] = {
        "span": row.span,
        "attribute": row.attribute,
        "operator": row.operator,
        "value": _value(row),
        "unit": row.unit or None,
    }
    return {**written, "of": row.of} if row.of else written


def _value(row: ConditionFields) -> object:
    attribute = entitlement_words().attributes.get(row.attribute)
    if attribute is not None and attribute.takes == "number":
        ends = row.value.split(_TO) if row.operator == "between" else [row.value]
        numbers = [_number(end.strip()) for end in ends]
        return numbers if row.operator == "between" else numbers[0]
    words = [word.strip() for word in row.value.replace(";", APART).split(APART)]
    return words if row.operator == "in" else row.value


def _number(typed: str) -> object:
    """3000万元 is 30000000, as is 30000000; what is no number stays as it was typed, to be refused by its name."""
    try:
        exact = Decimal(typed)
    except InvalidOperation:
        found = find_figures(typed)
        if len(found) != 1 or found[0].text != typed or found[0].upper is not None:
            return typed
        exact = found[0].value
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _written_amount(row: AmountFields) -> dict[str, object]:
    names = ("object", "figure", "bound", "base", "period", "term", "cap", "span")
    when: object = _kept(row.kept) if row.kept else None
    if row.attribute:
        chosen = ConditionFields(
            "", row.attribute, row.operator, row.value, row.unit, row.of, row.when_span or row.span
        )
        when = {"all": [_written_leaf(chosen)]}
    return {**{name: getattr(row, name) for name in names}, "when": when}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
