"""Facts of an asker, and what each grant of a corpus says to them.

A fact speaks of one attribute of ``ingest/vocabulary/entitlements.toml``, the same that conditions of records read, so
that a condition is compared with the facts of its own attribute and with nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import AmountRow, Attached, Entitlement
from ingest.types import Span
from ingest.vocabulary.entitlements import entitlement_words

Status = Literal["met", "open", "not_met"]
_PRICE, _MONEY = "价格", "元"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of the asker, or of the person they bring (``about`` "talent"), or of a relative ("relative").

    Words and number exclude one another, as in a condition. Money is in 元, a share in %. ``said`` is where the
    profile says it; None: worked out (``because`` says from what) or ticked in the form.
    """

    attribute: str
    words: tuple[str, ...] = ()
    number: Decimal | None = None
    unit: str | None = None
    of: str | None = None  # whose level, time or class: 高新技术企业, 鄂尔多斯市
    about: Literal["asker", "talent", "relative"] = "asker"
    denied: bool = False  # 不是高企, 没有 …: the words do not hold
    planned: bool = False  # 打算, 拟, if we: it does not hold yet; no condition is met by it
    upto: Decimal | None = None  # of a range (七八个人) the largest it may be; ``number`` is the smallest
    said: Span | None = None
    because: str = ""
    group: int = 0  # of several people brought (3个博士、2个硕士) whose it is, from 1; 0: of all of them
    people: int | None = None  # how many of them there are, where it was said


@dataclass(frozen=True, slots=True)
class AskerFacts:
    """What is known of the asker. ``who`` are recipients of the vocabulary the asker can be (company, employer, …)."""

    who: frozenset[str]
    facts: tuple[Fact, ...] = ()
    contradictions: tuple[str, ...] = ()  # one sentence each
    doubted: frozenset[str] = frozenset()  # names that were said and count as not known

    @property
    def groups(self) -> tuple[int, ...]:
        """The groups of people brought that are told apart; none: one person, or nobody."""
        return tuple(sorted({fact.group for fact in self.facts if fact.group}))

    def of(self, attribute: str) -> tuple[Fact, ...]:
        """The facts on one attribute."""
        return tuple(fact for fact in self.facts if fact.attribute == attribute)


@dataclass(frozen=True, slots=True)
class ConditionJudged:
    """A condition, what comes of it and why, in one sentence. ``span`` is the record's own verbatim words."""

    span: str
    text: str
    status: Status
    because: str


@dataclass(frozen=True, slots=True)
class Match:
    """What one grant says to the asker."""

    grant: Attached
    status: Status
    conditions: tuple[ConditionJudged, ...]
    quotes: tuple[str, ...]  # words of the row that applies
    amount: str  # as printed; empty: none
    bound: str | None
    claim: str  # what the figure means here, with its arithmetic; empty: nothing to work out
    paid: str = ""  # how often and how long, as printed: 每月，最长补贴24个月
    overlaps: tuple[str, ...] = ()
    said_again_by: tuple[Attached, ...] = ()  # the same money printed elsewhere
    rows: tuple[AmountRow, ...] = ()  # of the grant, those that apply

    def bounded_amount(self, language: Language) -> str:
        """The amount behind the word of its bound (最高50万元), where it does not say that itself."""
        label = entitlement_words().bounds.get(self.bound or "fixed", ("", ""))
        if self.bound not in ("cap", "floor") or label[0] in self.amount:
            return self.amount
        return Say("{0}{1}", "{0} {1}").to(language).format(Say(*label).to(language), self.amount)

    @property
    def is_tariff(self) -> bool:
        """A printed price (水价, 电价, 地价), which everybody of its kind pays: no benefit."""
        return is_tariff(self.grant.record)


def is_tariff(record: Entitlement) -> bool:
    """True for a printed price, in money."""
    return record.kind == _PRICE and any(_MONEY in row.figure for row in record.amounts)
