"""How much of a question a sentence covers."""

from __future__ import annotations

import math

import pytest

from bot.text.term_overlap import TermWeights, covered, sentence_terms, terms_of


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("高新技术企业", {"高新", "新技", "技术", "术企", "企业"}),
        ("奖30万元", {"30", "万元"}),  # a figure parts its neighbours: 奖 has none left
        ("按15%的税率征收", {"15%", "的税", "税率", "率征", "征收"}),
        ("RMB 1.5 million，VAT", {"rmb", "1.5", "million", "vat"}),
        ("高新技術企業", {"高新", "新技", "技术", "术企", "企业"}),  # traditional characters are the same words
        ("high-tech", {"high-tech"}),
        ("市", set()),
        ("", set()),
    ],
)
def test_terms(text: str, terms: set[str]) -> None:
    assert terms_of(text) == sentence_terms(text) == terms


def test_what_stands_in_fewer_clauses_weighs_more() -> None:
    weights = TermWeights.of(["对企业给予奖励", "对企业给予补贴", "对人才给予奖励", "对企业给予奖励和奖励"]).weights
    assert weights["补贴"] == 1.0
    assert weights["奖励"] == pytest.approx(math.log(1 + 4 / 3) / math.log(5))  # in three clauses, twice in one
    assert weights["给予"] == pytest.approx(math.log(2) / math.log(5))
    assert weights["给予"] < weights["奖励"] < weights["补贴"]


def test_terms_that_no_clause_has_weigh_nothing() -> None:
    weights = TermWeights.of(["奖励企业", "补贴企业"])
    assert weights.weigh(terms_of("奖励外星人")) == {"奖励": 1.0}
    assert weights.weigh(terms_of("奖励外星人"), 0.5) == {"奖励": 0.5}
    assert TermWeights.of([]).weigh({"奖励"}) == {}


@pytest.mark.parametrize(
    ("terms", "share"), [({"安家"}, 0.75), ({"补贴", "人才"}, 0.25), ({"安家", "补贴"}, 1.0), (set(), 0.0)]
)
def test_the_share_covered_is_one_of_weight(terms: set[str], share: float) -> None:
    assert covered({"安家": 3.0, "补贴": 1.0}, frozenset(terms)) == share


def test_of_nothing_wanted_nothing_is_covered() -> None:
    assert covered({}, frozenset({"安家"})) == 0.0
