"""Whether a text is language at all."""

from __future__ import annotations

import pytest

from bot.text.gibberish import is_garbage


@pytest.mark.parametrize(
    "text",
    [
        "？？？",
        "12345 678",
        "💰💰",
        "哈哈哈哈哈哈哈",
        "aaaaaaaa",
        "asdfgh qwrtp zxcvb",
        "锟斤拷锟斤拷锟斤拷",
        "鍏堟妸闂鍐欎笅鏉",  # UTF-8 read as GBK
        "xkcdqzj",
        "bcdfghk",
    ],
)
def test_what_holds_no_words(text: str) -> None:
    assert is_garbage(text)


@pytest.mark.parametrize(
    "text",
    [
        "高企奖多少",
        "我在伊旗上班，能领啥",
        "哈哈哈哈",  # too short to judge
        "补贴",
        "在伊旗买20亩地要多少钱",  # words of one character, but it asks
        "QFLP",
        "VPN hkd",
        "strengths of Ordos",
        "anjia butie duoshao",
        "R&D",
        "三同是哪三同",
    ],
)
def test_what_does(text: str) -> None:
    assert not is_garbage(text)


def test_half_of_the_letters_have_to_be_plausible() -> None:
    assert is_garbage("qwrtpsdfg tax")
    assert not is_garbage("qwrtp subsidy")
