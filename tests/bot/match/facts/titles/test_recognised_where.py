from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds

AGAIN = "recognition.time@高新技术企业=再次"


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("伊旗一家国家高新技术企业，2019年第二次认定。", f"recognition=高新技术企业 -{AGAIN}"),
        ("伊旗民营企业，五年前第二次被认定为国家高新技术企业。", f"-{AGAIN}"),
        ("国家高新技术企业，2026年从厦门搬到伊旗，2025年在厦门第二次认定，总部还在厦门。", f"-{AGAIN}"),
        ("我们是国家高新技术企业，2025年第二次认定，2026年从西安搬到伊旗。", f"-{AGAIN}"),
        ("我们在苏州，国家高新技术企业（2025年第二次认定），计划2027年迁入伊旗。", f"-{AGAIN}"),
        ("2024年从包头搬到伊旗的企业，2026年第二次认定国家高新技术企业。", AGAIN),
        ("伊旗民营企业，国家高新技术企业，今年第三次认定通过。", AGAIN),
        ("伊旗民营企业，高新技术企业2022年首次、2025年再次认定。", AGAIN),
        ("伊旗企业，今年在自治区新认定为专精特新中小企业。", "recognition.time@专精特新=新认定"),
    ],
)
def test_a_recognition_is_new_or_further_where_the_asker_is_and_of_late(
    holds: Holds, profile: str, expected: str
) -> None:
    holds(profile, expected)
