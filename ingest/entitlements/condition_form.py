"""Conditions between JSON and their types, checked against the vocabulary: attribute, operator, value, unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from ingest.entitlements.types import AllOf, AnyOf, Condition, ReadableCondition, TextCondition
from ingest.errors import EntitlementsUnusable
from ingest.sentences import Sentence
from ingest.vocabulary.entitlements import Attribute, entitlement_words

_READABLE_KEYS = frozenset({"span", "attribute", "operator", "value", "unit", "of"})
_TEXT_KEYS = frozenset({"span", "text", "decision"})
_PAIR = 2
_SHOWN = 80  # characters of a value in a message
DEEPEST = 8  # groups inside groups; a record needs three


def read_condition(written: object, depth: int = 0) -> Condition:
    """A condition from JSON. Raises EntitlementsUnusable without naming file or record."""
    if written is None or written == {}:
        return AllOf()
    if depth > DEEPEST:
        raise EntitlementsUnusable("ingest.conditions_nested_too_deep", deepest=DEEPEST)
    if not isinstance(written, Mapping):
        raise EntitlementsUnusable("ingest.condition_is_an_object", found=_short(written))
    given = cast("Mapping[str, object]", written)
    if "all" in given or "any" in given:
        return _group(given, depth)
    return _readable(given) if "attribute" in given else _text(given)


def _group(given: Mapping[str, object], depth: int) -> Condition:
    (name,) = given if len(given) == 1 else ("",)
    listed = given.get(name)
    if not name or not isinstance(listed, list):
        raise EntitlementsUnusable("ingest.group_is_one_list", found=_short(given))
    parts = tuple(read_condition(part, depth + 1) for part in cast("list[object]", listed))
    if name == "all":
        return AllOf(parts)
    if not parts:
        raise EntitlementsUnusable("ingest.any_of_nothing")
    return AnyOf(parts)


def _text(given: Mapping[str, object]) -> TextCondition:
    _only(given, _TEXT_KEYS)
    decision = given.get("decision", False)
    if not isinstance(decision, bool):
        raise EntitlementsUnusable("ingest.decision_true_or_false", found=_short(decision))
    return TextCondition(_words(given, "span"), _words(given, "text"), decision)


def _readable(given: Mapping[str, object]) -> ReadableCondition:
    _only(given, _READABLE_KEYS)
    words = entitlement_words()
    name, operator = _words(given, "attribute"), _words(given, "operator")
    attribute = words.attributes.get(name)
    if attribute is None:
        raise EntitlementsUnusable("ingest.unknown_attribute", name=name, allowed=", ".join(words.attributes))
    allowed = words.operators_of(attribute)
    if operator not in allowed:
        raise EntitlementsUnusable("ingest.unknown_operator", operator=operator, name=name, allowed=", ".join(allowed))
    of = _words(given, "of") if given.get("of") is not None else None
    if attribute.takes == "number":
        numbers = _numbers(name, operator, given.get("value"))
        return ReadableCondition(
            _words(given, "span"), name, operator, numbers=numbers, unit=_unit(name, attribute, given), of=of
        )
    values = _values(name, operator, attribute, given.get("value"))
    return ReadableCondition(_words(given, "span"), name, operator, words=values, of=of)


def _values(name: str, operator: str, attribute: Attribute, value: object) -> tuple[str, ...]:
    listed = _listed(value)
    # A class may be written as a number: class 1 of a catalogue.
    plain = [str(item) if isinstance(item, Decimal) or _is_number(item) else item for item in listed]
    words: tuple[str, ...] = tuple(item for item in plain if isinstance(item, str) and item.strip())
    if len(words) == 0 or len(words) < len(plain):
        raise EntitlementsUnusable("ingest.value_is_words", name=name, found=_short(value))
    if operator != "in" and len(words) > 1:
        raise EntitlementsUnusable("ingest.takes_one_word", name=name, operator=operator, found=_short(value))
    if operator == "at_least" and words[0] not in attribute.ladder:
        ladder = ", ".join(attribute.ladder)
        raise EntitlementsUnusable("ingest.no_step", step=words[0], name=name, ladder=ladder)
    return words


def _numbers(name: str, operator: str, value: object) -> tuple[Decimal, ...]:
    listed = _listed(value)
    exact = [Decimal(str(item)) if _is_number(item) else item for item in listed]
    numbers = tuple(item for item in exact if isinstance(item, Decimal) and item.is_finite())
    wanted = _PAIR if operator == "between" else 1
    if len(numbers) != len(listed) or len(numbers) != wanted:
        form = Sentence("ingest.two_numbers") if wanted == _PAIR else Sentence("ingest.one_number")
        raise EntitlementsUnusable("ingest.takes_numbers", name=name, operator=operator, form=form, found=_short(value))
    if wanted == _PAIR and numbers[0] > numbers[1]:
        raise EntitlementsUnusable("ingest.between_from_smaller", name=name, found=_short(value))
    return numbers


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _listed(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value]


def _unit(name: str, attribute: Attribute, given: Mapping[str, object]) -> str | None:
    unit = given.get("unit")
    if unit is None:
        return attribute.units[0] if attribute.units else None
    if not isinstance(unit, str) or (attribute.units and unit not in attribute.units):
        allowed = ", ".join(attribute.units) or Sentence("ingest.a_word_as_printed")
        raise EntitlementsUnusable("ingest.unknown_unit", unit=_short(unit), name=name, allowed=allowed)
    return unit


def _words(given: Mapping[str, object], key: str) -> str:
    value = given.get(key)
    if not isinstance(value, str) or not value.strip():
        raise EntitlementsUnusable("ingest.condition_lacks_key", key=key, found=_short(given))
    return value


def _only(given: Mapping[str, object], allowed: frozenset[str]) -> None:
    unknown = sorted(given.keys() - allowed)
    if unknown:
        raise EntitlementsUnusable(
            "ingest.unknown_key_of_condition", key=unknown[0], allowed=", ".join(sorted(allowed))
        )


def _short(value: object) -> str:
    """A value as it may stand in a message."""
    shown = str(value) if isinstance(value, Decimal) else repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


# ── Writing ────────────────────────────────────────────────────────────────────────────────────


def condition_json(condition: Condition) -> dict[str, object]:
    """A condition as it is written; :func:`read_condition` reads the same again."""
    if isinstance(condition, AllOf):
        return {"all": [condition_json(part) for part in condition.parts]}
    if isinstance(condition, AnyOf):
        return {"any": [condition_json(part) for part in condition.parts]}
    if isinstance(condition, TextCondition):
        return {"span": condition.span, "text": condition.text, "decision": condition.decision}
    written: dict[str, object] = {
        "span": condition.span,
        "attribute": condition.attribute,
        "operator": condition.operator,
        "value": _value_json(condition),
        "unit": condition.unit,
    }
    return written if condition.of is None else {**written, "of": condition.of}


def _value_json(condition: ReadableCondition) -> object:
    values: Sequence[object] = condition.words or [_number_json(number) for number in condition.numbers]
    return list(values) if condition.operator in ("in", "between") else values[0]


def _number_json(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
