"""Classes and ranks that a question or a heading names."""

from __future__ import annotations

import pytest

from bot.understand.grades import letter_tiers, numbered_tiers, ranks, tiers_of, with_classes_apart


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("全职引进的d类人才", "D"),
        ("对a、b、c、d类人才", "ABCD"),
        ("e、f 类", "EF"),
        ("a到f类人才", "ABCDEF"),
        ("b至d类", "BCD"),
        ("杰出人才（b类）", "B"),
        ("class d talent", "D"),
        ("a c-class or a b-class talent", "BC"),
        ("usb类接口", ""),  # the last letter of a word is no class
        ("plan b", ""),
        ("i类", ""),  # classes end with H
    ],
)
def test_letters(text: str, letters: str) -> None:
    assert letter_tiers(text) == frozenset(letters)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("一类人才", "一"),
        ("二至四类", "二三四"),
        ("第六类", "六"),
        ("tier 2 and category three", "二三"),
        ("一种人才", ""),
        ("九类", ""),
    ],
)
def test_numbers(text: str, numbers: str) -> None:
    assert numbered_tiers(text) == frozenset(numbers)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("全日制博士和硕士", {"博士", "硕士"}),
        ("研究生", {"硕士"}),
        ("a phd or a bachelor", {"博士", "本科"}),
        ("高级工", {"高级"}),
        ("三级）", {"高级"}),
        ("副高职称", {"副高级"}),
        ("正高和四级）", {"正高级", "中级"}),
        ("教授", set()),
    ],
)
def test_ranks(text: str, named: set[str]) -> None:
    assert ranks(text) == named


def test_all_at_once() -> None:
    assert tiers_of("a类、二类人才或博士") == {"A", "二", "博士"}


def test_classes_in_one_run_are_spelt_out() -> None:
    assert with_classes_apart("市里ABCD类人才") == "市里A、B、C、D类人才"
    assert with_classes_apart("AAA类信用") == "AAA类信用"
