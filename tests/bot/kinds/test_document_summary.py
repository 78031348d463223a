"""A chapter or part summed up, and an article of it told at length. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, AnswerKind, Question, SentenceRole

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("总结一下投资要素成本", ["共5项", "20-25万元/亩", "29.5元/平方米", "10.4元/吨", "0.394元/度"]),
        ("概括一下第四篇", ["共4项", "国家级政策", "若干政策的意见"]),
        ("旗里招工留工补贴政策主要讲了什么", ["共3项", "最高不超过40万元", "最高不超过5万元"]),
    ],
)
def test_a_chapter_is_summed_up_with_its_figures(bot: PolicyBot, asked: str, said: list[str]) -> None:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    assert answer.kind is AnswerKind.SUMMARY
    assert all(words in answer.body for words in said)


@pytest.mark.parametrize(
    ("before", "asked", "said"),
    [
        ("总结一下西部大开发企业所得税公告", "展开第三条", "税务机关在后续管理中"),
        ("概括一下便利境外人员住宿的措施，有哪几条？", "那把第六条展开讲一下", "12367"),
        ("总结一下英才兴蒙", "具体说说第七条", "强化人才薪酬激励"),
    ],
)
def test_an_article_called_by_its_number_is_of_the_document_before(
    bot: PolicyBot, before: str, asked: str, said: str
) -> None:
    answer = bot.ask(Question((before, asked), DAY))
    assert isinstance(answer, Answered)
    assert said in answer.body
    assert len({citation.clause.document for citation in answer.citations}) == 1


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ("总结市里的人才新政", ["《鄂尔多斯市关于实施更加积极开放有效人才政策打造一流人才高地的若干措施》共30条："]),
        ("梳理一下旗里新能源人才政策的要点", ["《伊金霍洛旗支持引进新能源新材料产业人才政策》共13条："]),
    ],
)
def test_a_document_is_called_by_its_level_and_topic(bot: PolicyBot, asked: str, counts: list[str]) -> None:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    assert [one.text for one in answer.sentences if one.role is SentenceRole.COUNT] == counts


def test_an_english_overview_is_of_the_level_asked_for(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("Summarise the city's talent policy.",), DAY))
    assert isinstance(answer, Answered)
    assert "30 in all" in answer.sentences[0].text
    assert {citation.clause.level for citation in answer.citations} == {"市"}


def test_all_measures_of_a_document_are_named_and_then_there_are_no_more(bot: PolicyBot) -> None:
    asked = "市里的人才新政有哪些措施"
    pages = [bot.ask(Question((asked, *["还有吗"] * said), DAY)) for said in range(3)]
    named = [[one.text for one in page.sentences if one.citations] for page in pages if isinstance(page, Answered)]
    assert [len(page) for page in named] == [17, 14, 0]  # the count, and thirty names on two pages
    assert not set(named[0]) & set(named[1])


def test_the_measures_on_one_topic_are_counted(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("英才兴蒙有哪些激励措施",), DAY))
    assert isinstance(answer, Answered)
    assert answer.sentences[0].text.endswith("讲“激励”的共2条：")
    assert [one.text for one in answer.sentences[1:]] == ["强化本土人才培养激励；", "强化人才薪酬激励。"]
