"""The two things of which it is asked whether they may be had together."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from bot.verdicts.same_document import things_named


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("病残津贴和失业保险金能同时领吗？", ("病残津贴", "失业保险金")),
        ("市里的租房补贴和免租金人才公寓可以一起享受吗？", ("租房补贴", "免租金人才公寓")),
        ("工业用电多少钱一度？", ()),
    ],
)
def test_the_things_are_read_from_in_front_of_what_is_asked(asked: str, named: tuple[str, ...], places: Places) -> None:
    reading = read_question(Question((asked,), date(2026, 11, 29)), places, 4)
    assert things_named(reading) == named


@pytest.mark.parametrize(
    "asked",
    [
        "同一个B类人才，市里安家补贴和旗里安家补贴能不能加起来拿600万？",
        "市里的安家补贴和旗里的安家补贴能一起拿吗",
        "同一个人能不能又拿市里的暖城贡献奖又拿旗里的绿城贡献奖",
    ],
)
def test_across_levels_neither_rule_answers(bot: PolicyBot, asked: str) -> None:
    answer = bot.ask(Question((asked,), date(2026, 11, 22)))
    assert isinstance(answer, Answered)
    assert "没有写两级能不能同时享受" in answer.sentences[0].text
    assert "就高不重复" not in answer.body


def test_the_rule_of_another_document_is_no_answer(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("高新企业首次认定的30万和市里的20万可以叠加吗",), date(2026, 11, 22)))
    assert isinstance(answer, Answered)
    assert "就高、不重复" not in answer.body


def test_across_levels_the_rule_of_each_document_is_quoted(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("旗里的安家补贴和市里的可以都拿吗",), date(2026, 11, 22)))
    assert isinstance(answer, Answered)
    assert "各自写的规则如下" in answer.sentences[0].text
    assert "“就高、不重复”" in answer.sentences[1].text
    assert "“从优，就高、不叠加”" in answer.sentences[2].text
