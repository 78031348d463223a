from __future__ import annotations

import pytest

from eval.cases.cases import Case, Evidence
from eval.reports.question_card import card, faults_of, segments
from eval.scoring.results import Cited, Given, Result, Retrieved, Sentence

WATER = "二、工商业用水：10.4 元/吨（含代收污水处理费1.4元）"


@pytest.mark.parametrize(
    ("text", "quotes", "marked"),
    [
        ("设立 10 亿元绿色产业发展基金", ["设立10亿元"], [("设立 10 亿元", True), ("绿色产业发展基金", False)]),
        ("甲乙丙丁", ["乙丙", "丙丁"], [("甲", False), ("乙丙丁", True)]),
        ("甲乙", ["丙"], [("甲乙", False)]),
        ("甲乙", ["甲乙"], [("甲乙", True)]),
        (" 甲 ", ["甲"], [(" ", False), ("甲", True), (" ", False)]),
        ("", ["甲"], []),
        ("甲", [" "], [("甲", False)]),
    ],
)
def test_segments(text: str, quotes: list[str], marked: list[tuple[str, bool]]) -> None:
    assert list(segments(text, quotes)) == marked


@pytest.mark.parametrize(
    ("scores", "faults"),
    [
        ({"answer-right": 1.0, "all-evidence@10": 0.0}, 0),  # what was asked is said
        ({"answer-right": 0.0}, 1),
        ({"answer-right": 0.0, "declined-falsely": 1.0}, 2),
        ({"declined-rightly": 0.0}, 1),
        ({"declined-rightly": 1.0}, 0),
        ({"answer-right": 1.0, "unsupported-figures": 2.0, "quote-fidelity": 0.5}, 2),
        ({"all-evidence@10": 0.0}, 1),  # search only
        ({"crashed": 1.0}, 1),
    ],
)
def test_what_counts_as_wrong(scores: dict[str, float], faults: int) -> None:
    assert len(faults_of(scores)) == faults


def test_a_card_holds_what_was_asked_said_and_found() -> None:
    case = Case(
        "W1",
        ("自来水", "工商业用水多少钱一吨"),
        evidence=(Evidence("工商业用水：10.4元/吨", "供水价格", "二、"), Evidence("居民用水：2.35元/吨")),
        answer=(("10.4元",), ("2.35元", "2.35")),
        repeat=3,
    )
    cited = Cited(1, "c1", "供水价格", "二、", 4, WATER, ("工商业用水",))
    given = Given(False, None, "工商业用水10.4元/吨。[1]", (Sentence("", (1,)),), (cited,), ("已调整",), 12.5)
    shown = card(case, Result("W1", (Retrieved("c0", "别的"), Retrieved("c1", WATER)), given), {"answer-right": 0.0})
    assert shown.points == (("10.4元", True), ("2.35元 / 2.35", False))
    assert [rank for _, _, rank in shown.evidence] == [2, None]
    assert [clause.is_evidence for clause in shown.retrieved] == [False, True]
    assert (shown.citations[0].page, shown.citations[0].is_evidence) == (4, True)
    assert (shown.kind, shown.repeat, shown.took_ms) == ("–", 3, 12.5)
    assert len(shown.faults) == 1


def test_a_crashed_question_and_one_that_was_only_searched_have_a_card_too() -> None:
    crashed = card(Case("x", ("问",)), Result("x", (), None, "ZeroDivisionError: no"), {"crashed": 1.0})
    assert (crashed.body, crashed.took_ms, crashed.error) == (None, None, "ZeroDivisionError: no")
    searched = card(Case("x", ("问",), answer=(("甲",),)), Result("x", (Retrieved("c", "甲"),), None), {})
    assert (searched.body, searched.points, searched.faults) == (None, (), ())
