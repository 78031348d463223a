"""Several amounts by the month in one question: each multiplied by its own months. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("asked", "worked_out"),
    [
        (
            "租房补贴每月2000元，36个月一共多少；生活补贴每月3000元，24个月一共多少？",
            ["推算：36个月×2000元/人·月=7.2万元。", "推算：24个月×3000元/月=7.2万元。"],
        ),
        (
            "博士的租房补贴和生活补贴3年一共能拿多少",  # the second is paid for two years at most
            ["推算：3年×2000元/人·月=7.2万元。", "推算：2年×3000元/月=7.2万元。"],
        ),
        (
            "硕士租房补贴36个月总共多少，生活补贴一年多少",
            ["推算：36个月×1500元/人·月=5.4万元。", "推算：一年×2000元/月=2.4万元。"],
        ),
        ("生活补贴每月1000元，领满24个月一共多少", ["推算：24个月×1000元=2.4万元。"]),
    ],
)
def test_each_product_is_of_its_own_amount_and_term(bot: PolicyBot, asked: str, worked_out: list[str]) -> None:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    assert [one.text for one in answer.sentences if one.derived is not None] == worked_out
