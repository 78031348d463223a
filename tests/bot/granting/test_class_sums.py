"""What several people come to together; never a sum that nothing printed bears. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.granting.quantities import heads_of_classes
from bot.pipeline import PolicyBot
from bot.types import Answered, Operation, Question

DAY = date(2026, 11, 22)


def _asked(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer


@pytest.mark.parametrize(
    ("said", "heads"),
    [
        ("引进2名a类、3名b类人才", {"A": "2名", "B": "3名"}),
        ("a类两个、d类1人一共", {"A": "两个", "D": "1人"}),
        ("a、b类各2名", {"A": "2名", "B": "2名"}),
        ("d类和e类加起来", {"D": None, "E": None}),
    ],
)
def test_how_many_of_each_class(said: str, heads: dict[str, str | None]) -> None:
    found = heads_of_classes(said)
    assert {letter: one and one.text for letter, one in found.items()} == heads


@pytest.mark.parametrize(
    ("asked", "working"),
    [
        (
            "我们公司准备全职引进2名A类、3名B类人才，市里给我们单位的人才培养资助一共能拿多少？",
            "推算：2名×200万元+3名×150万元=850万元。",
        ),
        ("市里D类和E类人才的安家补贴加起来是多少？", "推算：200万元+100万元=300万元。"),
        ("猎头推荐A、B类各2名，市里一共奖多少", "推算：2名×50万元+2名×40万元=180万元。"),
        ("引进5个D类人才市里给单位多少钱？", "推算：5个×50万元=250万元。"),
        ("三个中级社工一个高级社工旗里一共补多少", "推算：一个×5000元+三个×2000元=1.1万元。"),
    ],
)
def test_amounts_are_added_as_often_as_the_question_says(bot: PolicyBot, asked: str, working: str) -> None:
    sums = [one for one in _asked(bot, asked).sentences if one.derived and one.derived.operation is Operation.PLUS]
    assert [one.text for one in sums] == [working]
    assert all(one.citations and one.figures for one in sums)


def test_a_floor_and_a_cap_are_not_added(bot: PolicyBot) -> None:
    answer = _asked(bot, "旗里A类和B类的安家补贴加起来多少")
    assert "不能相加" in answer.body
    assert not any(one.derived for one in answer.sentences)


@pytest.mark.parametrize(
    ("turns", "working"),
    [
        (("接收5名大学生实习6个月，每人每月发2400元，旗里能补企业多少？",), "推算：5名×6个月×2400元×50%=3.6万元。"),
        (("配偶没工作，旗里最长能补多少钱",), "推算：24个月×1000元=2.4万元。"),
    ],
)
def test_people_times_months_times_a_share(bot: PolicyBot, turns: tuple[str, ...], working: str) -> None:
    assert working in [one.text for one in _asked(bot, *turns).sentences]
