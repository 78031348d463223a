from __future__ import annotations

from decimal import Decimal

import pytest

from bot.verify.sums import Term, grounded_sum, sum_said, working_said
from bot.verify.worked_out import PERSON, Quantity
from ingest.facts.figures import find_figures
from ingest.types import Clause
from tests.bot.conftest import ClauseWith


@pytest.fixture
def clause(clause_with: ClauseWith) -> Clause:
    return clause_with("分别给予200万元、150万元、100万元、50万元人才培养资助")


def _term(clause: Clause, amount: str, said: str, number: int) -> Term:
    return Term(find_figures(amount)[0], clause, Quantity(said, Decimal(number), PERSON))


def test_a_sum_of_printed_amounts_stands(clause: Clause) -> None:
    terms = [_term(clause, "200万元", "2名", 2), _term(clause, "150万元", "3名", 3)]
    text = f"推算：{working_said(terms)}={sum_said(terms)}。"
    sentence = grounded_sum(text, terms, {1: clause}, "2名a类3名b类")
    assert sentence is not None
    assert sentence.derived is not None
    assert (sentence.derived.text, sentence.derived.quantity) == ("850万元", "2名×200万元+3名×150万元")


@pytest.mark.parametrize(
    ("amount", "asked", "total"),
    [
        ("210万元", "2名a类3名b类", None),  # printed nowhere
        ("200万元", "3名b类", None),  # asked by nobody
        ("200万元", "2名a类3名b类", "860万元"),  # another sum
    ],
)
def test_what_does_not_stand_is_not_said(clause: Clause, amount: str, asked: str, total: str | None) -> None:
    terms = [_term(clause, amount, "2名", 2), _term(clause, "150万元", "3名", 3)]
    text = f"推算：{working_said(terms)}={total or sum_said(terms)}。"
    assert grounded_sum(text, terms, {1: clause}, asked) is None
