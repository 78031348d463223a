"""What stands below one heading, by name and counted. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, AnswerKind, Question, SentenceRole

DAY = date(2026, 11, 22)


def _asked(bot: PolicyBot, asked: str) -> Answered:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    return answer


@pytest.mark.parametrize(
    ("asked", "count", "names"),
    [
        ("伊金霍洛旗人才政策里引进政策有几条，分别叫什么？", "共4条", ["高端人才分级分类支持", "中介组织荐才奖励"]),
        (
            "重点产业及招商方向里一共有多少条产业链，分别是什么",
            "共12条",
            ["风电产业链", "创新创业人才链", "低空经济产业链"],
        ),
        ("概括一下便利境外人员住宿的措施，有哪几条？", "共8条", ["依法合规经营", "营造友好氛围"]),
        ("科技兴蒙行动实施方案里八大行动是哪八个", "共8个", ["创新链产业链融合行动", "科技创新环境优化行动"]),
        ("要素支持政策分几方面", "共6项", ["加强土地要素保障", "优化发展环境"]),
        ("支持科技创新的措施里人才引进有几条", "共4条", ["完善人才编制管理"]),
    ],
)
def test_the_things_below_a_heading_are_named_and_counted(
    bot: PolicyBot, asked: str, count: str, names: list[str]
) -> None:
    answer = _asked(bot, asked)
    assert answer.kind is AnswerKind.LIST
    first = answer.sentences[0]
    assert first.role is SentenceRole.COUNT
    assert count in first.text
    assert len(first.counted) == len(answer.sentences) - 1
    assert all(any(name in one.text for one in answer.sentences[1:]) for name in names)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("病残津贴有多少条", "共14条"),  # articles without names: the document's count
        ("蒙西电网战略性新兴产业支持几个行业", "共12个行业"),  # a list printed in one sentence
        ("旗里有多少种补贴？", "补贴共"),  # grants, wherever they stand
    ],
)
def test_other_counts_stay_what_they_were(bot: PolicyBot, asked: str, said: str) -> None:
    assert said in _asked(bot, asked).body
