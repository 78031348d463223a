"""Prices set side by side by the names of their rows. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("asked", "verdict", "rows"),
    [
        ("居民供热和非居民供热哪个贵，贵多少", "非居民供热更高", ["14.5元/平方米", "29.5元/平方米", "=15元/平方米"]),
        ("工业用电和农业用电哪个贵", "工业用电每一档都高于农业用电", ["0.504元/度", "0.394元/度", "0.2810元/度"]),
        ("居民用水和工商业用水差多少", "工商业用水更高", ["4.05元/吨", "10.4元/吨", "=6.35元/吨"]),
    ],
)
def test_both_are_told_and_which_is_dearer(bot: PolicyBot, asked: str, verdict: str, rows: list[str]) -> None:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    assert answer.sentences[0].text.startswith(verdict)
    assert all(row in answer.body for row in rows)


def test_of_a_price_in_steps_none_stands_for_all(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("居民用气和工商业用气对比，三档都列",), DAY))
    assert isinstance(answer, Answered)
    assert all(price in answer.body for price in ("2.06", "2.47", "3.09", "3.06"))
    assert "更高" not in answer.body
