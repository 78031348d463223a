"""Whether what two levels give may be had together: the rule of each first, and that none is printed across. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question

DAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    "asked",
    [
        "市里300万拿了，旗里还能拿吗？",
        "A类人才安家费市里和旗里能同时拿吗",
        "市里和旗里的生活补贴能都拿吗",
    ],
)
def test_the_rule_of_each_level_comes_first(bot: PolicyBot, asked: str) -> None:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    first, city, banner = (sentence.text for sentence in answer.sentences[:3])
    assert "没有写两级能不能同时享受" in first
    assert (city[:3], "就高、不重复" in city) == ("〔市〕", True)
    assert (banner[:3], "就高、不叠加" in banner) == ("〔旗〕", True)
    assert "自印发之日起施行" not in answer.body  # it is not asked whether it still holds


def test_a_rule_on_another_benefit_is_none_for_the_one_spoken_of(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("安家补贴多少", "两级能叠加吗"), DAY))
    assert isinstance(answer, Answered)
    assert "职业培训补贴" not in answer.body
