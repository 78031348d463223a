"""Talk, questions on the documents and vague wishes are told from questions on a clause."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.talk.recognise import Talk, recognise
from bot.types import Answered, PartStatus, Question

DAY = date(2026, 11, 22)


def _recognised(bot: PolicyBot, *turns: str) -> Talk | None:
    question = Question(turns, DAY)
    return recognise(bot.finder.read(question), question, bot.finder.places)


@pytest.mark.parametrize(
    ("said", "talk"),
    [
        ("你好", Talk.GREETING),
        ("您好！", Talk.GREETING),
        ("hello", Talk.GREETING),
        ("谢谢", Talk.THANKS),
        ("好的，谢谢您", Talk.THANKS),
        ("Thank you very much!", Talk.THANKS),
        ("再见", Talk.GOODBYE),
        ("你好呀，在吗", Talk.GREETING),
        ("谢谢啦，辛苦了", Talk.THANKS),
        ("好的，明白了", Talk.ACKNOWLEDGED),
        ("多谢，再见", Talk.GOODBYE),
        ("你好，你是谁？", Talk.WHO),
        ("你是谁？", Talk.WHO),
        ("你能回答哪些问题", Talk.WHO),
        ("what can you do?", Talk.WHO),
        ("转人工", Talk.PEOPLE),
        ("我要找人工客服", Talk.PEOPLE),
        ("找个人给我说说", Talk.PEOPLE),
        ("能不能给我转人工", Talk.PEOPLE),
        ("Who can I call? I want to talk to a person.", Talk.PEOPLE),
        ("What documents does this compendium contain and how many?", Talk.CORPUS),
        ("我不想看人才的", Talk.VAGUE),
        ("汇编里一共收了多少个政策文件", Talk.CORPUS),
        ("有哪些政策文件？", Talk.CORPUS),
        ("How many documents do you have?", Talk.CORPUS),
        ("补贴多少", Talk.VAGUE),
        ("有什么政策", Talk.VAGUE),
        ("来你们这开厂有啥好处", Talk.VAGUE),
        ("What subsidies are there?", Talk.VAGUE),
        ("来伊旗投资有什么优惠", Talk.VAGUE),
        ("到鄂尔多斯市办厂有啥政策", Talk.VAGUE),
        ("一共收了多少份政策？", Talk.CORPUS),
        ("更新到什么时候", Talk.CORPUS),
    ],
)
def test_what_is_no_question_on_a_clause(bot: PolicyBot, said: str, talk: Talk) -> None:
    assert _recognised(bot, said) is talk


@pytest.mark.parametrize(
    "asked",
    [
        "你好，工业用电多少钱一度？",
        "高企有什么政策",
        "人才有什么政策",
        "博士有什么补贴",
        "A类有什么补贴",
        "谢谢，那水价呢",
        "你好，工业用水多少钱",
        "好的，明白了，水价多少",
        "人工智能企业有什么支持",
        "What subsidies are there for talents?",
        "外资研发中心要哪些文件",
    ],
)
def test_a_question_that_names_something_is_one(bot: PolicyBot, asked: str) -> None:
    assert _recognised(bot, asked) is None


@pytest.mark.parametrize("asked", ["你好，你是谁？能转人工吗", "都有哪些文件？更新到什么时候"])
def test_talk_of_several_kinds_is_answered_part_by_part(bot: PolicyBot, asked: str) -> None:
    assert _recognised(bot, asked) is None
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    assert len(answer.parts) == 2
    assert all(part.status is PartStatus.ANSWERED for part in answer.parts)
    assert answer.citations == ()


def test_after_another_question_it_is_no_longer_vague(bot: PolicyBot) -> None:
    assert _recognised(bot, "院士工作站有支持吗", "补贴多少") is None
