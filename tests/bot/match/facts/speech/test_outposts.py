from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "我们公司在伊旗，想在常州设一个研发中心当人才飞地",
            "plan=在旗外建立人才飞地 place=伊金霍洛旗 -origin -talent:origin",
        ),
        (
            "我们是江苏的公司，打算迁到伊旗，迁过去还想在常州留一个研发中心",
            "plan=建立人才飞地 origin=江苏 -recognition=企业研发中心",
        ),
        ("我们是上海的芯片公司，打算把总部迁到康巴什，上海留研发中心", "plan=建立人才飞地 -event=建立人才飞地"),
        ("我们在北京建了个研发中心，公司在伊旗", "event=在旗外建立人才飞地 place=伊金霍洛旗 -place=北京"),
        ("我们公司在伊旗，设了研发中心", "event=设立研发中心 -event=建立人才飞地"),
        ("我们公司在伊旗，有市级企业研发中心", "recognition=企业研发中心"),
    ],
)
def test_a_research_body_set_up_elsewhere(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
