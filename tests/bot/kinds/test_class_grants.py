"""Everything printed for one class, by level and by who gets it. Over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, AnswerKind, Question, SentenceRole

DAY = date(2026, 11, 22)


def _asked(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    assert answer.kind is AnswerKind.LIST
    return answer


def _counts(answer: Answered) -> list[str]:
    counts = [one for one in answer.sentences if one.role is SentenceRole.COUNT]
    assert all(one.counted and len(set(one.counted)) == len(one.counted) for one in counts)
    return [one.text for one in counts]


def test_all_that_a_class_gets_is_counted_by_level_and_by_who_gets_it(bot: PolicyBot) -> None:
    answer = _asked(bot, "A类人才能享受的所有支持列全")
    assert _counts(answer) == [
        "〔市〕给A类人才的支持事项共24项：",
        "〔市〕因A类人才给单位的支持事项共5项：",
        "〔市〕因A类人才给中介机构的支持事项共2项：",
        "〔旗〕给A类人才的支持事项共5项：",
        "〔旗〕因A类人才给单位的支持事项共3项：",
        "〔旗〕因A类人才给中介机构的支持事项共1项：",
    ]
    assert all(words in answer.body for words in ("不低于300万元", "最高1亿元", "每年200万元—300万元", "最高5000万元"))
    assert "3000万元" not in answer.body  # the row of B


def test_continue_tells_the_rest_and_nothing_twice(bot: PolicyBot) -> None:
    first = _asked(bot, "A类人才能享受的所有支持列全")
    rest = _asked(bot, "A类人才能享受的所有支持列全", "继续")
    bare = {one.text.strip("；。") for one in first.sentences}
    assert not bare & {one.text.strip("；。") for one in rest.sentences}
    assert "以上已经列完，共40项。" in rest.body


def test_money_for_the_employer_alone_where_the_employer_asks(bot: PolicyBot) -> None:
    answer = _asked(bot, "引进C类人才，我们公司能拿哪些补贴？")
    assert all("给单位" in text for text in _counts(answer))
    assert "引才单位人才培养资助（100万元）" in answer.body


def test_a_numbered_class_is_told_by_its_own_rows(bot: PolicyBot) -> None:
    answer = _asked(bot, "自治区的三类人才有哪些支持，全部列出来")
    assert "三类人才最高1000万元" in answer.body
    assert "1.5亿元" not in answer.body


@pytest.mark.parametrize("asked", ["E类人才的安家补贴有哪些", "A类人才包括哪些人"])
def test_one_purpose_or_who_is_of_a_class_is_no_list_of_grants(bot: PolicyBot, asked: str) -> None:
    answer = bot.ask(Question((asked,), DAY))
    assert isinstance(answer, Answered)
    assert "支持事项" not in answer.body
