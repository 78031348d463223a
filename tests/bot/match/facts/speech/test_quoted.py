from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("A类人才是指诺贝尔奖获得者、院士。我是保洁", "-award -talent_class"),
        ("政策里写“全职引进的博士研究生”，我是保洁", "-degree -arrival"),
        ("文件规定“引进的院士给500万”，我是硕士", "degree=硕士 -award -arrival"),
        ("条款里说博士有补贴，我是硕士", "degree=硕士 -degree=博士"),
    ],
)
def test_what_the_policy_says_is_not_of_the_asker(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
