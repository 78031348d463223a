"""The most and the least of what is alike. Over the real index."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.kinds.words import ends_asked
from bot.pipeline import PolicyBot
from bot.types import Answered, Question, SentenceRole

DAY = date(2026, 11, 29)


def _verdicts(bot: PolicyBot, asked: str) -> list[str]:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    verdicts = [one for one in answer.sentences if one.role is SentenceRole.VERDICT]
    assert all(one.citations and one.figures for one in verdicts)
    return [one.text for one in verdicts]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("最高的资助金额是多少", ["2亿元"]),
        ("旗里人才补贴最多能拿多少", ["A类人才安家补贴：不低于300万元"]),
        (
            "国家级创新平台每年支持最多的是哪种最少的是哪种",
            ["国家技术创新中心：每年不低于3000万元", "野外科学观测研究站：每年不低于100万元"],
        ),
        ("绿城贡献奖哪一档奖金最高", ["绿城特别贡献奖：15万元"]),
        ("哪种用水最贵", ["工商业用水：10.4元/吨"]),
        ("六大类工业用电里哪个电压等级的电价最低？", ["220千伏以上：0.394元/度"]),
    ],
)
def test_the_highest_and_the_lowest(bot: PolicyBot, asked: str, said: list[str]) -> None:
    verdicts = _verdicts(bot, asked)
    assert all(any(words in verdict for verdict in verdicts) for words in said)


def test_ties_are_said_as_ties(bot: PolicyBot) -> None:
    (first, *_) = _verdicts(bot, "旗里给企业的奖励哪个最高")
    assert first.startswith("最高的并列有：")
    assert first.count("50万元") >= 3


def test_a_month_is_not_compared_with_a_year(bot: PolicyBot) -> None:
    monthly = [text for text in _verdicts(bot, "市里给个人的补贴里哪个最少") if "每月" in text[:5]]
    assert len(monthly) == 1
    assert "每年" not in monthly[0]


@pytest.mark.parametrize(
    "asked", ["旗里中国专利奖奖励最高多少", "企业做知识产权贯标想领鄂尔多斯的奖补，最高多少，找谁"]
)
def test_the_cap_of_one_thing_is_not_the_most_of_several(bot: PolicyBot, asked: str) -> None:
    assert not any(text.startswith("最高的") for text in _verdicts(bot, asked))


def test_what_a_place_has_most_of_is_no_price(bot: PolicyBot) -> None:
    assert _verdicts(bot, "天然气咱这一片哪个旗储量最大，在全国能排第几") == []


@pytest.mark.parametrize(("name", "said"), [("county", "正高级职称人才、博士研究生：30万元"), ("province", "500万元")])
def test_a_column_of_a_table(other_corpus_bot: Callable[[str], PolicyBot], name: str, said: str) -> None:
    (verdict,) = _verdicts(other_corpus_bot(name), "安家补贴哪一类人才最高？")
    assert said in verdict


def test_where_no_column_is_named_none_is_chosen(other_corpus_bot: Callable[[str], PolicyBot]) -> None:
    assert _verdicts(other_corpus_bot("province"), "哪种用水最贵") == []


def test_ends_are_read() -> None:
    assert ends_asked("补贴多少") is None
    ends = ends_asked("最多的和最少的分别是哪个")
    assert ends is not None
    assert ends.most
    assert ends.least


@pytest.mark.parametrize("turn", ["市里安家补贴哪一类最高？", "鄂尔多斯市安家补贴给哪类人才最多？"])
def test_a_class_in_a_clause_of_its_own_counts_with_the_others(bot: PolicyBot, turn: str) -> None:
    answer = bot.ask(Question((turn,), date(2026, 11, 29)))
    assert isinstance(answer, Answered)
    (verdict, *_) = [sentence.text for sentence in answer.sentences if sentence.role is SentenceRole.VERDICT]
    assert "A类" in verdict
    assert "不低于300万元" in verdict


@pytest.mark.parametrize("asked", ["英才兴蒙哪类经费最多", "英才兴蒙哪一类人才科研经费最高"])
def test_which_class_gets_most_is_not_a_field(bot: PolicyBot, asked: str) -> None:
    (said,) = _verdicts(bot, asked)
    assert "一类人才：最高1.5亿元" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("哪类人才的年薪最高", "最高的是顶尖人才年薪：每年200万元—300万元。"),
        ("市里哪类人才年薪最低", "最低的是D类人才年薪：每年50万元—100万元。"),
    ],
)
def test_the_most_is_of_what_is_asked_for(bot: PolicyBot, asked: str, said: str) -> None:
    assert _verdicts(bot, asked)[0] == said
