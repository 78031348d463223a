"""Which rows of a grant the arithmetic of a question is of, and what may be multiplied by what: heads, things, months."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose.estimates import amounts_by_the_month
from bot.granting.quantities import people_named
from bot.match.grant_judging import GrantJudged
from bot.understand.reading import Reading
from bot.verify.attribution import names_of
from bot.verify.worked_out import MONTH, PERSON, YEAR, Quantity
from ingest.entitlements.types import AmountRow, ReadableCondition, leaves
from ingest.facts.figures import find_figures
from ingest.vocabulary.talk import talk_words

_FLOORS = frozenset({"at_least", "more_than"})
_OF_THE_TIME = frozenset({"contract_months"})  # conditions on how long the thing lasts that is paid for
SHORTEST_NAME = 4  # characters of what an amount is for, by which a question names it: 重点实验室
MOST_BETWEEN = 6  # characters between a number and the thing it counts: 2个跨境电商平台
SHORTEST_BASE = 3  # characters of what a share is of, by which a question names it: 服务费
EACH_PERSON = re.compile(talk_words().each_person)
_FOR_EACH = re.compile(talk_words().for_each)
_ONCE = re.compile(talk_words().once)


def rows_meant(reading: Reading, grant: GrantJudged) -> Sequence[AmountRow]:
    """The rows that fit; where the question names an amount by the month, those that print it, if any do.

    Of several the one whose base the question counts or names: 4个平台, 平台服务费6万元.
    """
    told = amounts_by_the_month(reading.last)
    if not told:
        several = grant.rows if len(grant.rows) > 1 else ()
        of_base = [row for row in several if _names_base(row, reading)]
        return of_base or [row for row in several if _names_object(row, reading)] or grant.rows
    own = [row for row in grant.rows if any(figure.value in told for figure in find_figures(row.figure))]
    return own or grant.rows  # else it is what the asker pays


def _names_base(row: AmountRow, reading: Reading) -> bool:
    if find_figures(row.figure) and find_figures(row.figure)[0].unit == "%":
        base = row.base or ""
        return len(base) >= SHORTEST_BASE and base[-SHORTEST_BASE:] in reading.last
    return bool(things_named(row, (reading.last,)))


def _names_object(row: AmountRow, reading: Reading) -> bool:
    """Whether the question says one of the names for which an amount is given: 重点实验室."""
    return any(len(name) >= SHORTEST_NAME and name.lower() in reading.last for name in names_of(row.object))


def counts_heads(row: AmountRow, *, is_paid_on: bool, to_people: bool) -> bool:
    """Whether as many people as are named get it as often: each of them, by its words; what is paid once is not said to be.

    带动2人就业的给予3万元一次性补贴: they are what it takes, not who gets it.
    """
    if _is_per_person(row):
        return True
    return to_people and is_paid_on and not _ONCE.search(row.span)


def things_named(row: AmountRow, turns: Sequence[str]) -> list[Quantity]:
    """How many of the things are named for each of which it is given: 4个 of 4个平台, where it is 每入驻一个平台."""
    each = _FOR_EACH.search(row.base or "")
    if each is None:
        return []
    behind = rf"(?!{PERSON})[\u4e00-\u9fff]{{0,{MOST_BETWEEN}}}{each['thing']}"
    return [one for one in people_named(turns) if re.search(re.escape(one.text) + behind, " ".join(turns))][:1]


def _is_per_person(row: AmountRow) -> bool:
    return EACH_PERSON.search("".join(filter(None, (row.figure, row.base, row.object, row.span)))) is not None


def is_too_short(time: Quantity, grant: GrantJudged) -> bool:
    """Whether a time is less than the grant takes: two months of an internship that must last more than three."""
    if time.unit not in (MONTH, YEAR):
        return False
    return any(
        months_of(time) < months_of(Quantity("", leaf.numbers[0], leaf.unit))
        for leaf in leaves(grant.match.grant.record.conditions)
        if isinstance(leaf, ReadableCondition)
        and leaf.attribute in _OF_THE_TIME
        and leaf.operator in _FLOORS
        and leaf.unit in (MONTH, YEAR)
    )


def months_of(time: Quantity) -> int:
    """A time in months."""
    return int(time.value) * (12 if time.unit == YEAR else 1)
