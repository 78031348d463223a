"""Questions in a row on the one thing that the first of them names."""

from __future__ import annotations

import pytest

from bot.understand.plan import parts_of


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        (
            "病残津贴怎么申请，哪些情形停发，缴8年能领几个月？",
            ["病残津贴怎么申请", "病残津贴哪些情形停发", "病残津贴缴8年能领几个月"],
        ),
        (
            "安家补贴怎么申请，什么情况会停发，多久到账？",
            ["安家补贴怎么申请", "安家补贴什么情况会停发", "安家补贴多久到账"],
        ),
    ],
)
def test_each_question_has_the_thing_of_the_first(asked: str, parts: list[str]) -> None:
    assert parts_of(asked) == parts


@pytest.mark.parametrize("asked", ["限价房多大面积，几年后能卖，一平米多少钱", "租房补贴怎么申请，找谁办"])
def test_what_one_rule_says_is_not_cut(asked: str) -> None:
    assert parts_of(asked) == [asked]
