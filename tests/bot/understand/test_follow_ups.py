"""What the last turn leaves out is carried over from the turns before it."""

from __future__ import annotations

import pytest

from bot.understand.follow_ups import Carried, carry_over, points_back, refers_back

ASKED = "全职引进的D类人才，市里给多少安家补贴？"


@pytest.mark.parametrize(
    ("turn", "back"),
    [
        ("那旗里呢？", True),
        ("面积多大？", True),  # short: nobody asks this first
        ("What about the banner?", True),
        ("also for those who leave the region before three years are over", True),
        ("上述补贴要在哪个部门申请，需要提交哪些材料？", True),
        ("企业首次认定为高新技术企业以后旗里奖励多少万元", False),
        ("How much does the city pay to a newly recognised high-tech enterprise", False),
    ],
)
def test_what_points_back(turn: str, back: bool) -> None:
    assert points_back(turn) is back


def test_a_short_question_need_not_refer_to_anything() -> None:
    assert points_back("工业用电多少钱")
    assert not refers_back("工业用电多少钱")
    assert refers_back("这个多少钱")
    assert refers_back("  And the banner?")


def test_one_turn_carries_nothing() -> None:
    assert carry_over(["  那B类呢？ "]) == Carried((), "那B类呢？", "那B类呢？", "那B类呢？")


def test_a_last_turn_that_stands_alone_begins_anew() -> None:
    last = "企业首次认定为高新技术企业以后旗里奖励多少万元"
    assert carry_over([ASKED, last]) == Carried((), last, last, last)


def test_turns_are_taken_along_back_to_the_one_that_opened_the_topic() -> None:
    turns = ["企业首次认定为高新技术企业以后旗里奖励多少万元", ASKED, "要什么条件？", "找谁办？"]
    carried = carry_over(turns)
    assert carried.earlier == (ASKED, "要什么条件？")
    assert carried.standalone == f"{ASKED}；要什么条件？ → 找谁办？"
    assert carried.joined == f"{ASKED} 要什么条件？ 找谁办？"


def test_a_changed_part_asks_the_question_before_once_more() -> None:
    carried = carry_over([ASKED, "那E类呢？"], [("D类", "E类")])
    again = "全职引进的E类人才，市里给多少安家补贴？"
    assert carried == Carried((), again, again, "那E类呢？")


def test_a_swap_that_stands_further_back_leaves_the_last_turn() -> None:
    carried = carry_over([ASKED, "要几年？", "那E类呢？"], [("D类", "E类")])
    assert carried.earlier == ("全职引进的E类人才，市里给多少安家补贴？", "要几年？")
    assert carried.last == "那E类呢？"
    assert carried.standalone == "全职引进的E类人才，市里给多少安家补贴？；要几年？ → 那E类呢？"
