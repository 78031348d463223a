"""A short question that opens a topic is read alone; a follow-up as short as it is not. Over the real index."""

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Question

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("before", "last", "clause"),
    [
        ("新引进的博士在旗里有什么补贴？", "工业用电多少钱一度？", "（二）5.——工业用电 1"),
        ("新引进的博士在旗里有什么补贴？", "负面清单什么时候施行？", None),
        ("西部大开发企业所得税税率是多少？", "外资研发中心有什么支持？", None),
        ("工业用地多少钱一亩？", "政录企用服务期几年？", "三、17."),
        ("病残津贴怎么申请？", "非居民供热价格多少？", "（二）2.——非居民供热"),
    ],
)
def test_a_changed_topic_carries_nothing_over(bot: PolicyBot, before: str, last: str, clause: str | None) -> None:
    answer = bot.ask(Question((before, last), DAY))
    assert answer.standalone == last
    if clause is not None:
        assert clause in {citation.clause.address for citation in answer.citations}


@pytest.mark.parametrize(
    ("turns", "kept"),
    [
        (("旗里给新能源企业的人才有限价房吗？", "面积多大？"), "限价房"),
        (("旗里给新能源企业的人才有限价房吗？", "面积多大？", "要干几年才能申请？"), "限价房"),
        (("自治区支持外贸企业上跨境电商平台吗？", "每上一个平台补多少？"), "跨境电商平台"),
        (("大学生来伊旗实习有钱拿吗？", "最长呢？"), "实习"),
        (("西部大开发的企业所得税优惠税率是15%吧？", "这个执行到哪一年？"), "西部大开发"),
        (("自治区认定的一类人才税前年薪可以给到多少？", "四类呢？"), "税前年薪"),
    ],
)
def test_a_follow_up_keeps_what_it_is_about(bot: PolicyBot, turns: tuple[str, ...], kept: str) -> None:
    assert kept in bot.ask(Question(turns, DAY)).standalone


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("What settling-in allowance does the city pay class A talent, and how much is industrial land?", True),
        ("What is the tax rate in the west and what does power cost for industry?", True),
        ("How much is the rent subsidy for PhDs and how long does it last?", False),
        ("What does the banner pay for invention patents and what about its term?", False),
    ],
)
def test_an_english_part_that_names_its_subject_stands_alone(bot: PolicyBot, question: str, alone: bool) -> None:
    finder = bot.finder
    first, second = finder.plan(finder.read(Question((question,), date(2026, 11, 29)))).parts
    assert (first.reading.text not in second.reading.text) is alone


def test_a_level_set_in_front_holds_for_every_english_part(bot: PolicyBot) -> None:
    question = "At the national level, what income tax rate applies, and how much extra of R&D expense can be deducted?"
    finder = bot.finder
    _, second = finder.plan(finder.read(Question((question,), DAY))).parts
    assert "national level" in second.reading.text
