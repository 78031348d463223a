"""Shares that differ by the part of a base they are taken of: 500万元以下部分 30%, 500万元至1000万元部分 25%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.match import wording
from bot.match.sums.printed import figures_in
from bot.match.types import Fact
from bot.match.wording import label_of, number_said
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import AmountRow
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.talk import talk_words

_PART = re.compile(talk_words().part_of_a_base)
_BELOW = re.compile(talk_words().below)
_IN_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_PERCENT = Decimal(100)
_MONEY = "元"


@dataclass(frozen=True, slots=True)
class Tier:
    """The part of a base between two sums in 元 (``upper`` None: all above), and the share of it."""

    lower: Decimal
    upper: Decimal | None
    row: AmountRow
    rate: Decimal


def tiers_of(rows: Sequence[AmountRow]) -> tuple[Tier, ...]:
    """The tiers that rows make, from the lowest; empty unless together they leave no gap from nought on."""
    if len(rows) < 2 or len({row.base for row in rows}) > 1:
        return ()
    found = [_tier(row) for row in rows]
    if any(tier is None for tier in found):
        return ()
    tiers = sorted((tier for tier in found if tier is not None), key=lambda tier: tier.lower)
    ends = [Decimal(0), *(tier.upper for tier in tiers[:-1])]
    return tuple(tiers) if [tier.lower for tier in tiers] == ends else ()


def _tier(row: AmountRow) -> Tier | None:
    """One row as a tier; None for what is no share of a part."""
    rates = [figure for figure in figures_in(row.figure) if figure.unit == "%" and figure.upper is None]
    words = _IN_BRACKETS.sub("", row.object)
    sums = [figure for figure in figures_in(words) if figure.unit == _MONEY]
    if len(rates) != 1 or not _PART.search(words) or not sums or len(sums) > 2:
        return None
    values = [sums[0].value, *([sums[0].upper] if sums[0].upper is not None else [])]
    values += [figure.value for figure in sums[1:]]
    if len(values) == 2:
        return Tier(values[0], values[1], row, rates[0].value)
    if _BELOW.search(words):
        return Tier(Decimal(0), values[0], row, rates[0].value)
    return Tier(values[0], None, row, rates[0].value)


def said_in_tiers(tiers: Sequence[Tier], fact: Fact, language: Language) -> str:
    """The sum over all parts that the base reaches."""
    base = fact.number or Decimal(0)
    reached = [(tier, _part(tier, base)) for tier in tiers if base > tier.lower]
    result = sum((part * tier.rate / _PERCENT for tier, part in reached), Decimal(0))
    times = Say("×", " × ").to(language)
    parts = [f"{number_said(part, fact.unit, language)}{times}{tier.row.figure}" for tier, part in reached]
    bound = tiers[0].row.bound
    most = Say(*entitlement_words().bounds[bound]).to(language) if bound in ("cap", "floor") else ""
    return wording.CLAIM_TIERS.to(language).format(
        base=label_of(fact.attribute, language),
        amount=number_said(base, fact.unit, language),
        parts=Say("+", " + ").to(language).join(parts),
        result=Say("{0}{1}", "{0} {1}").to(language).format(most, number_said(result, fact.unit, language)).strip(),
    )


def _part(tier: Tier, base: Decimal) -> Decimal:
    return (base if tier.upper is None else min(base, tier.upper)) - tier.lower
