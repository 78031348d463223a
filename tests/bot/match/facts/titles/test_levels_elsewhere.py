from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds

ELSEWHERE = "recognition.level@非遗传承人=外地的级别"


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我是省级非遗传承人，家在陕西榆林，住在伊金霍洛旗", ELSEWHERE),
        ("我是山西省级非遗传承人，现在伊旗", ELSEWHERE),
        ("我是榆林市级非遗传承人，现在伊旗", ELSEWHERE),
        ("我是省级非遗传承人，在伊旗", "recognition.level@非遗传承人=自治区"),
        ("我从陕西来伊旗，是自治区级非遗传承人", "recognition.level@非遗传承人=自治区"),
        ("我从陕西来，是国家级非遗传承人", "recognition.level@非遗传承人=国家"),
    ],
)
def test_a_level_of_another_region_is_none_here(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
