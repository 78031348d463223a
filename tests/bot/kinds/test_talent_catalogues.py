"""Classes of people: how many, who belongs to one, which class an award is. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, AnswerKind, Question, SentenceRole
from bot.verify.counts import recounts

DAY = date(2026, 11, 29)


def _ask(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer


def test_the_classes_of_every_catalogue_are_counted(bot: PolicyBot) -> None:
    answer = _ask(bot, "人才分几类")
    assert [one.role for one in answer.sentences] == [SentenceRole.COUNT] * 3
    assert all("共6类" in one.text and recounts(one.text, one.counted, bot.corpus) for one in answer.sentences)
    assert [one.text[:2] for one in answer.sentences] == ["〔自", "〔市", "〔旗"]


def test_one_catalogue_where_its_level_is_named(bot: PolicyBot) -> None:
    (count,) = _ask(bot, "旗里人才目录一共分几类").sentences
    assert "紧缺人才(F类）" in count.text


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ("C类人才认定条件", ["〔市·C类〕目录共16条：", "〔旗·C类〕目录共10条："]),
        ("市里E类人才包括哪些人", ["〔市·E类〕目录共22条："]),
        ("旗里F类人才认定条件有哪些？", ["〔旗·F类〕目录共9条："]),  # a line of it is broken off
        ("伊金霍洛旗人才分类目录中F类共有多少条？", ["〔旗·F类〕目录共9条："]),
        ("自治区三类人才都有谁", ["〔自治区·三类〕目录共7条："]),
        ("who counts as class B talent in Ordos?", ["〔City, B类〕 entries of the catalogue: 11 in all."]),
    ],
)
def test_who_is_of_a_class_is_the_catalogue_never_money(bot: PolicyBot, asked: str, counts: list[str]) -> None:
    answer = _ask(bot, asked)
    counted = [one for one in answer.sentences if one.role is SentenceRole.COUNT]
    assert [one.text for one in counted] == counts
    assert all(recounts(one.text, one.counted, bot.corpus) for one in counted)
    assert "安家补贴" not in answer.body


def test_a_catalogue_goes_on(bot: PolicyBot) -> None:
    first, more = _ask(bot, "市里E类人才包括哪些人"), _ask(bot, "市里E类人才包括哪些人", "继续")
    ids = [{one.clause.id for one in answer.citations} for answer in (first, more)]
    assert ids[0].isdisjoint(ids[1])
    assert more.sentences[0].text.startswith("〔市·E类〕")


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ("全国技术能手在各级是几类人才", "自治区五类，市E类，旗C类。"),
        ("国家杰青在市里、自治区各算几类", "自治区三类，市C类。"),  # each catalogue names it otherwise
        ("世界技能大赛金牌在自治区和市里分别是几类", "自治区四类，市D类。"),
        ("中华技能大奖算旗里哪类人才", "旗B类。"),
    ],
)
def test_an_award_has_a_class_at_each_level(bot: PolicyBot, asked: str, verdict: str) -> None:
    answer = _ask(bot, asked)
    assert (answer.sentences[0].role, answer.sentences[0].text) == (SentenceRole.VERDICT, verdict)


@pytest.mark.parametrize("asked", ["中级社工证要配什么学历，才算得上伊旗的F类人才？", "引进C类人才给多少钱"])
def test_what_is_asked_of_one_entry_or_of_money_is_no_catalogue(bot: PolicyBot, asked: str) -> None:
    assert _ask(bot, asked).kind is not AnswerKind.LIST


def _near(bot: PolicyBot, asked: str) -> Answered:
    answer = bot.ask(Question((asked,), date(2026, 11, 29)))
    assert isinstance(answer, Answered)
    return answer


def test_the_near_name_of_a_catalogue_without_the_one_asked_about_is_said_as_another(bot: PolicyBot) -> None:
    answer = _near(bot, "国家重点实验室主任是几类人才？")
    assert answer.sentences[0].text == "市C类，旗B类。"
    assert answer.sentences[-1].text == "〔自治区〕印有名称相近的“国家实验室主任”，是一类，名称与所问不同。"
    assert answer.sentences[-1].role is SentenceRole.HEDGE


def test_a_name_that_no_catalogue_prints_has_no_class(bot: PolicyBot) -> None:
    answer = _near(bot, "全国重点实验室主任属于哪一类")
    assert answer.sentences[0].text.startswith("各级目录都没有印出“全国重点实验室主任”")
    assert all(one.role is SentenceRole.HEDGE for one in answer.sentences)
    assert "“国家重点实验室主任”，是C类" in answer.body


def test_a_word_of_a_longer_name_gives_it_no_class(bot: PolicyBot) -> None:
    body = _near(bot, "长江学者特聘教授算几类").body
    assert "“长江学者奖励计划特聘教授”" in body
    assert "正高级" not in body
