"""One proposal of a model against the clause it is about: a record whose every word and figure stands, or the reason why not.

Nothing is mended but one thing, which is counted: a condition that the vocabulary cannot say is kept as its own words.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import cast

from bot.proposing.prompts import ClauseAsked
from bot.proposing.reply import RawRecord
from ingest.entitlements.attach import supporting
from ingest.entitlements.condition_form import DEEPEST, condition_json, read_condition
from ingest.entitlements.record_form import amount_json, read_record
from ingest.entitlements.types import AmountRow, Entitlement, Leaf, ReadableCondition, Review, TextCondition, leaves
from ingest.entitlements.wording import squeezed
from ingest.errors import EntitlementsUnusable
from ingest.facts.figures import find_figures
from ingest.facts.numerals import SIGNS
from ingest.facts.validity import find_validity
from ingest.normalise import match_form
from ingest.types import Bound
from ingest.vocabulary.entitlements import entitlement_words

LONGEST_TITLE, LONGEST_LABEL = 40, 80  # characters of what need not be printed as it is
_ASKED_FOR = frozenset(
    {
        "title",
        "kind",
        "spans",
        "recipient",
        "conditions",
        "amounts",
        "validity",
        "offices",
        "procedure",
        "overlap",
        "soft",
    }
)
_NUMERAL = rf"[\d.,{SIGNS}]"
_MONTHS_OF_A_YEAR = 12
_BOUNDS = {Bound.AT_MOST: "cap", Bound.AT_LEAST: "floor"}


class Dropped(StrEnum):
    """Why a proposal is none."""

    FORM = "form"  # other keys than asked for, or a value of the wrong sort
    KIND = "unknown_kind"
    RECIPIENT = "unknown_recipient"
    NO_SPAN = "span_does_not_stand"
    SPAN_TWICE = "span_stands_twice"
    WORDS = "words_do_not_stand"  # of a recipient, a condition, a row
    FIGURE = "figure_not_in_span"
    BOUND = "bound_not_of_span"  # 最高 told as a fixed sum
    LABEL = "label_not_of_clause"  # a title, an object or a condition in words says other words or figures
    DAY = "day_not_in_span"


@dataclass(frozen=True, slots=True)
class Checked:
    """A record, or why there is none. ``as_text`` conditions could not be read and are kept as their words."""

    record: Entitlement | None
    reason: Dropped | None = None
    as_text: int = 0


class _Void(Exception):
    def __init__(self, reason: Dropped) -> None:
        self.reason = reason


def check(raw: RawRecord, asked: ClauseAsked, model: str, on: date, issued: date | None = None) -> Checked:
    """The record that ``model`` proposed for a clause ``on`` a day; ``issued`` is the day of its document."""
    page = _Page.of(asked)
    try:
        written, as_text = _readable_form(raw, page)
        record = _read(written, asked.document)
        page.check(record, issued)
    except _Void as void:
        return Checked(None, void.reason)
    review = Review(proposed_by="model", model=model, proposed_on=on)
    return Checked(replace(record, id=f"model-{statement(record)[:10]}", review=review), as_text=as_text)


def statement(record: Entitlement) -> str:
    """Equal for two records that grant the same by the same words, whatever their titles."""
    rows = [{key: value for key, value in amount_json(row).items() if key != "object"} for row in record.amounts]
    said = [sorted(record.spans), record.recipient.who, record.kind, condition_json(record.conditions), rows]
    return hashlib.sha256(match_form(json.dumps(said, ensure_ascii=False, sort_keys=True)).encode()).hexdigest()


def _read(written: Mapping[str, object], document: str) -> Entitlement:
    words = entitlement_words()
    if written.keys() - _ASKED_FOR:
        raise _Void(Dropped.FORM)
    if written.get("kind") not in list(words.kinds):
        raise _Void(Dropped.KIND)
    recipient = written.get("recipient")
    if not isinstance(recipient, dict) or cast("dict[str, object]", recipient).get("who") not in list(words.recipients):
        raise _Void(Dropped.RECIPIENT)
    try:
        return read_record({**written, "id": "model"}, document)
    except EntitlementsUnusable:
        raise _Void(Dropped.FORM) from None


# ── Conditions that cannot be read ─────────────────────────────────────────────────────────────


def _readable_form(raw: RawRecord, page: _Page) -> tuple[dict[str, object], int]:
    """The proposal with each condition that the vocabulary cannot say as its own words, and how many they are."""
    counted: list[str] = []
    written = dict(raw)
    written["conditions"] = _as_text(raw.get("conditions"), page, counted)
    amounts = raw.get("amounts")
    if isinstance(amounts, list):
        written["amounts"] = [_row(row, page, counted) for row in cast("list[object]", amounts)]
    if not written.get("amounts"):
        written["amounts"] = []
    return written, len(counted)


def _row(row: object, page: _Page, counted: list[str]) -> object:
    if not isinstance(row, dict):
        return row
    given = cast("dict[str, object]", row)
    return {**given, "when": _as_text(given.get("when"), page, counted)}


def _as_text(condition: object, page: _Page, counted: list[str], depth: int = 0) -> object:
    if not isinstance(condition, dict) or depth > DEEPEST:
        return cast("object", condition)
    given = cast("dict[str, object]", condition)
    for group in ("all", "any"):
        parts = given.get(group)
        if isinstance(parts, list):
            return {**given, group: [_as_text(part, page, counted, depth + 1) for part in cast("list[object]", parts)]}
    if "attribute" not in given or not isinstance(given.get("span"), str):
        return given
    try:
        read = read_condition(given)
    except EntitlementsUnusable:
        read = None
    if isinstance(read, ReadableCondition) and page.speaks_of(read):
        return given
    span = str(given["span"])
    counted.append(span)
    return {"span": span, "text": span, "decision": False}


# ── What stands ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Page:
    """What a model was shown of a clause, without blanks: words of a proposal are looked for in it."""

    text: str
    around: str  # the text, what it stands under, and the document's title

    @classmethod
    def of(cls, asked: ClauseAsked) -> _Page:
        text = squeezed(asked.clause.text)
        return cls(text, "\n".join((text, *map(squeezed, (*asked.above, *asked.clause.path, asked.document)))))

    def speaks_of(self, condition: ReadableCondition) -> bool:
        """Whether the words that a condition compares with are printed; numbers are looked at apart."""
        return all(squeezed(word) in self.around for word in (*condition.words, condition.of or ""))

    def check(self, record: Entitlement, issued: date | None) -> None:
        """Raises _Void with the first reason why the record cannot be one."""
        for span in record.spans:
            times = self.text.count(squeezed(span))
            if times != 1:
                raise _Void(Dropped.SPAN_TWICE if times else Dropped.NO_SPAN)
        for row in record.amounts:
            if not _stands_whole(row.figure, squeezed(row.span)):
                raise _Void(Dropped.FIGURE)
            if _bounds_otherwise(row):
                raise _Void(Dropped.BOUND)
            self._check_label(row.object, LONGEST_LABEL)
        for words in (*supporting(record), *(row.period for row in record.amounts if row.period)):
            if not _stands_whole(words, self.around):
                raise _Void(Dropped.WORDS)
        for leaf in _leaves(record):
            self._check_condition(leaf)
        self._check_label(record.title, LONGEST_TITLE)
        if record.validity is not None:
            printed = find_validity(record.validity.span, issued)
            if (record.validity.since, record.validity.until) != (printed.valid_from, printed.valid_until):
                raise _Void(Dropped.DAY)

    def _check_condition(self, leaf: Leaf) -> None:
        if isinstance(leaf, TextCondition):
            if squeezed(leaf.text) not in self.around:
                raise _Void(Dropped.LABEL)
            return
        if leaf.numbers:
            printed = set(_values(leaf.span))
            if any(number not in printed for number in leaf.numbers):
                raise _Void(Dropped.FIGURE)

    def _check_label(self, label: str, longest: int) -> None:
        """A label may be put together from words of the clause; its figures, and most of its signs, stand there."""
        words = squeezed(label)
        figures = [*re.findall(r"[\d.,]*\d%?", words), *(found.text for found in find_figures(label))]
        made_up = sum(sign not in self.around for sign in words)
        if len(words) > longest or 2 * made_up > len(words) or not label.isprintable():
            raise _Void(Dropped.LABEL)
        if any(not _stands_whole(figure, self.around) for figure in figures):
            raise _Void(Dropped.LABEL)


def _leaves(record: Entitlement) -> Iterator[Leaf]:
    yield from leaves(record.conditions)
    for row in record.amounts:
        yield from leaves(row.when)


def _stands_whole(words: str, text: str) -> bool:
    """Whether the words stand in a text without blanks, their numbers not as a part of a longer one: no 5万元 in 15万元."""
    wanted = squeezed(words)
    if not wanted:
        return True
    before = rf"(?<!{_NUMERAL})" if re.match(_NUMERAL, wanted) else ""
    behind = rf"(?!{_NUMERAL})" if re.search(rf"{_NUMERAL}\Z", wanted) else ""
    return re.search(f"{before}{re.escape(wanted)}{behind}", text) is not None


def _bounds_otherwise(row: AmountRow) -> bool:
    """Whether the span prints the figure, wherever it does, with another bound than the row says."""
    figure = squeezed(row.figure)
    printed = [_BOUNDS.get(found.bound) for found in find_figures(row.span) if squeezed(found.text) == figure]
    return bool(printed) and all(bound is not None and row.bound not in (bound, "range") for bound in printed)


def _values(span: str) -> Iterator[Decimal]:
    """The numbers that a span prints, as a condition has them: money in 元, and years as months besides."""
    for figure in find_figures(span):
        for value in (figure.value, figure.upper):
            if value is not None:
                yield value
                if figure.unit in entitlement_words().attributes["years_operating"].units:
                    yield value * _MONTHS_OF_A_YEAR
