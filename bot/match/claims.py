"""What a printed figure means for the asker: a share of a base they named, or so much for each of what they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.match import wording
from bot.match.fact_pool import FactPool
from bot.match.types import Fact
from bot.match.wording import label_of, number_said
from bot.types import Language
from ingest.entitlements.types import AmountRow
from ingest.facts.figures import find_figures
from ingest.types import Figure
from ingest.vocabulary.matching.inclusions import inclusions

_PERCENT = Decimal(100)
_EACH = re.compile(r"(?:/|每)\s?(?P<unit>件|项|辆|台|个)")
_MONEY = "元"


def claim_of(row: AmountRow, pool: FactPool, language: Language) -> str:
    """The arithmetic in one line; empty where base or number is not known, or the figure stands for itself."""
    figure = _figure(row.figure)
    if figure is None:
        return ""
    return _share(row, figure, pool, language) or _each(row, figure, pool, language)


def _share(row: AmountRow, figure: Figure, pool: FactPool, language: Language) -> str:
    fact = _base(row.base, pool) if figure.unit == "%" and figure.upper is None and row.base else None
    if fact is None or fact.number is None:
        return ""
    result = fact.number * figure.value / _PERCENT
    product = wording.CLAIM_SHARE.to(language).format(
        base=label_of(fact.attribute, language),
        amount=number_said(fact.number, fact.unit, language),
        rate=row.figure,
        result=number_said(result, fact.unit, language),
    )
    return _capped(product, row, language)


def _each(row: AmountRow, figure: Figure, pool: FactPool, language: Language) -> str:
    unit = _EACH.search(row.figure) or _EACH.search(row.base or "") or _EACH.search(row.period or "")
    if unit is None or figure.unit.partition("/")[0] != _MONEY or figure.upper is not None:
        return ""
    counted = [fact for name in inclusions().counts.get(unit["unit"], ()) for fact in pool.on(name)]
    number = next((fact.number for fact in counted if fact.number is not None and not fact.denied), None)
    # Several numbers of one attribute (6 件国内, 1 件国外) cannot be told apart here.
    if number is None or len(counted) > 1 or number < 1:
        return ""
    product = wording.CLAIM_EACH.to(language).format(
        each=row.figure, count=wording.plain(number), result=number_said(figure.value * number, _MONEY, language)
    )
    return _capped(product, row, language)


def _capped(product: str, row: AmountRow, language: Language) -> str:
    if not row.cap:
        return product
    return wording.CLAIM_CAPPED.to(language).format(product=product, cap=row.cap)


def _base(base: str | None, pool: FactPool) -> Fact | None:
    """The fact that is the base of a share: the attribute whose words stand in it. Two kinds of base: none is sure."""
    names = list(_bases(base or ""))
    facts = [fact for name in names[:1] for fact in pool.on(name) if fact.number is not None and not fact.denied]
    return facts[0] if len(facts) == 1 else None


def _bases(base: str) -> Iterator[str]:
    return (name for name, words in inclusions().bases.items() if any(word in base for word in words))


def _figure(printed: str) -> Figure | None:
    figures = find_figures(printed)
    return figures[0] if len(figures) == 1 else None
