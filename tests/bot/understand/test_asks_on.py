from __future__ import annotations

import pytest

from bot.understand.asks_on import asks_for_more, asks_for_others, asks_on, without_asides


@pytest.mark.parametrize(
    "turn",
    [
        *("谁负责", "找哪个部门办", "能领多久", "能领几个月", "條件是什麼", "多少钱", "还有吗", "who handles it?"),
        *("What about it?", "And then?", "Why?", "Tell me more", "And the deadline?"),
    ],
)
def test_turns_that_only_ask_on(turn: str) -> None:
    assert asks_on(turn)


@pytest.mark.parametrize(
    "turn",
    ["", "技能提升补贴多少", "工业用水", "旗里呢", "D类呢", "执照满两年以后再申请行不行", "And a master?", "Why B?"],
)
def test_turns_that_name_something(turn: str) -> None:
    assert not asks_on(turn)


def test_asides_are_left_out_unless_there_is_nothing_else() -> None:
    assert without_asides(("租房补贴博士多少", "能领多久", "谁负责")) == ("租房补贴博士多少",)
    assert without_asides(("谁负责",)) == ("谁负责",)


def test_more_and_others() -> None:
    assert asks_for_more("还有吗？")
    assert not asks_for_more("还有天然气多少钱")
    assert asks_for_others("干得好还有别的奖励没")
