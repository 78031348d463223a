"""What the general Chinese dictionary knows of words and places."""

from __future__ import annotations

import pytest

from bot.text.jieba_dictionary import nouns_in, places_in, share_in_words, words_in


def test_words() -> None:
    assert words_in("高校毕业生补贴") == ["高校", "毕业生", "补贴"]
    assert words_in("准格尔旗和东胜区有没有补贴") == ["准格尔旗", "和", "东胜区", "有没有", "补贴"]


def test_nouns_have_two_characters() -> None:
    assert nouns_in("企业在旗里买地，price 给补贴政策") == ["企业", "补贴", "政策"]


@pytest.mark.parametrize(
    ("text", "share"),
    [("高新企业奖励", 1.0), ("锟斤拷", 0.0), ("买地补贴", 0.5), ("", 0.0), ("abc 123", 0.0), ("补贴 VPN 奖励", 1.0)],
)
def test_the_share_counts_chinese_characters_alone(text: str, share: float) -> None:
    assert share_in_words(text) == share


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("深圳市和江苏的政策", ["深圳", "江苏"]),
        ("深圳与深圳", ["深圳"]),
        ("准格尔旗和东胜区有没有", ["准格尔旗", "东胜区"]),
        ("呼和浩特市对硕士有补贴吗", ["呼和浩特"]),
        ("锡林郭勒盟", ["锡林郭勒"]),
        ("江苏省的政策", ["江苏"]),
        ("韩国企业", []),
        ("直辖市、县级市", []),
        ("开发区和全市", []),
        ("产业人才的补贴", []),
        ("Shenzhen", []),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert places_in(text) == places
