"""Conversations over the real index: a follow-up stays with what was answered, changes one thing, or opens a topic."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, AnswerKind, Language, Question

DAY = date(2026, 11, 29)
RENT = ("我是博士，刚到伊旗一家企业上班，没房", "租房补贴一个月多少")
STARTUP = ("我2025年9月在阿镇注册的小公司，大学毕业后第一次创业", "开够一年了，旗里一次性创业补贴有多少")


def body(bot: PolicyBot, *turns: str) -> str:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer.body


def test_how_long_and_who_are_of_the_rule_answered_before(bot: PolicyBot) -> None:
    assert "36个月" in body(bot, *RENT, "能领多久")
    offices = body(bot, "市里租房补贴博士多少", "硕士呢", "能领几个月", "谁负责", "找哪个部门办")
    assert "市住建局" in offices
    assert "问题清单" not in offices


@pytest.mark.parametrize(
    ("turns", "verdict"),
    [
        (("能领多久", "那我要是派到达拉特旗那边上班，还能领不"), "不符合"),
        (("能领多久", "那我要是派到达拉特旗那边上班，还能领不", "又调到康巴什了呢"), "符合地区条件"),
    ],
)
def test_another_place_is_held_against_the_rule_answered_before(
    bot: PolicyBot, turns: tuple[str, ...], verdict: str
) -> None:
    assert body(bot, *RENT, *turns).startswith(verdict)


def test_others_than_those_said_are_others(bot: PolicyBot) -> None:
    said = body(bot, *STARTUP, "雇了两个人呢", "干得好还有别的奖励没")
    assert "5万元" in said
    assert "3万元一次性创业补贴" not in said


def test_another_level_is_asked_of_the_same_rule(bot: PolicyBot) -> None:
    asked = "柔性请一位D类专家，一年付150万，市里一年能补公司多少？旗里这边也给吗"
    assert "柔性引进A、B、C类人才的" in body(bot, asked)


def test_the_office_is_that_of_the_recognition_asked_about_last(bot: PolicyBot) -> None:
    turns = ("首次认定高新技术企业，自治区奖多少", "再次获批呢，市里给多少", "找哪个部门办")
    assert "市科学技术局" in body(bot, *turns)


@pytest.mark.parametrize("turn", ["工业用水", "工业用水多少钱一吨"])
def test_a_good_behind_a_class_is_a_topic_of_its_own(bot: PolicyBot, turn: str) -> None:
    assert "10.4元/吨" in body(bot, "引进C类人才市里给单位多少钱", "D类呢", turn)


def test_quantities_carry_over_and_are_replaced(bot: PolicyBot) -> None:
    asked = "在蒙苏经济开发区拿200亩工业地，按基准价要多少钱，按参考价又是多少？"
    said = body(bot, asked)
    assert "=1306万元" in said
    assert "=4000-5000万元" in said
    assert "=6000-7500万元" in body(bot, "200亩工业地按参考价一共多少", "换成300亩呢")


@pytest.mark.parametrize("turn", ["还有吗", "谁负责？", "找哪个部门办"])
def test_asking_on_with_nothing_before_is_said(bot: PolicyBot, turn: str) -> None:
    answer = bot.ask(Question((turn,), DAY))
    assert isinstance(answer, Answered)
    assert answer.kind is AnswerKind.CLARIFY
    assert answer.body.startswith("前面还没有问过")


@pytest.mark.parametrize("turn", ["What about it?", "And then?", "Why?", "Tell me more", "And the deadline?"])
def test_an_english_turn_that_says_too_little_is_asked_back_in_english(bot: PolicyBot, turn: str) -> None:
    alone = bot.ask(Question((turn,), DAY))
    assert isinstance(alone, Answered)
    assert alone.kind is AnswerKind.CLARIFY
    assert alone.body.startswith("Nothing was asked before this")
    assert not re.search("[\u4e00-\u9fff]", alone.body + "".join(alone.questions))
    after = bot.ask(Question(("What rent subsidy does a PhD get in Ordos?", turn), DAY))
    assert isinstance(after, Answered)
    assert after.language is Language.EN
    assert "RMB 2,000" in after.body
