from __future__ import annotations

import re
from datetime import date

import pytest

from eval.cases.cases import Case, Evidence, RowError, case_from_row, row_from_case

ROW = {
    "id": "A012",
    "type": "comparison",
    "difficulty": "medium",
    "turns": ["学校、机关的水费和老百姓家里的水费，一吨各是多少？"],
    "lang": "zh",
    "evidence": [{"quote": "——居民生活用水：4.05元/吨", "doc": "投资要素成本", "locator": "4.自来水价格"}],
    "answer": [["8.9元"], ["4.05元"]],
    "kind": "single",
}


def test_a_row_becomes_a_case() -> None:
    case = case_from_row(ROW)
    assert case.evidence == (Evidence("——居民生活用水：4.05元/吨", "投资要素成本", "4.自来水价格"),)
    assert case.answer == (("8.9元",), ("4.05元",))
    assert case.must_not == ()
    assert row_from_case(case) == ROW


def test_only_id_and_turns_are_needed() -> None:
    assert case_from_row({"id": "x", "turns": ["问"]}) == Case("x", ("问",))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"id": None}, '"id" is missing'),
        ({"id": "  "}, '"id" is missing'),
        ({"id": 12}, '"id" is missing'),
        ({"turns": []}, '"turns" is missing or empty'),
        ({"turns": "怎么申请"}, '"turns" must be a list, not a text'),
        ({"turns": [3]}, '"turns" must hold texts, not a number'),
        ({"evidence": ["10亿"]}, '"evidence" must be a list of'),
        ({"evidence": [{"doc": "简介"}]}, 'without "quote"'),
        ({"answer": ["10亿"]}, "list of lists"),
        ({"answer": [[]]}, "without an alternative"),
        ({"answer": [["10亿", " "]]}, "empty alternative"),
        ({"must_not": {"a": 1}}, '"must_not" must be a list, not an object'),
        ({"kind": True}, '"kind" must hold texts, not true or false'),
        ({"repeat": 0}, '"repeat" must be a whole number'),
        ({"repeat": True}, '"repeat" must be a whole number'),
        ({"repeat": 10**9}, '"repeat" must be a whole number'),
    ],
)
def test_a_faulty_field_is_named(change: dict[str, object], message: str) -> None:
    with pytest.raises(RowError, match=message):
        case_from_row({**ROW, **change})


def test_repeat_writes_the_last_turn_again() -> None:
    question = Case("x", ("你好", "补贴"), repeat=3).question(date(2026, 11, 22))
    assert question.turns == ("你好", "补贴补贴补贴")
    assert question.as_of == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "answerable"), [("single", True), ("unanswerable:garbage", False), ("unanswerable", False), ("", True)]
)
def test_kinds_that_must_be_declined(kind: str, answerable: bool) -> None:
    assert Case("x", ("问",), kind=kind).answerable is answerable


WHOLE = ROW | {
    "parts": [[["8.9元"]], [["4.05元"]]],
    "verdict": "amount",
    "polarity_groups": [1],
    "computed": ["2×8.9＝17.8元"],
    "turn_answers": [[], [["4.05元", "4.05"]]],
}


def test_points_by_part_and_turn_are_read_and_written() -> None:
    case = case_from_row(WHOLE)
    assert case.parts == ((("8.9元",),), (("4.05元",),))
    assert (case.verdict, case.polarity_groups, case.computed) == ("amount", (1,), ("2×8.9＝17.8元",))
    assert case.turn_answers == ((), (("4.05元", "4.05"),))
    assert row_from_case(case) == WHOLE


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verdict": "maybe"}, '"verdict" must be one of'),
        ({"polarity_groups": [-1]}, "whole numbers from 0"),
        ({"polarity_groups": ["1"]}, "whole numbers from 0"),
        ({"parts": [["8.9元"]]}, '"parts" must be a list of lists of alternatives'),
        ({"turn_answers": ["8.9元"]}, '"turn_answers" must be a list of lists of points'),
    ],
)
def test_what_is_wrong_with_them_is_said(change: dict[str, object], message: str) -> None:
    with pytest.raises(RowError, match=re.escape(message)):
        case_from_row(WHOLE | change)
