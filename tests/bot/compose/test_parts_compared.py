"""Things set side by side are parts of the question, each answered or not. Over the real index."""

from __future__ import annotations

from datetime import date

from bot.pipeline import PolicyBot
from bot.types import Answered, PartStatus, Question

DAY = date(2026, 11, 22)


def _parts(bot: PolicyBot, asked: str) -> dict[str, PartStatus]:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    return {part.question: part.status for part in answer.parts}


def test_each_good_of_a_list_is_a_part(bot: PolicyBot) -> None:
    assert _parts(bot, "地价、电价、水价、气价各是多少") == dict.fromkeys(
        ("地价", "电价", "水价", "气价"), PartStatus.ANSWERED
    )


def test_two_goods_joined_are_two_parts(bot: PolicyBot) -> None:
    assert list(_parts(bot, "工业用水和工业用电多少钱")) == ["工业用水", "工业用电"]
    assert list(_parts(bot, "What is the price of water and natural gas?")) == ["water", "natural gas"]


def test_each_level_compared_is_a_part(bot: PolicyBot) -> None:
    parts = _parts(bot, "全职引进的A类人才安家补贴，市里和旗里分别给多少？")
    assert parts == {"市": PartStatus.ANSWERED, "旗": PartStatus.ANSWERED}


def test_one_thing_asked_is_one_part(bot: PolicyBot) -> None:
    assert list(_parts(bot, "工业用电多少钱一度？")) == ["工业用电多少钱一度？"]
