"""An award under a name near to the one asked about is another one. Over the real index."""

from __future__ import annotations

from datetime import date

from bot.pipeline import PolicyBot
from bot.types import Answered, Question, SentenceRole

DAY = date(2026, 11, 29)


def _ask(bot: PolicyBot, asked: str) -> Answered:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    return answer


def test_the_near_name_of_a_catalogue_without_the_one_asked_about_is_said_as_another(bot: PolicyBot) -> None:
    answer = _ask(bot, "国家重点实验室主任是几类人才？")
    assert answer.sentences[0].text == "市C类，旗B类。"
    assert answer.sentences[-1].text == "〔自治区〕印有名称相近的“国家实验室主任”，是一类，名称与所问不同。"
    assert answer.sentences[-1].role is SentenceRole.HEDGE


def test_a_name_that_no_catalogue_prints_has_no_class(bot: PolicyBot) -> None:
    answer = _ask(bot, "全国重点实验室主任属于哪一类")
    assert answer.sentences[0].text.startswith("各级目录都没有印出“全国重点实验室主任”")
    assert all(one.role is SentenceRole.HEDGE for one in answer.sentences)
    assert "“国家重点实验室主任”，是C类" in answer.body


def test_a_word_of_a_longer_name_gives_it_no_class(bot: PolicyBot) -> None:
    body = _ask(bot, "长江学者特聘教授算几类").body
    assert "“长江学者奖励计划特聘教授”" in body
    assert "正高级" not in body
