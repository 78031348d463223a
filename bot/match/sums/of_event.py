"""The claim of a grant for people that are no talent brought, as interns: heads, months and money are those of the event.

Several kinds of them are worked out apart; where it cannot be told which number is whose,
nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.match.claims import claims_of
from bot.match.fact_pool import FactPool
from bot.match.judged_trees import LeafJudged, is_of_same_term, number_holds
from bot.match.types import Fact
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import AmountRow, Condition, ReadableCondition, leaves
from ingest.facts.numerals import value_of
from ingest.types import Span
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.inclusions import inclusions
from ingest.vocabulary.talk import talk_words

_CLAUSE_END = re.compile(r"[，。；！？,;!?\n]")
_SENTENCE_END = re.compile(r"[。；！？;!?\n]")
_HEADS = re.compile(talk_words().heads_said)
_MONTHS = re.compile(talk_words().months_said)
_MONTH, _MONEY, _TERM = "月", "monthly_allowance", "contract_months"
_HALF_A_YEAR = Decimal(6)
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class _Kind:
    """People of one kind that came by an event; None: not said."""

    heads: int | None
    months: Decimal | None
    allowance: Fact | None


def event_of(judged: Iterable[LeafJudged]) -> Fact | None:
    """The event that a grant is for, where those who came by it are counted for themselves, as interns."""
    wanted = set(inclusions().counted_events)
    return next(
        (
            fact
            for leaf in judged
            if leaf.status == "met" and isinstance(leaf.leaf, ReadableCondition) and leaf.leaf.attribute == "event"
            for fact in leaf.by
            if fact.said is not None and wanted & set(leaf.leaf.words)
        ),
        None,
    )


def claim_of_event(
    rows: Sequence[AmountRow],
    pool: FactPool,
    event: Fact,
    profile: str,
    condition: Condition | None,
    language: Language,
) -> str:
    """The arithmetic for each kind of people of ``event``; empty where it is not sure which number is whose."""
    assert event.said is not None
    kinds = _kinds(pool.facts, profile, _stretch(pool.facts, profile, event.said))
    told: list[str] = []
    for kind in kinds:
        if _meets_its_term(kind, condition):
            claim = claims_of(rows, _with(pool, kind), language, kind.heads)
            told += [part for part in claim.split(Say("；", "; ").to(language)) if part and part not in told]
    return Say("；", "; ").to(language).join(told)


def _stretch(facts: Iterable[Fact], profile: str, said: Span) -> Span:
    """From the clause of the event to the end of the sentence, or to where another thing done is told."""
    others = sorted(
        (
            fact.said
            for fact in facts
            if fact.attribute in ("event", "award", "arrival") and fact.said not in (None, said)
        ),
        key=lambda span: span.start if span else 0,
    )
    begin = max((end.end() for end in _CLAUSE_END.finditer(profile, 0, said.start)), default=0)
    begin = max([begin, *(span.end for span in others if span and span.end <= said.start)])
    ending = _SENTENCE_END.search(profile, said.end)
    end = ending.start() if ending else len(profile)
    ahead = [span.start for span in others if span and span.start >= said.end]
    if ahead and ahead[0] < end:
        breaks = [one.start() for one in _CLAUSE_END.finditer(profile, said.end, ahead[0])]
        end = breaks[-1] if breaks else ahead[0]
    return Span(begin, end)


def _kinds(facts: Iterable[Fact], profile: str, where: Span) -> list[_Kind]:
    """The kinds of people told in a stretch; none where their numbers cannot be told apart."""
    heads = [(m.start(), _value(m["n"])) for m in _HEADS.finditer(profile, where.start, where.end)]
    months = [(m.start(), _months(m)) for m in _MONTHS.finditer(profile, where.start, where.end)]
    money = list({f.said.start: f for f in facts if f.attribute == _MONEY and f.said and not f.denied}.values())
    inside = [f for f in money if f.said and where.start <= f.said.start < where.end]
    if len(heads) <= 1 and len(months) <= 1:
        own = inside or money
        if len(own) > 1:
            return []
        one = own[0] if own else None
        return [_Kind(heads[0][1] if heads else None, months[0][1] if months else None, one)]
    if len(heads) != len(months) or not _alternate(heads, months):
        return []
    starts = [min(head[0], month[0]) for head, month in zip(heads, months, strict=True)]
    ends = [*starts[1:], where.end]
    return list(_paired(heads, months, list(zip(starts, ends, strict=True)), inside or money))


def _paired(
    heads: Sequence[tuple[int, int]],
    months: Sequence[tuple[int, Decimal]],
    spans: Sequence[tuple[int, int]],
    money: Sequence[Fact],
) -> Iterator[_Kind]:
    each = [[f for f in money if f.said and start <= f.said.start < end] for start, end in spans]
    for number, (head, month) in enumerate(zip(heads, months, strict=True)):
        own = each[number] if len(money) == len(spans) else money
        if len(own) == 1:
            yield _Kind(head[1], month[1], own[0])


def _alternate(heads: Sequence[tuple[int, int]], months: Sequence[tuple[int, Decimal]]) -> bool:
    """Whether each number of people stands beside a number of months."""
    order = [name for _, name in sorted([(at, "h") for at, _ in heads] + [(at, "m") for at, _ in months])]
    return order in (["h", "m"] * len(heads), ["m", "h"] * len(heads))


def _meets_its_term(kind: _Kind, condition: Condition | None) -> bool:
    """Whether these people stayed as long as the grant asks for."""
    if kind.months is None:
        return True
    fact = Fact(_TERM, number=kind.months, unit=_MONTH, of=asker_speech().studies.internship[0])
    asked = (leaf for leaf in leaves(condition) if isinstance(leaf, ReadableCondition) and leaf.attribute == _TERM)
    return all(number_holds(leaf, kind.months) for leaf in asked if is_of_same_term(leaf, fact))


def _with(pool: FactPool, kind: _Kind) -> FactPool:
    """The facts with these people's months and money in place of all others."""
    months = () if kind.months is None else (Fact(_TERM, number=kind.months, unit=_MONTH),)
    money = () if kind.allowance is None else (kind.allowance,)
    return replace(pool, by_attribute={**pool.by_attribute, _TERM: months, _MONEY: money})


def _months(match: re.Match[str]) -> Decimal:
    return _HALF_A_YEAR if match["half"] else _value(match["n"]) + (_HALF if match["more"] else Decimal(0))


def _value(number: str) -> int:
    return int(number) if number.isdecimal() else 2 if number == "两" else int(value_of(number) or 0)
