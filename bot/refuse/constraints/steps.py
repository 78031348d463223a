"""Steps of a scale of prices: a voltage between those printed, a fourth step where there are three, a tier of an award."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.refuse.answerability import Searched
from bot.refuse.constraints.cited import citable, plain
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.understand.goods_and_uses import goods_named, uses_named
from ingest.types import Clause, Span
from ingest.vocabulary.refusing.constraints import constraint_words

_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"(?:千伏|kv)"
_VOLTAGE = re.compile(
    rf"(?P<below>小于|不满|低于|不足)?(?:(?P<low>{_NUMBER})(?:{_UNIT})?(?:-|—|–|~|～|至|到))?(?P<high>{_NUMBER}){_UNIT}"
    r"(?P<open>及?以上|及?以下|以内)?"
)
_ORDINALS = "一二三四五六七八九"
_ORDINAL = re.compile(
    rf"(?:第([{_ORDINALS}])(?:级|个)?(?:阶梯|档|梯)|(?<![{_ORDINALS}几每同])([{_ORDINALS}])(?:档|阶梯)(?!次|都|各|全|分别|价?[都各]))"
)
TIERS = "attribute.tiers"
_SPEECH = constraint_words().speech
_TIER_ASKED = re.compile(_SPEECH.tier_asked)
_TIERS_ONLY_SAID = re.compile(_SPEECH.tiers_only_said)
_TIERS_PRINTED = re.compile(_SPEECH.tiers_printed)
_UNBOUNDED = Decimal(10**6)


@dataclass(frozen=True, slots=True)
class _Step:
    """From ``low`` to ``high`` in kilovolts, both of them in it."""

    text: str
    low: Decimal
    high: Decimal

    def holds(self, other: _Step) -> bool:
        """Whether all of ``other`` lies in this step."""
        return self.low <= other.low and other.high <= self.high


def check_steps(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each voltage and each numbered step that the last turn names, against the rows of the price list found."""
    last = plain(searched.reading.last)
    for asked in _steps_in(last):
        if rows := _rows(searched, scaled=True):
            yield _voltage_checked(asked, rows)
    rows = _rows(searched)
    if not rows:
        return
    for match in _ORDINAL.finditer(last):
        yield _ordinal_checked(match[0], match[1] or match[2], rows)


def check_tiers(searched: Searched) -> Iterator[ConstraintCheck]:
    """A tier asked for (落在哪一档) where the best sentence says only that there are tiers: 分档给予最高500万元."""
    asked, best = _TIER_ASKED.search(searched.reading.last), citable(searched)[0]
    said = _TIERS_ONLY_SAID.search(plain(best.text))
    if asked is None or said is None or best.clause.role.is_rate_row:
        return
    is_printed = _TIERS_PRINTED.search(plain(best.text)) is not None
    outcome = Outcome.BORNE_OUT if is_printed else Outcome.NOT_MENTIONED
    yield ConstraintCheck(ConstraintKind.ATTRIBUTE, asked[0], outcome, TIERS, (), best.clause.id, best.span)


def _rows(searched: Searched, *, scaled: bool = False) -> Sequence[Clause]:
    """The rows of one price list: those under the headings of the best row that is of the good asked about.

    ``scaled`` looks only at lists that print a voltage. Rows that were not found belong to the list as well.
    """
    rows = [c.clause for c in searched.candidates if c.clause.role.is_rate_row]
    rows = [clause for clause in rows if _steps_in(plain(clause.text))] if scaled else rows
    goods = goods_named(searched.reading.last)
    of_good = [clause for clause in rows if goods & goods_named(" ".join((*clause.path, clause.text)).lower())]
    chosen = of_good or rows
    if not chosen:
        return ()
    first = _of_its_use(searched, chosen) if scaled else chosen[0]
    if searched.corpus is not None:
        chosen = searched.corpus.clauses_of(searched.corpus.document_of(first))
    return [clause for clause in chosen if clause.path == first.path and clause.role.is_rate_row]


def _of_its_use(searched: Searched, rows: Sequence[Clause]) -> Clause:
    """The first row; where it is for another use than the question's only one, the first of its document for that use."""
    first, uses = rows[0], uses_named(searched.reading.last)
    if len(uses) != 1 or uses & _uses(first) or searched.corpus is None:
        return first
    document = searched.corpus.clauses_of(searched.corpus.document_of(first))
    goods = goods_named(_words(first))
    of_use = (
        row
        for row in (*rows, *document)
        if row.role.is_rate_row and _uses(row) & uses and goods_named(_words(row)) & goods
    )
    return next((row for row in of_use if _steps_in(plain(row.text))), first)


def _uses(row: Clause) -> frozenset[str]:
    return uses_named(_words(row))


def _words(row: Clause) -> str:
    return " ".join((*row.path, row.text)).lower()


def _steps_in(text: str) -> list[_Step]:
    return [_step(match) for match in _VOLTAGE.finditer(text)]


def _step(match: re.Match[str]) -> _Step:
    high = Decimal(match["high"])
    low = Decimal(match["low"]) if match["low"] else high
    if match["below"] or (match["open"] or "").endswith(("下", "内")):
        low = Decimal(0)
    if (match["open"] or "").endswith("上"):
        high = _UNBOUNDED
    return _Step(match[0], low, high)


def _voltage_checked(asked: _Step, rows: Sequence[Clause]) -> ConstraintCheck:
    kind, fault = ConstraintKind.STEP, "step.voltage"
    printed: list[str] = []
    for row in rows:
        for step in _steps_in(plain(row.text)):
            if step.holds(asked) or asked.holds(step):
                return ConstraintCheck(kind, asked.text, Outcome.BORNE_OUT, fault, (), row.id, Span(0, len(row.text)))
            printed.append(_as_printed(row.text, step))
    if not printed:
        return ConstraintCheck(kind, asked.text, Outcome.NOT_MENTIONED, fault)
    shown = tuple(dict.fromkeys(printed))
    return ConstraintCheck(kind, asked.text, Outcome.CONTRADICTED, fault, shown, rows[0].id, Span(0, len(rows[0].text)))


def _as_printed(text: str, step: _Step) -> str:
    """The step in the letters of the row (KV), which comparing has lost."""
    at = plain(text).find(step.text)
    bare = "".join(text.split())
    return bare[at : at + len(step.text)] if at >= 0 else step.text


def _ordinal_checked(asked: str, ordinal: str, rows: Sequence[Clause]) -> ConstraintCheck:
    kind, fault = ConstraintKind.STEP, "step.ordinal"
    found: dict[str, Clause] = {}
    for row in rows:
        words = plain(" ".join((*row.path[1:], row.text)))
        found |= {match[1] or match[2]: row for match in _ORDINAL.finditer(words)}
    if ordinal in found:
        row = found[ordinal]
        return ConstraintCheck(kind, asked, Outcome.BORNE_OUT, fault, (), row.id, Span(0, len(row.text)))
    if not found:
        return ConstraintCheck(kind, asked, Outcome.NOT_MENTIONED, fault)
    printed = tuple(f"第{one}档" for one in sorted(found, key=_ORDINALS.index))
    return ConstraintCheck(kind, asked, Outcome.CONTRADICTED, fault, printed, rows[0].id, Span(0, len(rows[0].text)))
