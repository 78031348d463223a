"""Whether two levels of government give different amounts of the same thing to the same people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from bot.evidence.benefit_rows import purposes_behind
from bot.evidence.candidates import Candidate
from bot.understand.grades import tiers_of
from bot.verify.attribution import names_of
from ingest.types import Clause, Figure, Span

# 对其年龄达到70周岁以上的父母 每人每年给予 1000元
_WHOM = re.compile(
    r"对于?([^，。；：]{2,80}?)的?，?(?:每人|每年|每月|每家|每户|按|一次性|分别|最高|不低于|给予|奖励|奖补|补助|补贴|资助|提供)"
)
_PERIOD = re.compile(r"[年月日天]")
COMPARED_END = 4  # characters: 技术企业 and 小微企业 are two, 企业 would be one


@dataclass(frozen=True, slots=True)
class _Grant:
    """An amount of money that a level gives; ``names`` and ``whom`` say to whom, ``purposes`` what for, as printed."""

    level: str
    names: frozenset[str]
    whom: str
    purposes: frozenset[str]
    period: str
    amount: tuple[Decimal, Decimal | None]

    def is_like(self, other: _Grant) -> bool:
        """The same thing for the same people. What is not printed cannot be told apart."""
        apart = self.purposes and other.purposes and self.purposes.isdisjoint(other.purposes)
        return not apart and self.period == other.period and self._is_to_same(other)

    def _is_to_same(self, other: _Grant) -> bool:
        end = self.whom[-COMPARED_END:]
        return bool(self.names & other.names) or (len(end) == COMPARED_END and other.whom.endswith(end))


def amounts_differ_by_level(quoted: Sequence[tuple[Clause, Sequence[Span]]]) -> bool:
    """True when quotes of two levels give the same people another amount, and neither amount stands at both levels."""
    grants = [grant for clause, quotes in quoted for quote in quotes for grant in _grants(clause, quote)]
    pairs = [(a, b) for a, b in combinations(dict.fromkeys(grants), 2) if a.level != b.level and a.is_like(b)]
    agreed = {grant for pair in pairs if pair[0].amount == pair[1].amount for grant in pair}
    return any(not agreed & {a, b} for a, b in pairs)


def give_alike(one: Candidate, other: Candidate) -> bool:
    """Whether two sentences print an amount of the same thing for the same people, as far as their words tell."""
    grants = [list(_grants(candidate.clause, candidate.span)) for candidate in (one, other)]
    return any(a.is_like(b) for a in grants[0] for b in grants[1])


def _grants(clause: Clause, quote: Span) -> Iterator[_Grant]:
    if clause.level is None:
        return
    rows = {row.figure.span: row.object for row in clause.benefits}
    names, whom, said_until = frozenset[str](), "", quote.start
    for figure in sorted(clause.figures, key=lambda one: one.span):
        if figure.unit.partition("/")[0] != "元" or not quote.contains(figure.span):
            continue
        before = clause.text[said_until : figure.span.start]
        said_until = figure.span.end
        tiers, match = tiers_of(before.lower()), _WHOM.search(before)
        if figure.span in rows:
            names, whom = frozenset(names_of(rows[figure.span])) | tiers_of(rows[figure.span].lower()), ""
        elif tiers or match:  # else it is given to those named before, as 聘期内每年给予最高1000万元
            names, whom = tiers, match[1] if match else ""
        purposes = purposes_behind(clause, figure, quote)
        yield _Grant(clause.level, names, whom, purposes, _period(figure), (figure.value, figure.upper))


def _period(figure: Figure) -> str:
    found = _PERIOD.search(f"{figure.period or ''}{figure.unit}")
    return found[0] if found else ""
