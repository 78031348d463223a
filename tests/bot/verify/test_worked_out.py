"""Several factors and a printed limit, worked out once more before they are said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from bot.verify.worked_out import MONTH, PERSON, YEAR, YUAN, Quantity, Work, grounded_work
from ingest.types import Clause

ClauseWith = Callable[[str], Clause]
PAID = Quantity("150万", Decimal(1_500_000), YUAN)
ASKED = "一年付150万，请3个人，两年一共补多少"


def share_of(clause_with: ClauseWith) -> tuple[Clause, Work]:
    clause = clause_with("对柔性引进D类及以上人才的企事业单位")
    rate, limit = (next(one for one in clause.figures if one.text == text) for text in ("30%", "30万元"))
    return clause, Work((PAID,), rate, limit)


def test_a_share_stops_at_its_limit(clause_with: ClauseWith) -> None:
    _, work = share_of(clause_with)
    assert (work.product, work.is_limited, work.result) == (450_000, True, 300_000)
    assert replace(work, quantities=(replace(PAID, value=Decimal(500_000)),)).result == 150_000


def test_years_of_a_monthly_amount_are_twelve_months_each(clause_with: ClauseWith) -> None:
    clause = clause_with("2000元/人·月")
    monthly = next(figure for figure in clause.figures if figure.text == "2000元/人·月")
    people, years = Quantity("3个", Decimal(3), PERSON), Quantity("两年", Decimal(2), YEAR)
    assert Work((people, years), monthly).product == 144_000
    assert Work((Quantity("36个月", Decimal(36), MONTH),), monthly).product == 72_000


def test_the_sentence_stands_with_its_factors_and_limit_only(clause_with: ClauseWith) -> None:
    clause, work = share_of(clause_with)
    said = "推算：150万×30%=45万元，超过所印上限30万元，按30万元。"
    sentence = grounded_work(said, work, (1, clause), ASKED)
    assert sentence is not None
    assert sentence.derived is not None
    assert sentence.derived.quantity == "150万"
    assert grounded_work(said, work, (1, clause), "一年付120万") is None  # a quantity nobody named
    assert grounded_work(said.replace("45万", "46万"), work, (1, clause), ASKED) is None  # another product
    assert grounded_work(said.replace("按30万元", "按33万元"), work, (1, clause), ASKED) is None
    dearer = replace(work, limit=replace(work.limit, value=Decimal(310_000)) if work.limit else None)
    assert grounded_work(said, dearer, (1, clause), ASKED) is None  # a limit that is not printed
