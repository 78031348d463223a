from __future__ import annotations

from dataclasses import replace

import pytest

from eval.cases.cases import Case
from eval.scoring import whole_answers as w
from eval.scoring.results import Given, Part, Result, Sentence

POINTS = (("30万",), ("500万",), ("不能", "不符合"))
ASKED = Case("x", ("问",), answer=POINTS, polarity_groups=(2,), parts=((POINTS[0],), (POINTS[1], POINTS[2])))


def given(*sentences: Sentence, statuses: tuple[str, ...] = ("answered",), declined: bool = False) -> Given:
    body = "".join(sentence.text for sentence in sentences)
    parts = tuple(Part("问", status, None, ()) for status in statuses)
    return Given(declined, None, body, sentences, (), (), 1.0, parts=parts)


@pytest.mark.parametrize(
    ("role", "statuses", "is_hedged"),
    [
        ("quote", ("answered", "answered"), False),
        ("hedge", ("answered",), True),
        ("quote", ("answered", "partly"), True),
        ("quote", ("answered", "not_found"), True),
    ],
)
def test_what_is_held_back_is_a_part_or_a_sentence(role: str, statuses: tuple[str, ...], is_hedged: bool) -> None:
    assert w.hedged(given(Sentence("奖30万元", (1,), role=role), statuses=statuses)) is is_hedged
    assert w.hedged(given(declined=True)) is None


MUST_DECLINE = Case("x", ("问",), kind="unanswerable:near-miss:year")


@pytest.mark.parametrize(
    ("answer", "is_said"),
    [
        (given(declined=True), True),
        (given(Sentence("条文没有提到", (), role="hedge"), Sentence("奖30万元", (1,))), True),
        (given(Sentence("不是，划分为6类", (1,), role="verdict")), True),
        (given(Sentence("是，奖30万元", (1,), role="verdict")), False),
        (given(Sentence("不高于30万元", (1,), role="quote")), False),
    ],
)
def test_what_is_not_there_is_declined_or_said_in_words(answer: Given, is_said: bool) -> None:
    assert w.declined_or_said(MUST_DECLINE, answer) is is_said
    assert w.declined_or_said(ASKED, answer) is None


def test_a_hedge_is_a_cost_only_where_there_is_an_answer() -> None:
    hedge = given(Sentence("条文没有提到", (), role="hedge"))
    assert w.hedged_falsely(ASKED, hedge) is True
    assert w.hedged_falsely(ASKED, given(Sentence("奖30万元", (1,)))) is False
    assert w.hedged_falsely(ASKED, given(declined=True)) is False
    assert w.hedged_falsely(MUST_DECLINE, hedge) is None


def test_a_sentence_without_citation_is_uncited_where_clauses_answer() -> None:
    greeting = given(Sentence("您好", ()))
    assert w.uncited(greeting)
    assert w.uncited(replace(greeting, kind="talk")) is None
    assert w.uncited(given(Sentence("奖30万元", (1,)))) is False


def test_points_of_parts_and_of_facts() -> None:
    first = given(Sentence("奖30万元，总额500万元", (1,)))
    assert w.facts_said(ASKED, first) == 1.0
    assert w.parts_answered(ASKED, first) == 0.5
    assert w.parts_answered(ASKED, given(declined=True)) == w.facts_said(ASKED, given(declined=True)) == 0.0
    assert w.parts_answered(Case("x", ("问",)), first) is None


@pytest.mark.parametrize(
    ("verdict", "said", "role", "is_first"),
    [
        ("yes", "可以。", "verdict", True),
        ("yes", "不可以：须在旗内。", "verdict", False),
        ("no", "不是：该项为30万元。", "verdict", True),
        ("no", "给予30万元。", "quote", False),
        ("expired", "已于2024年12月31日到期。", "verdict", True),
        ("amount", "最高300万元。", "verdict", True),
        ("amount", "符合条件的给予奖励。", "quote", False),
        ("count", "共14条。", "count", True),
        ("not_found", "给予30万元。", "quote", False),
    ],
)
def test_the_verdict_is_said_first(verdict: str, said: str, role: str, is_first: bool) -> None:
    asked = Case("x", ("问",), verdict=verdict)
    assert w.verdict_first(asked, given(Sentence(said, (1,), role=role))) is is_first


def test_nothing_found_is_a_verdict_too() -> None:
    asked = Case("x", ("问",), verdict="not_found")
    assert w.verdict_first(asked, given(declined=True))
    assert w.verdict_first(asked, given(Sentence("奖30万元", (1,)), statuses=("answered", "not_found")))


def test_a_turn_counts_when_its_own_answer_says_its_points() -> None:
    asked = Case("x", ("甲", "乙", "丙"), turn_answers=((), (("30万",),), (("20万",),)))
    last, earlier = given(Sentence("奖20万元", (1,))), given(Sentence("奖30万元", (1,)))
    assert w.turns_answered(asked, Result("x", (), last, None, (None, earlier))) == 1.0
    assert w.turns_answered(asked, Result("x", (), last, None, (None, last))) == 0.5
    assert w.turns_answered(asked, Result("x", (), last, None, (None, given(declined=True)))) == 0.5
    assert w.turns_answered(asked, Result("x", (), last)) == 0.5  # of a run before turns were asked one by one
    assert w.turns_answered(Case("x", ("甲",)), Result("x", (), last)) is None
